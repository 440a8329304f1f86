using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Portal.Tests;

/// <summary>What is not decided in the queue, on its pages: a release before clearance and its review, a clearance by telephone, an office that is passed over.</summary>
public sealed class ByOtherWays : IAsyncLifetime
{
    private readonly PortalUnderTest portal = new(("Clearance:UndoSeconds", "600"), ("Registry:Seed:Offices", "offices.csv")) // Beside the program.
    {
        MorePeople = """
            7,Nadia Rahman,,,CENTRAL,duty-officer,2020-01-01,
            8,Omar Farooq,,,CENTRAL,head-of-unit,2020-01-01,
            9,Sana Iqbal,,,HUB-ASIA-PACIFIC,clearing-officer,2020-01-01,

            """,
    };

    private const string HubThenCentral = """
        pack: hub-then-central
        version: 1
        title: The hub, then the central unit
        rules:
          - id: every-text
            title: The hub and the central unit clear every text
            when: always
            clear: [{ office: hub }, { office: central, stage: 2 }]
            clock: { routine: 240, immediate: 240 }
            bypass: [head-of-unit]

        """;

    private const string CentralAndTheHubIsTold = """
        pack: hub-is-told
        version: 1
        title: The central unit, and the hub is told
        rules:
          - id: every-text
            title: The central unit clears every text, and the hub is told
            when: always
            clear: [central]
            inform: [hub]

        """;

    public ValueTask InitializeAsync() => portal.InitializeAsync();

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task A_duty_officer_releases_what_cannot_wait_and_it_is_listed_until_somebody_else_has_reviewed_it()
    {
        await portal.SubmittedAsync("Emi Tanaka", "The embassy is closed today.", urgency: "Flash");
        using var duty = await portal.SignedInAsync("Nadia Rahman");
        var list = await Eventually.Get(() => duty.GetAsync("/duty"), page => page.Links("main a[href^='/review/']").Count == 1, PortalUnderTest.Soon);
        (await duty.GetAsync("/")).Words.ShouldContain("What cannot wait");
        var review = await duty.GetAsync(list.Links("main a[href^='/review/']")[0]);
        review.Words.ShouldContain("You cannot:"); // Decide, that is.
        var page = await duty.GetAsync(review.Links(".ways a").Single(way => way.EndsWith("/release", StringComparison.Ordinal)));
        page.One(".post .text").TextContent.ShouldBe("The embassy is closed today.");

        var asked = await duty.PressAsync(page, "Release it");
        asked.Links(".errors a").ShouldBe(["#comment"]);
        var told = await duty.PressAsync(asked, "Release it", ("Why it cannot wait", "A storm: everybody has to know now."));
        told.Path.ShouldBe(review.Path);
        told.Words.ShouldStartWith("Released before it was cleared. It ");
        told.Words.ShouldContain("central unit: has said nothing");
        told.Words.ShouldContain("It was released before it was cleared");

        using var officer = await portal.SignedInAsync("Hina Malik");
        var reviews = await Eventually.Get(() => officer.GetAsync("/reviews"), seen => seen.Links("main a[href$='/afterwards']").Count == 1, PortalUnderTest.Soon);
        reviews.Words.ShouldContain("released by Nadia Rahman, central unit A storm: everybody has to know now.");
        (await officer.GetAsync("/")).Words.ShouldContain("Open reviews");
        (await duty.GetAsync("/reviews")).Words.ShouldContain("Not yours to review: ");
        (await duty.GetAsync($"{review.Path}/afterwards")).Words.ShouldContain("This is not open to you now.");

        var form = await officer.GetAsync(reviews.Links("main a[href$='/afterwards']")[0]);
        (await officer.PressAsync(form, "Give the review")).Links(".errors a").ShouldBe(["#upheld"]);
        var bare = await officer.PressAsync(form, "Give the review", ("No", ""));
        bare.Links(".errors a").ShouldBe(["#comment"]);
        bare.One("#not-upheld").HasAttribute("checked").ShouldBeTrue();
        var done = await officer.PressAsync(bare, "Give the review", ("What is to be said about it", "An hour would have been enough."));
        done.Words.ShouldStartWith("Your review is given.");
        done.Words.ShouldContain("Nothing that went out before its clearance waits");
        (await officer.GetAsync("/")).Words.ShouldNotContain("Open reviews");
        var sheet = await officer.GetAsync(review.Path.Replace("review", "sheet", StringComparison.Ordinal));
        sheet.Words.ShouldContain("it was not right. Hina Malik (4), central unit");
        sheet.Words.ShouldContain("Released before clearance Nadia Rahman (7), central unit");
    }

