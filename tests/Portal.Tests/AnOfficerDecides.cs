using System.Net;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Portal.Tests;

/// <summary>A clearing officer finds what waits, reads it as the public will, decides, and can take it back.</summary>
public sealed class AnOfficerDecides : IAsyncLifetime
{
    private readonly PortalUnderTest portal = new(("Clearance:UndoSeconds", "600")); // However slow the machine, there is time to undo.

    public ValueTask InitializeAsync() => portal.InitializeAsync();

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task Clearing_opens_the_next_and_says_when_and_where_it_goes_out_and_how_to_undo_it()
    {
        var first = await portal.SubmittedAsync("Emi Tanaka", "The first of two posts.");
        await portal.SubmittedAsync("Amina Yusuf", "The second of two posts.");
        using var officer = await portal.SignedInAsync("Hina Malik");
        var review = await officer.GetAsync((await officer.GetAsync("/queue")).Links("main a[href^='/review/']")[0]);
        review.One(".post .text").TextContent.ShouldBe("The first of two posts.");
        review.One("#clear").HasAttribute("autofocus").ShouldBeTrue();
        review.Document.QuerySelectorAll("input[name=decision][checked]").ShouldBeEmpty(); // Enter alone decides nothing.

        var next = await officer.PressAsync(review, "Decide and open the next", ("Clear", ""));

        next.One(".post .text").TextContent.ShouldBe("The second of two posts.");
        next.One(".banner").TextContent.ShouldMatch(@"Cleared\. It goes out in \d+ seconds, on the noticeboard of the Embassy of Pakistan Tokyo");

        var undone = await officer.PressAsync(next, "Undo");
        undone.Path.ShouldBe(review.Path);
        undone.Words.ShouldStartWith("Your decision is taken back.");
        using var author = await portal.SignedInAsync("Emi Tanaka");
        await Eventually.Be(async () => (await author.GetAsync(first)).Heading == "Waiting for clearance", PortalUnderTest.Soon);
    }

    [Fact]
    public async Task A_decision_without_a_choice_is_asked_for_again()
    {
        await portal.SubmittedAsync("Emi Tanaka", "Enter was pressed too early.");
        using var officer = await portal.SignedInAsync("Hina Malik");
        var review = await officer.GetAsync((await officer.GetAsync("/queue")).Links("main a[href^='/review/']")[0]);

        var asked = await officer.PressAsync(review, "Decide and open the next");

        asked.Links(".errors a").ShouldBe(["#clear"]);
        asked.Path.ShouldBe(review.Path);
    }

    [Fact]
    public async Task A_return_needs_its_reason_and_stays_with_the_officer_while_it_can_be_taken_back()
    {
        var path = await portal.SubmittedAsync("Emi Tanaka", "The hall closes at two.");
        using var officer = await portal.SignedInAsync("Hina Malik");
        var review = await officer.GetAsync((await officer.GetAsync("/queue")).Links("main a[href^='/review/']")[0]);

        var asked = await officer.PressAsync(review, "Decide and open the next", ("Return", ""), ("What must change", "It closes at noon."));
        asked.Links(".errors a").ShouldBe(["#reason"]);
        asked.One("#comment").TextContent.Trim().ShouldBe("It closes at noon.");
        asked.One("#return").HasAttribute("checked").ShouldBeTrue();

        var done = await officer.PressAsync(asked, "Decide and open the next", ("Why it goes back", "facts"));
        done.Path.ShouldBe("/queue");
        done.Words.ShouldContain("Returned. Its author hears of it in");

        using var author = await portal.SignedInAsync("Emi Tanaka");
        (await author.GetAsync(path)).Words.ShouldNotContain("It closes at noon.");
    }

    [Fact]
    public async Task A_changed_text_is_for_another_to_clear_and_its_author_sees_what_was_changed_and_can_withdraw_it()
    {
        await using var quick = new PortalUnderTest(("Clearance:UndoSeconds", "2"));
        await quick.InitializeAsync();
        var post = await quick.SubmittedAsync("Emi Tanaka", "The hall opens at nine & closes at noon.");
        using var officer = await quick.SignedInAsync("Hina Malik");
        var path = (await officer.GetAsync("/queue")).Links("main a[href^='/review/']")[0];
        var review = await officer.GetAsync(path);
        review.One("#text").TextContent.Trim().ShouldBe("The hall opens at nine & closes at noon.");
        var asked = await officer.PressAsync(review, "Decide and open the next", ("Clear with changes", ""), ("The text with your changes", "The hall opens at ten & closes at noon."));
        asked.Links(".errors a").ShouldBe(["#comment"]);
        asked.One("#text").TextContent.Trim().ShouldBe("The hall opens at ten & closes at noon.");
        var done = await officer.PressAsync(asked, "Decide and open the next", ("What must change, or why", "The hour was wrong."));
        done.Words.ShouldContain("Changed. ");

        using var author = await quick.SignedInAsync("Emi Tanaka");
        await Eventually.Be(async () => (await author.GetAsync(post)).Words.Contains("An officer changed your text", StringComparison.Ordinal), PortalUnderTest.Soon);
        var told = await author.GetAsync(post);
        (told.One("del").TextContent, told.One("ins").TextContent).ShouldBe(("nine", "ten"));
        told.Words.ShouldContain("Hina Malik");
        told.Words.ShouldContain("The hour was wrong.");
        (await author.GetAsync("/")).Words.ShouldContain("Changed by an officer");

        (await officer.GetAsync(path)).Words.ShouldContain("You cannot: Nobody who wrote any of it may clear it.");
        using var colleague = await quick.SignedInAsync("Joseph Adeyemi");
        (await colleague.GetAsync(path)).Words.ShouldContain("You can decide.");
        await author.PressAsync(told, "Withdraw");
        await Eventually.Be(async () => (await author.GetAsync(post)).Words.Contains("It is yours again", StringComparison.Ordinal), PortalUnderTest.Soon);
    }

