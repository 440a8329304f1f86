using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Oversight.Domain;

namespace WorkflowPlatform.Oversight.Features.Noticeboard;

/// <summary>Puts a notice on its board: text, pictures and links become public in one moment, or none of them does.</summary>
internal static class NoticePinning
{
    /// <summary>The notice that stands under its handle now, and whether it is this one.</summary>
    public static async Task<(Notice Kept, bool Created)> PinAsync(this OversightDb db, Notice notice, IReadOnlyList<NoticeMedia> pictures, CancellationToken ct)
    {
        // One at a time on a board: who comes second sees the first one's notice and pictures.
        await using var held = await db.HoldAsync("noticeboard", notice.Mission, ct);
        if (notice.Handle is not null && await db.Notices.AsNoTracking().SingleOrDefaultAsync(n => n.Mission == notice.Mission && n.Handle == notice.Handle, ct) is { } there)
            return (there, false);

        db.Notices.Add(notice);
        foreach (var picture in pictures)
            if (!await db.NoticeMedia.AnyAsync(m => m.Mission == picture.Mission && m.Digest == picture.Digest, ct)) db.NoticeMedia.Add(picture);
        await db.SaveChangesAsync(ct);
        await held.CommitAsync(ct);
        return (notice, true);
    }
}
