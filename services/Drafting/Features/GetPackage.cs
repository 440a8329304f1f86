using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Drafting.Features;

/// <summary>A package's bytes, exactly as they were hashed, for the two services that work on them: <c>GET /packages/{sha256}</c>.</summary>
public static class GetPackage
{
    private static readonly Translated<Func<DraftingDb, string, CancellationToken, Task<byte[]?>>> BytesOf = new(() =>
        EF.CompileAsyncQuery((DraftingDb db, string digest, CancellationToken ct) => db.Packages.Where(p => p.Digest == digest).Select(p => p.Bytes).SingleOrDefault()));

    public static void Map(RouteGroupBuilder api) => api
        .MapGet("packages/{sha256}", HandleAsync)
        .ForServices("clearance", "publishing");

    private static async Task<Results<FileContentHttpResult, NotFound>> HandleAsync(string sha256, DraftingDb db, CancellationToken ct) =>
        await BytesOf.For(db)(db, sha256, ct) is { } bytes
            ? TypedResults.Bytes(bytes, "application/json", entityTag: new EntityTagHeaderValue($"\"{sha256}\""))
            : TypedResults.NotFound();
}
