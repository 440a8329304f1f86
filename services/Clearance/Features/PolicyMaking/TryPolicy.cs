using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Policy;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Clearance.Features.PolicyMaking;

/// <summary>Tries a policy on history before anybody adopts it: <c>GET /policies/{policy}/dry-run</c>.</summary>
/// <remarks>
/// History is read in batches from the latest back, each text from the copy that was cleared, with today's register. One answer examines at most 100,000 requests;
/// its cursor goes on from there. Whoever accepts <c>application/x-ndjson</c> is told after each batch how far it is, and the answer in the last line.
/// </remarks>
public static class TryPolicy
{
    private const int Batch = 500;
    private const int DefaultLimit = 10_000;
    private const int MostLimit = 100_000;
    private const string Lines = "application/x-ndjson";

    /// <param name="Total">Requests in all of history.</param>
    /// <param name="WithoutText">Requests that could not be tried, because their text is deleted by now.</param>
    /// <param name="Different">Requests that would have gone another way; of these the latest 200 are listed.</param>
    /// <param name="Load">Requests before each office, as it was and as it would have been.</param>
    /// <param name="TimeOfDifferent">How long those took to be cleared that would have gone another way.</param>
    /// <param name="Next">Cursor of the requests before these; null when history is at its end.</param>
    public sealed record Response(
        string Digest, string Name, int Total, int Examined, int WithoutText, int Different, IReadOnlyList<OtherWay> Listed,
        IReadOnlyList<OfficeLoad> Load, TimeToClear TimeOfDifferent, TimeToClear TimeOfSame, string? Next);

    /// <param name="Examined">So far, those without a text included.</param>
    public sealed record Progress(int Examined, int Total);

    public static void Map(RouteGroupBuilder policies) => policies.MapGet("{policy}/dry-run", HandleAsync).ForRole();

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult, EmptyHttpResult>> HandleAsync(
        [FromRoute(Name = "policy")] string digest, HttpContext http, Actor actor, Acting acting, ClearanceDb db, PolicyShelf shelf, string? cursor = null, int? limit = null, CancellationToken ct = default)
    {
        if (!PolicyMakers.MayRead(await acting.AsAsync(actor, ct))) return Authorization.NotYourRole.ToProblem();
        if (!Cursor.TryParse(cursor, out var before)) return Cursor.Unreadable.ToProblem();
        if (await shelf.FindAsync(digest, ct) is not { } policy) return TypedResults.NotFound();

        var (book, facts, total) = (await db.OfficeBookAsync(ct), await db.AllMissionFactsAsync(ct), await db.Requests.CountAsync(ct));
        var (run, withoutText, left) = (new DryRun(Cursor.MostLimit), 0, Math.Clamp(limit ?? DefaultLimit, 1, MostLimit));
        var inLines = http.Request.Headers.Accept.ToString().Contains(Lines, StringComparison.Ordinal);
        while (left > 0)
        {
            var past = db.Requests.AsNoTracking();
            if (before is { } place) past = past.Where(r => r.OpenedAt <= place.At && (r.OpenedAt < place.At || r.Id < place.Id)); // So that the index leads to the place.
            var take = Math.Min(Batch, left);
            var batch = await past.OrderByDescending(r => r.OpenedAt).ThenByDescending(r => r.Id).Take(take)
                .Select(r => new { r.Id, r.Mission, r.Account, r.OpenedAt, r.Status, r.Route, r.Decisions, db.Packages.First(p => p.Digest == r.PackageDigest).Bytes }).ToListAsync(ct);
            foreach (var r in batch)
            {
                if (r.Bytes is null)
                {
                    withoutText++;
                    continue;
                }
                var (package, mission) = (PackageStore.Read(r.Bytes), facts(r.Mission, r.Account));
                var findings = Findings.Of(package, policy.Pack, mission, NetworkLimit.Known, States.Gazetteer);
                var would = Domain.Policy.Policies.Route(policy, Findings.Subject(package, mission, findings, package.SubmittedAt), book, explained: false);
                var cleared = r.Status is ClearanceStatus.Cleared or ClearanceStatus.PermitIssued ? r.Decisions.LastOrDefault(d => d is { Undone: false, Clears: true }) : null;
                run.Add(new PastRequest(r.Id, r.Mission, r.OpenedAt, r.Route, cleared?.At - r.OpenedAt), would);
            }
            left -= batch.Count;
            if (inLines) await TellAsync(http, new Progress(run.Examined + withoutText, total), ct);
            before = batch.Count < take ? null : new Cursor(batch[^1].OpenedAt, batch[^1].Id);
            if (before is null) break;
        }
        var response = new Response(
            digest, policy.Pack.Name, total, run.Examined, withoutText, run.Different, run.Listed, run.Load, run.TimeOfDifferent, run.TimeOfSame, before?.ToString());
        if (!inLines) return TypedResults.Ok(response);
        await TellAsync(http, response, ct);
        return TypedResults.Empty;
    }

    private static async Task TellAsync<T>(HttpContext http, T line, CancellationToken ct)
    {
        if (!http.Response.HasStarted) http.Response.ContentType = Lines;
        await http.Response.WriteAsync(JsonSerializer.Serialize(line, Json.Storage) + "\n", ct);
        await http.Response.Body.FlushAsync(ct);
    }
}
