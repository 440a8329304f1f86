using MassTransit;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Drafting;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>When a line is withdrawn or a figure changed, what was said of the texts that cite it lapses.</summary>
public sealed class OnCitationLapsed(ClearanceDb db, Lapsing lapsing) : IConsumer<LineWithdrawn>, IConsumer<FigureChanged>
{
    public Task Consume(ConsumeContext<LineWithdrawn> context) => HearAsync(context, LineWithdrawn.Cited(context.Message.LineId));
    public Task Consume(ConsumeContext<FigureChanged> context) => HearAsync(context, FigureChanged.Cited(context.Message.FigureId));

    private async Task HearAsync<T>(ConsumeContext<T> context, string cite) where T : class, IFact
    {
        if (!await db.AdmitAsync(context, nameof(OnCitationLapsed))) return;

        var (ct, now) = (context.CancellationToken, new Ground(cite, context.Message.Version));
        var known = await db.Grounds.SingleOrDefaultAsync(g => g.Cite == cite, ct);
        if (known is null || known.Version < now.Version)
        {
            if (known is null) db.Add(now);
            else db.Entry(known).CurrentValues.SetValues(now);
            await lapsing.LapseAsync(db.Requests.Where(r => db.Citations.Any(c => c.Cite == cite && c.RequestId == r.Id)), _ => cite, ct);
        }
        await db.SaveChangesAsync(ct);
    }
}
