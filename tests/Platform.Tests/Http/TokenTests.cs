using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Platform.Tests.Http;

public sealed class TokenTests(SampleHost host) : IClassFixture<SampleHost>
{
    private ServiceUnderTest Sample => host.Service;

    [Fact]
    public async Task A_good_token_says_who_it_is() =>
        (await Sample.Client("P1").Get("/api/sample/signed-in")).ShouldBe(200).Body.ShouldBe("P1");

    [Fact]
    public async Task Without_a_token_only_what_is_public_answers()
    {
        (await Sample.ClientWith().Get("/api/sample/signed-in")).ShouldBe(401, "token.missing").Headers.WwwAuthenticate.ToString().ShouldBe("Bearer");
        (await Sample.ClientWith().Get("/api/sample/public")).ShouldBe(200);
        (await Sample.ClientWith("nonsense").Get("/api/sample/signed-in")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_token_that_has_run_out_is_refused_with_half_a_minute_of_grace()
    {
        await RefusedAsync(Sample.Issuer.Token("P1", expires: Ago(31)), "token.expired");
        (await Sample.ClientWith(Sample.Issuer.Token("P1", expires: Ago(25))).Get("/api/sample/signed-in")).ShouldBe(200);
        await RefusedAsync(Sample.Issuer.Token("P1", notBefore: Ago(-60)), "token.expired");
    }

    [Fact]
    public Task A_token_signed_with_another_key_is_refused() => RefusedAsync(Sample.Issuer.Token("P1", wrongKey: true), "token.invalid");

    [Fact]
    public Task A_token_that_says_it_needs_no_signature_is_refused() => RefusedAsync(Sample.Issuer.WithoutSignature("P1"), "token.invalid");

    [Fact]
    public Task A_token_for_somebody_else_is_refused() => RefusedAsync(Sample.Issuer.Token("P1", audience: "another-platform"), "token.invalid");

    [Fact]
    public async Task A_token_of_another_kind_is_refused()
    {
        await RefusedAsync(Sample.Issuer.Token("P1", type: "id+jwt"), "token.invalid");
        (await Sample.ClientWith(Sample.Issuer.Token("P1", type: "JWT")).Get("/api/sample/signed-in")).ShouldBe(200);
    }

    [Fact]
    public async Task A_token_of_an_unknown_issuer_is_refused()
    {
        await RefusedAsync(Sample.Issuer.Token("P1", issuer: "https://elsewhere.test"), "token.invalid");
        await RefusedAsync(Sample.Issuer.Token("P1", issuer: null), "token.invalid");
    }

    [Fact]
    public async Task A_token_changed_on_the_way_is_refused()
    {
        var parts = Sample.Issuer.ForPerson("P1").Split('.');
        var other = Sample.Issuer.ForPerson("C1").Split('.');
        await RefusedAsync($"{parts[0]}.{other[1]}.{parts[2]}", "token.invalid");
        await RefusedAsync($"{parts[0]}.{parts[1]}.", "token.invalid");
    }

    [Fact]
    public async Task Rights_written_into_a_token_are_no_rights()
    {
        var token = Sample.Issuer.Token("NOBODY", claims: new Dictionary<string, object> { ["role"] = Roles.DraftingOfficer, ["roles"] = new[] { Roles.ClearingOfficer } });
        (await Sample.ClientWith(token).Get("/api/sample/notes")).ShouldBe(403, "rights.no-appointment");
    }

    private async Task RefusedAsync(string token, string code) =>
        (await Sample.ClientWith(token).Get("/api/sample/signed-in")).ShouldBe(401, code);

    private DateTimeOffset Ago(int seconds) => Sample.Clock.GetUtcNow().AddSeconds(-seconds);
}
