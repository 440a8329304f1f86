using System.Net;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Portal.Tests;

/// <summary>A drafting officer writes, submits, sees where it stands, and takes it back; all without script.</summary>
public sealed class AnOfficerWrites(PortalUnderTest portal) : IClassFixture<PortalUnderTest>
{
    [Fact]
    public async Task One_press_submits_and_shows_where_it_stands()
    {
        using var visitor = await portal.SignedInAsync("Emi Tanaka");
        var form = await visitor.GetAsync("/write");
        form.Document.QuerySelectorAll("main form > .field").Length.ShouldBeLessThanOrEqualTo(3);

        var post = await visitor.PressAsync(form, "Submit for clearance", ("Text", "The Embassy opens its library on Monday.\nبیر کے روز 👩‍👩‍👧"));

        post.Words.ShouldStartWith("Submitted. The central unit has it now.");
        post.Heading.ShouldBe("Waiting for clearance");
        post.Words.ShouldContain("it goes out as soon as it is cleared, on the noticeboard of the Embassy of Pakistan Tokyo");
        post.One(".chain [aria-current=step]").TextContent.ShouldContain("Waiting for clearance");
        var text = post.One(".post .text");
        text.TextContent.ShouldBe("The Embassy opens its library on Monday.\nبیر کے روز 👩‍👩‍👧");
        text.GetAttribute("dir").ShouldBe("auto");
    }

    [Fact]
    public async Task Pressed_twice_it_is_submitted_once()
    {
        using var visitor = await portal.SignedInAsync("Emi Tanaka");
        var (path, fields) = Visitor.Filled(await visitor.GetAsync("/write"), "Submit for clearance", ("Text", "Pressed twice by an impatient hand."));

        var both = await Task.WhenAll(visitor.PostAsync(path, fields), visitor.PostAsync(path, fields));

        both[0].Path.ShouldStartWith("/posts/");
        both[1].Path.ShouldBe(both[0].Path);
        (await visitor.GetAsync("/posts")).Text.Split("Pressed twice").Length.ShouldBe(2);
    }

    [Fact]
    public async Task Errors_are_told_at_the_top_and_at_the_field_and_nothing_typed_is_lost()
    {
        using var visitor = await portal.SignedInAsync("Emi Tanaka");
        var form = await visitor.GetAsync("/write");

        var empty = await visitor.PressAsync(form, "Submit for clearance", ("When it goes out", "next Friday"));

        empty.Title.ShouldStartWith("Error: ");
        empty.Links(".errors a").ShouldBe(["#text", "#when"]);
        empty.One("#text").GetAttribute("aria-describedby").ShouldBe("text-error");
        empty.One("#text-error").TextContent.ShouldContain("Write the text of the post");
        empty.One("#when").GetAttribute("value").ShouldBe("next Friday");

        var past = await visitor.PressAsync(empty, "Submit for clearance", ("Text", "Kept as it was typed: <b>é</b>"), ("When it goes out", "2020-01-01T09:00"));
        past.Links(".errors a").ShouldBe(["#when"]);
        past.One("#text").TextContent.Trim().ShouldBe("Kept as it was typed: <b>é</b>");

        var post = await visitor.PressAsync(past, "Submit for clearance", ("When it goes out", ""));
        post.Heading.ShouldBe("Waiting for clearance");
    }

    [Fact]
    public async Task A_time_that_comes_twice_is_offered_in_both_readings()
    {
        using var visitor = await portal.SignedInAsync("Amina Yusuf");
        var year = DateTime.UnixEpoch.AddSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds()).Year + 1;
        var october = Enumerable.Range(25, 7).Select(day => new DateOnly(year, 10, day)).Single(day => day.DayOfWeek == DayOfWeek.Sunday);
        var form = await visitor.GetAsync("/write");

        var asked = await visitor.PressAsync(form, "Submit for clearance", ("Text", "Clocks go back."), ("When it goes out", $"{october:yyyy-MM-dd}T01:30"));
        asked.Links(".errors a").ShouldBe(["#reading"]);
        var choices = asked.Document.QuerySelectorAll("input[name=reading]");
        choices.Length.ShouldBe(2);
        asked.One("#text").TextContent.Trim().ShouldBe("Clocks go back.");

