using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Oversight.Domain;
using WorkflowPlatform.Platform.Http;

namespace WorkflowPlatform.Oversight.Features.Noticeboard;

/// <summary>A notice as everybody may read it.</summary>
/// <param name="Digest">SHA-256 of the text in UTF-8, hex.</param>
/// <param name="Media">Pictures in their order; their bytes are at <c>noticeboard/{mission}/media/{digest}</c>.</param>
public sealed record NoticeItem(
    Guid Id, string? Handle, string Text, string Language, DateTimeOffset ReleasedAt, string Digest, IReadOnlyList<MediaItem> Media, IReadOnlyList<string> Links)
{
    public static readonly Expression<Func<Notice, NoticeItem>> Of = n => new NoticeItem(n.Id, n.Handle, n.Text, n.Language, n.ReleasedAt, n.Digest, n.Media, n.Links);

    public static NoticeItem From(Notice n) => new(n.Id, n.Handle, n.Text, n.Language, n.ReleasedAt, n.Digest, n.Media, n.Links);
}

/// <summary>How boards are read: newest first, page by page.</summary>
internal static class NoticePages
{
    /// <summary>The mission over a board; null when there is neither a mission of that code nor a notice for it.</summary>
    public static async Task<Mission?> BoardAsync(this OversightDb db, string code, CancellationToken ct) =>
        await db.Missions.AsNoTracking().SingleOrDefaultAsync(m => m.Code == code, ct)
        // A notice can be here before the register has told of its mission; until then the board bears the code.
        ?? (await db.Notices.AnyAsync(n => n.Mission == code, ct) ? new Mission(code, 0, code, DateTimeOffset.UnixEpoch) : null);

    public static async Task<Page<NoticeItem>> NewestAsync(this OversightDb db, string mission, Cursor? from, int limit, CancellationToken ct)
    {
        var notices = db.Notices.AsNoTracking().Where(n => n.Mission == mission);
        if (from is var (at, id)) notices = notices.Where(n => n.ReleasedAt < at || (n.ReleasedAt == at && n.Id.CompareTo(id) < 0));
        var items = await notices.OrderByDescending(n => n.ReleasedAt).ThenByDescending(n => n.Id).Take(limit + 1).Select(NoticeItem.Of).ToListAsync(ct);
        return Page<NoticeItem>.Of(items, limit, item => new Cursor(item.ReleasedAt, item.Id));
    }
}
