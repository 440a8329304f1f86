using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Platform.Data;

/// <summary>A service's database: its aggregates, and beside them what makes their facts reach others exactly as committed.</summary>
public abstract class PlatformDb(DbContextOptions options) : DbContext(options)
{
    private static readonly Translated<Func<PlatformDb, string, Guid, CancellationToken, Task<bool>>> Knows = new(() => EF.CompileAsyncQuery(
        (PlatformDb db, string consumer, Guid messageId, CancellationToken ct) => db.Inbox.AsNoTracking().Any(row => row.Consumer == consumer && row.MessageId == messageId)));

    private DataScope? scope;
    private bool admitted;

    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();
    public DbSet<InboxRow> Inbox => Set<InboxRow>();
    public DbSet<IdempotencyRow> Idempotency => Set<IdempotencyRow>();
    public DbSet<DeadLetterRow> DeadLetters => Set<DeadLetterRow>();
    public DbSet<AppointmentRow> Appointments => Set<AppointmentRow>();
    public DbSet<IdentityRow> Identities => Set<IdentityRow>();
    public DbSet<KnownPersonRow> KnownPersons => Set<KnownPersonRow>();

    /// <summary>For query filters: true when the service itself asks and no person. Throws when nobody said who asks.</summary>
    public bool IsSystem => Scope.Sight.IsSystem;

    /// <summary>For query filters: true when whoever asks sees every mission. Throws when nobody said who asks.</summary>
    public bool SeesEverything => Scope.Sight.Everything;

    /// <summary>For query filters: the missions whoever asks belongs to. Throws when nobody said who asks.</summary>
    public IReadOnlyList<string> VisibleMissions => Scope.Sight.Missions;

    private DataScope Scope => scope ?? throw new InvalidOperationException("This context was lent to nobody: ask the scope of a request or a message for one.");

    /// <summary>Contexts are kept in a pool and lent out, because making them costs: from here on it is read with these eyes.</summary>
    internal PlatformDb LentTo(DataScope eyes)
    {
        (scope, admitted) = (eyes, false);
        Forget();
        return this;
    }

    /// <summary>Lets go of what a context keeps for whoever it is lent to.</summary>
    protected virtual void Forget()
    {
    }

    public override void Dispose()
    {
        scope = null; // It goes back to the pool: whoever takes it from there past LentTo must not see with the last one's eyes.
        base.Dispose();
        GC.SuppressFinalize(this);
    }

