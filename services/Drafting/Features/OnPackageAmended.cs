using MassTransit;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Drafting.Domain;
using WorkflowPlatform.Drafting.Intake;
using WorkflowPlatform.Platform.Messaging;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Drafting.Features;

/// <summary>When an officer has changed a text under clearance, fetch the new package and take it up as a revision of that officer's; an open withdrawal is asked again, of the new package.</summary>
public sealed class OnPackageAmended(DraftingDb db, IHttpClientFactory http, TimeProvider clock) : IConsumer<PackageAmended>
{
    public async Task Consume(ConsumeContext<PackageAmended> context)
    {
        if (!await db.AdmitAsync(context, nameof(OnPackageAmended))) return;

        var (amended, now, ct) = (context.Message, clock.Now, context.CancellationToken);
        var standing = await db.StandingOfAsync(amended, amended.PackageDigest, StandingTable.Request, ct);
        if (!EarlyFactException.IsNew($"{StandingTable.Request} of package {amended.PackageDigest}", standing.RequestVersion, amended.Version)) return;

        var bytes = await FetchAsync(amended.AmendedDigest, ct); // Throws when it cannot be had yet: the message comes again.
        var (package, salt) = (CanonicalJson.Parse<ReleasePackage>(bytes), Seal.Salt());
        var draft = await db.Drafts.SingleAsync(d => d.Id == standing.DraftId, ct);
        var submitted = await db.Revisions.AsNoTracking().SingleAsync(r => r.DraftId == draft.Id && r.Number == standing.Revision, ct);
        var digest = Seal.TextDigest(salt, package.Text);

        // The old row stays, at this version: what is told of the old package from here on has been heard.
        db.Entry(standing).CurrentValues.SetValues(standing with { RequestVersion = amended.Version });
        if (DraftRules.TakeAmendment(draft, amended, package, digest, now).Allows(out var taken, out _))
        {
            db.Record(draft, taken);
            db.Revisions.Add(Revision.OfAmendment(taken.State, submitted, package, amended, salt, digest));
            db.Packages.Add(new Package(amended.AmendedDigest, draft.Id, draft.Mission, bytes, now));
            db.Standings.Add(standing.Amended(amended, taken.State.Revision, now));
            db.Happenings.Add(new Happening(Guid.CreateVersion7(now), draft.Id, draft.Mission, taken.State.Revision, Standing.InClearance, Happening.Amended, amended.At));
            if (DraftRules.AskAgain(taken.State, now).Allows(out var again, out _)) db.Record(draft, again);
        }
        await db.SaveChangesAsync(ct);
    }

    private async Task<byte[]> FetchAsync(string digest, CancellationToken ct)
    {
        using var clearance = http.CreateClient("drafting>clearance");
        var bytes = await clearance.GetByteArrayAsync(new Uri($"api/clearance/packages/{digest}", UriKind.Relative), ct);
        return Seal.Digest(bytes) == digest ? bytes : throw new InvalidDataException($"The bytes that Clearance gave out under packages/{digest} have another digest.");
    }
}
