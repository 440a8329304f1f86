using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Registry.Tests.Features;

public sealed class TheLocalIssuer
{
    private const string Name = "urn:workflow-platform:local";
    private const string Issuer = "/api/registry/issuer";

    [Fact]
    public async Task Describes_itself_so_that_any_library_can_check_its_tokens()
    {
        await using var host = await StartAsync();
        var token = await CardAsync(host, "1101");

        var metadata = await OpenIdConnectConfigurationRetriever.GetAsync(
            new Uri(host.Address, $"{Issuer}/.well-known/openid-configuration").ToString(), new HttpDocumentRetriever { RequireHttps = false }, TestContext.Current.CancellationToken);
        var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = metadata.Issuer, ValidAudience = "workflow-platform", ValidTypes = ["at+jwt"], ValidAlgorithms = ["ES256"], IssuerSigningKeys = metadata.SigningKeys,
            RequireExpirationTime = true, RequireSignedTokens = true,
        });

        result.Exception.ShouldBeNull();
        metadata.Issuer.ShouldBe(Name);
        metadata.TokenEndpoint.ShouldBe(new Uri(host.Address, $"{Issuer}/token").ToString());
        result.Claims["sub"].ShouldBe("1101");
    }

    [Fact]
    public async Task Shows_the_public_half_of_its_key_and_no_more()
    {
        await using var host = await StartAsync();

        var key = (await host.ClientWith().Get($"{Issuer}/jwks")).ShouldBe(200)["keys"].EnumerateArray().ShouldHaveSingleItem();

        key.EnumerateObject().Select(m => m.Name).ShouldBe(["kty", "use", "alg", "kid", "crv", "x", "y"], ignoreOrder: true);
        (key.GetProperty("kty").GetString(), key.GetProperty("crv").GetString(), key.GetProperty("alg").GetString()).ShouldBe(("EC", "P-256", "ES256"));
    }

    [Fact]
    public async Task Keeps_its_key_in_a_file_that_only_its_owner_can_read_and_through_a_restart()
    {
        await using var backends = new Backends(Store.Sqlite);
        string token;
        await using (var host = await StartAsync(backends)) token = await CardAsync(host, "1101");

        var file = Directory.GetFiles(Path.Combine(backends.Folder, "keys", "issuer"), "*.pem").ShouldHaveSingleItem();
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await using var again = await StartAsync(backends);
        (await again.ClientWith(token).Get("/api/registry/me")).ShouldBe(200)["person"].GetString().ShouldBe("1101");
    }

    [Fact]
    public async Task Shows_a_card_for_everybody_without_an_identity_provider()
    {
        await using var host = await StartAsync();

        (await host.ClientWith().Get($"{Issuer}/cards")).ShouldBe(200).Body
            .ShouldBe("""[{"person":"1101","name":"Amina Yusuf","roles":[{"office":"KBL","role":"drafting-officer"}]},{"person":"2201","name":"Hina Malik","roles":[]}]""");
        (await host.ClientWith().Form($"{Issuer}/token", ("grant_type", "urn:workflow-platform:card"), ("person", "3301"))).ShouldBe(400)["error"].GetString().ShouldBe("invalid_grant");
        (await host.ClientWith().Form($"{Issuer}/token", ("grant_type", "urn:workflow-platform:card"), ("person", "service:publishing"))).ShouldBe(400)["error"].GetString().ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task Lets_a_card_last_a_working_day()
    {
        var clock = new ManualClock();
        await using var host = await StartAsync(clock: clock);
        var answer = await host.ClientWith().Form($"{Issuer}/token", ("grant_type", "urn:workflow-platform:card"), ("person", "1101"));
        var me = host.ClientWith(answer.ShouldBe(200)["access_token"].GetString());

        (answer["expires_in"].GetInt32(), answer["token_type"].GetString()).ShouldBe((8 * 3600, "Bearer"));
        clock.Advance(TimeSpan.FromHours(8));
        (await me.Get("/api/registry/me")).ShouldBe(200);
        clock.Advance(TimeSpan.FromSeconds(31));
        (await me.Get("/api/registry/me")).ShouldBe(401, "token.expired");
    }

    [Fact]
    public async Task Gives_a_service_that_shows_its_secret_a_token_for_ten_minutes()
    {
        await using var host = await StartAsync();

        var answer = (await Secret(host, "service:publishing", "right")).ShouldBe(200);

        answer["expires_in"].GetInt32().ShouldBeInRange(598, 600);
        var token = new JsonWebToken(answer["access_token"].GetString());
        (token.Typ, token.Alg, token.Issuer, token.Subject, token.Audiences.Single()).ShouldBe(("at+jwt", "ES256", Name, "service:publishing", "workflow-platform"));
        (token.ValidTo - token.IssuedAt).ShouldBeInRange(TimeSpan.FromSeconds(599), TimeSpan.FromSeconds(600));
        new JsonWebToken((await Secret(host, "clearance", "other")).ShouldBe(200)["access_token"].GetString()).Subject.ShouldBe("service:clearance");
    }

    [Theory]
    [InlineData("service:publishing", "wrong")]
    [InlineData("service:publishing", "other")]
    [InlineData("service:publishing", "")]
    [InlineData("service:nobody", "right")]
    [InlineData("service:secretless", "")]
    [InlineData("", "")]
    public async Task Gives_nothing_for_a_wrong_secret(string client, string secret)
    {
        await using var host = await StartAsync();

        var answer = await Secret(host, client, secret);

        answer.ShouldBe(401)["error"].GetString().ShouldBe("invalid_client");
        answer.Json.EnumerateObject().Select(m => m.Name).ShouldBe(["error", "error_description"]);
    }

    [Fact]
    public async Task Answers_what_it_does_not_know_as_OAuth_says()
    {
        await using var host = await StartAsync();

        (await host.ClientWith().Form($"{Issuer}/token", ("grant_type", "password"))).ShouldBe(400)["error"].GetString().ShouldBe("unsupported_grant_type");
        (await host.ClientWith().Form($"{Issuer}/token")).ShouldBe(400)["error"].GetString().ShouldBe("unsupported_grant_type");
        (await host.ClientWith().Post($"{Issuer}/token", new { grant_type = "client_credentials" })).ShouldBe(400)["error"].GetString().ShouldBe("invalid_request");
    }

    [Fact]
    public async Task Answers_nobody_who_calls_it_by_another_name_than_this_machine_s()
    {
        await using var host = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Issuer}/cards") { Headers = { Host = "registry.example" } };

        using var response = await host.ClientWith().SendAsync(request, TestContext.Current.CancellationToken);

        ((int)response.StatusCode).ShouldBe(404);
    }

    [Fact]
    public async Task Is_trusted_by_a_service_in_another_process_that_names_it()
    {
        await using var host = await StartAsync();
        await using var other = await RegistryHost.StartAsync(new Setup(Store.Sqlite)
        {
            Settings = { ["Identity:Issuers:0:Issuer"] = Name, ["Identity:Issuers:0:Metadata"] = new Uri(host.Address, $"{Issuer}/.well-known/openid-configuration").ToString() },
        });
        await other.Given.IdentityAsync("1101", new PersonIdentity(Name, "1101"));

        (await other.ClientWith(await CardAsync(host, "1101")).Get("/api/registry/me")).ShouldBe(200)["person"].GetString().ShouldBe("1101");
    }

    private static Task<ServiceUnderTest> StartAsync(Backends? backends = null, ManualClock? clock = null) => IssuingHost.StartAsync(new Setup(Store.Sqlite)
    {
        Backends = backends,
        Clock = clock,
        Development = true,
        Settings =
        {
            ["Registry:LocalIssuer:Enabled"] = "true",
            ["Registry:LocalIssuer:Clients:0:Id"] = "service:publishing", ["Registry:LocalIssuer:Clients:0:Secret"] = "right",
            ["Registry:LocalIssuer:Clients:1:Id"] = "clearance", ["Registry:LocalIssuer:Clients:1:Secret"] = "other",
            ["Registry:LocalIssuer:Clients:2:Id"] = "service:secretless",
        },
    });

    private static async Task<string> CardAsync(ServiceUnderTest host, string person) =>
        (await host.ClientWith().Form($"{Issuer}/token", ("grant_type", "urn:workflow-platform:card"), ("person", person))).ShouldBe(200)["access_token"].GetString()!;

    private static Task<Answer> Secret(ServiceUnderTest host, string client, string secret) =>
        host.ClientWith().Form($"{Issuer}/token", ("grant_type", "client_credentials"), ("client_id", client), ("client_secret", secret));
}