    [Fact]
    public async Task A_stale_screen_decides_nothing_and_shows_what_changed()
    {
        await portal.SubmittedAsync("Emi Tanaka", "Two officers look at this.");
        using var slow = await portal.SignedInAsync("Hina Malik");
        using var fast = await portal.SignedInAsync("Joseph Adeyemi");
        var path = (await slow.GetAsync("/queue")).Links("main a[href^='/review/']")[0];
        var stale = await slow.GetAsync(path);
        await fast.PressAsync(await fast.GetAsync(path), "Decide and open the next", ("Clear", ""));

        var told = await slow.PressAsync(stale, "Decide and open the next", ("Clear", ""));

        told.Path.ShouldBe(path);
        told.Words.ShouldContain("Somebody else was faster.");
        told.One("#changed").ParentElement!.TextContent.ShouldContain("Joseph Adeyemi said “Cleared” on");
    }

    [Fact]
    public async Task The_queue_has_the_least_time_left_on_top()
    {
        await portal.SubmittedAsync("Emi Tanaka", "Later.", when: "2027-06-01T09:00");
        await portal.SubmittedAsync("Emi Tanaka", "Sooner.", when: "2027-05-01T09:00");
        await portal.SubmittedAsync("Bilal Karim", "ابھی جاری کیا جائے۔", mission: "DXB");
        using var officer = await portal.SignedInAsync("Hina Malik");

        var queue = await officer.GetAsync("/queue");

        queue.Document.QuerySelectorAll(".lines a").Select(a => a.TextContent).ShouldBe(["ابھی جاری کیا جائے۔", "Sooner.", "Later."]);
        queue.Document.QuerySelectorAll(".lines a").ShouldAllBe(a => a.GetAttribute("dir") == "auto");
        queue.One(".lines li").TextContent.ShouldContain("Goes out as soon as it is cleared");
        queue.One(".lines li").TextContent.ShouldMatch(@" · due in \d+ (hours|minutes)");
        (await officer.GetAsync("/waiting.atom")).Text.ShouldMatch(@" · due in \d+ (hours|minutes)");
        queue.One(".lines li:last-child").TextContent.ShouldMatch(@"Goes out in \d+ days");
    }

    [Fact]
    public async Task The_clearance_sheet_names_everybody_and_the_digest()
    {
        await portal.SubmittedAsync("Emi Tanaka", "For the file.");
        using var officer = await portal.SignedInAsync("Hina Malik");
        var review = await officer.GetAsync((await officer.GetAsync("/queue")).Links("main a[href^='/review/']")[0]);

        var sheet = await officer.GetAsync(review.Links("main a[href^='/sheet/']")[0]);

        sheet.Words.ShouldContain("Emi Tanaka (1)");
        sheet.Words.ShouldContain("For the file.");
        sheet.Words.ShouldMatch("([0-9a-f]{8} ){7}[0-9a-f]{8}");
        sheet.Words.ShouldContain("It waits for a decision.");
    }

    [Fact]
    public async Task A_cleared_post_is_stopped_with_its_reason_and_its_author_can_revise_it()
    {
        var path = await portal.SubmittedAsync("Emi Tanaka", "The minister arrives on Monday.", when: "2027-06-01T09:00", urgency: "Flash");
        using var officer = await portal.SignedInAsync("Hina Malik");
        var review = await officer.GetAsync((await officer.GetAsync("/queue")).Links("main a[href^='/review/']")[0]);
        await officer.PressAsync(review, "Decide and open the next", ("Clear", ""));
        using var author = await portal.SignedInAsync("Emi Tanaka");
        await Eventually.Be(async () => (await author.GetAsync(path)).Heading == "On the schedule", PortalUnderTest.Soon);

        var asked = await officer.PressAsync(await officer.GetAsync(review.Path), "Stop it");
        asked.Links(".errors a").ShouldBe(["#stop-reason", "#stop-comment"]);
        var told = await officer.PressAsync(asked, "Stop it", ("Why it is stopped", "events"), ("What happened", "The visit was called off."));
        told.Words.ShouldStartWith("You asked to stop it.");

        await Eventually.Be(async () => (await author.GetAsync(path)).Heading == "Stopped by the central unit", PortalUnderTest.Soon);
        var stopped = await author.GetAsync(path);
        stopped.Words.ShouldContain("The visit was called off.");
        stopped.Words.ShouldContain("Revise it");
        await Eventually.Be(async () => (await officer.GetAsync(review.Path)).Words.Contains("It was stopped in time and does not go out.", StringComparison.Ordinal), PortalUnderTest.Soon);
        (await officer.GetAsync(review.Path)).Document.QuerySelector("#stop-reason").ShouldBeNull();
        (await author.GetAsync(review.Path.Replace("review", "sheet", StringComparison.Ordinal))).Words.ShouldContain("Events have overtaken it");
    }

    [Fact]
    public async Task An_auditor_has_the_ledger_gone_over()
    {
        await portal.SubmittedAsync("Emi Tanaka", "It leaves its trace.");
        using var auditor = await portal.SignedInAsync("Laila Shah");

        (await auditor.PressAsync(await auditor.GetAsync("/alerts"), "Check the ledger")).Words.ShouldContain("The ledger is whole.");

        using var officer = await portal.SignedInAsync("Hina Malik");
        (await officer.GetAsync("/alerts")).Words.ShouldNotContain("Check the ledger");
    }

    [Fact]
    public async Task The_feed_of_what_waits_needs_the_session_or_a_token()
    {
        using var anybody = portal.Visitor();
        (await anybody.GetAsync("/waiting.atom")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