        var post = await visitor.PressAsync(asked, "Submit for clearance", ("01:30, after", ""));
        post.Words.ShouldContain($"01:30 London time (01:30 UTC)"); // The second one: winter time is UTC.
    }

    [Fact]
    public async Task Who_writes_for_two_missions_chooses_one()
    {
        using var visitor = await portal.SignedInAsync("Bilal Karim");
        var form = await visitor.GetAsync("/write");
        form.Document.QuerySelectorAll("main form > .field").Length.ShouldBe(3);

        var wrong = await visitor.PressAsync(form, "Submit for clearance", ("Text", "قونصلیٹ ہفتے کے روز کھلا رہے گا۔"));
        wrong.Links(".errors a").ShouldBe(["#account"]);

        var post = await visitor.PressAsync(wrong, "Submit for clearance", ("Where it is posted", "noticeboard:DXB"));
        post.One(".post .text").GetAttribute("lang").ShouldBe("ur"); // Told by the letters.
    }

    [Fact]
    public async Task A_saved_post_waits_with_its_author_and_is_submitted_later()
    {
        using var visitor = await portal.SignedInAsync("Emi Tanaka");
        var saved = await visitor.PressAsync(await visitor.GetAsync("/write"), "Save for later", ("Text", "Not yet."));
        saved.Heading.ShouldBe("Being written");

        var form = await visitor.GetAsync(saved.One("main a.button").GetAttribute("href")!);
        form.One("#text").TextContent.Trim().ShouldBe("Not yet.");
        var post = await visitor.PressAsync(form, "Submit for clearance", ("Text", "Now."));

        post.Path.ShouldBe(saved.Path);
        post.One(".post .text").TextContent.ShouldBe("Now.");
        post.Heading.ShouldBe("Waiting for clearance");
    }

    [Fact]
    public async Task What_is_withdrawn_can_be_revised_and_submitted_anew()
    {
        using var visitor = await portal.SignedInAsync("Amina Yusuf");
        var path = await portal.SubmittedAsync("Amina Yusuf", "Taken back before anybody decided.");

        (await visitor.PressAsync(await visitor.GetAsync(path), "Withdraw")).Words.ShouldStartWith("Withdrawal asked for.");
        var withdrawn = await Eventually.Get(() => visitor.GetAsync(path), page => page.Heading == "Withdrawn", PortalUnderTest.Soon);
        withdrawn.Words.ShouldContain("It does not go out.");

        var form = await visitor.GetAsync(withdrawn.One("main a.button").GetAttribute("href")!);
        (await visitor.PressAsync(form, "Submit for clearance", ("Text", "Better now."))).Heading.ShouldBe("Waiting for clearance");
    }

    [Fact]
    public async Task A_draft_that_a_colleague_saved_meanwhile_is_shown_beside_ones_own()
    {
        using var visitor = await portal.SignedInAsync("Emi Tanaka");
        var saved = await visitor.PressAsync(await visitor.GetAsync("/write"), "Save for later", ("Text", "One."));
        var edit = saved.One("main a.button").GetAttribute("href")!;
        var (mine, theirs) = (await visitor.GetAsync(edit), await visitor.GetAsync(edit));
        await visitor.PressAsync(theirs, "Save for later", ("Text", "Theirs."));

        var stale = await visitor.PressAsync(mine, "Save for later", ("Text", "Mine."));

        stale.One(".old").TextContent.ShouldBe("Theirs.");
        stale.One("#text").TextContent.Trim().ShouldBe("Mine.");
        (await visitor.PressAsync(stale, "Save for later")).One(".post .text").TextContent.ShouldBe("Mine.");
    }

    [Fact]
    public async Task Another_missions_post_is_not_there()
    {
        var path = await portal.SubmittedAsync("Amina Yusuf", "London's own affair.");
        using var tokyo = await portal.SignedInAsync("Emi Tanaka");

        (await tokyo.GetAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await tokyo.GetAsync($"/write{path["/posts".Length..]}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Another_roles_page_is_refused_in_words()
    {
        using var author = await portal.SignedInAsync("Emi Tanaka");
        var refused = await author.GetAsync("/queue");
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Heading.ShouldBe("You cannot open this page");
    }

    [Fact]
    public async Task A_form_without_its_token_changes_nothing_and_loses_nothing()
    {
        using var visitor = await portal.SignedInAsync("Emi Tanaka");

        var refused = await visitor.PostAsync("/write", ("text", "Sent from elsewhere."), ("key", "k"), ("account", "noticeboard:TYO"));

        refused.Status.ShouldBe(HttpStatusCode.BadRequest);
        refused.One("textarea").TextContent.Trim().ShouldBe("Sent from elsewhere.");
        (await visitor.GetAsync("/posts")).Text.ShouldNotContain("Sent from elsewhere");
        (await visitor.PressAsync(refused, "Send it again")).Heading.ShouldBe("Waiting for clearance");
    }

    [Fact]
    public async Task While_Drafting_is_away_the_text_stays_and_can_be_sent_again()
    {
        await using var cut = new PortalUnderTest(("Services:Drafting", "http://127.0.0.1:1"));
        await cut.InitializeAsync();
        using var visitor = await cut.SignedInAsync("Emi Tanaka");
        (await visitor.GetAsync("/")).Words.ShouldContain("Drafting does not answer just now.");

        var away = await visitor.PressAsync(await visitor.GetAsync("/write"), "Submit for clearance", ("Text", "Written while the line was down."));

        away.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        away.Heading.ShouldBe("Drafting does not answer just now");
        away.One("textarea[name=text]").TextContent.Trim().ShouldBe("Written while the line was down.");
        away.One("form").GetAttribute("action").ShouldBe("/write");
        away.One("input[name=key]").GetAttribute("value").ShouldNotBeNullOrEmpty();
    }
}
