using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Registry.Issuer;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Registry.Tests.Features;

public sealed class WhereTheLocalIssuerMayNotRun
{
    [Fact]
    public async Task It_does_not_start_outside_development() =>
        (await WordsAsync(new Setup(Store.Sqlite) { Settings = { ["Registry:LocalIssuer:Enabled"] = "true" } })).ShouldContain("this is not the Development environment");

    [Theory]
    [InlineData("urls", "http://0.0.0.0:0")]
    [InlineData("urls", "http://127.0.0.1:0;http://*:0")]
    [InlineData("Kestrel:Endpoints:Open:Url", "http://+:0")]
    [InlineData("Registry:LocalIssuer:Issuer", "http://registry.example/issuer")]
    public async Task It_does_not_start_where_other_machines_can_reach_it(string setting, string value) =>
        (await WordsAsync(new Setup(Store.Sqlite) { Development = true, Settings = { ["Registry:LocalIssuer:Enabled"] = "true", [setting] = value } }))
            .ShouldContain("can be reached from other machines");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Switched_off_it_has_no_routes_and_no_key_on_disk(bool development)
    {
        await using var host = await RegistryHost.StartAsync(new Setup(Store.Sqlite) { Development = development });

        foreach (var path in new[] { ".well-known/openid-configuration", "jwks", "cards" })
        {
            (await host.ClientWith().Get($"/api/registry/issuer/{path}")).Status.ShouldBe(401); // As everywhere where nothing is.
            (await host.Client(RegistryHost.Registrar).Get($"/api/registry/issuer/{path}")).Status.ShouldBe(404);
        }
        (await host.Client(RegistryHost.Registrar).Form("/api/registry/issuer/token", ("grant_type", "urn:workflow-platform:card"), ("person", "1101"))).Status.ShouldBe(404);
        Directory.Exists(Path.Combine(host.Backends.Folder, "keys", "issuer")).ShouldBeFalse();
    }

    [Fact]
    public async Task The_services_of_its_process_still_know_each_other()
    {
        await using var host = await IssuingHost.StartAsync(new Setup(Store.Sqlite));
        var issuer = host.Services.GetRequiredService<InProcessIssuer>();
        host.Services.GetRequiredService<LocalIssuer>().Start(); // The fixture has put an issuer of its own in its place.

        var token = issuer.MintForService!("publishing");

        issuer.Issuer.ShouldBe("urn:workflow-platform:in-process");
        var read = new JsonWebToken(token.Value);
        (read.Issuer, read.Subject).ShouldBe(("urn:workflow-platform:in-process", "service:publishing"));
        (await host.ClientWith(token.Value).Get("/api/registry/me")).ShouldBe(403, "rights.no-appointment"); // Known, and no person.
        (await host.ClientWith(token.Value[..^2] + "AA").Get("/api/registry/me")).ShouldBe(401, "token.invalid");
    }

    private static async Task<string> WordsAsync(Setup setup)
    {
        var (before, words) = (Console.Error, new StringWriter());
        Console.SetError(TextWriter.Synchronized(words));
        try
        {
            await Should.ThrowAsync<InvalidOperationException>(() => RegistryHost.StartAsync(setup));
        }
        finally
        {
            Console.SetError(before);
        }
        return words.ToString();
    }
}
