using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features.Queueing;

/// <summary>An officer clears several requests of one kind, each of which they were shown: <c>POST /bulk-decisions</c>.</summary>
/// <remarks>Together they are only looked over: each is decided by the single decision's own handler, in its own transaction, under its own key.</remarks>
public static class DecideInBulk
{
    public sealed record Request(IReadOnlyList<Item> Items);

    /// <param name="Version">The version that was shown.</param>
    /// <param name="PackageDigest">The text that was shown.</param>
    public sealed record Item(Guid Id, int Version, string PackageDigest);

    public sealed record Response(IReadOnlyList<Outcome> Items);

    /// <param name="Status">Null when it was refused; <paramref name="Code"/> and <paramref name="Detail"/> then say why.</param>
    public sealed record Outcome(Guid Id, int? Version, ClearanceStatus? Status, DateTimeOffset? UndoUntil, string? Code, string? Detail);

    public sealed class RequestValidator : AbstractValidator<Request>
    {
        public RequestValidator()
        {
            RuleFor(r => r.Items.Count).InclusiveBetween(1, BulkRules.Most).OverridePropertyName("items").WithMessage($"Name between 1 and {BulkRules.Most} requests.");
            RuleFor(r => r.Items).Must(items => items.DistinctBy(i => i.Id).Count() == items.Count).WithMessage("Name each request once.");
            RuleForEach(r => r.Items).Must(i => i.PackageDigest.Length == 64).WithMessage("Name the text you saw by its digest: 64 hexadecimal digits.");
        }
    }

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("bulk-decisions", HandleAsync)
        .Validates(new RequestValidator())
        .WithMetadata(new Idempotency.NeedsIdempotencyKey())
        .ForRole();

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        Request request, HttpContext http, Actor actor, Acting acting, ClearanceDb db, TimeProvider clock, IServiceScopeFactory scopes, IConfiguration configuration, CancellationToken ct)
    {
        var key = http.Request.Headers[Idempotency.Header].ToString();
        if (key.Length is 0 or > 100) return Idempotency.Missing.ToProblem();
        var held = await acting.AsAsync(actor, ct);
        if (Acting.ClearingOffices(held).Count == 0) return Authorization.NotYourRole.ToProblem();

        // What was decided under this key before is not judged again: its answer is given again.
        var keys = request.Items.ToDictionary(item => item.Id, item => key + Part(item));
        var answered = await db.Idempotency.AsNoTracking().Where(row => row.Person == actor.Person && keys.Values.Contains(row.Key)).Select(row => row.Key).ToListAsync(ct);
        var ids = request.Items.Select(i => i.Id).Where(id => !answered.Contains(keys[id])).ToList();
        var found = await db.Requests.AsNoTracking().Where(r => ids.Contains(r.Id)).ToListAsync(ct);
        if (found.Count < ids.Count) return TypedResults.NotFound();
        var items = ids.Select(id => found.Single(r => r.Id == id)).Select(r => new BulkItem(r, ListQueue.WhyNot(r, held, clock.Now))).ToList();
        if (BulkRules.Check(items) is { } refusal) return refusal.ToProblem(("items", BulkRules.Blamed(items, refusal)));

        var outcomes = new List<Outcome>();
        foreach (var item in request.Items) outcomes.Add(await OneAsync(item, http, actor, scopes, clock, configuration, ct));
        http.Response.Headers.Remove("ETag");
        return TypedResults.Ok(new Response(outcomes));
    }

    private static async Task<Outcome> OneAsync(Item item, HttpContext http, Actor actor, IServiceScopeFactory scopes, TimeProvider clock, IConfiguration configuration, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var (db, acting) = (scope.ServiceProvider.GetRequiredService<ClearanceDb>(), scope.ServiceProvider.GetRequiredService<Acting>());
        http.Request.Headers.IfMatch = IfMatch.Tag(item.Version); // As if it had been sent alone.
        object? result;
        try
        {
            result = await Idempotency.DoAsync(http, db, Part(item), async () =>
                await DecideClearance.HandleAsync(item.Id, new(DecisionKind.Cleared, item.PackageDigest), http, actor, acting, db, clock, configuration, ct));
        }
        catch (DbUpdateConcurrencyException)
        {
            result = Problems.ChangedMeanwhile.ToProblem();
        }
        return Idempotency.Bare(result) switch
        {
            Idempotency.Replay { Row.Body: { } body } when JsonSerializer.Deserialize<DecideClearance.Response>(body, Json.Storage) is { } decided =>
                new(item.Id, decided.Version, decided.Status, decided.UndoUntil, null, null),
            ProblemHttpResult problem => new(item.Id, null, null, null, problem.ProblemDetails.Extensions["code"]?.ToString(), problem.ProblemDetails.Detail),
            _ => new(item.Id, null, null, null, "not-found", "There is nothing here, or nothing that you may see."),
        };
    }

    private static string Part(Item item) => $"/{item.Id:N}";
}
