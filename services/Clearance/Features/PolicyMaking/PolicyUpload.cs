using System.Reflection;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Clearance.Features.PolicyMaking;

/// <summary>A pack sent as a request's body.</summary>
public sealed record PolicyUpload(byte[] Bytes)
{
    /// <summary>More than a pack may have, so that one that goes over it is told at which line.</summary>
    public const int MostBytes = 2 * 1024 * 1024;

    public static async ValueTask<PolicyUpload?> BindAsync(HttpContext context, ParameterInfo _)
    {
        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        return new PolicyUpload(buffer.ToArray());
    }
}

/// <summary>Who has a say in policies.</summary>
internal static class PolicyMakers
{
    public static readonly string[] MayChange = [Roles.ClearingOfficer, Roles.HeadOfUnit];

    public static readonly string[] MayRead = [Roles.ClearingOfficer, Roles.HeadOfUnit, Roles.Auditor];

    /// <summary>The right in which somebody speaks of policies: of the central unit when they have one there.</summary>
    public static Capacity Speaking(Actor actor) =>
        MayChange.Select(role => actor.As(role, Offices.Central)).OfType<Capacity>().FirstOrDefault() ?? MayChange.Select(actor.As).OfType<Capacity>().First();
}
