using System.Reflection;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Clearance.Features.PolicyMaking;

/// <summary>A pack sent as a request's body.</summary>
public sealed record PolicyUpload(byte[] Bytes)
{
    /// <summary>More is not taken at all.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    /// <summary>More than a pack may have, so that one that goes over it is told at which line.</summary>
    private const int MostRead = 2 * 1024 * 1024;

    public static async ValueTask<PolicyUpload?> BindAsync(HttpContext context, ParameterInfo _)
    {
        var (buffer, ct) = (new byte[MostRead], context.RequestAborted);
        var read = await context.Request.Body.ReadAtLeastAsync(buffer, MostRead, throwOnEndOfStream: false, ct);
        if (read < MostRead) return new PolicyUpload(buffer[..read]);
        await context.Request.Body.CopyToAsync(Stream.Null, ct);
        var end = MostRead - 1;
        while (end > 0 && (buffer[end] & 0b1100_0000) == 0b1000_0000) end--; // Half a letter at the end would be another mistake.
        return new PolicyUpload(buffer[..end]);
    }
}

/// <summary>Who has a say in policies, in their own right or as somebody's deputy.</summary>
internal static class PolicyMakers
{
    private static readonly string[] MayChange = [Roles.ClearingOfficer, Roles.HeadOfUnit];

    /// <summary>The right in which somebody speaks of policies: of the central unit when they have one there, and their own before another's. Null without any.</summary>
    /// <param name="actingFor">Staff number of the absent person, where whoever asks stands in for several.</param>
    public static Capacity? Speaking(IEnumerable<HeldCapacity> held, string? actingFor) => held
        .Where(h => MayChange.Contains(h.Role) && (actingFor is null || h.ActingFor == actingFor))
        .OrderByDescending(h => h.Office == Offices.Central).ThenBy(h => h.ActingFor is not null)
        .FirstOrDefault()?.Capacity;

    public static bool MayRead(IEnumerable<HeldCapacity> held) => held.Any(h => MayChange.Contains(h.Role) || h.Role == Roles.Auditor);
}