    [Fact]
    public async Task A_clearance_by_telephone_is_written_down_by_one_and_signed_by_the_other()
    {
        await portal.SubmittedAsync("Emi Tanaka", "The hall opens at ten.");
        using var writer = await portal.SignedInAsync("Hina Malik");
        var path = (await writer.GetAsync("/queue")).Links("main a[href^='/review/']")[0];
        var review = await writer.GetAsync(path);
        review.Document.QuerySelectorAll("details[open]").ShouldBeEmpty();
        var form = await writer.GetAsync(review.Links(".ways a")[0]);
        form.Document.QuerySelectorAll("#giver option").Select(o => o.TextContent).ShouldBe(["Choose an officer", "Joseph Adeyemi, central unit"]); // Nobody writes down their own word, and no author.

        var asked = await writer.PressAsync(form, "Write it down", ("What was said", "Fine by me."));
        asked.Links(".errors a").ShouldBe(["#giver", "#telephone"]);
        asked.One("#comment").TextContent.Trim().ShouldBe("Fine by me.");
        var told = await writer.PressAsync(asked, "Write it down", ("Who said it", "CENTRAL 5"), ("By telephone", ""));
        told.Words.ShouldContain("Written down. It counts as soon as whoever said it has signed.");
        told.Words.ShouldContain("Cleared by telephone, for central unit. Hina Malik wrote it down. It counts once Joseph Adeyemi has signed.");
        told.Links(".ways a").ShouldNotContain($"{path}/countersign");

        using var signer = await portal.SignedInAsync("Joseph Adeyemi");
        var sign = await signer.GetAsync((await signer.GetAsync(path)).Links(".ways a").First(way => way.EndsWith("/countersign", StringComparison.Ordinal)));
        sign.Words.ShouldContain("Cleared by telephone, for central unit Fine by me. Written down by Hina Malik");
        var twin = await signer.GetAsync(sign.Path);
        var signed = await signer.PressAsync(sign, "I said so, and sign it");
        signed.Words.ShouldStartWith("Cleared. It goes out in");
        (await signer.PressAsync(signed, "Undo")).Words.ShouldStartWith("Your decision is taken back.");
        // Another page from before that signs nothing.
        (await signer.PressAsync(twin, "I said so, and sign it")).One(".errors").TextContent.ShouldContain("Something happened to it meanwhile.");
    }

