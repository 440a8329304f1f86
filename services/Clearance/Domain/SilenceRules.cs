using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>When an office's silence counts: where the policy says so, after a proven notice, at the end of its time, and never as the only word.</summary>
public static class SilenceRules
{
    /// <summary>With the staff number of the person who was noticed behind it. No staff number has a colon, so nobody takes it for that person's word.</summary>
    public const string Prefix = "silence:";

    public const string Role = "silence";

    /// <summary>The checks on a silence, in their order. Taking one out makes a test fail.</summary>
    public static readonly IReadOnlyList<Guard<Judged>> Guards =
    [
        .. DecisionGuards.Named("in-clearance", "same-text", "window-open", "account-stands"),
        new("said-by-nobody", j => j.Decision.By.Person.StartsWith(Prefix, StringComparison.Ordinal) && j.Decision.By.ActingFor is null && j.Decision.Role == Role ? null : ClockRules.NotThisWay),
        new("policy-allows", j => MayBeSilent(j.Request, j.Decision.By.Office) && j.Sheet.LineOf(j.Decision.By.Office)?.ReferredBy.Any(from => IsAskedForItsWord(j.Request, from)) is not true ? null : NoConsent),
        new("waited-for", j => j.Sheet.IsAsked(j.Decision.By.Office) && j.Sheet.LineOf(j.Decision.By.Office) is { State: LineState.Open } line && line.Office == j.Decision.By.Office ? null : ClockRules.NotWaitedFor),
        new("not-escalated", j => j.Sheet.LineOf(j.Decision.By.Office) is { StandIns.Count: > 0 } ? ClockRules.NotWaitedFor : null),
        new("not-cut-off", j => j.Decision.CutOff ? CutOff : null),
        new("time-over", j => ClockRules.IsLate(j.Decision) ? null : ClearanceRules.NotDue),
        new("noticed", j => IsNoticed(j.Decision) ? null : NotNoticed),
        new("noticed-in-this-turn", j => j.Decision is { Notice: { } notice, Clock: { } clock } && !notice.IsOf(clock) ? NotNoticed : null),
        new("noticed-by-no-contributor", j => j.Decision.Notice is { } n && (j.Request.Contributors.Contains(n.By.Person) || j.Request.Contributors.Contains(n.By.ActingFor ?? "")) ? NotNoticed : null),
        SomebodyClears,
    ];

    /// <summary>Silence and passing over may be most of a sheet, and never all of it.</summary>
    internal static Guard<Judged> SomebodyClears => new("somebody-clears", j => LeavesNobody(j) ? NobodyCleared : null);

    /// <summary>The office's silence counts.</summary>
    internal static Decision<ClearanceRequest> Count(ClearanceRequest request, OfficeClock clock, ClockRules.Look look) => Count(request, clock, look, Guards);

    internal static Decision<ClearanceRequest> Count(ClearanceRequest request, OfficeClock clock, ClockRules.Look look, IReadOnlyList<Guard<Judged>> guards) => ClearanceRules.Decide(
        request,
        new OfficerDecision(
            look.Id, new Capacity(Prefix + look.Notice?.By.Person, clock.Office), DecisionKind.DeemedCleared, request.PackageDigest, null, null,
            look.Now, look.Now + look.Undo, Role: Role) { Clock = clock, CutOff = look.IsCutOff, CutOffCause = look.CutOff, Notice = look.Notice },
        guards);

    /// <summary>True when an office whose silence has just counted objects after all: the round goes on as if it had never been cleared.</summary>
    public static bool IsDisowned(Judged j) => j.Request.Status is ClearanceStatus.Cleared && j.Decision.Kind is DecisionKind.Objected && j.Request.Decisions.Any(d =>
        d.Kind is DecisionKind.DeemedCleared && d.StandsOn(j.Request.PackageDigest) && d.By.Office == j.Decision.By.Office && j.Decision.At < d.UndoUntil);

    /// <summary>True while an office that may be silent has been asked and has not spoken: what it was asked on must not change under its silence.</summary>
    public static bool IsRunning(ClearanceRequest request) => request.Status is ClearanceStatus.InClearance && ClearanceSheet.Of(request) is var sheet
        && request.Clocks.Any(clock => clock.DueAt is not null && clock.PackageDigest == request.PackageDigest && MayBeSilent(request, clock.Office) && ClockRules.IsWaitedFor(sheet, clock.Office));

    private static bool MayBeSilent(ClearanceRequest request, string office) => request.Route.Required.Any(r => r.Office == office && r.SilenceCounts);

    /// <summary>Whoever leaves a matter to the office above leaves it no silence that it had not itself.</summary>
    private static bool IsAskedForItsWord(ClearanceRequest request, string office) => request.Route.Required.Any(r => r.Office == office && !r.SilenceCounts);

    /// <summary>The person named opened it while it was their office's turn and before its time was over.</summary>
    private static bool IsNoticed(OfficerDecision d) => d is { Notice: { } notice, Clock: { } clock }
        && d.By.Person == Prefix + notice.By.Person && notice.By.Office == d.By.Office && clock.Office == d.By.Office && notice.At >= clock.BegunAt && notice.At < clock.DueAt;

    private static bool LeavesNobody(Judged j) =>
        ClearanceSheet.Of(j.Request with { Decisions = [.. j.Request.Decisions, j.Decision] }) is { IsCleared: true, SomebodyCleared: false };

    public static readonly Refusal NoConsent = new("clearance.no-silence", "Silence is not consent here: the policy asks for the office's word.", 403);
    public static readonly Refusal CutOff = new("clearance.cut-off", "An office that was cut off has not agreed.");
    public static readonly Refusal NotNoticed = new("clearance.not-noticed", "Nothing proves that the text had reached the office in its time.");
    public static readonly Refusal NobodyCleared = new("clearance.nobody-cleared", "Nobody has cleared it: at least one person has to say yes. Clear it, or leave it to the office above.");
}
