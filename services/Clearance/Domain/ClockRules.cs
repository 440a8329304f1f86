using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>What time does to a request: it reminds, lets silence count where it may, and asks the office above. Pure: the instant is passed in.</summary>
/// <remarks>Everything goes by instants kept in the request. A clock that is put back makes nothing happen twice, one that is put forward nothing that was not due by it.</remarks>
public static class ClockRules
{
    /// <summary>Who speaks when time does. No staff number has a colon.</summary>
    public const string Late = "clock:late";

    public const string CutOff = "clock:cut-off";

    /// <summary>The role of what no person says.</summary>
    public const string Role = "clock";

    /// <summary>What is known when an office's clock is looked at.</summary>
    /// <param name="Id">For the decision, should there be one.</param>
    /// <param name="Above">The office to be asked in its place; null when there is none.</param>
    /// <param name="CutOff">Why the office is cut off; null when it can be reached.</param>
    /// <param name="Undo">For how long the office can disown its silence.</param>
    public sealed record Look(Guid Id, DateTimeOffset Now, string? Above, string? CutOff = null, Notice? Notice = null, TimeSpan Undo = default)
    {
        public bool IsCutOff => CutOff is not null;
    }

    /// <summary>The checks on an escalation, in their order. Taking one out makes a test fail.</summary>
    public static readonly IReadOnlyList<Guard<Judged>> EscalationGuards =
    [
        .. DecisionGuards.Named("in-clearance", "same-text", "window-open"),
        new("said-by-the-clock", j => j.Decision.By == new Capacity(j.Decision.CutOff ? CutOff : Late, j.Decision.By.Office) && j.Decision.Role == Role ? null : NotThisWay),
        new("waited-for", j => IsWaitedFor(j.Sheet, j.Decision.By.Office) ? null : NotWaitedFor),
        new("time-over", j => j.Decision.CutOff || IsLate(j.Decision) ? null : ClearanceRules.NotDue),
        new("somebody-above", j => j.Decision.ReferredTo is { } above && IsNewTo(j.Sheet, j.Decision.By.Office, above) ? null : DecisionGuards.NobodyAbove),
    ];

    /// <summary>Begins the clocks of those whose turn it has become, and forgets those of a turn that went by.</summary>
    /// <param name="after">When so many minutes of an office's time are over.</param>
    public static ClearanceRequest Wind(ClearanceRequest request, DateTimeOffset now, Func<string, int, DateTimeOffset> after)
    {
        var open = ReviewRules.OpenRelease(request);
        var reviewed = request with { ReviewBy = open?.ReviewBy, ReviewAlertAt = request.Review?.OverdueAt is null || request.Review.DecisionId != open?.Id ? open?.ReviewBy : null };
        if (request.Status is not ClearanceStatus.InClearance) return reviewed;

        var sheet = ClearanceSheet.Of(request);
        var kept = request.Clocks.Where(clock => IsOfThisTurn(clock, request, sheet)).Select(clock => Trimmed(clock, sheet));
        return reviewed with { Clocks = [.. kept, .. Unwound(request, sheet).Select(office => Begin(request, sheet, office, now, after))] };
    }

    /// <summary>The offices whose turn has begun and whose clock has not.</summary>
    public static IReadOnlyList<string> Unwound(ClearanceRequest request) => request.Status is ClearanceStatus.InClearance ? Unwound(request, ClearanceSheet.Of(request)) : [];

    private static IReadOnlyList<string> Unwound(ClearanceRequest request, ClearanceSheet sheet) =>
        [.. sheet.Offices.Where(office => sheet.IsAsked(office) && !request.Clocks.Any(clock => clock.Office == office && IsOfThisTurn(clock, request, sheet)))];

    /// <summary>True while it is the turn that the clock began with: of this text, for no other office's word than then, and not answered by somebody who then stood aside.</summary>
    /// <remarks>Whoever is to wait again, because one before it objects, has its whole time when it is asked again. A word taken back at once was never said, and begins nothing.</remarks>
    private static bool IsOfThisTurn(OfficeClock clock, ClearanceRequest request, ClearanceSheet sheet) => clock.PackageDigest == request.PackageDigest
        && (sheet.IsAsked(clock.Office) ? AskedFor(sheet, clock.Office).All(clock.For.Contains) && !IsLeftAlone(clock, request) : sheet.LineOf(clock.Office) is { IsCleared: true });

    /// <summary>Without those who left the matter to it and have taken that back: should they leave it again, its time begins again.</summary>
    private static OfficeClock Trimmed(OfficeClock clock, ClearanceSheet sheet)
    {
        var concerned = sheet.Lines.Where(line => line.Office == clock.Office || line.StandIns.Contains(clock.Office)).SelectMany(line => line.ReferredBy.Append(line.Office)).ToHashSet();
        return clock.For.All(concerned.Contains) ? clock : clock with { For = [.. clock.For.Where(concerned.Contains)] };
    }

    private static IEnumerable<string> AskedFor(ClearanceSheet sheet, string office) => sheet.LinesBefore(office).SelectMany(line => line.ReferredBy.Append(line.Office));

    private static bool IsLeftAlone(OfficeClock clock, ClearanceRequest request) => request.Decisions.Any(aside =>
        aside is { Kind: DecisionKind.Recused, Undone: false } && aside.At > clock.BegunAt
        && request.Decisions.Any(d => d.Clears && d.By.Office == clock.Office && d.StandsOn(clock.PackageDigest) && ClearanceSheet.IsOf(d, aside)));

