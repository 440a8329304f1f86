using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Identity;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>Finds the right in which an officer speaks.</summary>
public static class Acting
{
    /// <summary>Every right that a person holds now.</summary>
    public static IReadOnlyList<HeldCapacity> Held(Actor actor) => [.. actor.Appointments.Select(a => new HeldCapacity(new Capacity(actor.Person, a.Office), a.Role))];

    /// <summary>The offices for which a person may clear.</summary>
    public static IReadOnlyList<string> ClearingOffices(Actor actor) => [.. Held(actor).Where(h => h.Role == Roles.ClearingOfficer).Select(h => h.By.Office).Distinct()];

    /// <summary>
    /// The right that fits what is to be said: the one asked for, else that of an office whose turn it is, else any on the sheet, else any that would at least be of the right role.
    /// </summary>
    /// <returns>Null when the person holds no right of the kind at all.</returns>
    public static HeldCapacity? Choose(IEnumerable<HeldCapacity> held, ClearanceRequest request, DecisionKind kind, string? office = null, string? actingFor = null)
    {
        var sheet = ClearanceSheet.Of(request);
        var role = kind is DecisionKind.Overruled ? Roles.HeadOfUnit : Roles.ClearingOfficer;
        return held
            .Where(h => h.Role == role && (office is null || h.By.Office == office) && (actingFor is null || h.By.ActingFor == actingFor))
            .OrderByDescending(h => sheet.IsAsked(h.By.Office))
            .ThenByDescending(h => sheet.LineOf(h.By.Office) is not null)
            .ThenByDescending(h => h.By.Office == Offices.Central)
            .ThenBy(h => h.By.ActingFor is not null) // In one's own right before another's.
            .FirstOrDefault();
    }
}