    public override ValueTask DisposeAsync()
    {
        scope = null;
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    /// <summary>Keeps what a rule accepted: the aggregate as it is now, and its fact in the outbox. Nothing is written before the save.</summary>
    public void Record<T>(T? current, Accepted<T> accepted) where T : class, IAggregate
    {
        var (state, fact) = (accepted.State, accepted.Fact);
        if (state.Version != (current?.Version ?? 0) + 1 || fact.Version != state.Version)
            throw new InvalidOperationException($"{fact.GetType().Name} makes version {fact.Version} of a {typeof(T).Name} at {current?.Version ?? 0}: one decision is one version.");

        var entry = current is null ? Add(state) : Entry(current);
        if (entry.State is EntityState.Detached) throw new InvalidOperationException($"This {typeof(T).Name} was read without tracking: its fact would be kept and its state would not.");
        if (current is not null) entry.CurrentValues.SetValues(state);

        var head = entry.Property<byte[]?>(Mapping.LedgerHead);
        var row = OutboxEntry.For(Naming.Kebab(typeof(T).Name), state.LedgerId, fact, head.CurrentValue);
        head.CurrentValue = row.Hash;
        Outbox.Add(row);
    }

    /// <summary>True when the consumer has not dealt with this message yet; what follows commits together with that knowledge.</summary>
    /// <remarks>Two deliveries at once both pass; the second to save meets the unique key, fails and comes again, to be told no.</remarks>
    public async Task<bool> AdmitAsync(ConsumeContext context, string consumer)
    {
        var messageId = context.MessageId ?? throw new InvalidOperationException("A message without MessageId cannot be told from its repetition.");
        if (await Knows.For(this)(this, consumer, messageId, context.CancellationToken)) return false;
        Inbox.Add(new InboxRow(consumer, messageId, this.GetService<TimeProvider>().Now));
        admitted = true;
        return true;
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        int written;
        using var turn = await OneWriter.TurnAsync(Database, cancellationToken);
        try
        {
            written = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
        }
        catch (DbUpdateException lost) when (lost is not DbUpdateConcurrencyException && lost.Entries.Any(entry => entry.Entity is OutboxRow))
        {
            // Another writer has told this version already. PostgreSQL runs the whole batch and meets the fact before EF counts the rows.
            throw new DbUpdateConcurrencyException(lost.Message, lost);
        }
        if (admitted) Steps.Passed(Steps.ConsumerCommitted);
        admitted = false;
        return written;
    }

    protected abstract void Map(ModelBuilder model);

    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<OutboxRow>().ToTable("outbox").Property(row => row.Id).ValueGeneratedOnAdd();
        modelBuilder.Entity<InboxRow>().ToTable("inbox").HasKey(row => new { row.Consumer, row.MessageId });
        modelBuilder.Entity<IdempotencyRow>().ToTable("idempotency").HasKey(row => new { row.Person, row.Route, row.Key });
        modelBuilder.Entity<DeadLetterRow>().ToTable("dead_letter").Property(row => row.Id).ValueGeneratedOnAdd();
        modelBuilder.Entity<AppointmentRow>(row =>
        {
            row.ToTable("appointment").HasKey(r => r.Id);
            // Two versions of one appointment may be dealt with at once: the older must not come to lie over the newer.
            row.Property(r => r.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<IdentityRow>().ToTable("identity").HasKey(r => new { r.Issuer, r.Subject });
        modelBuilder.Entity<KnownPersonRow>(row =>
        {
            row.ToTable("known_person").HasKey(r => r.Person);
            row.Property(r => r.Version).IsConcurrencyToken();
        });
        Map(modelBuilder);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(type => type.GetProperties()))
            property.SetColumnName(Naming.Snake(property.Name));
    }

    protected sealed override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        // SQLite compares instants as text; as whole milliseconds they order.
        if (Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal))
            configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMilliseconds>();
    }

    private sealed class UnixMilliseconds() : ValueConverter<DateTimeOffset, long>(
        instant => instant.ToUnixTimeMilliseconds(), milliseconds => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}

/// <summary>Makes ledger entries.</summary>
public static class OutboxEntry
{
    /// <summary>The fact as it will be sent and appended: canonical JSON with a block that ties it to the entry before it.</summary>
    /// <param name="previous">SHA-256 of the aggregate's entry before this; null for the first.</param>
    public static OutboxRow For(string aggregate, string id, IFact fact, byte[]? previous)
    {
        var node = JsonSerializer.SerializeToNode(fact, fact.GetType(), CanonicalJson.Options)!.AsObject();
        node["ledger"] = new JsonObject
        {
            ["aggregate"] = aggregate,
            ["id"] = id,
            ["previous"] = previous is null ? null : Convert.ToHexStringLower(previous),
            ["type"] = fact.GetType().FullName,
            ["version"] = fact.Version,
        };
        var body = CanonicalJson.Serialize(node);
        return new OutboxRow
        {
            MessageId = Guid.CreateVersion7(fact.At),
            Aggregate = aggregate,
            AggregateId = id,
            Version = fact.Version,
            Type = fact.GetType().FullName!,
            Body = body,
            Hash = SHA256.HashData(body),
            TraceParent = Activity.Current?.Id,
            CreatedAt = fact.At,
        };
    }
}

/// <summary>Names in the shapes that other places want.</summary>
public static class Naming
{
    public static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    public static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
