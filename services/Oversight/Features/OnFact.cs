using MassTransit;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Oversight.Domain;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Platform.Telemetry;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Oversight.Features;

/// <summary>Whatever happens anywhere: appends it to the ledger, byte for byte.</summary>
/// <remarks>
/// No inbox: the version is the key that a repetition meets. An early entry is kept at once and what is missing before it
/// is written down, because a ledger that waits for order loses what the gap holds up.
/// </remarks>
public sealed class OnFact(OversightDb db, TimeProvider clock) : IConsumer<IFact>
{
    private static readonly Translated<Func<OversightDb, string, string, int, IAsyncEnumerable<LedgerLink>>> Around = new(() => EF.CompileAsyncQuery(
        (OversightDb db, string aggregate, string id, int version) => db.Ledger
            .Where(e => e.Aggregate == aggregate && e.AggregateId == id && e.Version >= version - 1 && e.Version <= version + 1)
            .Select(e => new LedgerLink(e.Version, e.Hash, e.Previous))));

    public async Task Consume(ConsumeContext<IFact> context)
    {
        var (body, now, ct) = (context.ReceiveContext.GetBody(), clock.Now, context.CancellationToken);
        Alert Told(AlertKind kind, string subject, string reason, string? mission, byte[]? evidence) =>
            new(Guid.CreateVersion7(now), kind, subject, reason, now, mission, context.MessageId, evidence);

        if (!IsCanonical(body) || LedgerEntry.Read(body, now) is not { } entry || !context.SupportedMessageTypes.Contains(Urn(entry.Type)))
        {
            await db.RaiseAsync(Told(AlertKind.NoEntry, $"message/{context.MessageId}", "It came as a fact, and no owner's ledger makes such an entry.", null, body), ct);
            await db.SaveChangesAsync(ct);
            return;
        }

        await using var held = await db.HoldAsync(entry.Aggregate, entry.AggregateId, ct);
        var neighbours = await Around.For(db)(db, entry.Aggregate, entry.AggregateId, entry.Version).ToListAsync(ct);

        var arrival = LedgerRules.Append(entry.Link, neighbours);
        if (arrival.Alert is var (kind, reason))
            await db.RaiseAsync(Told(kind, $"{entry.Aggregate}/{entry.AggregateId}/{entry.Version}", reason, entry.Mission, arrival.Keep ? null : body), ct);
        if (arrival.Keep)
        {
            db.Ledger.Add(entry);
            if (neighbours.Any(link => link.Version == entry.Version + 1)) await FillAsync(entry, now, ct);
            if (arrival.Missing is { } version) db.MissingEntries.Add(new MissingEntry(entry.Aggregate, entry.AggregateId, version, entry.Mission, now));
        }
        await db.SaveChangesAsync(ct);
        await held.CommitAsync(ct);
        Steps.Passed(Steps.ConsumerCommitted);
    }

    /// <summary>What was missing before its early successor is missing no longer, and nobody needs to look for it.</summary>
    private async Task FillAsync(LedgerEntry entry, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.MissingEntries.SingleOrDefaultAsync(m => m.Aggregate == entry.Aggregate && m.AggregateId == entry.AggregateId && m.Version == entry.Version, ct) is not { } gap) return;
        db.MissingEntries.Remove(gap);
        if (gap.AlertId is { } id && await db.Alerts.SingleOrDefaultAsync(a => a.Id == id, ct) is { } alert)
            db.Entry(alert).CurrentValues.SetValues(alert with { ClearedAt = now });
    }

    private static bool IsCanonical(byte[] body)
    {
        try
        {
            _ = CanonicalJson.Parse<System.Text.Json.JsonElement>(body);
            return true;
        }
        catch (CanonicalJsonException)
        {
            return false;
        }
    }

    /// <summary>MassTransit's name for a contract type on the wire: a colon between namespace and name.</summary>
    private static string Urn(string type) => $"urn:message:{type[..Math.Max(0, type.LastIndexOf('.'))]}:{type[(type.LastIndexOf('.') + 1)..]}";
}
