using System.Linq.Expressions;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>Keeps what Registry records of missions, accounts, offices, delegations and duties. The facts are whole states: the latest version is all there is.</summary>
public sealed class OnRegisterRecorded(ClearanceDb db, Lapsing lapsing) :
    IConsumer<MissionRecorded>, IConsumer<AccountRecorded>, IConsumer<OfficeRecorded>, IConsumer<DelegationRecorded>, IConsumer<DutyRecorded>
{
    public Task Consume(ConsumeContext<MissionRecorded> context) => KeepAsync(context, KnownMission.Of(context.Message), m => m.Code == context.Message.Mission);
    public Task Consume(ConsumeContext<AccountRecorded> context)
    {
        var (now, ct) = (KnownAccount.Of(context.Message), context.CancellationToken);
        return KeepAsync(context, now, a => a.Id == now.Id, before => lapsing.LapseAsync(db.Requests.Where(r => r.Account == now.Id), request => LapseRules.CauseOf(before, now, request), ct, now));
    }

    public Task Consume(ConsumeContext<OfficeRecorded> context) => KeepAsync(context, KnownOffice.Of(context.Message), o => o.Code == context.Message.Office);
    public Task Consume(ConsumeContext<DelegationRecorded> context) => KeepAsync(context, KnownDelegation.Of(context.Message), d => d.Id == context.Message.DelegationId);
    public Task Consume(ConsumeContext<DutyRecorded> context) => KeepAsync(context, KnownDuty.Of(context.Message), d => d.Id == context.Message.DutyId);

    private async Task KeepAsync<TFact, TRow>(ConsumeContext<TFact> context, TRow now, Expression<Func<TRow, bool>> same, Func<TRow?, Task>? onNews = null)
        where TFact : class, IFact where TRow : class, IKnown
    {
        if (!await db.AdmitAsync(context, nameof(OnRegisterRecorded))) return;

        var known = await db.Set<TRow>().SingleOrDefaultAsync(same, context.CancellationToken);
        if (onNews is not null && (known is null || known.Version < now.Version)) await onNews(known);
        if (known is null) db.Add(now);
        else if (known.Version < now.Version) db.Entry(known).CurrentValues.SetValues(now);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}
