using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Clearance.Data;

/// <summary>Clearance's database: the requests with the offices they are routed to, and the packages as they were fetched.</summary>
public sealed class ClearanceDb(DbContextOptions<ClearanceDb> options) : PlatformDb(options)
{
    private OfficeShelf.Kept? offices;

    public DbSet<ClearanceRequest> Requests => Set<ClearanceRequest>();

    /// <summary>Which office a request is before, and whether it is its turn: what queues and visibility are read from.</summary>
    public DbSet<Seat> Seats => Set<Seat>();

    /// <summary>What filters and the search of the queue are answered from.</summary>
    public DbSet<Waiting> Waiting => Set<Waiting>();

    public DbSet<WaitingMark> Marks => Set<WaitingMark>();

    /// <summary>Reasons for returns.</summary>
    public DbSet<Precedent> Precedents => Set<Precedent>();

    /// <summary>Every time that an office was passed over, whatever became of the text.</summary>
    public DbSet<Bypass> Bypasses => Set<Bypass>();

    public DbSet<QueueView> Views => Set<QueueView>();

    /// <summary>Own copies, by digest; what officers see is read from these bytes and nothing else.</summary>
    public DbSet<PackageCopy> Packages => Set<PackageCopy>();

    /// <summary>Own copies of the pictures that packages name, by digest.</summary>
    public DbSet<MediaCopy> Media => Set<MediaCopy>();

    /// <summary>Every pack that was ever proposed.</summary>
    public DbSet<KeptPolicy> Policies => Set<KeptPolicy>();

    public DbSet<PolicyProposal> PolicyProposals => Set<PolicyProposal>();
    public DbSet<PolicyInForce> PolicyInForce => Set<PolicyInForce>();

    /// <summary>Who of an office opened a text first: the proof that an office's silence needs.</summary>
    public DbSet<NoticeRow> Notices => Set<NoticeRow>();

    /// <summary>What requests rest on.</summary>
    public DbSet<Citation> Citations => Set<Citation>();
    public DbSet<Ground> Grounds => Set<Ground>();

    /// <summary>When somebody of an office was seen last.</summary>
    public DbSet<PresenceRow> Presences => Set<PresenceRow>();

    /// <summary>Which offices are cut off.</summary>
    public DbSet<OfficeReach> Reaches => Set<OfficeReach>();

    public DbSet<KnownMission> Missions => Set<KnownMission>();
    public DbSet<KnownAccount> Accounts => Set<KnownAccount>();
    public DbSet<KnownOffice> Offices => Set<KnownOffice>();
    public DbSet<KnownDelegation> Delegations => Set<KnownDelegation>();
    public DbSet<KnownDuty> Duties => Set<KnownDuty>();

    /// <summary>The offices as a policy sees them.</summary>
    public async Task<OfficeBook> OfficeBookAsync(CancellationToken ct) => (await KeptOfficesAsync(ct)).Book;

    /// <summary>All that the register told of the offices, by their codes.</summary>
    public async Task<IReadOnlyDictionary<string, KnownOffice>> OfficesAsync(CancellationToken ct) => (await KeptOfficesAsync(ct)).Offices;

    /// <summary>The round in which a package is, or was before an officer changed its text; null when there is none.</summary>
    public async Task<ClearanceRequest?> RoundOfAsync(Guid draft, string digest, CancellationToken ct) =>
        (await Requests.Where(r => r.DraftId == draft).ToListAsync(ct)).Find(r => r.PackageDigest == digest || r.EarlierDigests.Contains(digest));

    /// <summary>Keeps what a rule accepted, with the clocks and the seats that follow from it.</summary>
    public async Task RecordAsync(ClearanceRequest? current, Accepted<ClearanceRequest> accepted, CancellationToken ct)
    {
        accepted = accepted with { State = await this.WoundAsync(accepted.State, accepted.Fact.At, ct) };
        var (stood, said) = (QueueRows.Before.Of(current), current?.Decisions ?? []);
        Record(current, accepted);
        await this.KeepBypassesAsync(said, accepted.State, ct);
        if (current is null) Citations.AddRange(accepted.State.Cites.Select(cite => new Citation(accepted.State.Id, cite)));
        // All of them, whoever decides: an officer of one office sees no other's.
        var before = current is null ? [] : await Seats.IgnoreQueryFilters().Where(s => s.RequestId == accepted.State.Id).ToListAsync(ct);
        foreach (var seat in Seat.Of(accepted.State))
            if (before.Find(b => b.Office == seat.Office) is not { } known) Seats.Add(seat);
            else Entry(known).CurrentValues.SetValues(seat with { Assigned = known.Assigned, AssignedBy = known.AssignedBy });
        // Who was before it once may go on looking.
        foreach (var left in before.Where(b => Seat.Of(accepted.State).All(seat => seat.Office != b.Office))) Entry(left).CurrentValues.SetValues(left with { State = SeatState.Done, AskedAt = null, DueAt = null, Awaited = false });
        await this.FollowAsync(stood, accepted.State, ct);
    }

