using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Drafting.Domain;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Messaging;

namespace WorkflowPlatform.Drafting.Data;

/// <summary>Keeps how packages stand with their holders, tells their people, and gives a draft back when its package is.</summary>
internal static class StandingTable
{
    /// <summary>How a gap names Clearance's part.</summary>
    public const string Request = "the request";

    private static readonly Translated<Func<DraftingDb, string, CancellationToken, Task<PackageStanding?>>> Of = new(() =>
        EF.CompileAsyncQuery((DraftingDb db, string digest, CancellationToken ct) => db.Standings.SingleOrDefault(s => s.PackageDigest == digest)));

    /// <summary>How a package stands. One that nobody has heard of here was made by an officer of clearance, and that is still to be told.</summary>
    public static async Task<PackageStanding> StandingOfAsync(this DraftingDb db, IFact fact, string digest, string holder, CancellationToken ct) =>
        await Of.For(db)(db, digest, ct) ?? throw new EarlyFactException($"{holder} of package {digest}", 1, fact.Version);

    /// <summary>One fact of a holder, once and in its order; what follows from it is committed together.</summary>
    /// <param name="holder">Who tells it, for the words about a gap.</param>
    /// <param name="seen">The last version heard of the fact's aggregate.</param>
    /// <param name="hear">What the fact makes of how the package stood.</param>
    public static async Task HearAsync(
        this DraftingDb db, IFact fact, string digest, string holder, Func<PackageStanding, int> seen, Func<PackageStanding, PackageStanding> hear,
        DateTimeOffset now, CancellationToken ct)
    {
        var package = await db.StandingOfAsync(fact, digest, holder, ct);
        if (!EarlyFactException.IsNew($"{holder} of package {digest}", seen(package), fact.Version)) return;

        var moved = hear(package);
        // That the call is just being made is over within seconds; its outcome is what people are told.
        if (moved.Standing != package.Standing && moved.Standing is not Standing.Releasing)
            db.Happenings.Add(new Happening(Guid.CreateVersion7(now), moved.DraftId, moved.Mission, moved.Revision, moved.Standing, moved.ReasonCode, fact.At));
        db.Entry(package).CurrentValues.SetValues(moved);
        if (moved.IsBack(out var reason)) await GiveBackAsync(db, moved, reason, now, ct);
        await db.SaveChangesAsync(ct); // Standing, happening, draft, outbox and inbox commit together, or the message comes again.
    }

    private static async Task GiveBackAsync(DraftingDb db, PackageStanding package, ReopenReason? reason, DateTimeOffset now, CancellationToken ct)
    {
        var draft = await db.Drafts.SingleAsync(d => d.Id == package.DraftId, ct);
        // Refused when the draft is back already, or a later package of it is out.
        if (DraftRules.GiveBack(draft, package.PackageDigest, reason, now).Allows(out var accepted, out _)) db.Record(draft, accepted);
    }
}
