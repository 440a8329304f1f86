using System.Net;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Portal.Tests;

/// <summary>The whole way with a provider that is nobody's invention here: its pages, its codes, its tokens, believed by portal and services alike.</summary>
public sealed class SignInWithARealProvider : IAsyncLifetime
{
    private readonly IdentityProvider provider = new();
    private PortalUnderTest portal = null!;

    public async ValueTask InitializeAsync()
    {
        portal = new PortalUnderTest(
            ("Portal:Oidc:Issuer", provider.Address), ("Portal:Oidc:ClientId", "portal"), ("Portal:Oidc:ClientSecret", IdentityProvider.Secret),
            ("Identity:Issuers:0:Issuer", provider.Address), ("Identity:Issuers:0:Metadata", $"{provider.Address}/.well-known/openid-configuration"))
        {
            MorePeople = $"7,Zara Khan,{provider.Address},zara,TYO,drafting-officer,2020-01-01,\n",
        };
        await portal.InitializeAsync();
        await provider.StartAsync(portal.Address, accessTokenSeconds: 30); // Always about to run out: every page renews it.
    }

    public async ValueTask DisposeAsync()
    {
        await provider.DisposeAsync();
        await portal.DisposeAsync();
    }

    [Fact]
    public async Task Who_signs_in_there_works_here_for_as_long_as_the_provider_renews_their_tokens()
    {
        using var visitor = portal.Visitor();
        var page = await SignInAsync(visitor, "zara");
        page.Path.ShouldBe("/posts");
        page.One("header .me bdi").TextContent.ShouldBe("Zara Khan");

        await Eventually.Be(async () =>
            (await visitor.PressAsync(await visitor.GetAsync("/write"), "Submit for clearance", ("Text", "Signed in by the ministry's own provider."))).Heading == "Waiting for clearance", PortalUnderTest.Soon);
        (await visitor.GetAsync("/posts")).Words.ShouldContain("Signed in by the ministry");
        provider.Granted[0].ShouldBe("authorization_code");
        provider.Granted.Count(grant => grant == "refresh_token").ShouldBeGreaterThan(1); // Each refresh token is good for one time.

        await provider.DisposeAsync();
        (await visitor.GetAsync("/posts")).Path.ShouldBe("/sign-in");
    }

    [Fact]
    public async Task Whom_the_register_does_not_know_is_told_what_to_do()
    {
        using var visitor = portal.Visitor();
        var page = await SignInAsync(visitor, "a-stranger");
        page.Path.ShouldBe("/sign-in");
        page.One("[role=alert]").TextContent.ShouldContain("the register does not know it");
    }

    /// <summary>From the portal to the provider, through its pages for signing in and for consent, and back.</summary>
    private async Task<Seen> SignInAsync(Visitor visitor, string name)
    {
        var page = await visitor.GetAsync("/sign-in/start?to=/posts");
        for (var step = 0; step < 5 && page.Address.Port == new Uri(provider.Address).Port; step++)
        {
            page.Status.ShouldBe(HttpStatusCode.OK, page.Text);
            var form = page.One("form");
            page = await visitor.PostAsync(new Uri(page.Address, form.GetAttribute("action")).ToString(), ("prompt", form.QuerySelector("[name=prompt]")!.GetAttribute("value")!), ("login", name), ("password", "anything"));
        }
        return page;
    }
}
