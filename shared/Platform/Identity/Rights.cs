using MassTransit;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Platform.Identity;

/// <summary>Keeps a service's own table of who may do what, from Registry's facts. Each service names its consumer of this kind.</summary>
/// <remarks>The facts are whole states: an older one than the one known is ignored, a gap does no harm.</remarks>
public abstract class RightsConsumer(PlatformDb db) : IConsumer<PersonRecorded>, IConsumer<AppointmentRecorded>
{
    public Task Consume(ConsumeContext<AppointmentRecorded> context) => KeepAsync(context, RightsTable.KeepAsync);

    public Task Consume(ConsumeContext<PersonRecorded> context) => KeepAsync(context, RightsTable.KeepAsync);

    private async Task KeepAsync<T>(ConsumeContext<T> context, Func<PlatformDb, T, CancellationToken, Task> keep) where T : class
    {
        if (!await db.AdmitAsync(context, "rights")) return;
        await keep(db, context.Message, context.CancellationToken);
        await db.SaveChangesAsync(context.CancellationToken);
    }
}

/// <summary>Writes and reads the local table of rights.</summary>
public static class RightsTable
{
    public static async Task KeepAsync(PlatformDb db, AppointmentRecorded fact, CancellationToken ct)
    {
        var row = new AppointmentRow(fact.Id, fact.Version, fact.Person, fact.Office, fact.Role, fact.From, fact.To);
        var known = await db.Appointments.SingleOrDefaultAsync(a => a.Id == fact.Id, ct);
        if (known is null) db.Appointments.Add(row);
        else if (known.Version < fact.Version) db.Entry(known).CurrentValues.SetValues(row);
    }

    public static async Task KeepAsync(PlatformDb db, PersonRecorded fact, CancellationToken ct)
    {
        var row = new KnownPersonRow(fact.Person, fact.Version);
        var known = await db.KnownPersons.SingleOrDefaultAsync(p => p.Person == fact.Person, ct);
        if (known?.Version > fact.Version) return;
        if (known is null) db.KnownPersons.Add(row);
        else db.Entry(known).CurrentValues.SetValues(row);

        var before = await db.Identities.Where(i => i.Person == fact.Person).ToListAsync(ct);
        var now = fact.Identities.Select(i => new IdentityRow(i.Issuer, i.Subject, fact.Person)).ToList();
        db.Identities.RemoveRange(before.Except(now));
        db.Identities.AddRange(now.Except(before));
    }

    private static readonly Translated<Func<PlatformDb, string, string, DateTimeOffset, IAsyncEnumerable<Held>>> HeldBy = new(() => EF.CompileAsyncQuery(
        (PlatformDb db, string issuer, string subject, DateTimeOffset now) =>
            from identity in db.Identities.AsNoTracking()
            where identity.Issuer == issuer && identity.Subject == subject
            join appointment in db.Appointments.Where(a => a.From <= now && (a.To == null || a.To > now)) on identity.Person equals appointment.Person into held
            from appointment in held.DefaultIfEmpty()
            select new Held(identity.Person, (string?)appointment.Office, (string?)appointment.Role)));

    private sealed record Held(string Person, string? Office, string? Role);

    /// <summary>The person behind a token with the appointments that hold at <paramref name="now"/>; null when nobody is known by it.</summary>
    public static async Task<Actor?> ActorAsync(PlatformDb db, string issuer, string subject, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await HeldBy.For(db)(db, issuer, subject, now).ToListAsync(ct);
        return rows.Count == 0 ? null : new Actor(rows[0].Person, [.. rows.Where(r => r.Role is not null).Select(r => new Appointment(r.Office!, r.Role!))]);
    }
}
