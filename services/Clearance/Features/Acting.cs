using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Time;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>Finds in which rights somebody speaks, their own and others', and lets them see what is routed to these.</summary>
public sealed class Acting(ClearanceDb db, DataScope scope, TimeProvider clock)
{
    /// <summary>Every right that a person holds now. From here on their eyes reach as far as these.</summary>
    public async Task<IReadOnlyList<HeldCapacity>> AsAsync(Actor actor, CancellationToken ct)
    {
        var now = clock.Now;
        var held = await db.CapacitiesOfAsync(actor.Person, now, ct);
        HasTheDuty = held.Any(h => h.Role == Roles.DutyOfficer) && OnDuty(held, await db.OnDutyAsync(now, ct)).Right is not null;
        scope.Become(actor.SeesEverything || HasTheDuty || held.Any(h => h.Office == Offices.Central && h.Role is Roles.ClearingOfficer or Roles.HeadOfUnit),
            [.. actor.Offices.Concat(held.Select(h => h.Office)).Where(office => office != Offices.Central).Distinct()]);
        return held;
    }

    /// <summary>True when the duty is this person's now: what cannot wait is theirs to see, wherever it is routed.</summary>
    public bool HasTheDuty { get; private set; }

    /// <summary>True when the text is routed to one of these rights, or cannot wait and the duty is this person's.</summary>
    public bool MaySee(IEnumerable<HeldCapacity> held, ClearanceRequest request) => IsRoutedTo(held, request) || (HasTheDuty && request.Lane is Lane.Immediate or Lane.Flash);

    /// <summary>The offices for which a person may clear.</summary>
    public static IReadOnlyList<string> ClearingOffices(IEnumerable<HeldCapacity> held) => [.. held.Where(h => h.Role == Roles.ClearingOfficer).Select(h => h.Office).Distinct()];

    /// <summary>True for the centre, for the mission that wrote it, and for the offices that clear it or are informed. An auditor's eyes reach further than this.</summary>
    public static bool IsRoutedTo(IEnumerable<HeldCapacity> held, ClearanceRequest request)
    {
        var offices = Seat.Of(request).Select(seat => seat.Office).Append(Offices.Central).ToHashSet();
        return held.Any(h => h.Role == Roles.DraftingOfficer ? h.Office == request.Mission : Roles.OfAnOffice.Contains(h.Role) && offices.Contains(h.Office));
    }

    /// <summary>The right that fits what is to be said: of those asked for, one of an office whose turn it is, else of any on the sheet, else any of the role.</summary>
    /// <returns>Null when the person holds no right of the kind.</returns>
    public static HeldCapacity? Choose(IEnumerable<HeldCapacity> held, ClearanceRequest request, DecisionKind kind, string? office = null, string? actingFor = null)
    {
        var sheet = ClearanceSheet.Of(request);
        var role = kind is DecisionKind.Overruled ? Roles.HeadOfUnit : Roles.ClearingOfficer;
        return held
            .Where(h => h.Role == role && (office is null || h.Office == office) && (actingFor is null || h.ActingFor == actingFor))
            .OrderByDescending(h => sheet.IsAsked(h.Office))
            .ThenByDescending(h => sheet.LineOf(h.Office) is not null)
            .ThenByDescending(h => h.Office == Offices.Central)
            .ThenBy(h => h.ActingFor is not null) // In one's own right before another's.
            .FirstOrDefault();
    }

    /// <summary>The duty of the central unit is its duty officers' at any time; elsewhere it is whose turn the roster says.</summary>
    public static (HeldCapacity? Right, Guid? Duty) OnDuty(IReadOnlyList<HeldCapacity> held, IReadOnlyList<KnownDuty> roster)
    {
        var duties = held.Where(h => h.Role == Roles.DutyOfficer).ToList();
        if (duties.Find(h => h.Office == Offices.Central) is { } centre) return (centre, null);
        return duties.Select(h => (Right: (HeldCapacity?)h, Duty: roster.FirstOrDefault(d => d.Office == h.Office && d.Person == (h.ActingFor ?? h.Person))?.Id))
            .FirstOrDefault(found => found.Duty is not null);
    }
}
