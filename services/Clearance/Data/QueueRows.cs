using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Clearance.Data;

/// <summary>What the queue asks of a request, for as long as it waits or can come back: so that filters and searches cost what is open, whatever has gone by.</summary>
/// <param name="Region">The mission's; empty when the register has not told it.</param>
/// <param name="Words">All that the public would read, in small letters.</param>
public sealed record Waiting(Guid RequestId, string Mission, string Region, Lane Lane, string Language, string Words)
{
    /// <summary>Who has it open; it means something until <see cref="ClaimedUntil"/>.</summary>
    public string? ClaimedBy { get; init; }

    public DateTimeOffset? ClaimedUntil { get; init; }
}

/// <summary>One of several things of a kind that hold for a waiting request.</summary>
public sealed record WaitingMark(Guid RequestId, MarkKind Kind, string Value);

/// <summary>What there can be several of.</summary>
public enum MarkKind { Dimec, Finding }

/// <summary>Why a text was sent back, kept to be found again by whoever is about to do the same.</summary>
public sealed record Precedent(
    Guid DecisionId, Guid RequestId, string Mission, string Office, string Reason, string Language, string Excerpt, string Comment, string Words, DateTimeOffset DecidedAt);

/// <summary>A person's own set of filters, by a name.</summary>
/// <param name="Filter">JSON.</param>
public sealed record QueueView(Guid Id, string Person, string Name, string Filter);

/// <summary>Keeps the queue's own rows in step with the requests.</summary>
internal static class QueueRows
{
    public static void MapQueue(this ModelBuilder model)
    {
        model.Entity<Waiting>().ToTable("waiting").HasKey(w => w.RequestId);
        model.Entity<WaitingMark>().ToTable("waiting_mark").HasKey(m => new { m.RequestId, m.Kind, m.Value });
        model.Entity<Precedent>().ToTable("precedent").HasKey(p => p.DecisionId);
        model.Entity<QueueView>().ToTable("queue_view").HasKey(v => v.Id);
    }

    /// <summary>How a request stood before it changed; null when there was none. To be taken first: what is recorded changes what was read.</summary>
    public sealed record Before(ClearanceStatus Status, string PackageDigest, IReadOnlyList<Finding> Findings)
    {
        public static Before? Of(ClearanceRequest? request) => request is null ? null : new(request.Status, request.PackageDigest, request.Findings);
    }

    public static async Task FollowAsync(this ClearanceDb db, Before? before, ClearanceRequest now, CancellationToken ct)
    {
        var (was, stays) = (before is not null && MayWait(before.Status), MayWait(now.Status));
        if (was != stays || stays && (before?.PackageDigest != now.PackageDigest || before.Findings != now.Findings))
        {
            var (row, marks) = stays ? await RowsAsync(db, now, ct) : (null, []);
            var known = before is null ? null : await db.Waiting.IgnoreQueryFilters().SingleOrDefaultAsync(w => w.RequestId == now.Id, ct);
            if (known is null && row is not null) db.Waiting.Add(row);
            else if (known is not null && row is not null) db.Entry(known).CurrentValues.SetValues(row with { ClaimedBy = known.ClaimedBy, ClaimedUntil = known.ClaimedUntil });
            else if (known is not null) db.Waiting.Remove(known);
            List<WaitingMark> marked = before is null ? [] : await db.Marks.Where(m => m.RequestId == now.Id).ToListAsync(ct);
            db.Marks.RemoveRange(marked.Except(marks));
            db.Marks.AddRange(marks.Except(marked));
        }
        if (now.Status is ClearanceStatus.Returned && before?.Status != now.Status && now.Standing is { Kind: DecisionKind.Returned } said)
            db.Precedents.Add(new Precedent(
                said.Id, now.Id, now.Mission, said.By.Office, said.ReasonCode ?? "other", now.Language, now.Excerpt, said.Comment ?? "", Small($"{said.Comment}\n{now.Excerpt}"), said.At));
    }

    /// <summary>The words to look for, as they are kept.</summary>
    public static string Small(string words) => words.ToLowerInvariant();

    /// <summary>True while it waits, and while an undone decision would bring it back.</summary>
    private static bool MayWait(ClearanceStatus status) => status is ClearanceStatus.InClearance || ClearanceStates.Table.Allows(status, nameof(DecisionUndone));

    private static async Task<(Waiting? Row, IReadOnlyList<WaitingMark> Marks)> RowsAsync(ClearanceDb db, ClearanceRequest request, CancellationToken ct)
    {
        var bytes = db.Packages.Local.FirstOrDefault(p => p.Digest == request.PackageDigest)?.Bytes
            ?? await db.Packages.AsNoTracking().Where(p => p.Digest == request.PackageDigest).Select(p => p.Bytes).SingleAsync(ct);
        var package = CanonicalJson.Parse<ReleasePackage>(bytes);
        var region = await db.Missions.AsNoTracking().Where(m => m.Code == request.Mission).Select(m => m.Region).SingleOrDefaultAsync(ct);
        return (
            new Waiting(request.Id, request.Mission, region ?? "", request.Lane, request.Language, Small(string.Join('\n', package.Media.Select(m => m.Alt).Prepend(package.Text)))),
            [
                .. (package.Brief?.Dimec ?? []).Distinct().Select(letter => new WaitingMark(request.Id, MarkKind.Dimec, letter)),
                .. request.Findings.Select(f => f.Code).Distinct().Select(code => new WaitingMark(request.Id, MarkKind.Finding, code)),
            ]);
    }
}
