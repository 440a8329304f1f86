using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Clearance.Data;

/// <summary>Clearance's database: the requests with the offices they are routed to, and the packages as they were fetched.</summary>
public sealed class ClearanceDb(DbContextOptions<ClearanceDb> options, DataScope scope) : PlatformDb(options, scope)
{
    public DbSet<ClearanceRequest> Requests => Set<ClearanceRequest>();

    /// <summary>Which office a request is before, and whether it is its turn: what queues and visibility are read from.</summary>
    public DbSet<Seat> Seats => Set<Seat>();

    /// <summary>Own copies, by digest; what officers see is read from these bytes and nothing else.</summary>
    public DbSet<PackageCopy> Packages => Set<PackageCopy>();

    /// <summary>Own copies of the pictures that packages name, by digest.</summary>
    public DbSet<MediaCopy> Media => Set<MediaCopy>();

    /// <summary>What requests rest on.</summary>
    public DbSet<Citation> Citations => Set<Citation>();
    public DbSet<Ground> Grounds => Set<Ground>();

    public DbSet<KnownMission> Missions => Set<KnownMission>();
    public DbSet<KnownAccount> Accounts => Set<KnownAccount>();
    public DbSet<KnownOffice> Offices => Set<KnownOffice>();
    public DbSet<KnownDelegation> Delegations => Set<KnownDelegation>();
    public DbSet<KnownDuty> Duties => Set<KnownDuty>();

    /// <summary>The round in which a package is, or was before an officer changed its text; null when there is none.</summary>
    public async Task<ClearanceRequest?> RoundOfAsync(Guid draft, string digest, CancellationToken ct) =>
        (await Requests.Where(r => r.DraftId == draft).ToListAsync(ct)).Find(r => r.PackageDigest == digest || r.EarlierDigests.Contains(digest));

    /// <summary>Keeps what a rule accepted, with the seats that follow from it.</summary>
    public async Task RecordAsync(ClearanceRequest? current, Accepted<ClearanceRequest> accepted, CancellationToken ct)
    {
        Record(current, accepted);
        if (current is null) Citations.AddRange(accepted.State.Cites.Select(cite => new Citation(accepted.State.Id, cite)));
        var before = current is null ? [] : await Seats.Where(s => s.RequestId == accepted.State.Id).ToListAsync(ct);
        foreach (var seat in Seat.Of(accepted.State))
            if (before.Find(b => b.Office == seat.Office) is not { } known) Seats.Add(seat);
            else Entry(known).CurrentValues.SetValues(seat);
        // Who was before it once may go on looking.
        foreach (var left in before.Where(b => Seat.Of(accepted.State).All(seat => seat.Office != b.Office))) Entry(left).CurrentValues.SetValues(left with { State = SeatState.Done });
    }

    protected override void Map(ModelBuilder model)
    {
        var request = model.Aggregate<ClearanceRequest>("clearance_request");
        request.HasKey(r => r.Id);
        request.Property(r => r.Contributors).AsJson();
        request.Property(r => r.Route).AsJson();
        request.Property(r => r.Decisions).AsJson();
        request.Property(r => r.Revocation).AsJson();
        request.Property(r => r.Amendment).AsJson();
        request.Property(r => r.EarlierDigests).AsJson();
        request.Property(r => r.Cites).AsJson();
        request.Property(r => r.Lapses).AsJson();
        request.Ignore(r => r.Standing);
        request.HasQueryFilter(r => SeesEverything || VisibleMissions.Contains(r.Mission) || Seats.Any(s => s.RequestId == r.Id && VisibleMissions.Contains(s.Office)));
        model.Entity<Seat>(seat =>
        {
            seat.ToTable("seat").HasKey(s => new { s.RequestId, s.Office });
            seat.HasQueryFilter(s => SeesEverything || VisibleMissions.Contains(s.Office));
        });
        model.Entity<PackageCopy>().ToTable("package").HasKey(p => p.Digest);
        model.Entity<MediaCopy>().ToTable("media").HasKey(m => m.Digest);
        model.Entity<Citation>().ToTable("citation").HasKey(c => new { c.Cite, c.RequestId });
        model.Entity<Ground>(ground =>
        {
            ground.ToTable("ground").HasKey(g => g.Cite);
            ground.Property(g => g.Version).IsConcurrencyToken();
        });
        model.MapRegister();
    }
}

/// <summary>That a request's text rests on a line or a figure.</summary>
public sealed record Citation(Guid RequestId, string Cite);

/// <summary>A line or a figure, and the last that was heard of it.</summary>
public sealed record Ground(string Cite, int Version);

/// <summary>A package's bytes, exactly as Drafting gave them out, or as they were made here of an amended text.</summary>
public sealed record PackageCopy(string Digest, byte[] Bytes);

/// <summary>A picture's bytes, exactly as Drafting gave them out.</summary>
public sealed record MediaCopy(string Digest, byte[] Bytes);
