using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Publishing.Domain;
using static WorkflowPlatform.Publishing.Tests.Examples;

namespace WorkflowPlatform.Publishing.Tests.Rules;

public sealed class Guarding
{
    /// <summary>For each guard something wrong that only this guard sees: taken out, the call would be made.</summary>
    private static readonly Dictionary<string, Func<Evidence, Evidence>> OnlyRefusedBy = new()
    {
        ["signature"] = e => e with { SealFault = "bad-signature" },
        ["permit"] = e => e with { Permit = null },
        ["package"] = e => e with { Package = null },
        ["package-digest"] = e => e with { BytesDigest = new string('0', 64) },
        ["package-type"] = e => e with { Package = e.Package! with { Type = "workflowplatform.package.v0" } },
        ["media"] = e => e with { PictureDigests = [e.PictureDigests[0], new string('0', 64)] },
        ["account"] = e => e with { Package = e.Package! with { Account = "noticeboard:TYO" } },
        ["mission"] = e => e with { Package = e.Package! with { Mission = "TYO" } },
        ["network"] = e => e with { Package = e.Package! with { Network = "other" } },
        ["window"] = e => e with { Package = e.Package! with { NotAfter = e.Package.NotAfter.AddHours(1) } },
        ["contributors"] = e => e with { Package = e.Package! with { Contributors = [.. e.Package.Contributors, "third-author"] } },
        ["four-eyes"] = e => e with { Permit = e.Permit! with { Decisions = [e.Permit.Decisions[0] with { ActingFor = "second-author" }] } },
        ["cleared"] = e => e with { Permit = e.Permit! with { Decisions = [e.Permit.Decisions[0] with { Kind = DecisionKind.Returned }] } },
        ["row-permit"] = e => e with { Release = e.Release with { PermitId = Guid.CreateVersion7() } },
        ["row-package"] = e => e with { Release = e.Release with { PackageDigest = new string('0', 64) } },
        ["row-account"] = e => e with { Release = e.Release with { Account = "noticeboard:TYO" } },
        ["row-mission"] = e => e with { Release = e.Release with { Mission = "TYO" } },
        ["row-window"] = e => e with { Release = e.Release with { NotAfter = e.Release.NotAfter.AddHours(1) } },
        ["embargo"] = e => e with { Now = e.Permit!.NotBefore.AddMilliseconds(-1) },
        ["stale"] = e => e with { Now = e.Permit!.NotAfter },
        ["once"] = e => e with { Release = e.Release with { Attempts = [new(1, Noon, Noon, Noon, AttemptOutcome.Published)] } },
        ["settled"] = e => e with { Release = e.Release with { Attempts = [new(1, Noon, Noon)] } },
        ["channel"] = e => e with { Channel = null },
        ["pictures"] = e => e with { Channel = e.Channel! with { MostPictures = 1 } },
        ["length"] = e => e with { Channel = e.Channel! with { LongestText = e.Package!.Text.Length - 1 } },
    };

    public static TheoryData<string> Names => [.. ReleaseGuards.All.Select(guard => guard.Name)];

    [Fact]
    public void What_is_in_order_goes_out_from_the_first_to_the_last_instant_of_its_window()
    {
        var e = InOrder();
        ReleaseGuards.FirstRefusal(e).ShouldBeNull();
        ReleaseGuards.FirstRefusal(e with { Now = e.Permit!.NotAfter.AddMilliseconds(-1) }).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Names))]
    public void Each_guard_stops_something_that_no_other_guard_would(string name)
    {
        OnlyRefusedBy.ShouldContainKey(name);
        var wrong = OnlyRefusedBy[name](InOrder());
        ReleaseGuards.FirstRefusal(wrong)!.Code.ShouldBe(name);
        ReleaseGuards.FirstRefusal(wrong, [.. ReleaseGuards.All.Where(guard => guard.Name != name)]).ShouldBeNull($"without {name} the call would be made");
    }

    [Fact]
    public void There_is_no_case_for_a_guard_that_is_gone() => OnlyRefusedBy.Keys.ShouldBe(ReleaseGuards.All.Select(guard => guard.Name), ignoreOrder: true);

    [Fact]
    public void A_contributor_decides_neither_in_person_nor_through_a_delegate()
    {
        var e = InOrder();
        foreach (var (person, actingFor) in new[] { ("author", (string?)null), ("officer", "author"), ("second-author", "officer") })
            ReleaseGuards.FirstRefusal(e with { Permit = e.Permit! with { Decisions = [e.Permit.Decisions[0] with { Person = person, ActingFor = actingFor }] } })!.Code.ShouldBe("four-eyes");
    }

    [Fact]
    public void Silence_and_passing_over_alone_are_no_clearance_and_some_persons_word_is()
    {
        var e = InOrder();
        var said = e.Permit!.Decisions[0];
        Evidence Resting(params DecisionKind[] kinds) => e with { Permit = e.Permit with { Decisions = [.. kinds.Select(kind => said with { Kind = kind })] } };
        ReleaseGuards.FirstRefusal(Resting(DecisionKind.DeemedCleared, DecisionKind.Bypassed, DecisionKind.Escalated))!.Code.ShouldBe("cleared");
        ReleaseGuards.FirstRefusal(Resting(DecisionKind.DeemedCleared, DecisionKind.Cleared)).ShouldBeNull();
        ReleaseGuards.FirstRefusal(Resting(DecisionKind.ReleasedImmediately)).ShouldBeNull();
    }

    [Fact]
    public void Pictures_in_hand_are_those_of_the_package_in_its_order_and_no_others()
    {
        var e = InOrder();
        foreach (var hand in new IReadOnlyList<string>[] { [], [e.PictureDigests[0]], [e.PictureDigests[1], e.PictureDigests[0]], [.. e.PictureDigests, e.PictureDigests[0]] })
            ReleaseGuards.FirstRefusal(e with { PictureDigests = hand })!.Code.ShouldBe("media");
        ReleaseGuards.FirstRefusal(e with { Channel = e.Channel! with { LargestPicture = e.Package!.Media[0].Bytes - 1 } })!.Code.ShouldBe("pictures");
    }

    [Fact]
    public void An_account_of_another_network_is_seen()
    {
        var e = InOrder();
        var elsewhere = e with { Permit = e.Permit! with { Account = "other:KBL" }, Package = e.Package! with { Account = "other:KBL" }, Release = e.Release with { Account = "other:KBL" } };
        ReleaseGuards.FirstRefusal(elsewhere)!.Code.ShouldBe("network");
    }
}
