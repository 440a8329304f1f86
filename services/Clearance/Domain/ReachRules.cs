using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>Whether an office can be reached, once that has been in question.</summary>
/// <param name="Cause">Why it is cut off; null when it can be reached.</param>
/// <param name="By">Who said so last; null when nobody did.</param>
public sealed record OfficeReach(string Office, int Version, string? Cause, Capacity? By, DateTimeOffset Since) : IAggregate
{
    string IAggregate.LedgerId => Office;

    public bool IsCutOff => Cause is not null;
}

/// <summary>When an office counts as cut off, and when no longer.</summary>
public static class ReachRules
{
    public const string Declared = "declared";
    public const string Unseen = "unseen";

    /// <summary>Somebody of the office, or a duty officer, says that it is cut off.</summary>
    public static Decision<OfficeReach> Declare(OfficeReach? current, string office, HeldCapacity by, bool onDuty, DateTimeOffset now) =>
        MaySay(office, by, onDuty) ? CutOff(current, office, Declared, by.Capacity, now) : NotYours;

    /// <summary>Since when nobody of it has been seen while something waited: since the latest of being asked, seen, and found to be reachable again.</summary>
    /// <remarks>Whoever says that an office is back vouches for it: it has its whole time again, or it would count as cut off in the same minute.</remarks>
    /// <param name="asked">When what has waited longest came.</param>
    /// <param name="seen">Null when nobody ever was.</param>
    public static DateTimeOffset MissingSince(OfficeReach? current, DateTimeOffset asked, DateTimeOffset? seen) =>
        new[] { asked, seen ?? asked, current is { IsCutOff: false } back ? back.Since : asked }.Max();

    /// <summary>None of its people was seen since <paramref name="since"/>, while something waited.</summary>
    /// <param name="until">When that has been too long.</param>
    public static Decision<OfficeReach> Miss(OfficeReach? current, string office, DateTimeOffset since, DateTimeOffset until, DateTimeOffset now) =>
        since <= now && until <= now ? CutOff(current, office, Unseen, null, now) : ClearanceRules.NotDue;

    /// <summary>Somebody of the office, or a duty officer, says that it can be reached again.</summary>
    public static Decision<OfficeReach> Reconnect(OfficeReach? current, string office, HeldCapacity by, bool onDuty, DateTimeOffset now) =>
        MaySay(office, by, onDuty) ? Reached(current, by.Capacity, now) : NotYours;

    /// <summary>One of its people was seen. What somebody has declared stays until somebody takes it back.</summary>
    public static Decision<OfficeReach> See(OfficeReach? current, HeldCapacity by, DateTimeOffset now) =>
        current?.Cause == Unseen && by.Office == current.Office ? Reached(current, by.Capacity, now) : NotCutOff;

    private static Decision<OfficeReach> CutOff(OfficeReach? current, string office, string cause, Capacity? by, DateTimeOffset now)
    {
        if (current is { IsCutOff: true }) return AlreadyCutOff;
        var cutOff = new OfficeReach(office, (current?.Version ?? 0) + 1, cause, by, now);
        return Accept(cutOff, new OfficeCutOff(office, cutOff.Version, cause, by, now));
    }

    private static Decision<OfficeReach> Reached(OfficeReach? current, Capacity by, DateTimeOffset now)
    {
        if (current is not { IsCutOff: true }) return NotCutOff;
        var reached = current with { Version = current.Version + 1, Cause = null, By = by, Since = now };
        return Accept(reached, new OfficeReconnected(reached.Office, reached.Version, by, now));
    }

    private static bool MaySay(string office, HeldCapacity by, bool onDuty) =>
        (Roles.OfAnOffice.Contains(by.Role) && by.Office == office) || (by.Role == Roles.DutyOfficer && (by.Office == Offices.Central || onDuty));

    public static readonly Refusal NotYours = new("clearance.not-your-office", "That an office is cut off is said by its own people or by the duty officer.", 403);
    public static readonly Refusal AlreadyCutOff = new("clearance.already-cut-off", "The office counts as cut off already.");
    public static readonly Refusal NotCutOff = new("clearance.not-cut-off", "The office does not count as cut off.");
}
