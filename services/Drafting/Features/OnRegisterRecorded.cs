using MassTransit;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Drafting.Domain;

namespace WorkflowPlatform.Drafting.Features;

/// <summary>Keeps the missions and accounts that Registry records. The facts are whole states: the latest version is all there is.</summary>
public sealed class OnRegisterRecorded(DraftingDb db) : IConsumer<MissionRecorded>, IConsumer<AccountRecorded>
{
    public async Task Consume(ConsumeContext<MissionRecorded> context)
    {
        if (!await db.AdmitAsync(context, nameof(OnRegisterRecorded))) return;

        var (fact, ct) = (context.Message, context.CancellationToken);
        var known = await db.Missions.SingleOrDefaultAsync(m => m.Code == fact.Mission, ct);
        Keep(known, known?.Version, new KnownMission(fact.Mission, fact.Version), fact.Version);
        await db.SaveChangesAsync(ct);
    }

    public async Task Consume(ConsumeContext<AccountRecorded> context)
    {
        if (!await db.AdmitAsync(context, nameof(OnRegisterRecorded))) return;

        var (fact, ct) = (context.Message, context.CancellationToken);
        var known = await db.Accounts.SingleOrDefaultAsync(a => a.Id == fact.Account, ct);
        Keep(known, known?.Version, new KnownAccount(fact.Account, fact.Version, fact.Mission, fact.Network, fact.Live), fact.Version);
        await db.SaveChangesAsync(ct);
    }

    private void Keep<T>(T? known, int? knownVersion, T now, int version) where T : class
    {
        if (known is null) db.Add(now);
        else if (knownVersion < version) db.Entry(known).CurrentValues.SetValues(now);
    }
}
