using System.Security.Claims;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Portal.Api;

namespace WorkflowPlatform.Portal.SignIn;

/// <summary>Who looks at a page, and what Registry said they are appointed to. It chooses what a page offers; what may be done is each service's to say.</summary>
internal sealed record Person(string Id, string Name, IReadOnlyList<MyAppointment> Appointments)
{
    private const string AppointmentClaim = "appointment";

    /// <summary>The claim by which the pages' policies tell roles.</summary>
    public const string RoleClaim = "role";

    public bool Is(string role) => Appointments.Any(a => a.Role == role);

    /// <summary>True for whoever speaks for an office.</summary>
    public bool IsOfficer => Appointments.Any(a => Roles.OfAnOffice.Contains(a.Role));

    /// <summary>True for whoever is told of alerts: of all that they watch, or as a head that their office was passed over.</summary>
    public bool IsAlerted => Is(Roles.ClearingOfficer) || Is(Roles.Auditor) || Is(Roles.HeadOfUnit);

    public bool MayReadPolicies => Is(Roles.ClearingOfficer) || Is(Roles.HeadOfUnit) || Is(Roles.Auditor);

    /// <summary>True for whoever may propose a policy, adopt one or withdraw it: an officer or the head of the central unit.</summary>
    public bool MakesPolicies => Appointments.Any(a => a is { Office: Offices.Central, Role: Roles.ClearingOfficer or Roles.HeadOfUnit });

    /// <summary>The missions that they write for.</summary>
    public IReadOnlyList<string> WritesFor => [.. Appointments.Where(a => a.Role == Roles.DraftingOfficer).Select(a => a.Office).Distinct()];

    public static ClaimsPrincipal Principal(Me me) => new(new ClaimsIdentity(
        [
            new("sub", me.Person), new("name", me.Name),
            .. me.Appointments.Select(a => new Claim(AppointmentClaim, $"{a.Office} {a.Role}")),
            .. me.Appointments.Select(a => a.Role).Distinct().Select(role => new Claim(RoleClaim, role)),
        ],
        PortalModule.SessionScheme, "name", RoleClaim));

    /// <summary>The person behind a request; null when nobody is signed in.</summary>
    public static Person? Of(ClaimsPrincipal user) => user.Identity is { IsAuthenticated: true, AuthenticationType: PortalModule.SessionScheme }
        ? new(user.FindFirst("sub")!.Value, user.FindFirst("name")!.Value, [.. user.FindAll(AppointmentClaim).Select(c => c.Value.Split(' ')).Select(p => new MyAppointment(p[0], p[1]))])
        : null;
}
