using MassTransit;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Dapper;

namespace WorkflowPlatform.Platform.Http;

/// <summary><c>/health/live</c>: the process runs. <c>/health/ready</c>: it can do its work, or which part cannot.</summary>
public static class Health
{
    internal static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => TypedResults.Text("live")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/ready", async (HealthCheckService checks, CancellationToken ct) =>
        {
            var report = await checks.CheckHealthAsync(ct);
            var body = new { status = report.Status.ToString(), parts = report.Entries.ToDictionary(e => e.Key, e => e.Value.Description ?? e.Value.Status.ToString()) };
            return TypedResults.Json(body, statusCode: report.Status == HealthStatus.Unhealthy ? 503 : 200);
        }).AllowAnonymous().ExcludeFromDescription();
    }
}

/// <summary>A module's database answers, bears the right schema, and no fact is parked in its outbox.</summary>
internal sealed class DatabaseCheck(Backend backend, SchemaRunner schema) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            if (!await schema.IsCurrentAsync(cancellationToken)) return HealthCheckResult.Unhealthy("The schema is older than the program: run it with --prepare.");
            await using var connection = await backend.OpenAsync(ct: cancellationToken);
            var parked = await connection.ExecuteScalarAsync<long>("select count(*) from outbox where parked_at is not null");
            return parked == 0 ? HealthCheckResult.Healthy("ok") : HealthCheckResult.Degraded($"{parked} facts are parked in the outbox.");
        }
        catch (Exception fault)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", fault);
        }
    }
}
