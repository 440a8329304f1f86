using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests;

/// <summary>Requests before offices that have an hour each, and what can be done about them.</summary>
internal static class Waiting
{
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>A desk whose silence counts, then the central unit; each has an hour around the clock.</summary>
    public static ClearanceRequest OnClock(Lane lane = Lane.Routine, bool silence = true, bool immediate = true, params (string Office, int Stage, int Quorum)[] offices)
    {
        var route = Route(offices.Length > 0 ? offices : [("DESK", 1, 1), ("CENTRAL", 2, 1)]);
        return Wound(OpenOn(route with
        {
            Required = [.. route.Required.Select(r => r with { ClockMinutes = 60, SilenceCounts = silence })], ImmediateAllowed = immediate, Bypass = [Roles.HeadOfUnit],
        }) with { Lane = lane }, Noon);
    }

    public static ClearanceRequest Wound(ClearanceRequest request, DateTimeOffset now) => ClockRules.Wind(request, now, (_, minutes) => now.AddMinutes(minutes));

    public static ClearanceRequest Yes(Decision<ClearanceRequest> decision) => Told(decision).State;

    /// <summary>As it is kept: with the clocks that begin by it.</summary>
    public static Accepted<ClearanceRequest> Told(Decision<ClearanceRequest> decision)
    {
        decision.Allows(out var accepted, out var refusal).ShouldBeTrue(refusal?.Code);
        accepted!.State.Version.ShouldBe(accepted.Fact.Version);
        return accepted with { State = Wound(accepted.State, accepted.Fact.At) };
    }

    public static Refusal No(Decision<ClearanceRequest> decision)
    {
        decision.Allows(out _, out var refusal).ShouldBeFalse();
        return refusal!;
    }

    public static ClockRules.Look Look(DateTimeOffset now, string? above = "ABOVE", bool cutOff = false, Notice? notice = null) =>
        new(Guid.CreateVersion7(now), now, above, cutOff ? ReachRules.Declared : null, notice, TimeSpan.FromSeconds(20));

    /// <summary>Everything that is due of an office's clock at that moment, and the request after it.</summary>
    public static (ClearanceRequest Request, IReadOnlyList<IFact> Facts) Struck(ClearanceRequest request, DateTimeOffset now, string office = "DESK", string? above = "ABOVE", bool cutOff = false, Func<ClearanceRequest, Notice>? notice = null)
    {
        var facts = new List<IFact>();
        while (ClockRules.Strike(request, office, Look(now, above, cutOff, notice?.Invoke(request))).Allows(out var accepted, out _))
        {
            facts.Add(accepted.Fact);
            ClearanceStates.Table.Next(request.Status, accepted.Fact.GetType().Name).ShouldBe(accepted.State.Status);
            request = Wound(accepted.State, now);
        }
        return (request, facts);
    }

    public static ClearanceRequest Late(ClearanceRequest request, string office = "DESK") => Struck(request, Noon + Hour, office).Request;

    /// <summary>Somebody of the desk was shown the text in the turn that runs.</summary>
    public static Func<ClearanceRequest, Notice> Noticed(string person = "desk", string? actingFor = null, DateTimeOffset? at = null) => request =>
        new(new Capacity(person, "DESK", actingFor), at ?? Noon.AddMinutes(10), request.PackageDigest, ClockRules.ClockOf(request, "DESK")!.BegunAt);

    public static OfficerDecision Bypass(ClearanceRequest request, string person = "head", string office = "DESK", DateTimeOffset? at = null) =>
        Decision(request, person, DecisionKind.Bypassed, at: at ?? Noon + Hour) with { Role = Roles.HeadOfUnit, PassedOver = office, Clock = ClockRules.ClockOf(request, office) };

    public static OfficerDecision Immediate(ClearanceRequest request, string person = "duty", DateTimeOffset? at = null) =>
        Decision(request, person, DecisionKind.ReleasedImmediately, at: at) with { Role = Roles.DutyOfficer, ReviewBy = (at ?? Noon).AddDays(1) };

    /// <summary>The permit of a cleared request, which judges the whole case anew.</summary>
    public static ReleasePermit Permit(ClearanceRequest request, DateTimeOffset now) =>
        PermitOffice.Draw(request, Guid.CreateVersion7(now), now, out var refusal) ?? throw new ShouldAssertException($"No permit: {refusal!.Code}");
}
