using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Platform.Http;

/// <summary>Says no over HTTP: RFC 9457 problems with a permanent <c>code</c> and words that say what to do.</summary>
public static partial class Problems
{
    public static ProblemHttpResult ToProblem(this Refusal refusal, params (string Name, object? Value)[] more)
    {
        var extensions = new Dictionary<string, object?> { ["code"] = refusal.Code };
        foreach (var (name, value) in more) extensions[name] = value;
        return TypedResults.Problem(refusal.Detail, statusCode: refusal.Status, type: "about:blank", extensions: extensions);
    }

    internal static void AddProblems(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            context.ProblemDetails.Extensions.Remove("traceId");
            if (context.ProblemDetails.Status >= 500) context.ProblemDetails.Extensions["traceId"] = Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier;
            var bare = Bare(context.ProblemDetails.Status);
            context.ProblemDetails.Detail ??= bare.Detail;
            context.ProblemDetails.Extensions.TryAdd("code", bare.Code);
        });
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
    }

    /// <summary>Turns what handlers do not catch into problems: bad requests and lost races have their codes, all else is a bug and tells only its trace.</summary>
    internal static void UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            SuppressDiagnosticsCallback = context => Known(context.Exception) is not null,
            ExceptionHandler = async context =>
            {
                var fault = context.Features.Get<IExceptionHandlerFeature>()!.Error;
                if (Known(fault) is { } refusal)
                {
                    await refusal.ToProblem().ExecuteAsync(context);
                    return;
                }
                Bug(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Problems)), fault, context.Request.Method, context.Request.Path);
                await TypedResults.Problem("This is a fault of ours. Tell the operations team the trace id.", statusCode: 500, extensions: new Dictionary<string, object?> { ["code"] = "fault" }).ExecuteAsync(context);
            },
        });
        app.UseStatusCodePages();
    }

    private static Refusal? Known(Exception fault) => fault switch
    {
        BadHttpRequestException { StatusCode: 413 or 415 } bad => Bare(bad.StatusCode),
        BadHttpRequestException { InnerException: JsonException json } => Malformed(json),
        BadHttpRequestException bad => new("request.malformed", $"The request cannot be read: {bad.Message}", bad.StatusCode),
        JsonException json => Malformed(json),
        CanonicalJsonException text => new("request.text", text.Message, 400),
        DbUpdateConcurrencyException => ChangedMeanwhile,
        _ => null,
    };

    private static Refusal Malformed(JsonException json) => new(
        "request.malformed",
        $"The body is not the JSON this expects, at {json.Path ?? "$"}, line {json.LineNumber + 1}. {Plain(json)}", 400);

    /// <summary>What is wrong in words, without the platform's type names.</summary>
    private static string Plain(JsonException json) => (json.Message + json.InnerException?.Message) switch
    {
        var m when m.Contains("Duplicate", StringComparison.Ordinal) => "A member stands there twice.",
        var m when m.Contains("could not be mapped", StringComparison.Ordinal) => "A member there is not known.",
        var m when m.Contains("missing required", StringComparison.Ordinal) => "A required member is missing.",
        var m when m.Contains("UTF", StringComparison.OrdinalIgnoreCase) || m.Contains("surrogate", StringComparison.OrdinalIgnoreCase) => "A text there is not valid Unicode.",
        _ => "Check the syntax and the types.",
    };

    /// <summary>What stands for an answer that is nothing but a status.</summary>
    private static Refusal Bare(int? status) => status switch
    {
        400 => new("request.malformed", "The request cannot be read.", 400),
        401 => new("token.missing", "Sign in: this needs an access token.", 401),
        403 => new("rights.role", "This is not yours to do.", 403),
        404 => new("not-found", "There is nothing here, or nothing that you may see.", 404),
        405 => new("request.method", "This address does not take that method.", 405),
        413 => new("request.too-large", "The body is larger than this address takes. Send less at once.", 413),
        415 => new("request.media-type", "Send the body as application/json, or as what the document of this address names.", 415),
        429 => new("limit.person", "You send more than the platform takes from one sender.", 429),
        503 => new("limit.platform", "The platform has more to do than it can just now.", 503),
        _ => new("fault", "This is a fault of ours. Tell the operations team the trace id.", status ?? 500),
    };

    public static readonly Refusal ChangedMeanwhile = new("changed", "Somebody changed it meanwhile. Load it again and look at what changed.", 412);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void Bug(ILogger log, Exception fault, string method, PathString path);
}
