using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Platform.Tests.Sample;

/// <summary>Writes notes: <c>POST /notes</c>, <c>POST /notes/{id}/revisions</c>, <c>POST /notes/{id}/withdrawals</c>.</summary>
public static class SaveNote
{
    public sealed record Request(string Mission, string Text, string? Remark = null);

    public sealed record Response(Guid Id, int Version, int Revision);

    public sealed class RequestValidator : AbstractValidator<Request>
    {
        public RequestValidator() => RuleFor(r => r.Text).NotEmpty().MaximumLength(20_000).WithMessage("Write a text.");
    }

    public static void Map(RouteGroupBuilder notes)
    {
        notes.MapPost("", CreateAsync).Validates(new RequestValidator()).ForRole(Roles.DraftingOfficer).Once<SampleDb>();
        notes.MapPost("{id:guid}/revisions", ReviseAsync).Validates(new RequestValidator()).ForRole(Roles.DraftingOfficer).Once<SampleDb>();
        notes.MapPost("{id:guid}/withdrawals", AskAsync).ForRole(Roles.DraftingOfficer).Once<SampleDb>();
    }

    private static async Task<Results<Created<Response>, ProblemHttpResult>> CreateAsync(
        Request request, HttpContext http, Actor actor, SampleDb db, TimeProvider clock, CancellationToken ct)
    {
        if (actor.As(Roles.DraftingOfficer, request.Mission) is not { } by) return Authorization.NotYourRole.ToProblem();
        var now = clock.Now;
        if (!NoteRules.Save(null, Guid.CreateVersion7(now), request.Mission, by, now).Allows(out var accepted, out var refusal)) return refusal.ToProblem();
        db.Record(null, accepted);
        await db.SaveChangesAsync(ct);
        IfMatch.Tell(http, accepted.State.Version);
        return TypedResults.Created($"/api/sample/notes/{accepted.State.Id}", new Response(accepted.State.Id, accepted.State.Version, accepted.State.Revision));
    }

    private static async Task<Results<Ok<Response>, NotFound, ProblemHttpResult>> ReviseAsync(
        Guid id, Request request, HttpContext http, Actor actor, SampleDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Notes.SingleOrDefaultAsync(n => n.Id == id, ct) is not { } note) return TypedResults.NotFound();
        if (IfMatch.Misses(http, note.Version) is { } miss) return miss;
        if (actor.As(Roles.DraftingOfficer, note.Mission) is not { } by) return Authorization.NotYourRole.ToProblem();
        if (!NoteRules.Save(note, id, note.Mission, by, clock.Now).Allows(out var accepted, out var refusal)) return refusal.ToProblem();
        db.Record(note, accepted);
        await db.SaveChangesAsync(ct);
        IfMatch.Tell(http, accepted.State.Version);
        return TypedResults.Ok(new Response(id, accepted.State.Version, accepted.State.Revision));
    }

    /// <summary>Takes no body: whatever is sent is only part of the fingerprint.</summary>
    private static async Task<Results<Accepted, NotFound, ProblemHttpResult>> AskAsync(
        Guid id, HttpContext http, Actor actor, SampleDb db, TimeProvider clock, CancellationToken ct)
    {
        if (await db.Notes.SingleOrDefaultAsync(n => n.Id == id, ct) is not { } note) return TypedResults.NotFound();
        if (IfMatch.Misses(http, note.Version) is { } miss) return miss;
        if (actor.As(Roles.DraftingOfficer, note.Mission) is not { } by) return Authorization.NotYourRole.ToProblem();
        if (!NoteRules.Ask(note, by, clock.Now).Allows(out var accepted, out var refusal)) return refusal.ToProblem();
        db.Record(note, accepted);
        await db.SaveChangesAsync(ct);
        return TypedResults.Accepted((string?)null);
    }
}
