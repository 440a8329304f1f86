using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Publishing;

namespace WorkflowPlatform.Drafting.Tests;

/// <summary>A submitted package on its way: makes the facts that Clearance and Publishing would tell of it, each with its next version.</summary>
internal sealed class Round(Guid draft, string submitted, int version, string mission = Desk.Paris)
{
    private static readonly DateTimeOffset At = new(2026, 12, 1, 9, 30, 0, TimeSpan.Zero);
    private static readonly Capacity Officer = new("2001", "CENTRAL");
    private readonly Guid request = Guid.CreateVersion7(At), release = Guid.CreateVersion7(At), permit = Guid.CreateVersion7(At), revocation = Guid.CreateVersion7(At);
    private string digest = submitted;
    private int requestVersion, releaseVersion, minutes;

    public Guid Draft => draft;

    /// <summary>Of the package that the next fact is about.</summary>
    public string Digest => digest;

    /// <summary>Of the package that was submitted.</summary>
    public string Submitted => Digests[0];

    /// <summary>Of every package so far.</summary>
    public List<string> Digests { get; } = [submitted];

    /// <summary>Of the draft, after the submission.</summary>
    public int Version => version;
    public Guid Request => request;
    public Guid Release => release;

    public ClearanceOpened Opened() => new(request, ++requestVersion, draft, digest, mission, "central-unit@1", ["CENTRAL"], Next());
    public ClearanceGiven Given() => new(request, ++requestVersion, draft, digest, mission, Guid.CreateVersion7(At), DecisionKind.Cleared, Officer, At.AddSeconds(20), Next());
    public ObjectionRaised Objected() => new(request, ++requestVersion, draft, digest, mission, Guid.CreateVersion7(At), Officer, At.AddSeconds(20), Next());
    public RefusalDecided RefusalDecided() => new(request, ++requestVersion, draft, digest, mission, Guid.CreateVersion7(At), Officer, At.AddSeconds(20), Next());
    public PackageRefused Refused() => new(request, ++requestVersion, draft, digest, mission, Next());
    public ClearanceOvertaken Overtaken() => new(request, ++requestVersion, draft, digest, mission, Guid.CreateVersion7(At), Officer, Next());
    public PackageCleared Cleared() => new(request, ++requestVersion, draft, digest, mission, Guid.CreateVersion7(At), DecisionKind.Cleared, Officer, At.AddSeconds(20), Next());
    public ReturnDecided ReturnDecided() => new(request, ++requestVersion, draft, digest, mission, Guid.CreateVersion7(At), Officer, "tone", At.AddSeconds(20), Next());
    public DecisionUndone Undone() => new(request, ++requestVersion, draft, digest, mission, Guid.CreateVersion7(At), Officer, Next());
    public PackageReturned Returned() => new(request, ++requestVersion, draft, digest, mission, "tone", Next());
    public PermitIssued Permitted() => new(request, ++requestVersion, draft, digest, mission, $"noticeboard:{mission}", Guid.CreateVersion7(At), "{}", Next());
    public ClearanceWithdrawn Withdrawn() => new(request, ++requestVersion, draft, digest, mission, Next());
    public ClearanceLapsed Lapsed() => new(request, ++requestVersion, draft, digest, mission, Next());

    public ClearanceReminded Reminded() => new(request, ++requestVersion, draft, digest, mission, "HUB", 1, At, Next());
    public ClearanceEscalated Escalated() => new(request, ++requestVersion, draft, digest, mission, Guid.CreateVersion7(At), "HUB", "CENTRAL", "late", At, Next());
    public SilenceCounted Silent() => new(request, ++requestVersion, draft, digest, mission, Guid.CreateVersion7(At), "HUB", new("2002", At, At), At.AddSeconds(20), Next());
    public ClearanceRecorded Recorded() => new(request, ++requestVersion, draft, digest, mission, Guid.CreateVersion7(At), Officer, "2002", "HUB", "telephone", Next());
    public OfficeBypassed Bypassed() => new(request, ++requestVersion, draft, digest, mission, Guid.CreateVersion7(At), Officer, "HUB", At.AddSeconds(20), Next());
    public ReleasedImmediately Immediate() => new(request, ++requestVersion, draft, digest, mission, Guid.CreateVersion7(At), Officer, At.AddSeconds(20), At.AddDays(1), Next());
    public RetrospectiveReviewed Reviewed() => new(request, ++requestVersion, draft, digest, mission, Guid.CreateVersion7(At), Officer, ReviewVerdict.Upheld, Next());
    public ReviewOverdue ReviewOverdue() => new(request, ++requestVersion, draft, digest, mission, Guid.CreateVersion7(At), At, Next());

