using System.Reflection;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Platform.Identity;

/// <summary>Who is asking, and in which rights: a person with the appointments of this moment, or a service.</summary>
public sealed record Actor(string Person, IReadOnlyList<Appointment> Appointments, string? Service = null)
{
    /// <summary>Who decides, heads or audits at the centre sees every mission; the same role in another office, and who keeps the register, does not.</summary>
    public bool SeesEverything => Appointments.Any(a => a is { Office: Contracts.Registry.Offices.Central, Role: Roles.ClearingOfficer or Roles.HeadOfUnit or Roles.Auditor });

    /// <summary>Where the appointments are held: missions' codes and those of offices that are none.</summary>
    public IReadOnlyList<string> Offices => [.. Appointments.Select(a => a.Office).Distinct()];

    /// <summary>The same person with the appointments to these roles alone; with all when none is named.</summary>
    public Actor In(IReadOnlyList<string> roles) => roles.Count == 0 ? this : this with { Appointments = [.. Appointments.Where(a => roles.Contains(a.Role))] };

    /// <summary>The right to act as <paramref name="role"/> for an office; null without an appointment to it.</summary>
    public Capacity? As(string role, string office) =>
        Appointments.Any(a => a.Role == role && a.Office == office) ? new Capacity(Person, office) : null;

    /// <summary>The right to act as <paramref name="role"/>, wherever; null without one.</summary>
    public Capacity? As(string role) =>
        Appointments.FirstOrDefault(a => a.Role == role) is { } appointment ? new Capacity(Person, appointment.Office) : null;

    /// <summary>Makes a handler's parameter of it.</summary>
    public static ValueTask<Actor?> BindAsync(HttpContext context, ParameterInfo _) => ValueTask.FromResult(context.Features.Get<Actor>());
}

/// <summary>A role in an office that holds now.</summary>
public sealed record Appointment(string Office, string Role);
