using Microsoft.AspNetCore.Http.HttpResults;

namespace WorkflowPlatform.Platform.Http;

/// <summary>Makes sure that a command changes what its sender saw (RFC 9110, 13.1.1).</summary>
public static class IfMatch
{
    /// <summary>Null when the sender saw this version; else 428 when they did not say, 412 when it is another one.</summary>
    public static ProblemHttpResult? Misses(HttpContext context, int version)
    {
        var header = context.Request.Headers.IfMatch.ToString();
        if (header.Length == 0) return Missing.ToProblem();
        return header == Tag(version) ? null : Problems.ChangedMeanwhile.ToProblem(("yours", header), ("current", Tag(version)));
    }

    public static string Tag(int version) => $"\"{version}\"";

    /// <summary>Tells the reader which version this is.</summary>
    public static void Tell(HttpContext context, int version) => context.Response.Headers.ETag = Tag(version);

    public static readonly Refusal Missing = new("if-match.missing", "Say which version you saw: send its ETag as If-Match.", 428);
}
