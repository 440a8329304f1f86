using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Portal.Tests;

/// <summary>When the time for undoing is over, a decision does what it said: the author hears, the public reads.</summary>
public sealed class WhatADecisionLeadsTo : IAsyncLifetime
{
    private readonly PortalUnderTest portal = new(("Clearance:UndoSeconds", "3"));

    public ValueTask InitializeAsync() => portal.InitializeAsync();

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task A_return_reaches_the_author_with_its_reason_and_the_next_round_remembers_it()
    {
        var path = await portal.SubmittedAsync("Emi Tanaka", "The hall closes at two.");
        using var officer = await portal.SignedInAsync("Hina Malik");
        var review = await officer.GetAsync((await officer.GetAsync("/queue")).Links("main a[href^='/review/']")[0]);
        await officer.PressAsync(review, "Decide and open the next", ("Return", ""), ("Why it goes back", "facts"), ("What must change", "It closes at noon."));

        using var author = await portal.SignedInAsync("Emi Tanaka");
        var returned = await Eventually.Get(() => author.GetAsync(path), page => page.Heading == "Returned to you", PortalUnderTest.Soon);
        returned.Words.ShouldContain("The facts are wrong or not sure. It closes at noon. Hina Malik");

        var again = await author.PressAsync(await author.GetAsync(returned.One("main a.button").GetAttribute("href")!), "Submit for clearance", ("Text", "The hall closes at noon."));
        again.Heading.ShouldBe("Waiting for clearance");
        var second = await Eventually.Get(() => officer.GetAsync("/queue"), page => page.Words.Contains("closes at noon", StringComparison.Ordinal), PortalUnderTest.Soon);
        (await officer.GetAsync(second.Links("main a[href^='/review/']")[0])).Words.ShouldContain("Returned before: The facts are wrong or not sure It closes at noon.");
    }

    [Fact]
    public async Task What_was_cleared_is_on_the_noticeboard_for_everybody()
    {
        var path = await portal.SubmittedAsync("Bilal Karim", "قونصلیٹ کا اعلان\nدوسری سطر", mission: "DXB");
        using var officer = await portal.SignedInAsync("Hina Malik");
        await officer.PressAsync(await officer.GetAsync((await officer.GetAsync("/queue")).Links("main a[href^='/review/']")[0]), "Decide and open the next", ("Clear", ""));

        using var anybody = portal.Visitor();
        var board = await Eventually.Get(() => anybody.GetAsync("/noticeboard/DXB"), page => page.Document.QuerySelector(".post") is not null, PortalUnderTest.Soon);
        var text = board.One(".post .text");
        text.TextContent.ShouldBe("قونصلیٹ کا اعلان\nدوسری سطر");
        (text.GetAttribute("dir"), text.GetAttribute("lang")).ShouldBe(("auto", "ur"));
        board.Headers["Cache-Control"].Split(", ").Order().ShouldBe(["no-cache", "private"]);
        (await anybody.GetAsync("/noticeboard/DXB/feed.atom")).Text.ShouldContain("قونصلیٹ کا اعلان\nدوسری سطر");
        var feed = await anybody.GetAsync("/noticeboard/DXB/feed.json");
        feed.Headers["Content-Type"].ShouldStartWith("application/feed+json");
        (await anybody.GetAsync("/noticeboard/DXB/feed.json", known: feed.Headers["ETag"])).Status.ShouldBe(System.Net.HttpStatusCode.NotModified);

        using var author = await portal.SignedInAsync("Bilal Karim");
        var post = await Eventually.Get(() => author.GetAsync(path), page => page.Heading == "Public", PortalUnderTest.Soon);
        board.Document.GetElementById(post.Links("main a[href*='#p-']")[0].Split('#')[1]).ShouldNotBeNull();
        (await author.GetAsync("/waiting.atom")).Text.ShouldContain("Public: Consulate General of Pakistan Dubai");
        (await author.GetAsync("/waiting.atom")).Text.ShouldNotContain("اعلان"); // A feed reader keeps what it fetches.
    }
}