    /// <summary>The clock of an office for the text as it is; null before its turn.</summary>
    public static OfficeClock? ClockOf(ClearanceRequest request, string office) => request.Clocks.FirstOrDefault(c => c.Office == office && c.PackageDigest == request.PackageDigest);

    /// <summary>Of these offices' clocks, of those that are waited for, the one that is over first; null where no time is set. A late office may still speak, so its clock still counts here.</summary>
    public static OfficeClock? FirstDue(ClearanceRequest request, ClearanceSheet sheet, IEnumerable<string> offices) => request.Status is not ClearanceStatus.InClearance ? null : offices
        .Where(office => sheet.IsAsked(office) && IsWaitedFor(sheet, office)).Select(office => ClockOf(request, office)).OfType<OfficeClock>()
        .Where(clock => clock.DueAt is not null).OrderBy(clock => clock.DueAt).ThenBy(clock => clock.Office, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>True when the office's word is still to come: an objection is a word.</summary>
    public static bool IsWaitedFor(ClearanceSheet sheet, string office) => sheet.LinesBefore(office).Any(line => line.State is LineState.Open);

    /// <summary>True when the office's time was over when this was said.</summary>
    public static bool IsLate(OfficerDecision decision) => decision.Clock is { } clock && clock.PackageDigest == decision.PackageDigest && clock.IsOver(decision.At);

    /// <summary>Looks at an office's clock, and does the next one thing that is due.</summary>
    public static Decision<ClearanceRequest> Strike(ClearanceRequest request, string office, Look look) => Strike(request, office, look, EscalationGuards);

    internal static Decision<ClearanceRequest> Strike(ClearanceRequest request, string office, Look look, IReadOnlyList<Guard<Judged>> guards)
    {
        var sheet = ClearanceSheet.Of(request);
        if (request.Status is not ClearanceStatus.InClearance || look.Now >= request.NotAfter) return ClearanceRules.NotDue;
        if (ClockOf(request, office) is not { Stopped: false } clock || !IsWaitedFor(sheet, office)) return ClearanceRules.NotDue;
        if (!look.IsCutOff && !(clock.NextAt <= look.Now)) return ClearanceRules.NotDue;
        if (!look.IsCutOff && !clock.IsOver(look.Now)) return Remind(request, clock with { Reminders = 1 }, look.Now);

        var above = look.Above is { } named && IsNewTo(sheet, office, named) ? named : null;
        var silence = SilenceRules.Count(request, clock, look);
        // Where there is nobody to ask, the last reminder is the end of it: from then on it is for people to see to it.
        if (clock.Reminders < 2 && (!look.IsCutOff || above is null)) return Remind(request, clock with { Reminders = 2, Stopped = above is null && !silence.Allows(out _, out _) }, look.Now);
        if (silence.Allows(out var silent, out _)) return silent;
        if (above is null) return ClearanceRules.NotDue;

        var escalation = new OfficerDecision(
            look.Id, new Capacity(look.IsCutOff ? CutOff : Late, office), DecisionKind.Escalated, request.PackageDigest, null, null, look.Now, look.Now,
            Role: Role, ReferredTo: above) { Clock = clock, CutOff = look.IsCutOff, CutOffCause = look.CutOff };
        if (!ClearanceRules.Decide(request, escalation, guards).Allows(out var escalated, out var refusal)) return refusal;
        return Accept(Put(escalated.State, clock with { Stopped = true }), escalated.Fact);
    }

    private static Decision<ClearanceRequest> Remind(ClearanceRequest request, OfficeClock clock, DateTimeOffset now)
    {
        var reminded = Put(request with { Version = request.Version + 1 }, clock);
        return Accept(reminded, new ClearanceReminded(
            reminded.Id, reminded.Version, reminded.DraftId, reminded.PackageDigest, reminded.Mission, clock.Office, clock.Reminders, clock.DueAt, now));
    }

    private static ClearanceRequest Put(ClearanceRequest request, OfficeClock clock) => request with { Clocks = [.. request.Clocks.Select(c => c.Office == clock.Office ? clock : c)] };

    private static OfficeClock Begin(ClearanceRequest request, ClearanceSheet sheet, string office, DateTimeOffset now, Func<string, int, DateTimeOffset> after)
    {
        List<string> asking = [.. AskedFor(sheet, office).Distinct().Order(StringComparer.Ordinal)];
        var minutes = request.Route.Required.Where(r => asking.Contains(r.Office)).Min(r => r.ClockMinutes);
        return new OfficeClock(office, request.PackageDigest, now, minutes is { } half ? after(office, (half + 1) / 2) : null, minutes is { } whole ? after(office, whole) : null) { For = asking };
    }

    /// <summary>True when asking this office in the other's place would be something new.</summary>
    /// <remarks>Where it waits for nobody's word another guard says so.</remarks>
    private static bool IsNewTo(ClearanceSheet sheet, string office, string above)
    {
        var (lines, open) = (sheet.LinesBefore(office), sheet.LinesBefore(office).Where(line => line.State is LineState.Open).ToList());
        return (open.Count > 0 ? open : lines).Any(line => line.Office != above && !line.StandIns.Contains(above));
    }

    public static readonly Refusal NotThisWay = new("clearance.not-this-way", "Nobody can say this: it comes about by itself, or by a way of its own.", 403);
    public static readonly Refusal NotWaitedFor = new("clearance.not-waited-for", "This office is not waited for now: it has spoken, or it is not its turn.");
}
