using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Clearance.Data;

/// <summary>Clearance's database: the requests, and the packages as they were fetched.</summary>
public sealed class ClearanceDb(DbContextOptions<ClearanceDb> options, DataScope scope) : PlatformDb(options, scope)
{
    public DbSet<ClearanceRequest> Requests => Set<ClearanceRequest>();

    /// <summary>Own copies, by digest; what officers see is read from these bytes and nothing else.</summary>
    public DbSet<PackageCopy> Packages => Set<PackageCopy>();

    /// <summary>Own copies of the pictures that packages name, by digest.</summary>
    public DbSet<MediaCopy> Media => Set<MediaCopy>();

    protected override void Map(ModelBuilder model)
    {
        var request = model.Aggregate<ClearanceRequest>("clearance_request");
        request.HasKey(r => r.Id);
        request.Property(r => r.Contributors).AsJson();
        request.Property(r => r.Decisions).AsJson();
        request.Ignore(r => r.Standing);
        request.HasQueryFilter(r => SeesEverything || VisibleMissions.Contains(r.Mission));
        model.Entity<PackageCopy>().ToTable("package").HasKey(p => p.Digest);
        model.Entity<MediaCopy>().ToTable("media").HasKey(m => m.Digest);
    }
}

/// <summary>A package's bytes, exactly as Drafting gave them out.</summary>
public sealed record PackageCopy(string Digest, byte[] Bytes);

/// <summary>A picture's bytes, exactly as Drafting gave them out.</summary>
public sealed record MediaCopy(string Digest, byte[] Bytes);
