using System.Text.Json;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Data;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class CutOffOffices
{
    private static readonly HeldCapacity Desk = new("desk", "DESK", Roles.ClearingOfficer), Duty = new("duty", "HUB", Roles.DutyOfficer);

    [Fact]
    public void Its_own_people_and_the_duty_officer_say_so_and_nobody_else()
    {
        ReachRules.Declare(null, "DESK", Desk, onDuty: false, Noon).Allows(out var cutOff, out _).ShouldBeTrue();
        cutOff!.Fact.ShouldBe(new OfficeCutOff("DESK", 1, "declared", Desk.Capacity, Noon));
        ReachRules.Declare(null, "DESK", Duty, onDuty: true, Noon).Allows(out _, out _).ShouldBeTrue();
        ReachRules.Declare(null, "DESK", Duty with { Office = Offices.Central }, onDuty: false, Noon).Allows(out _, out _).ShouldBeTrue();
        foreach (var other in new[] { Duty, Desk with { Office = "HUB" }, Desk with { Role = Roles.DraftingOfficer } })
        {
            ReachRules.Declare(null, "DESK", other, onDuty: false, Noon).Allows(out _, out var no).ShouldBeFalse();
            no.ShouldBe(ReachRules.NotYours);
            ReachRules.Reconnect(cutOff.State, "DESK", other, onDuty: false, Noon).Allows(out _, out no).ShouldBeFalse();
            no.ShouldBe(ReachRules.NotYours);
        }
    }

    [Fact]
    public void It_is_said_once_and_taken_back_once()
    {
        ReachRules.Declare(null, "DESK", Desk, false, Noon).Allows(out var cutOff, out _);
        ReachRules.Declare(cutOff!.State, "DESK", Desk, false, Noon).Allows(out _, out var twice).ShouldBeFalse();
        twice.ShouldBe(ReachRules.AlreadyCutOff);
        ReachRules.Reconnect(cutOff.State, "DESK", Desk, false, Noon.AddHours(1)).Allows(out var back, out _).ShouldBeTrue();
        (back!.Fact.Version, back.State.IsCutOff, back.State.Since).ShouldBe((2, false, Noon.AddHours(1)));
        ReachRules.Reconnect(back.State, "DESK", Desk, false, Noon).Allows(out _, out var never).ShouldBeFalse();
        never.ShouldBe(ReachRules.NotCutOff);
    }

    [Fact]
    public void Who_was_not_seen_for_too_long_is_cut_off_until_seen_and_a_declaration_stays()
    {
        ReachRules.Miss(null, "DESK", Noon, Noon.AddHours(1), Noon.AddMinutes(59)).Allows(out _, out _).ShouldBeFalse();
        ReachRules.Miss(null, "DESK", Noon, Noon.AddHours(1), Noon.AddHours(1)).Allows(out var missed, out _).ShouldBeTrue();
        missed!.Fact.ShouldBe(new OfficeCutOff("DESK", 1, "unseen", null, Noon.AddHours(1)));
        ReachRules.See(missed.State, Desk with { Office = "HUB" }, Noon).Allows(out _, out _).ShouldBeFalse();
        ReachRules.See(missed.State, Desk, Noon.AddHours(2)).Allows(out var seen, out _).ShouldBeTrue();
        seen!.State.IsCutOff.ShouldBeFalse();
        ReachRules.Declare(seen.State, "DESK", Desk, false, Noon).Allows(out var declared, out _);
        ReachRules.See(declared!.State, Desk, Noon).Allows(out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void A_decision_that_was_stored_before_causes_were_kept_is_still_read()
    {
        var stored = JsonSerializer.Serialize(Decision(Open()) with { CutOff = true, CutOffCause = ReachRules.Unseen }, Json.Storage);
        JsonSerializer.Deserialize<OfficerDecision>(stored, Json.Storage)!.CutOffCause.ShouldBe(ReachRules.Unseen);
        var old = stored.Replace(",\"cutOffCause\":\"unseen\"", "", StringComparison.Ordinal);
        old.ShouldContain("\"cutOff\":true");
        old.ShouldNotContain("unseen");
        var read = JsonSerializer.Deserialize<OfficerDecision>(old, Json.Storage)!;
        (read.CutOff, read.CutOffCause).ShouldBe((true, null));
    }

    [Fact]
    public void Nobody_is_missed_from_before_the_latest_of_being_asked_seen_and_back()
    {
        ReachRules.MissingSince(null, Noon, null).ShouldBe(Noon);
        ReachRules.MissingSince(null, Noon, Noon.AddHours(-1)).ShouldBe(Noon);
        ReachRules.MissingSince(null, Noon, Noon.AddHours(1)).ShouldBe(Noon.AddHours(1));
        var away = new OfficeReach("DESK", 1, ReachRules.Declared, Desk.Capacity, Noon.AddHours(2));
        ReachRules.MissingSince(away, Noon, Noon.AddHours(1)).ShouldBe(Noon.AddHours(1), "being cut off is not being back");
        ReachRules.MissingSince(away with { Cause = null }, Noon, Noon.AddHours(1)).ShouldBe(Noon.AddHours(2));
        ReachRules.MissingSince(away with { Cause = null }, Noon, Noon.AddHours(3)).ShouldBe(Noon.AddHours(3));
    }
}
