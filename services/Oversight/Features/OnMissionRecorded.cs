using MassTransit;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Oversight.Domain;

namespace WorkflowPlatform.Oversight.Features;

/// <summary>When the register changes a mission, its board bears the new name. The fact is the whole state: the latest version wins.</summary>
public sealed class OnMissionRecorded(OversightDb db) : IConsumer<MissionRecorded>
{
    public async Task Consume(ConsumeContext<MissionRecorded> context)
    {
        if (!await db.AdmitAsync(context, nameof(OnMissionRecorded))) return;

        var (fact, ct) = (context.Message, context.CancellationToken);
        var now = new Mission(fact.Mission, fact.Version, fact.Name, fact.At);
        var known = await db.Missions.SingleOrDefaultAsync(m => m.Code == fact.Mission, ct);
        if (known is null) db.Missions.Add(now);
        else if (known.Version < now.Version) db.Entry(known).CurrentValues.SetValues(now);
        await db.SaveChangesAsync(ct);
    }
}