    [Fact]
    public async Task An_office_that_is_cut_off_is_passed_over_by_the_head_who_sees_it_counted()
    {
        await PolicyAsync(HubThenCentral);
        using var duty = await portal.SignedInAsync("Nadia Rahman");
        var page = await Eventually.Get(() => duty.GetAsync("/duty"), seen => seen.Document.QuerySelector("option[value=HUB-ASIA-PACIFIC]") is not null, PortalUnderTest.Soon);
        (await duty.PressAsync(page, "It is cut off")).Links(".errors a").ShouldBe(["#office"]);
        var off = await duty.PressAsync(page, "It is cut off", ("An office that cannot be reached", "HUB-ASIA-PACIFIC"));
        off.Words.ShouldContain("Regional hub Asia Pacific Cut off, as Nadia Rahman said, since");

        using var author = await portal.SignedInAsync("Emi Tanaka");
        await author.PressAsync(await author.GetAsync("/write"), "Submit for clearance", ("Text", "The road is open again."), ("Urgency", "Immediate"));
        var due = await Eventually.Get(() => duty.GetAsync("/duty"), seen => seen.Links("main a[href^='/review/']").Count == 1, PortalUnderTest.Soon);
        var path = due.Links("main a[href^='/review/']")[0];
        using var head = await portal.SignedInAsync("Omar Farooq");
        var review = await Eventually.Get(() => head.GetAsync(path), seen => seen.Words.Contains("In its place may clear: central unit.", StringComparison.Ordinal), PortalUnderTest.Soon);
        review.Words.ShouldMatch("Regional hub Asia Pacific: asked now Cut off, as Nadia Rahman said, since .* Nobody waits for it. It has 3 hours 59 minutes left, until");
        (await duty.GetAsync(path)).Links(".ways a").ShouldNotContain($"{path}/pass-over");

        var form = await head.GetAsync(review.Links(".ways a").Single(way => way.EndsWith("/pass-over", StringComparison.Ordinal)));
        var asked = await head.PressAsync(form, "Pass over it");
        asked.Links(".errors a").ShouldBe(["#comment"]);
        var told = await head.PressAsync(asked, "Pass over it", ("Why it is passed over", "The line to Tokyo is cut."));
        told.Words.ShouldStartWith("Passed over an office. It now waits for central unit.");
        told.Words.ShouldContain("Regional hub Asia Pacific: was passed over");

        var home = await head.GetAsync("/");
        home.Words.ShouldContain("Offices passed over Regional hub Asia Pacific: once.");
        home.Words.ShouldContain("Omar Farooq passed over Regional hub Asia Pacific");
        home.Words.ShouldContain("The line to Tokyo is cut.");
        (await duty.GetAsync("/")).Words.ShouldNotContain("Offices passed over");

        await Eventually.Be(async () => (await head.GetAsync("/")).Words.Contains("Alerts One alert, of", StringComparison.Ordinal), PortalUnderTest.Soon);
        var alerts = await head.GetAsync("/alerts");
        alerts.Words.ShouldContain("An office was passed over");
        alerts.Words.ShouldContain("Regional hub Asia Pacific.");
        alerts.Links("main a[href='/bypasses']").Count.ShouldBe(1);
        (await duty.GetAsync("/alerts")).Status.ShouldBe(System.Net.HttpStatusCode.Forbidden);

        var all = await head.GetAsync(home.Links("main a[href='/bypasses']").Single());
        all.Words.ShouldContain("Regional hub Asia Pacific: once. ");
        all.Words.ShouldContain("Omar Farooq, Head of unit of central unit, passed over Regional hub Asia Pacific");
        (await head.GetAsync("/bypasses?to=2020-01-31")).Words.ShouldContain("None was passed over.");
        (await head.GetAsync("/bypasses?from=2020-01-31")).Words.ShouldContain("The line to Tokyo is cut.");
        (await head.GetAsync("/bypasses?from=2020-02-01&to=2020-01-31")).Links(".errors a").ShouldBe(["#to"]);
        (await head.GetAsync("/bypasses?from=yesterday")).One("#from").GetAttribute("value").ShouldBe("yesterday");
        (await duty.GetAsync("/bypasses")).Status.ShouldBe(System.Net.HttpStatusCode.Forbidden);
        (await head.PressAsync(told, "Undo")).Words.ShouldStartWith("Your decision is taken back.");
        (await head.GetAsync("/bypasses")).Words.ShouldContain("taken back");
        (await duty.PressAsync(await duty.GetAsync("/duty"), "It is back")).Words.ShouldContain("No office is cut off.");
        (await duty.PressAsync(off, "It is back")).Words.ShouldContain("The office does not count as cut off."); // Somebody had said so already.
    }