    public AmendmentDecided AmendmentDecided() => new(request, ++requestVersion, draft, digest, mission, Guid.CreateVersion7(At), Officer, At.AddSeconds(20), Next());
    public VotesLapsed VotesLapsed() => new(request, ++requestVersion, draft, digest, mission, "account-flagship", Next());
    public PermitWithheld Withheld() => new(request, ++requestVersion, draft, digest, mission, "clearance.not-cleared", Next());
    public PermitGroundsLapsed GroundsLapsed() => new(request, ++requestVersion, draft, digest, mission, permit, "account-closed", Next());

    /// <summary>An officer changed the text: what follows is about the new package.</summary>
    public PackageAmended Amended(string text = "We are open from ten.", byte[]? otherBytes = null)
    {
        var package = new ReleasePackage(
            ReleasePackage.V1, draft, 1, mission, $"noticeboard:{mission}", "noticeboard", Lane.Routine, "en", text, At.AddHours(1), At.AddHours(25), null, null, null,
            ["1001", Officer.Person], new Capacity("1001", mission), At, Guid.CreateVersion7().ToString("N")) { Links = ["https://example.org/hours"] };
        var (before, (after, bytes)) = (digest, ClearanceShelf.Put(package, otherBytes));
        Digests.Add(digest = after);
        return new(request, ++requestVersion, draft, before, after, bytes, mission, Guid.CreateVersion7(At), Officer, "central-unit@1", ["CENTRAL"], Next());
    }

    public ReleaseScheduled Scheduled() => new(release, ++releaseVersion, draft, Guid.CreateVersion7(At), digest, mission, $"noticeboard:{mission}", At, Next());
    public ReleaseStarted Started() => new(release, ++releaseVersion, draft, digest, mission, 1, Next());
    public ReleaseCompleted Completed() => new(release, ++releaseVersion, draft, digest, mission, $"noticeboard:{mission}", "post-1", false, Next());
    public ReleaseOutcomeUnknown OutcomeUnknown() => new(release, ++releaseVersion, draft, digest, mission, At, Next());
    public ReleaseRescheduled Rescheduled() => new(release, ++releaseVersion, draft, digest, mission, "absent", At, Next());
    public ReleaseRejected Rejected() => new(release, ++releaseVersion, draft, digest, mission, "text-too-long", Next());
    public ReleaseHeld Held() => new(release, ++releaseVersion, draft, digest, mission, "window-over", Next());
    public ReleaseStopped Stopped() => new(release, ++releaseVersion, draft, digest, mission, Next());

    public ReleaseStopped StoppedByRevocation() => new(release, ++releaseVersion, draft, digest, mission, Next(), revocation, "facts");
    public RevocationRefused RevocationRefused() => new(release, ++releaseVersion, draft, digest, mission, revocation, "released", Next());

    public PermitRevocationAsked RevocationAsked() => new(request, ++requestVersion, draft, digest, mission, permit, revocation, Officer, "facts", Next());
    public PermitRevoked Revoked() => new(request, ++requestVersion, draft, digest, mission, permit, revocation, "facts", Next());
    public PermitRevocationRefused TooLate() => new(request, ++requestVersion, draft, digest, mission, permit, revocation, "released", Next());

    /// <summary>Everything up to the schedule.</summary>
    public IReadOnlyList<IFact> ToSchedule() => [Opened(), Cleared(), Permitted(), Scheduled()];

    private DateTimeOffset Next() => At.AddMinutes(minutes++);
}
