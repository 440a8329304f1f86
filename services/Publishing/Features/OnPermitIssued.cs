using System.Text;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Publishing.Domain;

namespace WorkflowPlatform.Publishing.Features;

/// <summary>When a permit comes: believe nothing but its signed bytes, fetch the package it names, and schedule the release; tell when it is no permit.</summary>
public sealed partial class OnPermitIssued(PublishingDb db, PermitTrust trust, PackageStore packages, TimeProvider clock, ILogger<OnPermitIssued> log)
    : IConsumer<PermitIssued>
{
    public async Task Consume(ConsumeContext<PermitIssued> context)
    {
        if (!trust.HasKeys) throw new InvalidOperationException("No permit key is trusted here, so no permit can be judged. Put the public key into the trust folder; the message comes again.");
        if (!await db.AdmitAsync(context, nameof(OnPermitIssued))) return;

        var (issued, now, ct) = (context.Message, clock.Now, context.CancellationToken);
        var envelope = issued.Envelope ?? ""; // Whoever writes to the queue may leave out anything.
        var opened = trust.Open(envelope);
        if (await ScheduleAsync(opened, envelope, now, ct) is { } refusal)
        {
            var id = Guid.CreateVersion7(now);
            Refused(log, id, refusal.Code);
            db.Record(null, PermitRefusal.Of(
                id, refusal, PackageStore.DigestOf(Encoding.UTF8.GetBytes(envelope)), opened.Permit?.PermitId ?? issued.PermitId, opened.Permit?.Mission, now));
        }
        await db.SaveChangesAsync(ct); // State, outbox and inbox commit together, or the message comes again.
    }

    private async Task<Refusal?> ScheduleAsync(OpenedPermit opened, string envelope, DateTimeOffset now, CancellationToken ct)
    {
        if (opened.SealFault is { } fault) return new(fault, "No trusted key signed it.");
        if (opened.Permit is not { } permit) return NoPermit;
        var known = await db.Releases.AsNoTracking().Where(r => r.PermitId == permit.PermitId || r.PackageDigest == permit.PackageDigest).ToListAsync(ct);
        if (known.Any(r => r.PermitId == permit.PermitId && r.Envelope == envelope)) return null; // The same once more: late, and nothing to do.
        if (known.Count > 0) return known.Any(r => r.PermitId == permit.PermitId) ? Replayed : PermittedTwice;
        if (permit.NotAfter <= now) return Expired;

        var copy = await packages.FindAsync(permit.PackageDigest, ct);
        var bytes = copy.Bytes ?? await packages.FetchAsync(permit.PackageDigest, ct); // Throws when it cannot be had yet: the message comes again.
        if (PackageStore.Read(bytes) is not { } package) return NoPackage;
        var pictures = await packages.FetchPicturesAsync(package, ct);
        if (PermitGuards.All.FirstRefusal(new(permit, PackageStore.DigestOf(bytes), package, [.. pictures.Select(p => PackageStore.DigestOf(p.Bytes))])) is { } refusal) return refusal;
        if (!ReleaseRules.Schedule(null, Guid.CreateVersion7(now), permit, package, envelope, copy.Recall, now).Allows(out var accepted, out var no)) return no;

        copy.Bytes = bytes;
        packages.Keep(copy, pictures);
        db.Record(null, accepted);
        return null;
    }

    public static readonly Refusal NoPermit = new("permit", "What was signed is no permit.");
    public static readonly Refusal NoPackage = new("package", "What the permit names is no package.");
    public static readonly Refusal Replayed = new("replayed", "Another envelope came under this permit's id before.");
    public static readonly Refusal PermittedTwice = new("permitted-twice", "Another permit for this package came before.");
    public static readonly Refusal Expired = new("expired", "Its window is over.");

    [LoggerMessage(Level = LogLevel.Error, Message = "What came as a permit is none, and nothing was scheduled: refusal {RefusalId}, {Reason}")]
    private static partial void Refused(ILogger log, Guid refusalId, string reason);
}
