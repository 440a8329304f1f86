using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Publishing;
using WorkflowPlatform.Drafting.Domain;
using WorkflowPlatform.Publishing.Domain;

namespace WorkflowPlatform.Architecture.Tests.Matrix;

/// <summary>A state of a post: how it stands in each service, and how it came there.</summary>
/// <param name="Round">Null while it was never submitted.</param>
/// <param name="Release">Null before a permit.</param>
/// <param name="Play">What happens to it once it waits in clearance.</param>
internal sealed record State(string Name, string Words, DraftState Draft, ClearanceStatus? Round, ReleaseStatus? Release, Func<Play, Task> Play)
{
    public Lane Lane { get; init; } = Lane.Immediate;

    /// <summary>True when it is to go out in twenty minutes; else in three weeks.</summary>
    public bool Soon { get; init; }

    /// <summary>When its window closes.</summary>
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>True when its text rests on the line that is withdrawn.</summary>
    public bool Cites { get; init; }

    /// <summary>True when it is submitted in the second act: forty minutes later, and with a period for undoing that outlasts the play.</summary>
    public bool Later { get; init; }

    /// <summary>What happens to it in the second act.</summary>
    public Func<Play, Task> Then { get; init; } = _ => Task.CompletedTask;
}

/// <summary>Every state that a post can be in, each set up by the product itself.</summary>
internal static class States
{
    /// <summary>The facts of the tables that no play tells, and why a post is not in another state for them.</summary>
    public static readonly IReadOnlyDictionary<string, string> Untold = new Dictionary<string, string>
    {
        [nameof(ReleaseRescheduled)] = "It stands in the schedule again: as scheduled.",
        [nameof(PermitWithheld)] = "The permit office refuses what no way of the product leads to; it stays as cleared.",
    };

