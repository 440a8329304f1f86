using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Drafting.Domain.Pictures;
using WorkflowPlatform.Drafting.Intake;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Http;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Drafting.Features;

/// <summary>An officer brings a picture for a mission's posts: <c>POST /missions/{mission}/media</c>. Kept once, however often and by whomever it is sent.</summary>
public static class UploadMedia
{
    /// <param name="Digest">SHA-256 of the picture as it is kept, hex: what its file told besides the picture is gone.</param>
    public sealed record Response(string Digest, string Type, int Bytes, int Width, int Height);

    public static void Map(RouteGroupBuilder api) => api
        .MapPost("missions/{mission}/media", HandleAsync)
        .Accepts<Stream>("image/png", "image/jpeg", "image/webp", "image/gif", "application/octet-stream")
        .WithMetadata(new RequestSizeLimitAttribute(Picture.MostBytes))
        .Once<DraftingDb>()
        .ForRole(Roles.DraftingOfficer);

    private static async Task<Results<Created<Response>, NotFound, ProblemHttpResult>> HandleAsync(
        string mission, MediaUpload upload, HttpContext http, Actor actor, DraftingDb db, [FromKeyedServices("drafting")] Backend backend, TimeProvider clock, CancellationToken ct)
    {
        if (actor.As(Roles.DraftingOfficer, mission) is not { } by) return TypedResults.NotFound();
        if (!Picture.TryRead(upload.Bytes, out var picture, out var refusal)) return refusal.ToProblem();

        var digest = Seal.Digest(picture.Bytes);
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into media (digest, type, size, width, height, bytes)
             values ({digest}, {picture.Type}, {picture.Bytes.Length}, {picture.Width}, {picture.Height}, {picture.Bytes})
             on conflict (digest) do nothing
             """, ct);
        await db.Database.ExecuteSqlAsync(
            $"insert into media_supply (mission, digest, person, at) values ({mission}, {digest}, {by.Person}, {backend.Instant(clock.Now)}) on conflict (mission, digest, person) do nothing", ct);
        http.Response.Headers.Location = $"{http.Request.Path}/{digest}";
        return TypedResults.Created((string?)null, new Response(digest, picture.Type, picture.Bytes.Length, picture.Width, picture.Height));
    }
}
