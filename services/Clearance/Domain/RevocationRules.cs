using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>That an officer of the central unit wants an issued permit back, and what came of it.</summary>
/// <param name="Refused">How the release had ended, when it was too late; null while it is open, and when it was granted.</param>
public sealed record Revocation(Guid Id, Capacity By, string ReasonCode, string? Comment, DateTimeOffset At, string? Refused = null);

/// <summary>Why a permit is taken back. Permanent codes; the portal has the words.</summary>
public static class RevocationReasons
{
    public static readonly IReadOnlyList<string> All = ["events", "facts", "line", "mistake", "security", "other"];
}

/// <summary>How an issued permit is taken back. Asked for here; granted is it by whoever holds the release.</summary>
public static class RevocationRules
{
    /// <summary>What a wish for revocation is judged on.</summary>
    public sealed record Judged(ClearanceRequest Request, Revocation Wanted);

    /// <summary>The checks, in their order. Taking one out makes a test fail.</summary>
    public static readonly IReadOnlyList<Guard<Judged>> Guards =
    [
        new("permit-out", j => ClearanceStates.Table.Allows(j.Request.Status, nameof(PermitRevocationAsked)) ? null : NoPermit(j.Request.Status)),
        new("not-asked", j => IsOpen(j.Request) ? AlreadyAsked : null),
        new("not-too-late", j => j.Request.Revocation?.Refused is null ? null : TooLate),
        new("right-office", j => j.Wanted.By.Office == Offices.Central ? null : NotThisOffice),
        new("has-reason", j => RevocationReasons.All.Contains(j.Wanted.ReasonCode) && !string.IsNullOrWhiteSpace(j.Wanted.Comment) ? null : ReasonMissing),
    ];

    public static Decision<ClearanceRequest> Ask(ClearanceRequest request, Revocation wanted) => Ask(request, wanted, Guards);

    internal static Decision<ClearanceRequest> Ask(ClearanceRequest request, Revocation wanted, IReadOnlyList<Guard<Judged>> guards)
    {
        if (guards.FirstRefusal(new Judged(request, wanted)) is { } refusal) return refusal;
        var asked = request with { Version = request.Version + 1, Revocation = wanted };
        return Accept(asked, new PermitRevocationAsked(
            asked.Id, asked.Version, asked.DraftId, asked.PackageDigest, asked.Mission, asked.PermitId ?? Guid.Empty, wanted.Id, wanted.By, wanted.ReasonCode, wanted.At));
    }

    /// <summary>The release was stopped. That ends an open revocation, whoever's wish it was that came first.</summary>
    public static Decision<ClearanceRequest> Stopped(ClearanceRequest request, DateTimeOffset now)
    {
        if (!IsOpen(request) || request.Revocation is not { } open) return NothingOpen;
        var revoked = request with { Version = request.Version + 1, Status = ClearanceStatus.Revoked };
        return Accept(revoked, new PermitRevoked(
            revoked.Id, revoked.Version, revoked.DraftId, revoked.PackageDigest, revoked.Mission, revoked.PermitId ?? Guid.Empty, open.Id, open.ReasonCode, now));
    }

    /// <summary>The release ended otherwise: an open revocation was too late.</summary>
    /// <param name="reason">How it ended.</param>
    public static Decision<ClearanceRequest> TooLateFor(ClearanceRequest request, string reason, DateTimeOffset now)
    {
        if (!IsOpen(request) || request.Revocation is not { } open) return NothingOpen;
        var refused = request with { Version = request.Version + 1, Revocation = open with { Refused = reason } };
        return Accept(refused, new PermitRevocationRefused(
            refused.Id, refused.Version, refused.DraftId, refused.PackageDigest, refused.Mission, refused.PermitId ?? Guid.Empty, open.Id, reason, now));
    }

    /// <summary>It was asked for, and nobody has answered yet.</summary>
    public static bool IsOpen(ClearanceRequest request) => request is { Status: ClearanceStatus.PermitIssued, Revocation.Refused: null };

    public static readonly Refusal AlreadyAsked = new("clearance.revocation-asked", "Its permit has been asked back already. Wait for the answer: it comes as soon as the release is stopped or over.");
    public static readonly Refusal TooLate = new("clearance.revocation-too-late", "Too late: the release is over. What is public can only be corrected or retracted.");
    public static readonly Refusal NotThisOffice = new("clearance.office", "Permits are taken back by the central unit. The mission can withdraw its text.", 403);
    public static readonly Refusal ReasonMissing = new("clearance.reason-missing", "Say why the permit is taken back.", 400);
    public static readonly Refusal NothingOpen = new("clearance.no-revocation", "Nobody waits for this answer.");

    public static Refusal NoPermit(ClearanceStatus status) => new("clearance.no-permit", $"No permit is out that could be taken back: {status}.");
}