    public static readonly IReadOnlyList<State> All =
    [
        // Not in clearance yet.
        new("crafting", "saved, and never submitted", DraftState.Crafting, null, null, Nothing),

        // In clearance: the desk is asked first, then the central unit.
        new("waiting", "in clearance, and nobody has said anything", DraftState.Submitted, ClearanceStatus.InClearance, null, Nothing) { Later = true },
        new("waiting-routine", "the same, in a lane that can wait", DraftState.Submitted, ClearanceStatus.InClearance, null, Nothing) { Later = true, Lane = Lane.Routine },
        new("claimed", "desk has it open, and desk-head has given it to them", DraftState.Submitted, ClearanceStatus.InClearance, null, async p =>
        {
            await p.SayAsync(Cast.DeskOfficer, "claims", _ => new { });
            await p.SayAsync(Cast.DeskHead, "assignments", _ => new { person = Cast.DeskOfficer });
        }) { Later = true },
        new("partly", "desk has cleared it, the central unit has not", DraftState.Submitted, ClearanceStatus.InClearance, null, p => p.DecideAsync(Cast.DeskOfficer, "Cleared")) { Later = true },
        new("undone", "desk had cleared it, and took that back", DraftState.Submitted, ClearanceStatus.InClearance, null, async p =>
        {
            await p.DecideAsync(Cast.DeskOfficer, "Cleared");
            await p.SayAsync(Cast.DeskOfficer, "reversals", _ => new { });
        }) { Later = true },
        new("objected", "desk is against it", DraftState.Submitted, ClearanceStatus.InClearance, null, p => p.DecideAsync(Cast.DeskOfficer, "Objected")) { Later = true },
        new("recused", "desk takes no part", DraftState.Submitted, ClearanceStatus.InClearance, null, p => p.DecideAsync(Cast.DeskOfficer, "Recused")) { Later = true },
        new("referred", "desk has left it to the central unit", DraftState.Submitted, ClearanceStatus.InClearance, null, p => p.DecideAsync(Cast.DeskOfficer, "Referred")) { Later = true },
        new("recorded", "desk-colleague's word by telephone is written down, and not signed", DraftState.Submitted, ClearanceStatus.InClearance, null,
            p => p.SayAsync(Cast.Caller, "recorded-clearances", r => new { packageDigest = r.PackageDigest, givenBy = Cast.DeskColleague, office = Cast.Desk, means = "telephone" })) { Later = true },
        new("late", "the desk's time is over, and the central unit may clear in its place", DraftState.Submitted, ClearanceStatus.InClearance, null, Nothing) { Lane = Lane.Routine, Then = p => p.ToldAsync("ClearanceEscalated") },
        new("bypassed", "the desk's time is over, and head has passed it over", DraftState.Submitted, ClearanceStatus.InClearance, null, Nothing)
        {
            Lane = Lane.Routine,
            Then = async p =>
            {
                await p.ToldAsync("ClearanceEscalated");
                await p.SayAsync(Cast.Head, "bypasses", r => new { packageDigest = r.PackageDigest, office = Cast.Desk, reason = "Nobody answers." });
            },
        },
        new("deemed", "the desk's silence has counted", DraftState.Submitted, ClearanceStatus.InClearance, null, p => p.LookAsync(Cast.DeskOfficer)) { Lane = Lane.Priority, Then = p => p.ToldAsync("SilenceCounted") },
        new("votes-lapsed", "desk had cleared it, and a line that it rests on is withdrawn", DraftState.Submitted, ClearanceStatus.InClearance, null, async p =>
        {
            await p.DecideAsync(Cast.DeskOfficer, "Cleared");
            await p.WithdrawLineAsync();
        }) { Later = true, Cites = true },
        new("amended", "desk has changed it, and everybody is asked anew", DraftState.Submitted, ClearanceStatus.InClearance, null, async p =>
        {
            await p.AmendAsync(Cast.DeskOfficer);
            await p.ToldAsync("PackageAmended");
        }),

        // Decided, and still to be undone.
        new("amendment-decided", "desk has changed it, and can still take that back", DraftState.Submitted, ClearanceStatus.AmendmentDecided, null, p => p.AmendAsync(Cast.DeskOfficer)) { Later = true },
        new("return-decided", "desk has returned it, and can still take that back", DraftState.Submitted, ClearanceStatus.ReturnDecided, null, p => p.DecideAsync(Cast.DeskOfficer, "Returned")) { Later = true },
        new("refusal-decided", "desk has refused it, and can still take that back", DraftState.Submitted, ClearanceStatus.RefusalDecided, null, p => p.DecideAsync(Cast.DeskOfficer, "Refused")) { Later = true },
        new("cleared", "all have cleared it, and decider can still take that back", DraftState.Submitted, ClearanceStatus.Cleared, null, Cleared) { Later = true },
        new("released-at-once", "releaser has released it before clearance, and can still take that back", DraftState.Submitted, ClearanceStatus.Cleared, null, AtOnce) { Later = true },

        // The round is over without a permit.
        new("returned", "returned", DraftState.Crafting, ClearanceStatus.Returned, null, p => p.DecideAsync(Cast.DeskOfficer, "Returned")),
        new("refused", "refused", DraftState.Crafting, ClearanceStatus.Refused, null, p => p.DecideAsync(Cast.DeskOfficer, "Refused")),
        new("overtaken", "overtaken by events, decider said", DraftState.Crafting, ClearanceStatus.Overtaken, null, p => p.DecideAsync(Cast.Decider, "OvertakenByEvents")),
        new("withdrawn", "writer asked for it back in time", DraftState.Withdrawn, ClearanceStatus.Withdrawn, null, p => p.AskBackAsync()),
        new("lapsed", "its window closed before anybody cleared it", DraftState.Crafting, ClearanceStatus.Lapsed, null, Nothing) { Soon = true, NotAfter = Stage.Opening.AddMinutes(30) },

        // A permit is out.
        new("scheduled", "cleared, with a permit, and due in three weeks", DraftState.Submitted, ClearanceStatus.PermitIssued, ReleaseStatus.Scheduled, Cleared),
        new("grounds-lapsed", "the same, and a line that it rests on is withdrawn", DraftState.Submitted, ClearanceStatus.PermitIssued, ReleaseStatus.Scheduled, Cleared) { Cites = true, Then = p => p.ToldAsync("PermitGroundsLapsed") },
        new("reviewed", "released before clearance, due in three weeks, and decider has reviewed that", DraftState.Submitted, ClearanceStatus.PermitIssued, ReleaseStatus.Scheduled, AtOnce)
        {
            Then = p => p.SayAsync(Cast.Decider, "reviews", _ => new { verdict = "Upheld" }),
        },
        new("review-overdue", "released before clearance, and nobody has reviewed that in time", DraftState.Submitted, ClearanceStatus.PermitIssued, ReleaseStatus.Scheduled, p => p.WithSettingAsync("Clearance:ReviewWithinMinutes", "10", () => AtOnce(p)))
        {
            Then = p => p.ToldAsync("ReviewOverdue"),
        },
        new("stopped", "writer asked for it back before it went out", DraftState.Withdrawn, ClearanceStatus.PermitIssued, ReleaseStatus.Stopped, Cleared) { Then = p => p.AskBackAsync() },
        new("revoked", "decider took the permit back before it went out", DraftState.Crafting, ClearanceStatus.Revoked, ReleaseStatus.Stopped, Cleared) { Then = p => p.RevokeAsync() },
        new("held", "a guard refused it right before the call", DraftState.Submitted, ClearanceStatus.PermitIssued, ReleaseStatus.Held, Cleared) { Then = p => p.ReleaseAsync(r => ReleaseRules.Hold(r, HoldReasons.Stale, p.Now)) },
        new("releasing", "the call is out", DraftState.Submitted, ClearanceStatus.PermitIssued, ReleaseStatus.Releasing, Cleared) { Then = p => p.ReleaseAsync(p.Started) },
        new("revocation-asked", "the call is out, and decider wants the permit back", DraftState.Submitted, ClearanceStatus.PermitIssued, ReleaseStatus.Releasing, Cleared)
        {
            Then = async p =>
            {
                await p.ReleaseAsync(p.Started);
                await p.RevokeAsync();
            },
        },
        new("outcome-unknown", "nobody knows what became of the call", DraftState.Submitted, ClearanceStatus.PermitIssued, ReleaseStatus.OutcomeUnknown, Cleared)
        {
            Then = p => p.ReleaseAsync(p.Started, r => ReleaseRules.Doubt(r, p.Now)),
        },
        new("rejected", "the network refused it", DraftState.Crafting, ClearanceStatus.PermitIssued, ReleaseStatus.Rejected, Cleared) { Then = p => p.ReleaseAsync(p.Started, r => ReleaseRules.Reject(r, "http-422", p.Now)) },

        // It is public.
        new("released", "it is public", DraftState.Submitted, ClearanceStatus.PermitIssued, ReleaseStatus.Released, Cleared) { Soon = true },
        new("unreviewed", "it is public, released before clearance, and nobody has reviewed that yet", DraftState.Submitted, ClearanceStatus.PermitIssued, ReleaseStatus.Released, AtOnce) { Soon = true },
        new("revocation-refused", "it is public, and decider wanted the permit back when it was too late", DraftState.Submitted, ClearanceStatus.PermitIssued, ReleaseStatus.Released, Cleared)
        {
            Soon = true,
            Then = async p =>
            {
                await p.ToldAsync(nameof(ReleaseCompleted));
                await p.RevokeAsync();
            },
        },
    ];

    private static Task Nothing(Play play) => Task.CompletedTask;

    private static async Task Cleared(Play play)
    {
        await play.DecideAsync(Cast.DeskOfficer, "Cleared");
        await play.DecideAsync(Cast.Decider, "Cleared");
    }

    private static Task AtOnce(Play play) => play.SayAsync(Cast.Releaser, "immediate-releases", r => new { packageDigest = r.PackageDigest, reason = "It cannot wait." });
}
