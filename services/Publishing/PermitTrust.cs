using Microsoft.Extensions.Diagnostics.HealthChecks;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Publishing;

/// <summary>The keys whose permits count here, and the one way to open a permit: verify, then parse those same bytes.</summary>
public sealed class PermitTrust(TrustedKeys keys)
{
    public bool HasKeys => keys.KeyIds.Count > 0;

    public OpenedPermit Open(string envelope)
    {
        if (Dsse.Verify(envelope, ReleasePermit.V1, keys, out var why) is not { } verified) return new(why, null);
        try
        {
            return new(null, CanonicalJson.Parse<ReleasePermit>(verified.Bytes));
        }
        catch (CanonicalJsonException)
        {
            return new(null, null);
        }
    }
}

/// <summary>What came out of an envelope.</summary>
/// <param name="SealFault">Why its signature is not believed; null when it is.</param>
/// <param name="Permit">Null when nothing is believed, or when what was signed is no permit.</param>
public sealed record OpenedPermit(string? SealFault, ReleasePermit? Permit);

/// <summary>Tells when nobody's permits count: nothing can be scheduled or released then, but nothing is lost.</summary>
internal sealed class TrustCheck(PermitTrust trust, Settings settings) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return Task.FromResult(trust.HasKeys
                ? HealthCheckResult.Healthy("ok")
                : HealthCheckResult.Degraded($"No permit key is trusted: put Clearance's public key into {settings.TrustFolder}."));
        }
        catch (KeyFileException wrong)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy($"The trust folder cannot be used: {wrong.Message}"));
        }
    }
}
