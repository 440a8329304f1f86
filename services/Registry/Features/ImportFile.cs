using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Registry.Imports;

namespace WorkflowPlatform.Registry.Features;

/// <summary>The registrar brings a file: <c>POST /imports/missions</c>, <c>/imports/offices</c> and so on, one way for each kind.</summary>
public static class ImportFile
{
    public static void Map<TImport>(RouteGroupBuilder imports, string what) where TImport : IFileImport => imports
        .MapPost(what, HandleAsync<TImport>)
        .Accepts<string>("text/csv")
        .WithMetadata(new RequestSizeLimitAttribute(CsvUpload.MostBytes))
        .ForRole(Roles.Registrar)
        .Once<RegistryDb>();

    private static async Task<Results<Ok<ImportReport>, ProblemHttpResult>> HandleAsync<TImport>(CsvUpload upload, TImport import, CancellationToken ct) where TImport : IFileImport =>
        CsvFile.TryRead(upload.Bytes, TImport.Columns, out var lines, out var refusal)
            ? TypedResults.Ok(await import.RunAsync(lines, ct))
            : refusal.ToProblem();
}
