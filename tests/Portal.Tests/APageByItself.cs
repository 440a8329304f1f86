using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace WorkflowPlatform.Portal.Tests;

/// <summary>What every page is like, whoever asks and whatever answers behind it.</summary>
public sealed partial class APageByItself
{
    [Fact]
    public async Task Without_an_identity_provider_sign_in_names_the_settings_to_give()
    {
        await using var portal = await PortalAlone.StartAsync();
        using var visitor = portal.Visitor();

        var page = await visitor.GetAsync("/sign-in");

        page.Status.ShouldBe(HttpStatusCode.OK);
        page.Words.ShouldContain("Portal:Oidc:Issuer");
        page.Words.ShouldContain("Portal:Oidc:ClientId");
        page.Words.ShouldContain($"{portal.Address}sign-in/callback");
        page.Document.QuerySelectorAll("main button").ShouldBeEmpty();
    }

    [Fact]
    public async Task Outside_Development_no_card_signs_anybody_in()
    {
        await using var portal = await PortalAlone.StartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = portal.Address }; // The cookie is for TLS only; here it is carried by hand.
        using var visitor = portal.Visitor();
        var form = await visitor.GetAsync("/sign-out"); // Any form's token will do.
        var cookie = form.Headers["Set-Cookie"].Split(", ").Single(c => c.StartsWith("portal-form=", StringComparison.Ordinal)).Split(';')[0];
        var token = form.One("[name=__RequestVerificationToken]").GetAttribute("value")!;

        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("person", "1")]) };
        request.Headers.Add("Cookie", cookie);
        using var answer = await http.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/", 200), InlineData("/sign-in", 200), InlineData("/no-such-page", 404), InlineData("/noticeboard", 503)]
    public async Task Every_page_is_fenced_in(string path, int status)
    {
        await using var portal = await PortalAlone.StartAsync();
        using var visitor = portal.Visitor();

        var page = await visitor.GetAsync(path);

        ((int)page.Status).ShouldBe(status);
        var policy = page.Headers["Content-Security-Policy"];
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("frame-ancestors 'none'");
        policy.ShouldContain("base-uri 'none'");
        policy.ShouldNotContain("unsafe");
        page.Headers["Referrer-Policy"].ShouldBe("same-origin");
        page.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        var style = page.One("style").TextContent;
        policy.ShouldContain(Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style))));
        page.Document.QuerySelectorAll("[style], script:not([src])").ShouldBeEmpty();
        EventAttribute().IsMatch(page.Text).ShouldBeFalse();
    }

    [Fact]
    public async Task The_stylesheet_comes_inside_the_first_page_and_by_its_address_afterwards()
    {
        await using var portal = await PortalAlone.StartAsync();
        using var visitor = portal.Visitor();

        (await visitor.GetAsync("/")).Document.QuerySelector("style").ShouldNotBeNull();
        var second = await visitor.GetAsync("/");
        second.Document.QuerySelector("style").ShouldBeNull();

        var sheet = await visitor.GetAsync(second.One("link[rel=stylesheet]").GetAttribute("href")!);
        sheet.Headers["Cache-Control"].ShouldBe("public, max-age=31536000, immutable");
        sheet.Headers["Content-Type"].ShouldStartWith("text/css");
        (await visitor.GetAsync("/assets/000000000000.css")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_first_visit_costs_at_most_14_KB_in_three_requests()
    {
        await using var portal = await PortalAlone.StartAsync();
        using var visitor = portal.Visitor();

        var page = await visitor.GetAsync("/sign-in", accept: "br");
        page.Headers["Content-Encoding"].ShouldBe("br");
        using var visitorWithoutCompression = portal.Visitor();
        var fetched = (await visitorWithoutCompression.GetAsync("/sign-in")).Document.QuerySelectorAll("script[src], link[rel=stylesheet], link[rel=prefetch], img[src]")
            .Select(e => e.GetAttribute("src") ?? e.GetAttribute("href")!).ToList();

        fetched.Count.ShouldBeLessThanOrEqualTo(2);
        var bytes = page.Bytes.Length + Size(page);
        foreach (var path in fetched)
        {
            var asset = await visitor.GetAsync(path, accept: "br");
            bytes += asset.Bytes.Length + Size(asset);
        }
        bytes.ShouldBeLessThanOrEqualTo(14 * 1024);

        static int Size(Seen seen) => seen.Headers.Sum(h => h.Key.Length + h.Value.Length + 4);
    }

    [Fact]
    public async Task Who_is_not_signed_in_is_shown_the_way_in_and_back()
    {
        await using var portal = await PortalAlone.StartAsync();
        using var visitor = portal.Visitor();

        (await visitor.GetAsync("/queue?cursor=x")).Address.PathAndQuery.ShouldBe("/sign-in?to=%2Fqueue%3Fcursor%3Dx");
    }

    [Fact]
    public async Task A_form_sent_while_signed_out_keeps_what_was_typed()
    {
        await using var portal = await PortalAlone.StartAsync();
        using var visitor = portal.Visitor();

        var page = await visitor.PostAsync("/write", ("text", "First line\r\n<b>مرحبا</b>"), ("key", "k"));

        page.Status.ShouldBe(HttpStatusCode.Unauthorized);
        page.Heading.ShouldBe("You are signed out");
        page.One("textarea").TextContent.Trim().ReplaceLineEndings("\n").ShouldBe("First line\n<b>مرحبا</b>");
        page.One("input[name=key]").GetAttribute("value").ShouldBe("k");
        page.One("form").GetAttribute("action").ShouldBe("/write");
    }

    [Fact]
    public async Task A_service_that_is_away_is_named_in_words()
    {
        await using var portal = await PortalAlone.StartAsync();
        using var visitor = portal.Visitor();

        var page = await visitor.GetAsync("/noticeboard");

        page.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        page.Heading.ShouldBe("Oversight does not answer just now");
        page.Words.ShouldContain("Nothing is lost");
    }

    [Theory]
    [InlineData(false, true), InlineData(true, false)]
    public async Task Cookies_are_secure_except_in_Development_on_one_machine(bool development, bool secure)
    {
        await using var portal = await PortalAlone.StartAsync(development);
        using var visitor = portal.Visitor();

        var cookie = (await visitor.GetAsync("/sign-out")).Headers["Set-Cookie"].Split(", ").Single(c => c.StartsWith("portal-form=", StringComparison.Ordinal));

        cookie.Contains("; secure", StringComparison.Ordinal).ShouldBe(secure);
        cookie.ShouldContain("; httponly");
        cookie.ShouldContain("; samesite=lax");
    }

    [Fact]
    public void Alone_it_says_which_addresses_it_needs() =>
        PortalModule.MissingSettings(new Microsoft.Extensions.Configuration.ConfigurationManager()).ShouldNotBeNull().ShouldContain("Services__Registry");

    [GeneratedRegex(@"\son[a-z]+\s*=")]
    private static partial Regex EventAttribute();
}
