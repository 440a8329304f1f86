using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Drafting.Domain;
using WorkflowPlatform.Drafting.Intake;

namespace WorkflowPlatform.Drafting.Data;

/// <summary>A draft as its people see it: its current revision, and where it stands, computed from its own state and from what its package's holders said.</summary>
/// <remarks>Computed when read, and kept nowhere: an author's command and a holder's fact can then never write over each other.</remarks>
public sealed record Overview
{
    public required Guid Id { get; init; }
    public required int Version { get; init; }
    public required string Mission { get; init; }
    public required DraftState State { get; init; }
    public required Standing Standing { get; init; }
    public required bool Asked { get; init; }
    public required IReadOnlyList<string> Contributors { get; init; }
    public required string? PackageDigest { get; init; }
    public required Guid? RequestId { get; init; }
    public required Guid? ReleaseId { get; init; }
    public required string? Receipt { get; init; }
    public required string? ReasonCode { get; init; }
    public required DateTimeOffset? UndoUntil { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }

    public required int Revision { get; init; }
    public required string Account { get; init; }
    public required string Language { get; init; }
    public required Lane Lane { get; init; }

    /// <summary>The whole text when one draft is read; its beginning in lists.</summary>
    public required string Text { get; init; }
    public required Brief? Brief { get; init; }
    public required IReadOnlyList<MediaItem> Media { get; init; }
    public required IReadOnlyList<string> Links { get; init; }
    public required IReadOnlyList<string> Cites { get; init; }

    /// <summary>Digest of the package that an officer of clearance changed into this; null when its mission wrote it so.</summary>
    public required string? Amends { get; init; }
    public required string? Local { get; init; }
    public required string? Zone { get; init; }
    public required string? UtcOffset { get; init; }

    /// <summary>Of the package while one is out; else of the revision.</summary>
    public required DateTimeOffset? NotBefore { get; init; }
    public required DateTimeOffset? NotAfter { get; init; }

    public ReleaseTime? Release => Local is null ? null : new ReleaseTime(Local, Zone!, UtcOffset);

    /// <summary>Null unless it was asked back and the holder has not let go: <c>asked</c> while that can still be granted, else <c>too-late</c>.</summary>
    public string? AskedTold => !Asked || State is not DraftState.Submitted ? null : Standing is Standing.WithdrawalAsked ? "asked" : "too-late";
}

/// <summary>Reads overviews.</summary>
internal static class Overviews
{
    /// <param name="beginning">How much of the text is wanted, in code points.</param>
    public static IQueryable<Overview> Of(DraftingDb db, int beginning) =>
        from draft in db.Drafts.AsNoTracking()
        join revision in db.Revisions on new { draft.Id, Number = draft.Revision } equals new { Id = revision.DraftId, revision.Number }
        join standing in db.Standings on draft.PackageDigest equals standing.PackageDigest into standings
        from package in standings.DefaultIfEmpty()
        let held = (Standing?)(package.ReleaseStatus ?? package.RequestStatus)
        select new Overview
        {
            Id = draft.Id, Version = draft.Version, Mission = draft.Mission, State = draft.State, Asked = draft.Asked, Contributors = draft.Contributors,
            Standing = draft.State == DraftState.Submitted
                ? draft.Asked && (held == Standing.InClearance || held == Standing.Cleared || held == Standing.Scheduled || held == Standing.Held)
                    ? Standing.WithdrawalAsked : held ?? Standing.InClearance
                : draft.State == DraftState.Withdrawn ? Standing.Withdrawn
                : draft.Reason == ReopenReason.Returned ? Standing.Returned
                : draft.Reason == ReopenReason.Refused ? Standing.Refused
                : draft.Reason == ReopenReason.Lapsed ? Standing.Lapsed
                : draft.Reason == ReopenReason.Rejected ? Standing.Rejected
                : draft.Reason == ReopenReason.Revoked ? Standing.Revoked : Standing.Crafting,
            PackageDigest = draft.PackageDigest, RequestId = package.RequestId, ReleaseId = package.ReleaseId,
            Receipt = package.Receipt, ReasonCode = package.ReasonCode, UndoUntil = package.UndoUntil,
            UpdatedAt = package != null && package.UpdatedAt > draft.UpdatedAt ? package.UpdatedAt : draft.UpdatedAt,
            Revision = revision.Number, Account = revision.Account, Language = revision.Language, Lane = revision.Lane,
            Text = revision.Text.Substring(0, beginning), Brief = revision.Brief, Media = revision.Media, Links = revision.Links, Cites = revision.Cites, Amends = revision.Amends,
            Local = revision.Local, Zone = revision.Zone, UtcOffset = revision.UtcOffset,
            NotBefore = draft.State == DraftState.Submitted ? package.NotBefore : revision.NotBefore,
            NotAfter = draft.State == DraftState.Submitted ? package.NotAfter : revision.NotAfter,
        };
}
