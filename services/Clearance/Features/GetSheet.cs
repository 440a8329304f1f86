using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>The clearance sheet: the text as it was submitted, who must clear it, and how it stands. <c>GET /requests/{id}</c> and <c>GET /requests?draft=</c>.</summary>
public static class GetSheet
{
    public sealed record Sheet(
        Guid Id, int Version, Guid DraftId, ClearanceStatus Status, string Mission, string Account, string Network, Lane Lane, string Language, string Text,
        string PackageDigest, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string? Local, string? Zone, IReadOnlyList<string> Contributors,
        Capacity SubmittedBy, DateTimeOffset SubmittedAt, DateTimeOffset OpenedAt, DateTimeOffset? UndoUntil, IReadOnlyList<SheetDecision> Decisions,
        bool MayDecide, string? WhyNot, string Rule, string PolicyVersion, Guid? PermitId,
        Brief? Brief, IReadOnlyList<MediaItem> Media, IReadOnlyList<string> Links);

    public sealed record SheetDecision(
        Guid Id, string Person, string Office, string? ActingFor, DecisionKind Kind, string? ReasonCode, string? Comment, DateTimeOffset At, bool Undone);

    private const string Rule = "One officer of the central unit who had no hand in the text.";

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("requests/{id:guid}", OneAsync).ForRole(Roles.ClearingOfficer, Roles.DraftingOfficer);
        api.MapGet("requests", OfDraftAsync).ForRole(Roles.ClearingOfficer, Roles.DraftingOfficer);
    }

    private static async Task<Results<Ok<Sheet>, NotFound>> OneAsync(
        Guid id, HttpContext http, Actor actor, ClearanceDb db, PackageStore packages, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Requests.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct) is not { } request || !IsRoutedTo(actor, request.Mission)) return TypedResults.NotFound();
        IfMatch.Tell(http, request.Version);
        return TypedResults.Ok(await SheetOfAsync(request, actor, packages, clock, ct));
    }

    private static async Task<Ok<Page<Sheet>>> OfDraftAsync(
        Guid draft, Actor actor, ClearanceDb db, PackageStore packages, TimeProvider clock, CancellationToken ct)
    {
        var requests = await db.Requests.AsNoTracking().Where(r => r.DraftId == draft).OrderByDescending(r => r.OpenedAt).Take(Cursor.DefaultLimit).ToListAsync(ct);
        var sheets = new List<Sheet>();
        foreach (var request in requests.Where(r => IsRoutedTo(actor, r.Mission))) sheets.Add(await SheetOfAsync(request, actor, packages, clock, ct));
        return TypedResults.Ok(new Page<Sheet>(sheets, null));
    }

    /// <summary>The text is for those who clear it and for the mission that wrote it. An auditor's eyes reach further than this.</summary>
    internal static bool IsRoutedTo(Actor actor, string mission) =>
        actor.As(Roles.ClearingOfficer, Offices.Central) is not null || actor.As(Roles.ClearingOfficer, mission) is not null || actor.As(Roles.DraftingOfficer, mission) is not null;

    private static async Task<Sheet> SheetOfAsync(ClearanceRequest r, Actor actor, PackageStore packages, TimeProvider clock, CancellationToken ct)
    {
        var package = await packages.ReadAsync(r.PackageDigest, ct);
        var whyNot = WhyNot(r, actor, clock.Now);
        // A return that can still be undone is the officer's own affair: the mission hears of it when it stands.
        var told = r.Decisions.Where(d => actor.SeesEverything || r.Status is not ClearanceStatus.ReturnDecided || d.Undone || d.Kind is not DecisionKind.Returned);
        var status = r.Status is ClearanceStatus.ReturnDecided && !actor.SeesEverything ? ClearanceStatus.InClearance : r.Status;
        return new Sheet(
            r.Id, r.Version, r.DraftId, status, r.Mission, r.Account, r.Network, r.Lane, r.Language, package.Text, r.PackageDigest, r.NotBefore, r.NotAfter, r.Local, r.Zone,
            r.Contributors, package.SubmittedBy, package.SubmittedAt, r.OpenedAt,
            r.Status is ClearanceStatus.Cleared || status is ClearanceStatus.ReturnDecided ? r.Standing?.UndoUntil : null,
            [.. told.Select(d => new SheetDecision(d.Id, d.By.Person, d.By.Office, d.By.ActingFor, d.Kind, d.ReasonCode, d.Comment, d.At, d.Undone))],
            whyNot is null, whyNot, Rule, ClearanceRules.PolicyVersion, r.PermitId,
            package.Brief, package.Media, package.Links);
    }

    private static string? WhyNot(ClearanceRequest r, Actor actor, DateTimeOffset now) =>
        actor.As(Roles.ClearingOfficer, Offices.Central) is not { } capacity
            ? ClearanceRules.NotThisOffice.Detail
            : Platform.Decisions.Guards.FirstRefusal(ClearanceRules.DecisionGuards, new(r, new OfficerDecision(Guid.Empty, capacity, DecisionKind.Cleared, r.PackageDigest, null, null, now, now)))?.Detail;
}
