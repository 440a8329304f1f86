using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Drafting.Domain;
using WorkflowPlatform.Drafting.Intake;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Drafting.Features;

/// <summary>One draft, with its text and where it stands: <c>GET /drafts/{id}</c>.</summary>
public static class GetDraft
{
    /// <param name="NotBefore">Of the package while one is out; else what the current revision's time means, null when it goes out as soon as cleared.</param>
    /// <param name="Asked"><c>asked</c> while the answer is awaited, <c>too-late</c> when it went out before; null otherwise.</param>
    /// <param name="RequestId">The last package's request in Clearance; null until Clearance has opened it.</param>
    public sealed record Response(
        Guid Id, int Version, string Mission, string Account, string Language, Lane Lane, string Text, ReleaseTime? Release,
        DateTimeOffset? NotBefore, DateTimeOffset? NotAfter, int Revision, DraftState State, Standing Standing, string? Asked, string? PackageDigest,
        Guid? RequestId, Guid? ReleaseId, string? Receipt, string? ReasonCode, DateTimeOffset? UndoUntil, IReadOnlyList<string> Contributors, DateTimeOffset UpdatedAt,
        Brief? Brief, IReadOnlyList<MediaItem> Media, IReadOnlyList<string> Links)
    {
        public IReadOnlyList<string> Cites { get; init; } = [];

        /// <summary>Set when the text is as an officer of clearance changed it.</summary>
        public Amendment? Amendment { get; init; }
    }

    /// <summary>Who changed what the mission had submitted, and what that was.</summary>
    public sealed record Amendment(
        string Person, string Office, string? ActingFor, DateTimeOffset At, int SubmittedRevision, string SubmittedText, IReadOnlyList<MediaItem> SubmittedMedia, IReadOnlyList<string> SubmittedLinks);

    public static void Map(RouteGroupBuilder api) => api
        .MapGet("drafts/{id:guid}", HandleAsync)
        .ForRole(Roles.DraftingOfficer);

    private static async Task<Results<Ok<Response>, NotFound>> HandleAsync(Guid id, HttpContext http, DraftingDb db, CancellationToken ct)
    {
        if (await Overviews.Of(db, DraftText.Longest).SingleOrDefaultAsync(o => o.Id == id, ct) is not { } draft) return TypedResults.NotFound();

        IfMatch.Tell(http, draft.Version);
        return TypedResults.Ok(new Response(
            draft.Id, draft.Version, draft.Mission, draft.Account, draft.Language, draft.Lane, draft.Text, draft.Release,
            draft.NotBefore, draft.NotAfter, draft.Revision, draft.State, draft.Standing, draft.AskedTold, draft.PackageDigest,
            draft.RequestId, draft.ReleaseId, draft.Receipt, draft.ReasonCode, draft.UndoUntil, draft.Contributors, draft.UpdatedAt,
            draft.Brief, draft.Media, draft.Links)
        {
            Cites = draft.Cites,
            Amendment = draft.Amends is null ? null : await AmendmentAsync(draft, db, ct),
        });
    }

    private static async Task<Amendment> AmendmentAsync(Overview draft, DraftingDb db, CancellationToken ct)
    {
        var revisions = db.Revisions.AsNoTracking().Where(r => r.DraftId == draft.Id);
        var by = await revisions.SingleAsync(r => r.Number == draft.Revision, ct);
        var submitted = await revisions.Where(r => r.Amends == null).OrderByDescending(r => r.Number).FirstAsync(ct);
        return new Amendment(by.Person, by.Office, by.ActingFor, by.At, submitted.Number, submitted.Text, submitted.Media, submitted.Links);
    }
}
