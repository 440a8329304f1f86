using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace WorkflowPlatform.Platform.Http;

/// <summary>Does a command once, however often it is sent: the answer is kept in the transaction of its effect and given again.</summary>
/// <remarks>After draft-ietf-httpapi-idempotency-key-header: another body under the same key is 422; a command that still runs is waited for.</remarks>
public static class Idempotency
{
    public const string Header = "Idempotency-Key";
    private const string Take = "insert into idempotency (person, route, key, fingerprint, status, at) values ({0}, {1}, {2}, {3}, 0, {4}) on conflict do nothing";

    /// <summary>The keys of a person on a route; only the command's own transaction writes them.</summary>
    public static RouteHandlerBuilder Once<TDb>(this RouteHandlerBuilder endpoint) where TDb : PlatformDb => endpoint
        .WithMetadata(new NeedsIdempotencyKey())
        .AddEndpointFilter((context, next) => DoAsync(context.HttpContext, context.HttpContext.RequestServices.GetRequiredService<TDb>(), "", () => next(context)));

    /// <summary>Does a part of a command once, by itself, under the command's key and its own <paramref name="part"/> of it.</summary>
    public static async ValueTask<object?> DoAsync(HttpContext http, PlatformDb db, string part, Func<ValueTask<object?>> command)
    {
        var key = http.Request.Headers[Header].ToString();
        if (key.Length is 0 or > 100) return Missing.ToProblem();
        key += part;
        var person = http.Features.Get<Actor>()!.Person;
        var route = $"{http.Request.Method} {((RouteEndpoint)http.GetEndpoint()!).RoutePattern.RawText}";
        var ct = http.RequestAborted;
        var fingerprint = await FingerprintAsync(http, ct);

        using var turn = await OneWriter.TurnAsync(db.Database, ct);
        db.Database.AutoSavepointsEnabled = false; // A save that fails takes the whole command back; a savepoint around each is two round trips for nothing.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var row = new IdempotencyRow { Person = person, Route = route, Key = key, Fingerprint = fingerprint, At = http.RequestServices.GetRequiredService<TimeProvider>().Now };
        // One statement asks and takes. While the same command still runs, it waits here for that one's end.
        if (await db.Database.ExecuteSqlRawAsync(Take, [person, route, key, fingerprint, db.Database.IsSqlite() ? row.At.ToUnixTimeMilliseconds() : row.At], ct) == 0)
            return await db.Idempotency.AsNoTracking().SingleOrDefaultAsync(r => r.Person == person && r.Route == route && r.Key == key, ct) is not { } kept ? Running.ToProblem()
                : kept.Fingerprint.AsSpan().SequenceEqual(fingerprint) ? new Replay(kept) : Differs.ToProblem();
        db.Idempotency.Attach(row);

        var result = await command();
        var answer = Answer.Of(result);
        if (answer.Status >= 400) return result; // Disposing rolls back: a refusal changes nothing and may be tried again.
        (row.Status, row.Body, row.Etag, row.Location) = (answer.Status, answer.Body, http.Response.Headers.ETag.ToString(), http.Response.Headers.Location.ToString());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return new Replay(row);
    }

    /// <remarks>A handler that takes nothing from the body has not read it yet, so this may be the first to.</remarks>
    private static async Task<byte[]> FingerprintAsync(HttpContext http, CancellationToken ct)
    {
        var body = http.Request.Body is { CanSeek: true } kept ? kept : Stream.Null;
        body.Position = 0;
        var digest = await SHA256.HashDataAsync(body, ct);
        body.Position = 0;
        return SHA256.HashData([.. Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}\n"), .. digest]);
    }

    /// <summary>Keeps the body of commands at hand for their fingerprint. They are small: the body limit holds.</summary>
    internal static void UseBufferedCommands(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<NeedsIdempotencyKey>() is not null) context.Request.EnableBuffering(256 * 1024);
        return next(context);
    });

    /// <summary>Marks a route that wants the header; the OpenAPI document and the endpoint table read it.</summary>
    public sealed record NeedsIdempotencyKey;

    /// <summary>The answer itself, out of the unions that a handler's type wraps around it.</summary>
    public static object? Bare(object? result) => result is INestedHttpResult nested ? Bare(nested.Result) : result;

    private sealed record Answer(int Status, string? Body)
    {
        public static Answer Of(object? result)
        {
            result = Bare(result);
            var status = (result as IStatusCodeHttpResult)?.StatusCode ?? 200;
            var value = (result as IValueHttpResult)?.Value;
            return new Answer(status, value is null ? null : System.Text.Json.JsonSerializer.Serialize(value, Json.Storage));
        }
    }

    /// <summary>The answer as it was kept.</summary>
    public sealed record Replay(IdempotencyRow Row) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = Row.Status;
            if (!string.IsNullOrEmpty(Row.Etag)) httpContext.Response.Headers.ETag = Row.Etag;
            if (!string.IsNullOrEmpty(Row.Location)) httpContext.Response.Headers.Location = Row.Location;
            if (Row.Body is null) return;
            httpContext.Response.ContentType = "application/json; charset=utf-8";
            await httpContext.Response.WriteAsync(Row.Body, httpContext.RequestAborted);
        }
    }

    public static readonly Refusal Missing = new("idempotency.missing", "Send an Idempotency-Key (up to 100 characters, new for each command), so that a repeated request does nothing twice.", 400);
    public static readonly Refusal Differs = new("idempotency.differs", "This Idempotency-Key was used for another request. Take a new one.", 422);
    public static readonly Refusal Running = new("idempotency.running", "The same request is still being worked on. Ask again in a moment.", 409);
}
