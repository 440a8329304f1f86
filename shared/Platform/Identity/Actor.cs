using System.Reflection;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Platform.Identity;

/// <summary>Who is asking, and in which rights: a person with the appointments of this moment, or a service.</summary>
public sealed record Actor(string Person, IReadOnlyList<Appointment> Appointments, string? Service = null)
{
    /// <summary>Who decides or audits at the centre sees every mission; who keeps the register does not.</summary>
    public bool SeesEverything => Appointments.Any(a => a.Office == Offices.Central && a.Role is Roles.ClearingOfficer or Roles.Auditor);

    public IReadOnlyList<string> Missions => [.. Appointments.Select(a => a.Office).Where(office => office != Offices.Central).Distinct()];

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
