using NodaTime;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;
using FsCheck;
using FsCheck.Fluent;

namespace WorkflowPlatform.Portal.Tests;

/// <summary>Times, standings and excerpts in words.</summary>
public sealed class TheWords
{
    private static readonly Place Tokyo = new("TYO", "Embassy of Pakistan Tokyo", "Tokyo", DateTimeZoneProviders.Tzdb["Asia/Tokyo"]);
    private static readonly DateTimeOffset Instant = new(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_time_is_told_by_the_missions_clock_with_UTC_beside() =>
        Times.Text(Instant, Tokyo).ShouldBe("1 December 2026, 09:00 Tokyo time (00:00 UTC)");

    [Fact]
    public void UTC_names_its_day_where_it_is_another() =>
        Times.Text(Instant.AddHours(-1), Tokyo).ShouldBe("1 December 2026, 08:00 Tokyo time (30 Nov 23:00 UTC)");

    [Theory]
    [InlineData("ar-SA"), InlineData("fa-IR"), InlineData("th-TH")]
    public void A_machines_own_calendar_does_not_show(string culture)
    {
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo(culture);
            Times.Text(Instant, Tokyo).ShouldBe("1 December 2026, 09:00 Tokyo time (00:00 UTC)");
            Times.Length(TimeSpan.FromMinutes(125)).ShouldBe("2 hours 5 minutes");
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("2026-12-01T09:00"), InlineData("2026-12-01 09:00"), InlineData("1/12/2026 09:00"), InlineData("1 December 2026, 09:00"), InlineData(" 1.12.2026 09:00 ")]
    public void A_time_is_read_in_the_ways_people_write_it(string typed) => Times.ForField(Times.Read(typed)!.Value).ShouldBe("2026-12-01T09:00");

    [Fact]
    public void Every_standing_that_Drafting_knows_has_its_words() =>
        Standings.All.Select(s => s.Code).Order().ShouldBe(Enum.GetNames<Drafting.Domain.Standing>().Order());

    [Fact]
    public void Every_reason_that_Clearance_takes_is_offered_with_its_words() =>
        Reasons.ForReturn.Select(r => r.Code).ShouldBe(Clearance.Domain.ReasonCodes.All);

    [Fact]
    public void Every_status_of_a_request_and_every_fact_about_it_has_its_words()
    {
        foreach (var status in Enum.GetNames<Clearance.Domain.ClearanceStatus>()) Reasons.OfRequest(status).ShouldNotBe(status);
        foreach (var fact in typeof(IFact).Assembly.GetTypes().Where(t => t.Namespace == typeof(Contracts.Clearance.ClearanceOpened).Namespace && typeof(IFact).IsAssignableFrom(t) && t.GetProperty("DraftId") is not null))
            Reasons.OfFact(fact.FullName!).ShouldNotBe(fact.Name);
    }

    [Fact]
    public void Every_standing_says_whether_it_goes_out()
    {
        foreach (var standing in Standings.All) Outlook.Of(DraftAt(standing.Code), null, Tokyo).ShouldNotBeEmpty(standing.Code);
    }

    [Theory]
    [InlineData("Cleared"), InlineData("Scheduled"), InlineData("InClearance")]
    public void What_is_still_to_go_out_says_when_and_where(string standing)
    {
        var words = Outlook.Of(DraftAt(standing), null, Tokyo);
        words.ShouldContain("1 December 2026, 09:00 Tokyo time");
        words.ShouldContain("on the noticeboard of the Embassy of Pakistan Tokyo");
    }

    [Theory]
    [InlineData("Returned"), InlineData("Held"), InlineData("Withdrawn")]
    public void What_does_not_go_out_says_so(string standing) => Outlook.Of(DraftAt(standing), null, Tokyo).ShouldContain("does not go out");

    [Theory]
    [InlineData("ہفتے کے روز", "ur"), InlineData("تعلن السفارة", "ar"), InlineData("Good morning", "en"), InlineData("123", "en")]
    public void The_letters_tell_the_language(string text, string code) => Letters.Guess(text, ["en", "ar", "ur"]).ShouldBe(code);

    [Fact]
    public void What_is_typed_keeps_its_letters_and_loses_only_the_browsers_line_ends() => Letters.Typed("a\r\ne\u0301\n").ShouldBe("a\n\u00e9\n");

    [Fact]
    public void An_excerpt_is_never_half_a_character() => Prop.ForAll<NonNull<string>>(text =>
    {
        var excerpt = Markup.Excerpt(string.Concat(Enumerable.Repeat("👩‍👩‍👧", 20)) + text.Get);
        excerpt.ShouldEndWith("👧…");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Back_to_where_one_was_never_leads_elsewhere() => Prop.ForAll<NonNull<string>>(text =>
    {
        foreach (var path in new[] { text.Get, "/" + text.Get, "//" + text.Get, "/\\" + text.Get, "https:" + text.Get, "/\t/" + text.Get })
        {
            var safe = LocalPath.Or(path, "/");
            safe.ShouldStartWith("/");
            safe.Length.ShouldBeGreaterThan(0);
            if (safe.Length > 1) safe[1].ShouldNotBeOneOf('/', '\\');
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_way_of_giving_a_clearance_and_every_verdict_has_its_words()
    {
        foreach (var means in Clearance.Domain.RecordingRules.Means) Reasons.OfMeans(means).ShouldNotContain("(");
        foreach (var verdict in Enum.GetValues<Contracts.Clearance.ReviewVerdict>()) Reasons.OfVerdict(verdict).ShouldNotBe(verdict.ToString());
    }

    [Fact]
    public void An_offices_silence_is_told_with_what_proves_the_notice()
    {
        var office = new SheetOffice("DESK", 1, 1, 0, "Open", true, []) { DueAt = Instant.AddHours(1), SilenceCounts = true, Reminders = 1 };
        var names = new OfficeNames(new Dictionary<string, string> { ["HUB"] = "Hub" });
        string Told(SheetOffice said, DateTimeOffset now) => string.Join(' ', OfficeTime.Of(said, Place.Nowhere, now, names, new Dictionary<string, string> { ["7"] = "Nadia" }));

        Told(office, Instant).ShouldBe("It has 1 hour left, until 1 December 2026, 01:00 UTC. It was reminded. Its silence counts for nothing yet: nobody of it has opened this in its time.");
        var opened = office with { Notice = new(new("7", "DESK"), Instant) };
        Told(opened, Instant).ShouldEndWith("If it says nothing until then, that will count as no objection: Nadia opened it on 1 December 2026, 00:00 UTC, which proves that it arrived.");
        Told(opened, Instant.AddHours(2)).ShouldContain("Its time was over on 1 December 2026, 01:00 UTC. It was reminded once. Its silence counts as no objection: Nadia");
        Told(opened with { StandIns = ["HUB"], Away = new("unseen", null, Instant) }, Instant)
            .ShouldBe("Cut off: nobody of it was seen since 1 December 2026, 00:00 UTC. Nobody waits for it. It has 1 hour left, until 1 December 2026, 01:00 UTC. It was reminded. In its place may clear: Hub.");
    }

    [Fact]
    public void The_queue_tells_in_a_word_how_much_time_the_readers_office_has()
    {
        var item = new Waiting(Guid.Empty, "TYO", "noticeboard:TYO", Lane.Routine, "en", Instant, Instant.AddDays(1), null, Instant, "Text", 4, true, null, [], null, []);
        Urgency.Due(item, Instant).ShouldBe("");
        Urgency.Due(item with { DueAt = Instant.AddMinutes(20) }, Instant).ShouldBe(" · due in 20 minutes");
        Urgency.Due(item with { DueAt = Instant.AddMinutes(20), Reminders = 1 }, Instant).ShouldBe(" · due in 20 minutes, reminded");
        Urgency.Due(item with { DueAt = Instant, Late = true, Reminders = 2 }, Instant.AddHours(1)).ShouldBe(" · late, reminded twice");
    }

    [Theory]
    [InlineData(null, "Time over: the office above is asked", "was late", "late")]
    [InlineData("declared", "Cut off: the office above is asked", "was declared cut off", "declared")]
    [InlineData("unseen", "Cut off: the office above is asked", "counted as cut off, since nobody of it was seen", "unseen")]
    [InlineData("cut-off", "Cut off: the office above is asked", "was cut off", "cut-off")]
    public void Why_an_office_was_not_waited_for_is_told_with_the_decision_and_with_its_time(string? cause, string heading, string words, string standsIn)
    {
        var names = new OfficeNames(new Dictionary<string, string> { ["DESK"] = "Desk", ["HUB"] = "Hub" });
        var asked = new SheetDecision(Guid.Empty, "clock:any", "DESK", null, Contracts.Clearance.DecisionKind.Escalated, null, null, Instant, false) { To = "HUB", CutOff = cause };
        Decisions.Of(asked).ShouldBe(heading);
        Decisions.By(asked, Place.Nowhere, names, new Dictionary<string, string>()).ShouldBe($"Desk {words}, so this was asked: Hub");
        var office = new SheetOffice("DESK", 1, 1, 0, "Open", true, []) { StandIns = ["HUB"], StandInCause = standsIn };
        string.Join(' ', OfficeTime.Of(office, Place.Nowhere, Instant, names, new Dictionary<string, string>())).ShouldBe($"It {words}. In its place may clear: Hub.");
    }

    [Fact]
    public void A_paper_takes_nothing_that_people_wrote_for_markup() =>
        Paper.Show("# A\n\nPolicy a@1.\n\n## Listed terms\n\n- **war**: <i>, حرب\n\n### 1. <b>*x*</b>\n\nWhen:\n- **a** `c<`\n").ToString().ShouldBe("<h2>Listed terms</h2><ul><li><b>war</b>: <bdi>&lt;i&gt;</bdi>, <bdi>حرب</bdi></ul><h3>1. &lt;b&gt;<em>x</em>&lt;/b&gt;</h3><p>When:<ul><li><b>a</b> <bdi class=code>c&lt;</bdi></ul>");

    private static Draft DraftAt(string standing) => new(
        Guid.Empty, 1, "TYO", "noticeboard:TYO", "en", Lane.Routine, "Text", new ReleaseTime("2026-12-01T09:00", "Asia/Tokyo"), Instant, Instant.AddDays(1), 1,
        standing, null, null, null, null, Instant, null, [], []);
}
