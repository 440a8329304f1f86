using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Portal.Tests;

/// <summary>An officer finds their part of the queue, sees what colleagues are at, reads what changed, and clears several at once.</summary>
public sealed class AnOfficerKeepsOrder : IAsyncLifetime
{
    private readonly PortalUnderTest portal = new(("Clearance:UndoSeconds", "0"));

    public ValueTask InitializeAsync() => portal.InitializeAsync();

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task A_filter_is_chosen_kept_by_name_shown_as_a_link_and_deleted()
    {
        await portal.SubmittedAsync("Emi Tanaka", "The pool is closed.");
        await portal.SubmittedAsync("Amina Yusuf", "The library is open.");
        using var officer = await portal.SignedInAsync("Hina Malik");

        var found = await officer.PressAsync(await officer.GetAsync("/queue"), "Show", ("Mission", "TYO"));
        found.Document.QuerySelectorAll(".lines a").Select(a => a.TextContent).ShouldBe(["The pool is closed."]);
        var kept = await officer.PressAsync(found, "Keep it", ("Keep this filter as", "Tokyo only"));
        kept.Words.ShouldStartWith("Saved.");
        var link = (await officer.GetAsync("/queue")).Document.QuerySelectorAll("main p a").Single(a => a.TextContent == "Tokyo only").GetAttribute("href")!;
        var view = await officer.GetAsync(link);
        view.Document.QuerySelectorAll(".lines a").Length.ShouldBe(1);
        (await officer.PressAsync(view, "Delete this filter")).Words.ShouldStartWith("That filter is deleted.");

        (await officer.GetAsync("/queue?mission=made-up")).Words.ShouldContain("Nothing waits that your filter lets through.");
        var searched = await officer.GetAsync("/queue?q=LIBRARY", accept: "br");
        searched.Document.QuerySelectorAll(".lines a").Length.ShouldBe(1);
        searched.Headers.ContainsKey("Content-Encoding").ShouldBeFalse(); // It repeats what its address said.
    }

    [Fact]
    public async Task Colleagues_see_who_has_it_open_and_whose_it_is_and_looking_alone_tells_nobody()
    {
        await portal.SubmittedAsync("Emi Tanaka", "One post, two officers.");
        using var hina = await portal.SignedInAsync("Hina Malik");
        using var joseph = await portal.SignedInAsync("Joseph Adeyemi");
        var path = (await hina.GetAsync("/queue")).Links("main a[href^='/review/']")[0];

        var review = await hina.GetAsync(path);
        (await joseph.GetAsync("/queue")).Words.ShouldNotContain("has it open");
        (await hina.PressAsync(review, "Show others")).Words.ShouldContain("Others see that you have it open.");
        (await joseph.GetAsync("/queue")).Words.ShouldContain("Hina Malik has it open");
        (await hina.GetAsync("/queue")).Words.ShouldContain("you have it open");

        var taken = await joseph.PressAsync(await joseph.GetAsync(path), "Take it over");
        taken.Words.ShouldContain("Others see that you have it open.");
        (await hina.GetAsync(path)).Words.ShouldContain("Joseph Adeyemi has it open, for");
        await joseph.PressAsync(taken, "I no longer have it open");
        (await hina.GetAsync("/queue")).Words.ShouldNotContain("has it open");

        await hina.PressAsync(await hina.GetAsync(path), "Give it", ("Officer", "5"));
        (await joseph.GetAsync("/queue?assigned=me")).Document.QuerySelectorAll(".lines a").Length.ShouldBe(1);
        (await joseph.GetAsync(path)).Words.ShouldContain("Hina Malik gave it to you.");
        (await hina.GetAsync("/queue")).Words.ShouldContain("given to Joseph Adeyemi");
    }

    [Fact]
    public async Task What_changed_since_ones_last_decision_stands_below_the_text_and_the_reason_is_found_again()
    {
        var post = await portal.SubmittedAsync("Emi Tanaka", "The hall opens at nine.");
        using var officer = await portal.SignedInAsync("Hina Malik");
        var review = await officer.GetAsync((await officer.GetAsync("/queue")).Links("main a[href^='/review/']")[0]);
        await officer.PressAsync(review, "Decide and open the next", ("Return", ""), ("Why it goes back", "facts"), ("What must change", "It opens at ten."));
        using var author = await portal.SignedInAsync("Emi Tanaka");
        await Eventually.Be(async () => (await author.GetAsync(post)).Heading == "Returned to you", PortalUnderTest.Soon);
        await author.PressAsync(await author.GetAsync($"/write/{post.Split('/')[^1]}"), "Submit for clearance", ("Text", "The hall opens at\u200B ten."));

        var again = await Eventually.Get(async () => await officer.GetAsync("/queue"), page => page.Links("main a[href^='/review/']").Count == 1, PortalUnderTest.Soon);
        var changed = await officer.GetAsync(again.Links("main a[href^='/review/']")[0]);
        changed.One("#since").TextContent.ShouldBe("Changed since you said “Returned”");
        changed.Document.QuerySelectorAll("del").Select(e => e.TextContent).ShouldContain("nine");
        changed.Document.QuerySelectorAll("ins").Select(e => e.TextContent).ShouldContain("U+200B zero width space");

        var precedents = await officer.GetAsync(changed.Links("a[href^='/precedents']")[0]);
        precedents.Words.ShouldContain("It opens at ten.");
        (await officer.PressAsync(precedents, "Show", ("Reason", "tone"))).Words.ShouldContain("None was returned like this.");
        (await officer.PressAsync(await officer.GetAsync("/precedents"), "Show", ("Words", "OPENS AT TEN"))).Words.ShouldContain("It opens at ten.");
    }

    [Fact]
    public async Task Several_of_one_kind_are_read_in_full_on_one_page_and_only_the_marked_ones_are_cleared()
    {
        foreach (var day in new[] { "Monday", "Tuesday", "Wednesday" }) await portal.SubmittedAsync("Emi Tanaka", $"{day}: open from nine.\nAll counters, to the last line.");
        using var officer = await portal.SignedInAsync("Hina Malik");
        var queue = await officer.GetAsync("/queue");
        var check = await officer.GetAsync(queue.Links("main a[href^='/queue/bulk']")[0]);
        check.Document.QuerySelectorAll(".post .text").Length.ShouldBe(3);
        check.One(".post .text").TextContent.ShouldContain("to the last line.");
        check.Document.QuerySelectorAll("input[checked]").ShouldBeEmpty();

        (await officer.PressAsync(check, "Clear the marked ones")).Words.ShouldContain("Mark at least one post");
        var done = await officer.PressAsync(check, "Clear the marked ones", ("Clear number 1", ""), ("Clear number 3", ""));
        done.Document.QuerySelectorAll(".lines b").Select(b => b.TextContent).ShouldBe(["Cleared", "Cleared"]);
        (await officer.GetAsync("/queue")).Document.QuerySelectorAll(".lines a").Length.ShouldBe(1);
    }
}
