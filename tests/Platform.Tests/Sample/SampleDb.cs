using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Data;

namespace WorkflowPlatform.Platform.Tests.Sample;

/// <summary>The sample's database.</summary>
public sealed class SampleDb(DbContextOptions<SampleDb> options) : PlatformDb(options)
{
    public DbSet<Note> Notes => Set<Note>();
    public DbSet<HeardRow> Heard => Set<HeardRow>();

    protected override void Map(ModelBuilder model)
    {
        var note = model.Aggregate<Note>("note");
        note.HasQueryFilter(n => SeesEverything || VisibleMissions.Contains(n.Mission));
        note.Property(n => n.Authors).AsJson();
        model.Entity<HeardRow>().ToTable("heard").Property(row => row.Id).ValueGeneratedOnAdd();
    }
}

/// <summary>A fact as the sample's consumer heard it, in the order it did.</summary>
public sealed record HeardRow(Guid DraftId, int Version, int Revision, string? Trace)
{
    public long Id { get; init; }
}
