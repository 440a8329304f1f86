using Microsoft.Extensions.Diagnostics.HealthChecks;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Signing;

/// <summary>Clearance's seal: the only way from a drawn permit to its signed envelope.</summary>
/// <remarks>A signer that fails is left alone for a second, then two, up to a minute: the texts stay cleared and get their permits later.</remarks>
public sealed class PermitSeal(IPermitSigner signer, TimeProvider clock)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private int failures;

    /// <summary>Until when the signer is left alone; null while it works.</summary>
    public DateTimeOffset? RestsUntil { get; private set; }

    /// <summary>Why it failed last; null while it works.</summary>
    public string? Fault { get; private set; }

    /// <exception cref="SigningFailedException">There is no envelope, and for a while there is no use in asking.</exception>
    public async Task<string> SealAsync(ReleasePermit permit, CancellationToken ct)
    {
        var payload = CanonicalJson.Serialize(permit);
        try
        {
            var signature = await signer.SignAsync(Dsse.PreAuthenticationEncoding(ReleasePermit.V1, payload), ct);
            (failures, RestsUntil, Fault) = (0, null, null);
            return Dsse.Enclose(ReleasePermit.V1, payload, signature.KeyId, signature.Bytes);
        }
        catch (SigningFailedException fault)
        {
            var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(failures++, 6)));
            (RestsUntil, Fault) = (clock.Now + (pause < Longest ? pause : Longest), fault.Message);
            throw;
        }
    }
}

/// <summary>Tells when cleared texts get no permits: nothing is lost, and nothing goes out that would.</summary>
internal sealed class SealCheck(PermitSeal seal) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(seal.Fault is { } fault ? HealthCheckResult.Degraded($"Permits cannot be signed: {fault}") : HealthCheckResult.Healthy("ok"));
}