    [Fact]
    public async Task An_objection_is_set_aside_by_the_head_and_events_overtake_a_post()
    {
        await portal.SubmittedAsync("Emi Tanaka", "The talks begin at noon.");
        using var officer = await portal.SignedInAsync("Hina Malik");
        var path = (await officer.GetAsync("/queue")).Links("main a[href^='/review/']")[0];
        (await officer.PressAsync(await officer.GetAsync(path), "Decide and open the next", ("Object", ""), ("What must change", "Nothing is agreed yet."))).Words.ShouldContain("It is held up by the objection of central unit.");

        using var head = await portal.SignedInAsync("Omar Farooq");
        await Eventually.Be(async () => (await head.GetAsync(path)).Links(".ways a").Contains($"{path}/set-aside"), PortalUnderTest.Soon);
        (await officer.GetAsync(path)).Links(".ways a").ShouldNotContain($"{path}/set-aside");
        var told = await head.PressAsync(await head.GetAsync($"{path}/set-aside"), "Set it aside", ("Why", "The minister has announced it."));
        told.Words.ShouldStartWith("Cleared. It goes out in");
        (await head.PressAsync(told, "Undo")).Words.ShouldStartWith("Your decision is taken back.");

        var ended = await officer.PressAsync(await officer.GetAsync($"{path}/overtaken"), "End it", ("What happened", "The talks are called off."));
        ended.Words.ShouldStartWith("Events overtook it.");
    }

    [Fact]
    public async Task An_office_that_is_only_told_of_a_post_finds_it_on_its_first_page_in_a_list_and_in_its_feed()
    {
        await PolicyAsync(CentralAndTheHubIsTold);
        await portal.SubmittedAsync("Emi Tanaka", "The library is open again.");
        using var hub = await portal.SignedInAsync("Sana Iqbal");
        var home = await Eventually.Get(() => hub.GetAsync("/"), page => page.Words.Contains("For your information The library is open again.", StringComparison.Ordinal), PortalUnderTest.Soon);
        var list = await hub.GetAsync(home.Links("main a[href='/informed']").Single());
        list.Words.ShouldContain("The library is open again.");
        list.Words.ShouldContain("It waits for a decision. · told to Regional hub Asia Pacific on");
        (await hub.GetAsync(list.Links("main a[href^='/review/']").Single())).Words.ShouldContain("Informed: Regional hub Asia Pacific");
        var feed = await hub.GetAsync("/waiting.atom");
        feed.Text.ShouldContain("For your information: ");
        feed.Text.ShouldNotContain("library"); // A feed reader keeps what it fetches.

        using var officer = await portal.SignedInAsync("Hina Malik");
        (await officer.GetAsync("/")).Words.ShouldNotContain("For your information");
        (await officer.GetAsync("/informed")).Words.ShouldContain("Your office was told of nothing.");
    }

    [Fact]
    public async Task Who_speaks_for_no_office_opens_none_of_these_pages()
    {
        using var author = await portal.SignedInAsync("Emi Tanaka");
        foreach (var path in new[] { "/duty", "/reviews", "/informed", "/bypasses", "/policies", "/policies/propose", $"/review/{Guid.Empty}/release" })
            (await author.GetAsync(path)).Status.ShouldBe(System.Net.HttpStatusCode.Forbidden, path);
        using var officer = await portal.SignedInAsync("Hina Malik");
        (await officer.GetAsync($"/review/{Guid.Empty}/release")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
        (await officer.GetAsync($"/review/{Guid.Empty}/anything")).Status.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    private async Task PolicyAsync(string yaml)
    {
        using var proposer = await portal.SignedInAsync("Hina Malik");
        var proposed = await Eventually.Get(async () => await proposer.PressAsync(await proposer.GetAsync("/policies/propose"), "Check and propose", ("The policy, in YAML", yaml)), page => page.Path != "/policies/propose", PortalUnderTest.Soon);
        using var adopter = await portal.SignedInAsync("Joseph Adeyemi");
        (await adopter.PressAsync(await adopter.GetAsync(proposed.Path), "Bring it into force")).Words.ShouldContain("It is in force.");
    }
}
