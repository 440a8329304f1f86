using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Registry.Domain;
using WorkflowPlatform.Registry.Imports;

namespace WorkflowPlatform.Registry.Features;

/// <summary>The registrar brings the list of missions: <c>POST /imports/missions</c>.</summary>
public static class ImportMissions
{
    public static void Map(RouteGroupBuilder imports) => imports
        .MapPost("missions", HandleAsync)
        .Accepts<string>("text/csv")
        .WithMetadata(new RequestSizeLimitAttribute(CsvUpload.MostBytes))
        .ForRole(Roles.Registrar)
        .Once<RegistryDb>();

    private static async Task<Results<Ok<ImportReport>, ProblemHttpResult>> HandleAsync(CsvUpload upload, MissionImport import, CancellationToken ct) =>
        CsvFile.TryRead(upload.Bytes, MissionFile.Columns, out var lines, out var refusal)
            ? TypedResults.Ok(await import.RunAsync(lines, ct))
            : refusal.ToProblem();
}
