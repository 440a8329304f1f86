using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Clearance.Features.Queueing;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>What waits for a decision of the asker's offices, by the time left before its release: <c>GET /queue</c>.</summary>
public static class ListQueue
{
    /// <param name="Offices">The offices whose turn it is.</param>
    /// <param name="DueAt">When the time of the asker's offices is over, of several the first; null without a clock.</param>
    /// <param name="Late">True when it is over.</param>
    /// <param name="Reminders">How often that office was reminded.</param>
    public sealed record Item(
        Guid Id, int Version, string Mission, string Account, Lane Lane, string Language, DateTimeOffset NotBefore, DateTimeOffset NotAfter,
        string? Local, string? Zone, DateTimeOffset OpenedAt, string Excerpt, int Characters, IReadOnlyList<string> Offices, bool MayDecide, string? WhyNot,
        IReadOnlyList<string> Findings, AtWork.Claimed? Claim, IReadOnlyList<AtWork.Given> Assigned,
        DateTimeOffset? DueAt, bool Late, int Reminders);

    public static void Map(RouteGroupBuilder api) => api.MapGet("queue", HandleAsync).ForRole();

    private static async Task<Results<Ok<Page<Item>>, ProblemHttpResult>> HandleAsync(
        [AsParameters] QueueFilter filter, Actor actor, Acting acting, ClearanceDb db, Waiting.Presence presence, TimeProvider clock, string? cursor = null, int? limit = null, [FromHeader(Name = Waiting.Presence.Header)] string? seen = null, CancellationToken ct = default)
    {
        if (filter.Check() is { } refusal) return refusal.ToProblem();
        if (!Cursor.TryParse(cursor, out var after)) return Cursor.Unreadable.ToProblem();
        var held = await acting.AsAsync(actor, ct);
        if (Acting.ClearingOffices(held) is not { Count: > 0 } offices) return Authorization.NotYourRole.ToProblem();
        await presence.SeeAsync(seen, held, ct);
        var (take, now) = (Cursor.Limit(limit), clock.Now);
        if (filter.Office is { Length: > 0 } some) offices = [.. offices.Intersect(some)];
        if (offices.Count == 0) return TypedResults.Ok(new Page<Item>([], null));
        var rows = await db.Requests.AsNoTracking().WaitingFor(db, offices, take + 1, after, seats => filter.Of(seats, db, actor.Person)).ToListAsync(ct);
        var at = await AtWork.OnAsync(db, [.. rows.Select(r => r.Id)], now, ct);
        return TypedResults.Ok(Page<Item>.Of([.. rows.Select(r => ToItem(r, at[r.Id].First(), held, offices, now))], take, item => new Cursor(item.NotBefore, item.Id)));
    }

    /// <summary>Requests before one of these offices and in its turn, the least time left first.</summary>
    internal static IQueryable<ClearanceRequest> WaitingFor(
        this IQueryable<ClearanceRequest> requests, ClearanceDb db, IReadOnlyList<string> offices, int take, Cursor? after = null, Func<IQueryable<Seat>, IQueryable<Seat>>? filter = null)
    {
        var (seats, only) = (db.Seats.Where(s => s.State == SeatState.Asked), offices.Count == 1 ? offices[0] : null);
        // One office's seats lie in this order in an index, so the first few are all that is read; those of several have to be sorted.
        seats = only is not null ? seats.Where(s => s.Office == only) : seats.Where(s => offices.Contains(s.Office));
        if (after is { } seen) seats = seats.Where(s => s.NotBefore > seen.At || (s.NotBefore == seen.At && s.RequestId > seen.Id));
        if (filter is not null) seats = filter(seats);
        var places = seats.Select(s => new { s.RequestId, s.NotBefore });
        if (offices.Count > 1) places = places.Distinct(); // Two of them may be asked side by side.
        return from place in places.OrderBy(p => p.NotBefore).ThenBy(p => p.RequestId).Take(take) // Before the requests are looked at: these are long.
               join request in requests on place.RequestId equals request.Id
               orderby place.NotBefore, place.RequestId
               select request;
    }

    /// <summary>Why this person may not clear it now, in words; null when they may.</summary>
    internal static string? WhyNot(ClearanceRequest request, IReadOnlyList<HeldCapacity> held, DateTimeOffset now) =>
        Acting.Choose(held, request, DecisionKind.Cleared) is not { } right
            ? DecisionGuards.NotThisOffice.Detail
            : DecisionGuards.All.FirstRefusal(new(request, new OfficerDecision(Guid.Empty, right.Capacity, DecisionKind.Cleared, request.PackageDigest, null, null, now, now)))?.Detail;

    private static Item ToItem(ClearanceRequest r, AtWork at, IReadOnlyList<HeldCapacity> held, IReadOnlyList<string> offices, DateTimeOffset now)
    {
        var (sheet, whyNot) = (ClearanceSheet.Of(r), WhyNot(r, held, now));
        var clock = ClockRules.FirstDue(r, sheet, offices);
        return new Item(
            r.Id, r.Version, r.Mission, r.Account, r.Lane, r.Language, r.NotBefore, r.NotAfter, r.Local, r.Zone, r.OpenedAt, r.Excerpt, r.Characters,
            [.. sheet.Lines.Where(line => sheet.IsAsked(line.Office)).Select(line => line.Office)], whyNot is null, whyNot,
            [.. r.Findings.Select(f => f.Code).Distinct()], at.Claim, at.Assigned,
            clock?.DueAt, clock?.IsOver(now) ?? false, clock?.Reminders ?? 0);
    }
}
