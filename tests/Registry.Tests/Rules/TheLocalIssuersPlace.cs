using WorkflowPlatform.Registry.Domain;

namespace WorkflowPlatform.Registry.Tests.Rules;

public sealed class TheLocalIssuersPlace
{
    [Theory]
    [InlineData("http://127.0.0.1:5101")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://localhost:5080")]
    [InlineData("http://[::1]:5080")]
    [InlineData("https://LOCALHOST")]
    public void Is_this_machine(string url) => LocalIssuerRules.MayRun(isDevelopment: true, [url]).ShouldBeNull();

    [Theory]
    [InlineData("http://0.0.0.0:5101")]
    [InlineData("http://*:5101")]
    [InlineData("http://+:5101")]
    [InlineData("http://[::]:5101")]
    [InlineData("http://10.0.0.7:5101")]
    [InlineData("http://registry.example:5101")]
    [InlineData("http://localhost.example:5101")]
    [InlineData("not an address")]
    public void Is_not_where_others_can_reach_it(string url)
    {
        var refusal = LocalIssuerRules.MayRun(isDevelopment: true, ["http://127.0.0.1:1", url]).ShouldNotBeNull();
        refusal.Code.ShouldBe("issuer.loopback");
        refusal.Detail.ShouldContain(url);
    }

    [Fact]
    public void Is_not_outside_development() => LocalIssuerRules.MayRun(isDevelopment: false, ["http://127.0.0.1:5101"]).ShouldBe(LocalIssuerRules.OnlyInDevelopment);
}
