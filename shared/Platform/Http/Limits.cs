using System.Globalization;
using System.Threading.RateLimiting;

namespace WorkflowPlatform.Platform.Http;

/// <summary>Keeps one sender, or all of them together, from taking the whole platform: 429 for a person, 503 for all, always with Retry-After.</summary>
/// <remarks>Services ask each other under their own subject; they have no limit of their own but the common one.</remarks>
public static class Limits
{
    internal static void AddLimits(this IServiceCollection services, IConfiguration configuration) => services.AddRateLimiter(options =>
    {
        var perPerson = configuration.GetValue("Limits:RequestsPerSecondPerPerson", 200);
        var together = configuration.GetValue("Limits:ConcurrentRequests", 256);
        var perPersonLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => IsExempt(context)
            ? RateLimitPartition.GetNoLimiter("health")
            : Authorization.IsService(context) ? RateLimitPartition.GetNoLimiter("services")
            : RateLimitPartition.GetTokenBucketLimiter(Sender(context), _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perPerson * 2, TokensPerPeriod = perPerson, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0, AutoReplenishment = true,
            }));
        var togetherLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => IsExempt(context)
            ? RateLimitPartition.GetNoLimiter("health")
            : RateLimitPartition.GetConcurrencyLimiter("all", _ => new ConcurrencyLimiterOptions { PermitLimit = together, QueueLimit = together, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }));
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(perPersonLimiter, togetherLimiter);
        options.OnRejected = async (context, ct) =>
        {
            var person = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait);
            var seconds = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
            context.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            await (person ? TooMany : TooBusy).ToProblem(("retryAfterSeconds", seconds)).ExecuteAsync(context.HttpContext);
        };
    });

    private static string Sender(HttpContext context) =>
        context.User.FindFirst("sub")?.Value ?? context.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    private static bool IsExempt(HttpContext context) => context.Request.Path.StartsWithSegments("/health");

    public static readonly Refusal TooMany = new("limit.person", "You send more than the platform takes from one sender. Wait as Retry-After says.", 429);
    public static readonly Refusal TooBusy = new("limit.platform", "The platform has more to do than it can just now; nothing of this request was done. Wait as Retry-After says.", 503);
}
