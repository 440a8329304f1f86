using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Registry.Domain;

namespace WorkflowPlatform.Registry.Data;

/// <summary>The register's database.</summary>
/// <remarks>Its own table of rights is written by the imports, in their transaction: Registry hears no messages.</remarks>
public sealed class RegistryDb(DbContextOptions<RegistryDb> options) : PlatformDb(options)
{
    // Any number will do as long as every import takes the same.
    private const long ImportLock = 7_310_579_624_180_102;

    public DbSet<Mission> Missions => Set<Mission>();
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<Person> Persons => Set<Person>();
    public DbSet<AppointmentRecord> AppointmentRecords => Set<AppointmentRecord>();
    public DbSet<Office> Offices => Set<Office>();
    public DbSet<Delegation> Delegations => Set<Delegation>();
    public DbSet<Duty> Duties => Set<Duty>();

    /// <summary>Within a transaction: until it ends no other import reads or writes. SQLite has one writer as it is.</summary>
    public Task TakeImportTurnAsync(CancellationToken ct) =>
        Database.IsNpgsql() ? Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({ImportLock})", ct) : Task.CompletedTask;

    protected override void Map(ModelBuilder model)
    {
        var mission = model.Aggregate<Mission>("mission");
        mission.HasKey(m => m.Code);
        mission.Property(m => m.Languages).AsJson();

        model.Aggregate<Account>("account").HasKey(a => a.Id);

        var person = model.Aggregate<Person>("person");
        person.HasKey(p => p.StaffNumber);
        person.Property(p => p.Identities).AsJson();

        model.Aggregate<AppointmentRecord>("appointment_record").HasKey(a => a.Id);

        var office = model.Aggregate<Office>("office");
        office.HasKey(o => o.Code);
        office.Property(o => o.RestDays).AsJson();
        office.Property(o => o.Holidays).AsJson();
        office.Property(o => o.Covers).AsJson();

        model.Aggregate<Delegation>("delegation").HasKey(d => d.Id);
        model.Aggregate<Duty>("duty").HasKey(d => d.Id);
    }
}
