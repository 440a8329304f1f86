using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using WorkflowPlatform.Oversight.Domain;
using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Oversight.Data;

/// <summary>Oversight's database: the ledger, what in it or elsewhere needs a look, and the noticeboard.</summary>
public sealed class OversightDb(DbContextOptions<OversightDb> options) : PlatformDb(options)
{
    // PostgreSQL: its advisory locks share one space with those of the workers, which take seed 0.
    private const long Seed = 1;

    public DbSet<LedgerEntry> Ledger => Set<LedgerEntry>();
    public DbSet<MissingEntry> MissingEntries => Set<MissingEntry>();
    public DbSet<Alert> Alerts => Set<Alert>();
    public DbSet<Mission> Missions => Set<Mission>();
    public DbSet<Notice> Notices => Set<Notice>();
    public DbSet<NoticeMedia> NoticeMedia => Set<NoticeMedia>();

    /// <summary>A transaction in which nobody else appends to this aggregate: neighbours that come at once see each other.</summary>
    public async Task<Held> HoldAsync(string aggregate, string id, CancellationToken ct)
    {
        var turn = await OneWriter.TurnAsync(Database, ct);
        try
        {
            var held = new Held(turn, await Database.BeginTransactionAsync(ct)); // SQLite: begins immediate, which is one writer at a time.
            if (Database.IsNpgsql()) await Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({aggregate + "/" + id}, {Seed}))", ct);
            return held;
        }
        catch
        {
            if (Database.CurrentTransaction is { } begun) await begun.DisposeAsync();
            turn?.Dispose();
            throw;
        }
    }

    /// <summary>Raises an alert, unless the same message has raised one of this kind.</summary>
    public async Task RaiseAsync(Alert alert, CancellationToken ct)
    {
        if (alert.MessageId is null || !await Alerts.AnyAsync(a => a.MessageId == alert.MessageId && a.Kind == alert.Kind, ct)) Alerts.Add(alert);
    }

    protected override void Map(ModelBuilder model)
    {
        var entry = model.Entity<LedgerEntry>();
        entry.ToTable("ledger_entry").HasKey(e => e.Seq);
        entry.Property(e => e.Seq).ValueGeneratedOnAdd();
        entry.Ignore(e => e.Link);
        entry.HasQueryFilter(e => SeesEverything || (e.Mission != null && VisibleMissions.Contains(e.Mission)));

        model.Entity<MissingEntry>().ToTable("missing_entry").HasKey(e => new { e.Aggregate, e.AggregateId, e.Version });
        model.Entity<Alert>().ToTable("alert").HasQueryFilter(a => SeesEverything || (a.Mission != null && VisibleMissions.Contains(a.Mission))
            || (a.Kind == AlertKind.OfficeBypassed && VisibleMissions.Contains(a.Reason))); // The office passed over, which need not be the text's mission.
        model.Entity<Mission>().ToTable("mission").HasKey(m => m.Code);
        model.Entity<Mission>().Property(m => m.Version).IsConcurrencyToken();
        var notice = model.Entity<Notice>();
        notice.ToTable("notice"); // Public: no filter.
        notice.Property(n => n.Media).AsJson();
        notice.Property(n => n.Links).AsJson();
        model.Entity<NoticeMedia>().ToTable("notice_media").HasKey(m => new { m.Mission, m.Digest });
    }
}

/// <summary>An aggregate's end of the ledger, held until it is disposed of; what was written is kept once it is committed.</summary>
public sealed class Held(IDisposable? turn, IDbContextTransaction transaction) : IAsyncDisposable
{
    public Task CommitAsync(CancellationToken ct) => transaction.CommitAsync(ct);

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        turn?.Dispose();
    }
}
