using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Drafting.Domain;
using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Drafting.Data;

/// <summary>Drafting's database. What bears a mission is seen by that mission's people and by the service itself, by nobody else.</summary>
/// <remarks>Not by the central unit either: what was never submitted is none of its business, and what was it reads in Clearance.</remarks>
public sealed class DraftingDb(DbContextOptions<DraftingDb> options) : PlatformDb(options)
{
    public DbSet<Draft> Drafts => Set<Draft>();
    public DbSet<Revision> Revisions => Set<Revision>();
    public DbSet<Package> Packages => Set<Package>();
    public DbSet<Media> Media => Set<Media>();
    public DbSet<MediaSupply> MediaSupplies => Set<MediaSupply>();
    public DbSet<PackageStanding> Standings => Set<PackageStanding>();
    public DbSet<Happening> Happenings => Set<Happening>();
    public DbSet<KnownMission> Missions => Set<KnownMission>();
    public DbSet<KnownAccount> Accounts => Set<KnownAccount>();

    protected override void Map(ModelBuilder model)
    {
        model.Aggregate<Draft>("draft").Property(d => d.Contributors).AsJson();
        model.Entity<Draft>().Property(d => d.AskedBy).AsJson();
        model.Entity<Draft>().HasQueryFilter(d => IsSystem || VisibleMissions.Contains(d.Mission));
        model.Entity<Revision>(revision =>
        {
            revision.ToTable("revision").HasKey(r => new { r.DraftId, r.Number });
            revision.Ignore(r => r.Content);
            revision.Property(r => r.Brief).AsJson();
            revision.Property(r => r.Media).AsJson();
            revision.Property(r => r.Links).AsJson();
            revision.Property(r => r.Cites).AsJson();
            revision.HasQueryFilter(r => IsSystem || VisibleMissions.Contains(r.Mission));
        });
        model.Entity<Package>(package =>
        {
            package.ToTable("package").HasKey(p => p.Digest);
            package.HasQueryFilter(p => IsSystem || VisibleMissions.Contains(p.Mission));
        });
        model.Entity<Media>(media =>
        {
            media.ToTable("media").HasKey(m => m.Digest);
            media.HasQueryFilter(m => IsSystem || MediaSupplies.Any(s => s.Digest == m.Digest && VisibleMissions.Contains(s.Mission)));
        });
        model.Entity<MediaSupply>(supply =>
        {
            supply.ToTable("media_supply").HasKey(s => new { s.Mission, s.Digest, s.Person });
            supply.HasQueryFilter(s => IsSystem || VisibleMissions.Contains(s.Mission));
        });
        model.Entity<PackageStanding>(standing =>
        {
            standing.ToTable("standing").HasKey(s => s.PackageDigest);
            standing.Ignore(s => s.Standing);
            // Two consumers write this row: whoever read an older one comes again.
            standing.Property(s => s.RequestVersion).IsConcurrencyToken();
            standing.Property(s => s.ReleaseVersion).IsConcurrencyToken();
            standing.HasQueryFilter(s => IsSystem || VisibleMissions.Contains(s.Mission));
        });
        model.Entity<Happening>(happening =>
        {
            happening.ToTable("happening").HasKey(h => h.Id);
            happening.HasQueryFilter(h => IsSystem || VisibleMissions.Contains(h.Mission));
        });
        model.Entity<KnownMission>(mission =>
        {
            mission.ToTable("mission").HasKey(m => m.Code);
            mission.Property(m => m.Version).IsConcurrencyToken();
        });
        model.Entity<KnownAccount>(account =>
        {
            account.ToTable("account").HasKey(a => a.Id);
            account.Property(a => a.Version).IsConcurrencyToken();
        });
    }
}

/// <summary>A submitted package, exactly as it was hashed. Never changed.</summary>
public sealed record Package(string Digest, Guid DraftId, string Mission, byte[] Bytes, DateTimeOffset At);

/// <summary>A picture, as it is cleared and released. Never changed.</summary>
/// <param name="Digest">SHA-256 of <paramref name="Bytes"/>, hex.</param>
/// <param name="Size">How many bytes they are.</param>
public sealed record Media(string Digest, string Type, int Size, int Width, int Height, byte[] Bytes);

/// <summary>Somebody brought a picture for a mission's posts: only that mission's may bear it, and whoever brought it had a hand in them.</summary>
public sealed record MediaSupply(string Mission, string Digest, string Person, DateTimeOffset At);

/// <summary>Somebody else moved one of a mission's posts; its people are told.</summary>
/// <param name="Revision">The revision that the package was made of.</param>
public sealed record Happening(Guid Id, Guid DraftId, string Mission, int Revision, Standing Standing, string? ReasonCode, DateTimeOffset At)
{
    /// <summary>Reason code of what an officer of clearance changed.</summary>
    public const string Amended = "amended";
}
