using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features.Waiting;

/// <summary>An office, or the duty officer for it, says that it is cut off, or that it is back: <c>POST /offices/{code}/cut-offs</c> and <c>/reconnections</c>.</summary>
public static class DeclareCutOff
{
    public sealed record Request;

    /// <param name="Cause">Null when it can be reached.</param>
    public sealed record Response(string Office, int Version, string? Cause, DateTimeOffset Since);

    private delegate Decision<OfficeReach> Saying(OfficeReach? current, string office, HeldCapacity by, bool onDuty, DateTimeOffset now);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("offices/{code}/cut-offs", (string code, Request _, Actor actor, Acting acting, ClearanceDb db, TimeProvider clock, CancellationToken ct) =>
            HandleAsync(code, ReachRules.Declare, actor, acting, db, clock, ct)).Once<ClearanceDb>().ForRole();
        api.MapPost("offices/{code}/reconnections", (string code, Request _, Actor actor, Acting acting, ClearanceDb db, TimeProvider clock, CancellationToken ct) =>
            HandleAsync(code, ReachRules.Reconnect, actor, acting, db, clock, ct)).Once<ClearanceDb>().ForRole();
    }

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        string code, Saying say, Actor actor, Acting acting, ClearanceDb db, TimeProvider clock, CancellationToken ct)
    {
        var (held, now) = (await acting.AsAsync(actor, ct), clock.Now);
        var (duty, _) = Acting.OnDuty(held, await db.OnDutyAsync(now, ct));
        if ((held.FirstOrDefault(h => Roles.OfAnOffice.Contains(h.Role) && h.Office == code) ?? duty) is not { } right) return ReachRules.NotYours.ToProblem();
        if (code != Offices.Central && !await db.Offices.AnyAsync(o => o.Code == code, ct)) return TypedResults.NotFound();
        var current = await db.Reaches.SingleOrDefaultAsync(r => r.Office == code, ct);
        if (!say(current, code, right, right == duty, now).Allows(out var accepted, out var refusal)) return refusal.ToProblem();

        db.Record(current, accepted);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new Response(code, accepted.State.Version, accepted.State.Cause, accepted.State.Since));
    }
}
