using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features.Waiting;

/// <summary>Keeps who of an office opened a text first, while it is the office's turn: without that its silence never counts.</summary>
public sealed class Noticing(ClearanceDb db, TimeProvider clock)
{
    /// <returns>The offices for which these rights have noticed it; a contributor's eyes are no notice.</returns>
    public async Task<IReadOnlyList<string>> KeepAsync(ClearanceRequest request, IReadOnlyList<HeldCapacity> held, CancellationToken ct)
    {
        var noticed = held
            .Where(h => Roles.OfAnOffice.Contains(h.Role) && !request.Contributors.Contains(h.Person) && (h.ActingFor is null || !request.Contributors.Contains(h.ActingFor)))
            .Where(h => request.Status is ClearanceStatus.InClearance && ClearanceSheet.Of(request).IsAsked(h.Office))
            .DistinctBy(h => h.Office).ToList();
        foreach (var right in noticed) await KeepAsync(request, right, ct);
        return [.. noticed.Select(h => h.Office)];
    }

    private async Task KeepAsync(ClearanceRequest request, HeldCapacity right, CancellationToken ct)
    {
        if (ClockRules.ClockOf(request, right.Office) is not { } turn || !request.Route.Required.Any(r => r.Office == right.Office && r.SilenceCounts)) return;
        var known = await db.Notices.SingleOrDefaultAsync(n => n.RequestId == request.Id && n.Office == right.Office, ct);
        if ((known?.PackageDigest, known?.TurnAt) == (turn.PackageDigest, turn.BegunAt)) return;
        // Of the turn that was read with the text: should another begin meanwhile, this is no notice of that.
        var row = new NoticeRow(request.Id, right.Office, right.Person, right.ActingFor, clock.Now, turn.PackageDigest, turn.BegunAt);
        if (known is null) db.Notices.Add(row);
        else db.Entry(known).CurrentValues.SetValues(row); // That was another turn.
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear(); // A colleague opened it at the same moment: one notice is enough.
        }
    }
}
