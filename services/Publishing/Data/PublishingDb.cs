using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Publishing.Domain;

namespace WorkflowPlatform.Publishing.Data;

/// <summary>Publishing's database: the releases, which are the schedule too, the packages' bytes, and what came as a permit and was none.</summary>
public sealed class PublishingDb(DbContextOptions<PublishingDb> options) : PlatformDb(options)
{
    public DbSet<Release> Releases => Set<Release>();

    /// <summary>Own copies, by digest, and who is wanted back.</summary>
    public DbSet<PackageCopy> Packages => Set<PackageCopy>();

    /// <summary>Own copies of the pictures that packages name, by digest.</summary>
    public DbSet<MediaCopy> Media => Set<MediaCopy>();

    protected override void Map(ModelBuilder model)
    {
        var release = model.Aggregate<Release>("release");
        release.HasKey(r => r.Id);
        release.Property(r => r.Attempts).AsJson();
        release.Ignore(r => r.HasUnsettledCall);
        release.HasQueryFilter(r => SeesEverything || VisibleMissions.Contains(r.Mission));
        model.Aggregate<PermitRefusal>("permit_refusal").HasKey(r => r.Id);
        var package = model.Entity<PackageCopy>().ToTable("package");
        package.HasKey(p => p.Digest);
        package.Ignore(p => p.Recall);
        model.Entity<MediaCopy>().ToTable("media").HasKey(m => m.Digest);
    }
}

/// <summary>What is known of a package besides its release: its bytes, exactly as Drafting gave them out, and whether it is wanted back.</summary>
/// <remarks>
/// One row for both on purpose: permit and recall may come at the same moment, each before the other. Whoever writes
/// the row second meets its key, comes again, and then sees the other.
/// </remarks>
public sealed class PackageCopy
{
    public required string Digest { get; init; }

    /// <summary>Null while only a recall was heard.</summary>
    public byte[]? Bytes { get; set; }

    /// <summary>When the withdrawal was heard that could not be granted on the spot.</summary>
    public DateTimeOffset? WithdrawalHeardAt { get; set; }

    /// <summary>The revocation that was heard and could not be granted on the spot.</summary>
    public Guid? RevocationId { get; set; }

    /// <summary>Why it is revoked.</summary>
    public string? RevocationReason { get; set; }

    /// <summary>Null when nobody wants it back.</summary>
    public Recall? Recall => RevocationId is not null ? new(RevocationId, RevocationReason) : WithdrawalHeardAt is not null ? Recall.ByItsAuthor : null;
}

/// <summary>A picture's bytes, exactly as Drafting gave them out.</summary>
public sealed record MediaCopy(string Digest, byte[] Bytes);