    // One request or message goes by one state of the register.
    private async Task<OfficeShelf.Kept> KeptOfficesAsync(CancellationToken ct) => offices ??= await this.GetService<OfficeShelf>().OfAsync(this, ct);

    protected override void Forget() => offices = null;

    protected override void Map(ModelBuilder model)
    {
        var request = model.Aggregate<ClearanceRequest>("clearance_request");
        request.HasKey(r => r.Id);
        request.Property(r => r.Contributors).AsJson();
        request.Property(r => r.Route).AsJson();
        request.Property(r => r.Decisions).AsJson();
        request.Property(r => r.Findings).AsJson();
        request.Property(r => r.Revocation).AsJson();
        request.Property(r => r.Clocks).AsJson();
        request.Property(r => r.Review).AsJson();
        request.Property(r => r.Amendment).AsJson();
        request.Property(r => r.EarlierDigests).AsJson();
        request.Property(r => r.Cites).AsJson();
        request.Property(r => r.Lapses).AsJson();
        request.Property(r => r.Recorded).AsJson();
        request.Ignore(r => r.Standing);
        request.HasQueryFilter(r => SeesEverything || VisibleMissions.Contains(r.Mission) || Seats.Any(s => s.RequestId == r.Id && VisibleMissions.Contains(s.Office)));
        model.Entity<Seat>(seat =>
        {
            seat.ToTable("seat").HasKey(s => new { s.RequestId, s.Office });
            seat.HasQueryFilter(s => SeesEverything || VisibleMissions.Contains(s.Office));
        });
        model.MapBypasses();
        model.Entity<Bypass>().HasQueryFilter(b => SeesEverything || VisibleMissions.Contains(b.Office));
        model.Entity<PackageCopy>().ToTable("package").HasKey(p => p.Digest);
        model.Entity<MediaCopy>().ToTable("media").HasKey(m => m.Digest);
        model.Entity<NoticeRow>().ToTable("notice").HasKey(n => new { n.RequestId, n.Office });
        model.Entity<Citation>().ToTable("citation").HasKey(c => new { c.Cite, c.RequestId });
        model.Entity<Ground>(ground =>
        {
            ground.ToTable("ground").HasKey(g => g.Cite);
            ground.Property(g => g.Version).IsConcurrencyToken();
        });
        model.Entity<PresenceRow>().ToTable("office_presence").HasKey(p => p.Office);
        var reach = model.Aggregate<OfficeReach>("office_reach");
        reach.HasKey(r => r.Office);
        reach.Property(r => r.By).AsJson();
        reach.Ignore(r => r.IsCutOff);
        model.MapRegister();
        model.MapQueue();
        model.Entity<Waiting>().HasQueryFilter(w => SeesEverything || VisibleMissions.Contains(w.Mission) || Seats.Any(s => s.RequestId == w.RequestId && VisibleMissions.Contains(s.Office)));
        model.Entity<Precedent>().HasQueryFilter(p => SeesEverything || VisibleMissions.Contains(p.Mission) || Seats.Any(s => s.RequestId == p.RequestId && VisibleMissions.Contains(s.Office)));
        model.MapPolicies();
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

/// <summary>That a text reached an office: the first person of it who opened or acknowledged it since its turn began.</summary>
/// <param name="PackageDigest">The text that they were shown.</param>
/// <param name="TurnAt">When the office's turn had begun in which they were.</param>
public sealed record NoticeRow(Guid RequestId, string Office, string Person, string? ActingFor, DateTimeOffset At, string PackageDigest, DateTimeOffset TurnAt);

/// <summary>When somebody of an office fetched a page last, to the minute.</summary>
public sealed record PresenceRow(string Office, DateTimeOffset SeenAt);
