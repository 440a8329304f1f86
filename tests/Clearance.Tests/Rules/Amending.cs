using FsCheck;
using FsCheck.Fluent;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Clearance.Domain.AmendmentRules;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class Amending
{
    private static readonly MediaItem Picture = new(new string('b', 64), "image/png", 10, "");

    /// <summary>For each guard an amendment that only this guard refuses: taken out, it would pass.</summary>
    private static readonly Dictionary<string, AmendmentRules.Amending> OnlyRefusedBy = new()
    {
        ["may-decide"] = Case(a => a with { Request = a.Request with { Contributors = ["author", "officer"] } }),
        ["is-amendment"] = Case(a => a with { Decision = a.Decision with { Kind = DecisionKind.ClearedWithComment } }),
        ["may-be-changed"] = Case(a => a with { Request = a.Request with { Route = a.Request.Route with { Amendable = [AltText, Links] } } }),
        ["sound-text"] = Case(a => a with { Changes = new("half \ud800 a pair") }),
        ["sound-alt-texts"] = Case(a => a with { Changes = a.Changes with { AltTexts = new Dictionary<string, string> { [new string('c', 64)] = "Of another post." } } }),
        ["sound-links"] = Case(a => a with { Changes = a.Changes with { Links = ["http://example.org"] } }),
        ["changes-something"] = Case(a => a with { Changes = new(a.Package.Text, new Dictionary<string, string> { [Picture.Digest] = "" }, []) }),
    };

    [Fact]
    public void Every_guard_refuses_an_amendment_that_no_other_guard_would()
    {
        OnlyRefusedBy.Keys.ShouldBe(AmendmentRules.Guards.Select(g => g.Name), ignoreOrder: true);
        foreach (var (name, amending) in OnlyRefusedBy)
        {
            var drawn = amending.Package with { Salt = "other" };
            Draw(amending, "salt", out _).ShouldBeNull(name);
            Amend(amending, drawn, Digest(1), 1, amending.Request.Route).Allows(out _, out _).ShouldBeFalse(name);
            Amend(amending, drawn, Digest(1), 1, amending.Request.Route, [.. AmendmentRules.Guards.Where(g => g.Name != name)]).Allows(out _, out _).ShouldBeTrue($"without {name}");
        }
    }

    [Fact]
    public void A_text_that_could_not_be_submitted_is_not_amended_into()
    {
        foreach (var text in new[] { "", " \n", "half \ud83d", "\udc00 half", "nul \0", "bell \a", "e\u0301", "\ufffe", "\ufdd0" })
            No(Case(a => a with { Changes = new(text) })).ShouldBe(UnsoundText);
    }

    [Fact]
    public void A_text_may_be_as_long_as_any_and_no_longer()
    {
        No(Case(a => a with { Changes = new(new string('x', 20_001)) })).ShouldBe(UnsoundText);
        Amended(Case(a => a with { Changes = new(new string('x', 20_000)) })).Amendment!.Characters.ShouldBe(20_000);
        Amended(Case(a => a with { Changes = new("Line one\n\tline two\r\n\u0085") })).Status.ShouldBe(ClearanceStatus.AmendmentDecided);
    }

    [Theory]
    [InlineData("https://user@example.org/"), InlineData("https://example.org/a b"), InlineData("javascript:alert(1)"), InlineData("https://example.org/\u202e"), InlineData("https:///"), InlineData("https://example.org/\\")]
    public void A_link_leads_where_it_says(string link) => No(Case(a => a with { Changes = new(null, Links: [link]) })).ShouldBe(UnsoundLinks);

    [Fact]
    public void The_package_keeps_everything_but_what_was_changed()
    {
        var amending = Case(a => a with { Changes = new("The hall opens at ten.", new Dictionary<string, string> { [Picture.Digest] = "A door" }, ["https://example.org/"]) });
        var drawn = Draw(amending, "fresh", out _)!;
        drawn.Contributors.ShouldBe(["author", "officer"]);
        (drawn.Text, drawn.Media.Single().Alt, drawn.Links.Single(), drawn.Salt).ShouldBe(("The hall opens at ten.", "A door", "https://example.org/", "fresh"));
        DigestOf(drawn with { Text = amending.Package.Text, Media = amending.Package.Media, Links = [], Contributors = amending.Package.Contributors, Salt = amending.Package.Salt })
            .ShouldBe(DigestOf(amending.Package));
    }

    [Fact]
    public void Whoever_is_stood_in_for_has_a_hand_in_it_too()
    {
        var drawn = Draw(Case(a => a with { Decision = a.Decision with { By = new Capacity("deputy", "CENTRAL", "absent") } }), "salt", out _)!;
        drawn.Contributors.ShouldBe(["absent", "author", "deputy"]);
    }

    [Fact]
    public void It_clears_nothing_voids_what_was_said_and_leaves_the_clearing_to_another()
    {
        var request = OpenOn(Amendable(("HUB", 1, 1), ("CENTRAL", 2, 1)));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "hub", office: "HUB")));
        var amended = Applied(Amended(Of(request, "officer")));
        (amended.Status, amended.DueAt, amended.PackageDigest, amended.Amendment).ShouldBe((ClearanceStatus.InClearance, amended.NotAfter, Digest(1), null));
        amended.EarlierDigests.ShouldBe([request.PackageDigest]);
        ClearanceSheet.Of(amended).Lines.ShouldAllBe(line => line.Given == 0);
        Refused(ClearanceRules.Decide(amended, Decision(amended, "officer"))).ShouldBe(DecisionGuards.NotYourTurn);

        amended = Yes(ClearanceRules.Decide(amended, Decision(amended, "hub", office: "HUB", at: Noon.AddMinutes(1))));
        Refused(ClearanceRules.Decide(amended, Decision(amended, "officer", at: Noon.AddMinutes(2)))).ShouldBe(DecisionGuards.ContributorsMayNotClear);
        Refused(ClearanceRules.Decide(amended, Decision(amended, "deputy", actingFor: "officer", at: Noon.AddMinutes(2)))).ShouldBe(DecisionGuards.ContributorsMayNotClear);
        amended = Yes(ClearanceRules.Decide(amended, Decision(amended, "colleague", at: Noon.AddMinutes(2))));
        ReleasePermit? permit = null;
        Yes(PermitOffice.Issue(amended, Guid.CreateVersion7(Noon), Noon.AddMinutes(3), issued => (permit = issued) is null ? "" : "envelope"));
        permit!.PackageDigest.ShouldBe(Digest(1));
        permit.Contributors.ShouldBe(["author", "officer"]);
        permit.Decisions.Select(d => d.Person).ShouldBe(["hub", "colleague"]);
    }

    [Fact]
    public void It_goes_by_the_route_of_the_new_text()
    {
        var request = OpenOn(Amendable(("DESK", 1, 1), ("CENTRAL", 2, 1)));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "desk", DecisionKind.Objected, office: "DESK")));
        var amending = Of(request, "desk") with { Decision = Decision(request, "desk", DecisionKind.ClearedAsAmended, office: "DESK") };
        var drawn = Draw(amending, "salt", out _)!;
        var amended = Applied(Yes(Amend(amending, drawn, Digest(1), 1, Route(("CENTRAL", 1, 1)))));
        ClearanceSheet.Of(amended).Lines.Select(line => line.Office).ShouldBe(["CENTRAL"]);
        Yes(ClearanceRules.Decide(amended, Decision(amended, "officer", at: Noon.AddMinutes(1)))).Status.ShouldBe(ClearanceStatus.Cleared);
    }

    [Fact]
    public void Taken_back_in_time_it_never_was()
    {
        var request = OpenOn(Amendable(("CENTRAL", 1, 2)));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "colleague")));
        var amending = Amended(Of(request, "officer"));
        Refused(ClearanceRules.Decide(amending, Decision(request, "third"))).Code.ShouldBe("clearance.not-in-clearance");
        Refused(Apply(amending, Noon.AddSeconds(19))).ShouldBe(ClearanceRules.NotDue);

        var undone = Yes(ClearanceRules.Undo(amending, new Capacity("officer", "CENTRAL"), Noon.AddSeconds(19)));
        (undone.Status, undone.PackageDigest, undone.Amendment).ShouldBe((ClearanceStatus.InClearance, request.PackageDigest, null));
        undone.Contributors.ShouldBe(["author"]);
        Yes(ClearanceRules.Decide(undone, Decision(undone, "officer", at: Noon.AddSeconds(30)))).Status.ShouldBe(ClearanceStatus.Cleared);
    }

    [Fact]
    public void Once_made_it_is_not_taken_back_any_more()
    {
        var amended = Applied(Amended(Of(OpenOn(Amendable(("CENTRAL", 1, 1))), "officer")));
        Refused(ClearanceRules.Undo(amended, new Capacity("officer", "CENTRAL"), Noon)).ShouldBe(ClearanceRules.NothingToUndo, "whatever the clock says");
    }

    [Fact]
    public void Whoever_takes_no_part_takes_none_in_the_changed_text()
    {
        var request = OpenOn(Amendable(("CENTRAL", 1, 1)));
        request = Yes(ClearanceRules.Decide(request, Decision(request, "partial", DecisionKind.Recused)));
        var amended = Applied(Amended(Of(request, "officer")));
        Refused(ClearanceRules.Decide(amended, Decision(amended, "partial", at: Noon.AddMinutes(1)))).ShouldBe(DecisionGuards.Recused);

        var forged = amended with { Status = ClearanceStatus.Cleared, Decisions = [.. amended.Decisions, Decision(amended, "partial", at: Noon.AddMinutes(1))] };
        Refused(PermitOffice.Issue(forged, Guid.CreateVersion7(Noon), Noon.AddMinutes(2), _ => "envelope")).ShouldBe(DecisionGuards.Recused);
    }

    [Fact]
    public void Every_step_stands_in_the_table()
    {
        var request = OpenOn(Amendable(("CENTRAL", 1, 1)));
        var amending = Of(request, "officer");
        foreach (var (from, step) in new (ClearanceRequest, Decision<ClearanceRequest>)[]
                 {
                     (request, Amend(amending, Draw(amending, "salt", out _)!, Digest(1), 1, request.Route)),
                     (Amended(amending), ClearanceRules.Settle(Amended(amending), Noon.AddSeconds(20))),
                     (Amended(amending), ClearanceRules.Undo(Amended(amending), new Capacity("officer", "CENTRAL"), Noon)),
                     (Amended(amending), ClearanceRules.Withdraw(Amended(amending), Noon)),
                 })
        {
            step.Allows(out var accepted, out var why).ShouldBeTrue(why?.Code);
            ClearanceStates.Table.Next(from.Status, accepted!.Fact.GetType().Name).ShouldBe(accepted.State.Status);
        }
    }

    [Fact]
    public void In_no_history_does_anybody_clear_bytes_that_they_had_a_hand_in() => Prop.ForAll(Histories, steps =>
    {
        string[] people = ["officer-1", "officer-2", "officer-3", "author"];
        var (request, now, made, hands) = (OpenOn(Amendable(("HUB", 1, 1), ("CENTRAL", 2, 1))), Noon, 0, new Dictionary<string, string[]>());
        hands[request.PackageDigest] = ["author"];
        foreach (var (kind, who, office, seconds) in steps)
        {
            now = now.AddSeconds(seconds);
            var (person, seat) = (people[who], office == 0 ? "HUB" : "CENTRAL");
            ReleasePermit? permit = null;
            var answer = kind switch
            {
                0 or 1 => ClearanceRules.Decide(request, Decision(request, person, office: seat, at: now)),
                2 => Amend(Of(request, person, $"Text {made}.", seat, now), Package(contributors: [.. request.Contributors.Append(person).Distinct().Order()]), Digest(++made), 1, request.Route),
                3 => ClearanceRules.Undo(request, new Capacity(person, seat), now),
                4 => ClearanceRules.Settle(request, now),
                5 => LapseRules.Lapse(request, "line:visas", now),
                _ => PermitOffice.Issue(request, Guid.CreateVersion7(now), now, issued => (permit = issued) is null ? "" : "envelope"),
            };
            if (!answer.Allows(out var accepted, out _)) continue;
            if (accepted.Fact is PackageAmended amended)
                hands[amended.AmendedDigest] = [.. hands[amended.PackageDigest], amended.By.Person];
            ClearanceStates.Table.Next(request.Status, accepted.Fact.GetType().Name).ShouldBe(accepted.State.Status);
            request = accepted.State;
            request.Contributors.ShouldBe(hands[request.PackageDigest].Distinct(), ignoreOrder: true);
            if (permit is null) continue;
            permit.PackageDigest.ShouldBe(request.PackageDigest);
            permit.Decisions.Select(d => d.Person).Intersect(hands[permit.PackageDigest]).ShouldBeEmpty();
            permit.Decisions.Where(d => d.Kind is DecisionKind.Cleared).Select(d => d.Office).Distinct().Order().ShouldBe(["CENTRAL", "HUB"]);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static readonly Arbitrary<(int, int, int, int)[]> Histories = (
        from kind in Gen.Choose(0, 6)
        from person in Gen.Choose(0, 3)
        from office in Gen.Choose(0, 1)
        from seconds in Gen.Elements(0, 5, 25)
        select (kind, person, office, seconds)).ArrayOf().Resize(40).ToArbitrary();

    private static string Digest(int n) => n.ToString("x64");

    private static Route Amendable(params (string, int, int)[] offices) => Route(offices) with { Amendable = [Text, AltText, Links] };

    private static AmendmentRules.Amending Of(ClearanceRequest request, string person, string text = "The hall opens at ten.", string office = "CENTRAL", DateTimeOffset? at = null) => new(
        request, Decision(request, person, DecisionKind.ClearedAsAmended, office: office, at: at), Package() with { Media = [Picture] }, new Changes(text));

    /// <summary>Before the only office that is asked.</summary>
    private static AmendmentRules.Amending Case(Func<AmendmentRules.Amending, AmendmentRules.Amending> change) => change(Of(OpenOn(Amendable(("CENTRAL", 1, 1))), "officer"));

    private static ClearanceRequest Amended(AmendmentRules.Amending amending)
    {
        var drawn = Draw(amending, "salt", out var why).ShouldNotBeNull(why?.Code);
        return Yes(Amend(amending, drawn, Digest(1), 1, amending.Request.Route));
    }

    private static ClearanceRequest Applied(ClearanceRequest amending) => Yes(Apply(amending, Noon.AddSeconds(20)));

    private static Refusal No(AmendmentRules.Amending amending)
    {
        Draw(amending, "salt", out var refusal).ShouldBeNull();
        return refusal!;
    }

    private static Refusal Refused(Decision<ClearanceRequest> decision)
    {
        decision.Allows(out _, out var refusal).ShouldBeFalse();
        return refusal!;
    }

    private static ClearanceRequest Yes(Decision<ClearanceRequest> decision)
    {
        decision.Allows(out var accepted, out var refusal).ShouldBeTrue(refusal?.Code);
        accepted!.State.Version.ShouldBe(accepted.Fact.Version);
        return accepted.State;
    }
}
