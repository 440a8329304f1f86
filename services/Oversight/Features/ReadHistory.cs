using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Oversight.Domain;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Oversight.Features;

/// <summary>What happened to one post, in every service, newest last: <c>GET history/{draftId}</c>.</summary>
public static class ReadHistory
{
    private static readonly string[] Readers = [Roles.DraftingOfficer, Roles.ClearingOfficer, Roles.Auditor];

    /// <param name="By">Who did it, and in which right; null for what the platform did by itself.</param>
    /// <param name="Body">The fact, exactly as its owner committed it: <paramref name="Hash"/> is the SHA-256 of these bytes.</param>
    public sealed record Item(
        string Aggregate, string Id, int Version, string Type, DateTimeOffset At, Capacity? By, string Hash, string? Previous, ExactJson Body);

    public sealed record Response(IReadOnlyList<Item> Items);

    public static void Map(RouteGroupBuilder history) => history.MapGet("{draftId:guid}", HandleAsync).ForRole(Readers);

    private static async Task<Results<Ok<Response>, NotFound>> HandleAsync(Guid draftId, Actor actor, OversightDb db, CancellationToken ct)
    {
        // Filtered to what the actor may see, and then to the right they see it in: a registrar's eyes reach further than this.
        var rights = actor.Appointments.Where(a => Readers.Contains(a.Role)).ToList();
        var everywhere = rights.Any(a => a.Office == Offices.Central && a.Role != Roles.DraftingOfficer);
        var missions = rights.Select(a => a.Office).ToList();
        var entries = await db.Ledger.AsNoTracking()
            .Where(e => e.DraftId == draftId && (everywhere || missions.Contains(e.Mission!)))
            .OrderBy(e => e.At).ThenBy(e => e.Seq).ToListAsync(ct);
        return entries.Count == 0 ? TypedResults.NotFound() : TypedResults.Ok(new Response([.. entries.Select(ToItem)]));
    }

    private static Item ToItem(LedgerEntry entry)
    {
        using var body = JsonDocument.Parse(entry.Body);
        var by = body.RootElement.TryGetProperty("by", out var capacity) ? capacity.Deserialize<Capacity>(Json.Storage) : null;
        return new Item(
            entry.Aggregate, entry.AggregateId, entry.Version, entry.Type, entry.At, by,
            Convert.ToHexStringLower(entry.Hash), entry.Previous is null ? null : Convert.ToHexStringLower(entry.Previous), new ExactJson(entry.Body));
    }
}
