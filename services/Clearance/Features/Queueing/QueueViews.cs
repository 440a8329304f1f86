using System.Text.Json;
using FluentValidation;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features.Queueing;

/// <summary>Sets of filters that an officer keeps by name, for themselves alone: <c>GET</c>, <c>POST /views</c> and <c>DELETE /views/{id}</c>.</summary>
public static class QueueViews
{
    public const int Most = 20;

    /// <summary>A name that is there already gets the new filters.</summary>
    public sealed record Request(string Name, QueueFilter Filter);

    public sealed record View(Guid Id, string Name, QueueFilter Filter);

    public sealed class RequestValidator : AbstractValidator<Request>
    {
        public RequestValidator()
        {
            RuleFor(r => r.Name).NotEmpty().MaximumLength(60).WithMessage("Give it a name of at most 60 characters.");
            RuleFor(r => r.Filter).Must(filter => filter.Check() is null).WithMessage(QueueFilter.TooMuch.Detail);
        }
    }

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("views", ListAsync).ForRole();
        api.MapPost("views", KeepAsync).Validates(new RequestValidator()).Once<ClearanceDb>().ForRole();
        api.MapDelete("views/{id:guid}", DropAsync).ForRole();
    }

    private static async Task<Results<Ok<Page<View>>, ProblemHttpResult>> ListAsync(Actor actor, ClearanceDb db, CancellationToken ct) =>
        TypedResults.Ok(new Page<View>([.. (await Of(db, actor).AsNoTracking().OrderBy(v => v.Name).ToListAsync(ct)).Select(ToView)], null));

    private static async Task<Results<Ok<View>, ProblemHttpResult>> KeepAsync(Request request, Actor actor, Acting acting, ClearanceDb db, TimeProvider clock, CancellationToken ct)
    {
        if (Acting.ClearingOffices(await acting.AsAsync(actor, ct)).Count == 0) return Authorization.NotYourRole.ToProblem();
        var mine = await Of(db, actor).ToListAsync(ct);
        var known = mine.Find(v => v.Name == request.Name);
        if (known is null && mine.Count >= Most) return TooMany.ToProblem();
        var view = new QueueView(known?.Id ?? Guid.CreateVersion7(clock.Now), actor.Person, request.Name, JsonSerializer.Serialize(request.Filter, Json.Storage));
        if (known is null) db.Views.Add(view);
        else db.Entry(known).CurrentValues.SetValues(view);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(ToView(view));
    }

    private static async Task<Results<NoContent, NotFound>> DropAsync(Guid id, Actor actor, ClearanceDb db, CancellationToken ct) =>
        await Of(db, actor).Where(v => v.Id == id).ExecuteDeleteAsync(ct) == 0 ? TypedResults.NotFound() : TypedResults.NoContent();

    private static IQueryable<QueueView> Of(ClearanceDb db, Actor actor) => db.Views.Where(v => v.Person == actor.Person);

    private static View ToView(QueueView view) => new(view.Id, view.Name, JsonSerializer.Deserialize<QueueFilter>(view.Filter, Json.Storage)!);

    public static readonly Refusal TooMany = new("view.too-many", $"You keep {Most} already. Delete one first.");
}
