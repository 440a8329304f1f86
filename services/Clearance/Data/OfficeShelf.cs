using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Clearance.Data;

/// <summary>The offices as they were read last: hundreds of rows that change once a month, and that every text asks for.</summary>
/// <remarks>The database is asked each time whether one has changed since. Its rows only gain versions, so their sum tells.</remarks>
public sealed class OfficeShelf
{
    private static readonly Translated<Func<ClearanceDb, CancellationToken, Task<int>>> Told = new(() =>
        EF.CompileAsyncQuery((ClearanceDb db, CancellationToken ct) => db.Offices.Sum(o => o.Version)));

    private volatile Kept kept = new(-1, new Dictionary<string, KnownOffice>(), new OfficeBook([]));

    internal async Task<Kept> OfAsync(ClearanceDb db, CancellationToken ct)
    {
        var told = await Told.For(db)(db, ct); // Before the rows: what changes between is read again next time, not missed.
        if (kept is { } known && known.Told == told) return known;
        var offices = await db.Offices.AsNoTracking().OrderBy(o => o.Code).ToListAsync(ct);
        return kept = new Kept(told, offices.ToDictionary(o => o.Code), new OfficeBook([.. offices.Select(o => new BookedOffice(o.Code, o.Kind, o.Parent, o.Covers))]));
    }

    internal sealed record Kept(int Told, IReadOnlyDictionary<string, KnownOffice> Offices, OfficeBook Book);
}
