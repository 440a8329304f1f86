using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features.Waiting;

/// <summary>Who has the duty now, as it goes round the world, and which offices are cut off: <c>GET /duty</c>.</summary>
public static class GetDuty
{
    public sealed record Turn(string Office, string Person, DateTimeOffset From, DateTimeOffset To);

    /// <param name="Cause"><c>declared</c> or <c>unseen</c>.</param>
    /// <param name="By">Who said so; null when nobody of it was seen.</param>
    public sealed record Away(string Office, string Cause, Capacity? By, DateTimeOffset Since);

    public sealed record Urgent(Guid Id, string Mission, string Account, Lane Lane, DateTimeOffset NotBefore, string Excerpt, IReadOnlyList<string> Offices);

    /// <param name="Due">What is in clearance and cannot wait, of what the asker may see: the duty goes over the region, and so does this list.</param>
    /// <param name="MaySpeakFor">Offices of which the asker may say that they are cut off, or back: their own, and with the duty any.</param>
    public sealed record Response(IReadOnlyList<Turn> OnDuty, IReadOnlyList<Away> CutOff, IReadOnlyList<Urgent> Due, IReadOnlyList<string> MaySpeakFor);

    public static void Map(RouteGroupBuilder api) => api.MapGet("duty", HandleAsync).ForRole();

    private static async Task<Results<Ok<Response>, ProblemHttpResult>> HandleAsync(Actor actor, Acting acting, ClearanceDb db, TimeProvider clock, CancellationToken ct)
    {
        var held = await acting.AsAsync(actor, ct);
        if (!held.Any(h => Roles.OfAnOffice.Contains(h.Role))) return Authorization.NotYourRole.ToProblem();
        var turns = (await db.OnDutyAsync(clock.Now, ct)).Select(d => new Turn(d.Office, d.Person, d.From, d.To));
        var away = await db.Reaches.AsNoTracking().Where(r => r.Cause != null).OrderBy(r => r.Office).Select(r => new Away(r.Office, r.Cause!, r.By, r.Since)).ToListAsync(ct);
        var waiting = db.Seats.Where(s => s.State == SeatState.Asked).Select(s => new { s.RequestId, s.NotBefore }).Distinct();
        var urgent = await (from place in waiting
                            join request in db.Requests.AsNoTracking() on place.RequestId equals request.Id
                            where request.Lane == Lane.Immediate || request.Lane == Lane.Flash
                            orderby place.NotBefore, place.RequestId
                            select request).Take(Cursor.DefaultLimit).ToListAsync(ct);
        IEnumerable<string> mine = held.Where(h => Roles.OfAnOffice.Contains(h.Role)).Select(h => h.Office);
        if (acting.HasTheDuty) mine = mine.Append(Offices.Central).Concat(await db.Offices.Select(o => o.Code).ToListAsync(ct));
        return TypedResults.Ok(new Response([.. turns], away, [.. urgent.Where(r => acting.MaySee(held, r)).Select(ToUrgent)], [.. mine.Distinct().Order(StringComparer.Ordinal)]));
    }

    private static Urgent ToUrgent(ClearanceRequest r) =>
        new(r.Id, r.Mission, r.Account, r.Lane, r.NotBefore, r.Excerpt, ClearanceSheet.Of(r) is var sheet ? [.. sheet.Offices.Where(sheet.IsAsked)] : []);
}
