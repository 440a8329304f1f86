using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Hosting;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Platform.Tests.Sample;

/// <summary>A module with one of each: aggregate, consumer, routes, tables.</summary>
public sealed class SampleModule(SampleTurnstile? turnstile = null) : IModule
{
    public string Name => "sample";

    public SampleTurnstile Turnstile { get; } = turnstile ?? new SampleTurnstile();

    public void AddServices(ModuleBuilder module)
    {
        module.Database<SampleDb>().Consumer<OnRevisionSaved>().Consumer<OnRightsRecorded>();
        module.Services.AddSingleton(Turnstile);
    }

    public void MapApi(RouteGroupBuilder api)
    {
        var notes = api.MapGroup("notes");
        SaveNote.Map(notes);
        ReadNotes.Map(notes);
        api.MapGet("public", () => TypedResults.Text("public")).AllowAnonymous();
        api.MapGet("signed-in", (HttpContext http) => TypedResults.Text(http.User.FindFirst("sub")!.Value));
        api.MapGet("for-publishing", () => TypedResults.Text("packages")).ForServices("publishing");
        api.MapGet("bug", string () => throw new InvalidOperationException("a secret detail")).AllowAnonymous();
        api.MapGet("slow", async (CancellationToken ct) =>
        {
            await Turnstile.PassAsync(ct);
            return "done";
        }).AllowAnonymous();
        api.MapGet("unfiltered", async Task<Ok<int>> (SampleDb db, CancellationToken ct) => TypedResults.Ok(await db.Notes.CountAsync(ct))).AllowAnonymous();
    }
}

/// <summary>Persons and appointments, as Registry tells them.</summary>
public sealed class OnRightsRecorded(SampleDb db) : RightsConsumer(db);

/// <summary>Reads notes: <c>GET /notes/{id}</c>, <c>GET /notes</c>.</summary>
public static class ReadNotes
{
    public sealed record Item(Guid Id, int Version, string Mission, NoteStatus Status, int Revision, DateTimeOffset UpdatedAt);

    public static void Map(RouteGroupBuilder notes)
    {
        notes.MapGet("{id:guid}", OneAsync).ForRole(Roles.DraftingOfficer, Roles.ClearingOfficer);
        notes.MapGet("", ListAsync).ForRole();
    }

    private static async Task<Results<Ok<Item>, NotFound>> OneAsync(Guid id, HttpContext http, SampleDb db, CancellationToken ct)
    {
        if (await db.Notes.AsNoTracking().SingleOrDefaultAsync(n => n.Id == id, ct) is not { } note) return TypedResults.NotFound();
        IfMatch.Tell(http, note.Version);
        return TypedResults.Ok(new Item(note.Id, note.Version, note.Mission, note.Status, note.Revision, note.UpdatedAt));
    }

    private static async Task<Results<Ok<Page<Item>>, ProblemHttpResult>> ListAsync(string? cursor, int? limit, SampleDb db, CancellationToken ct)
    {
        if (!Cursor.TryParse(cursor, out var after)) return Cursor.Unreadable.ToProblem();
        var (most, at, id) = (Cursor.Limit(limit), after?.At, after?.Id);
        var items = await db.Notes.AsNoTracking()
            .Where(n => at == null || n.UpdatedAt < at || (n.UpdatedAt == at && n.Id.CompareTo(id!.Value) < 0))
            .OrderByDescending(n => n.UpdatedAt).ThenByDescending(n => n.Id).Take(most + 1)
            .Select(n => new Item(n.Id, n.Version, n.Mission, n.Status, n.Revision, n.UpdatedAt)).ToListAsync(ct);
        return TypedResults.Ok(Page<Item>.Of(items, most, item => new Cursor(item.UpdatedAt, item.Id)));
    }
}
