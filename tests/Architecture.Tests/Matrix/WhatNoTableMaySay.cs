using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Drafting.Domain;
using WorkflowPlatform.Publishing.Domain;

namespace WorkflowPlatform.Architecture.Tests.Matrix;

/// <summary>What must hold of the cells whatever the table says, so that rewriting it can never make a wrong right.</summary>
/// <remarks>Said of people and states, and not by the rules that gave the answers.</remarks>
[Collection(nameof(Stage))]
public sealed class WhatNoTableMaySay(Stage stage)
{
    private static readonly string[] OfItsMission = ["writer", "fellow", "both-hands"];

    private static readonly string[] OfItsOffices =
        ["both-hands-deputy", "clearing", "decider", "deputy", "desk", "desk-colleague", "desk-deputy", "told-desk", "head", "desk-head", "duty", "desk-duty", "releaser"];

    /// <summary>They may know that there is a post, and what became of it; never what it says.</summary>
    private static readonly string[] Watchers = ["auditor", "inspector"];

    /// <summary>Each of these makes somebody answerable for the text.</summary>
    private static readonly string[] Deciding = ["decisions", "bulk-decisions", "amendments", "immediate-releases", "bypasses", "recorded-clearances", "countersignatures"];

    private static bool IsPublic(Cell cell) => cell.Question.Way.Access == "anonymous";

    private static bool IsOut(Cell cell) => cell.State.Release is ReleaseStatus.Released;

    private static bool IsGiven(Cell cell) => cell.Status is >= 200 and < 300;

    private static bool Is(Cell cell, params string[] commands) =>
        cell.Question.Commands && commands.Contains(cell.Question.Way.Pattern.Split('/')[^1]);

    private Item Post(Cell cell) => stage.Items.Single(item => item.State == cell.State);

    [Fact]
    public void Whom_it_does_not_concern_finds_nothing_and_is_told_nothing() => Never(cell =>
        !OfItsMission.Concat(OfItsOffices).Concat(Watchers).Contains(cell.Visitor.Name) && !cell.Visitor.IsService && !IsPublic(cell)
        && (cell.Shows || cell.Status is not (401 or 403 or 404) && !(MatrixFile.IsList(cell.Question) && cell.Status == 200)));

    [Fact]
    public void The_text_is_its_missions_and_its_offices_until_it_is_out() => Never(cell =>
        cell.Tells && !(IsPublic(cell) && IsOut(cell)) && !OfItsMission.Concat(OfItsOffices).Contains(cell.Visitor.Name) && !(cell.Visitor.IsService && cell.Question.Way.Access.StartsWith("services:", StringComparison.Ordinal)));

    [Fact]
    public void A_text_that_never_went_to_clearance_is_its_missions_alone() => Never(cell =>
        cell.State.Round is null && cell.Tells && !OfItsMission.Contains(cell.Visitor.Name));

    [Fact]
    public void Nobody_in_particular_sees_nothing_of_it_before_it_is_out() => Never(cell =>
        cell.Visitor.Name == "anonymous" && (IsPublic(cell) ? cell.Shows && !IsOut(cell) : cell.Status != 401));

    [Fact]
    public void Packages_and_their_pictures_are_fetched_by_services_and_services_do_nothing_else() => Never(cell =>
        cell.Question.Way.Access.StartsWith("services:", StringComparison.Ordinal)
            ? IsGiven(cell) && !(cell.Visitor.IsService && cell.Question.Way.Access["services:".Length..].Split('+').Contains(cell.Visitor.Name[..^"-service".Length]))
            : cell.Visitor.IsService && !IsPublic(cell) && cell.Status != 403);

    /// <remarks>Whoever only writes down another's word says it in a right of their own where they have one, and it counts for nothing until that other signs.</remarks>
    [Fact]
    public void Nobody_who_had_a_hand_in_it_decides_on_it_nor_whoever_sits_in_their_seat() => Never(cell =>
        Is(cell, [.. Deciding, "reviews"]) && IsGiven(cell) && Post(cell).Request!.Contributors is var hands
        && (hands.Contains(cell.Visitor.Person) || (!Is(cell, "recorded-clearances") && hands.Contains(cell.Visitor.StandsIn?.Absent))));

    [Fact]
    public void Nobody_decides_on_what_is_not_in_clearance() => Never(cell =>
        Is(cell, [.. Deciding, "claims", "assignments", "notices"]) && IsGiven(cell) && cell.State.Round is not ClearanceStatus.InClearance);

    [Fact]
    public void Nobody_decides_without_the_role_for_it() => Never(cell => IsGiven(cell) && cell.Question.Way.Pattern.StartsWith("/api/clearance/", StringComparison.Ordinal) && (
        cell.Question.Name.EndsWith(" Overruled", StringComparison.Ordinal) ? !Sits(cell.Visitor, Roles.HeadOfUnit, Offices.Central)
        : cell.Question.Name.EndsWith(" OvertakenByEvents", StringComparison.Ordinal) ? !Sits(cell.Visitor, Roles.ClearingOfficer, Offices.Central)
        : Is(cell, "decisions", "bulk-decisions", "amendments", "countersignatures", "claims") ? !Sits(cell.Visitor, Roles.ClearingOfficer, Cast.Desk, Offices.Central)
        : Is(cell, "immediate-releases") ? !Sits(cell.Visitor, Roles.DutyOfficer, Cast.Desk, Offices.Central)
        : Is(cell, "bypasses") ? !Sits(cell.Visitor, Roles.HeadOfUnit, Cast.Desk, Offices.Central)
        : Is(cell, "revocations") && !Sits(cell.Visitor, Roles.ClearingOfficer, Offices.Central) && !Sits(cell.Visitor, Roles.HeadOfUnit, Offices.Central)));

    [Fact]
    public void Permits_are_taken_back_while_they_are_out_and_releases_reviewed_while_they_want_it() => Never(cell => IsGiven(cell) && (
        (Is(cell, "revocations") && cell.State.Round is not ClearanceStatus.PermitIssued)
        || (Is(cell, "reviews") && (Post(cell).Request!.ReviewBy is null || cell.Visitor.Name == "releaser"))));

    [Fact]
    public void Only_whoever_spoke_last_takes_it_back() => Never(cell =>
        Is(cell, "reversals") && IsGiven(cell) && Post(cell).Request!.Standing?.By.Person != cell.Visitor.Person);

    [Fact]
    public void A_draft_is_its_missions_to_change_and_while_it_is_submitted_nobodys() => Never(cell => IsGiven(cell) && cell.Question.Commands && cell.Question.Way.Pattern.StartsWith("/api/drafting/", StringComparison.Ordinal) && (
        !OfItsMission.Contains(cell.Visitor.Name)
        || Is(cell, "withdrawals") != (cell.State.Draft is DraftState.Submitted)
        || (Is(cell, "withdrawals") && cell.State.Release is ReleaseStatus.Releasing or ReleaseStatus.Released or ReleaseStatus.OutcomeUnknown)));

    [Fact]
    public void Who_watches_changes_nothing() => Never(cell => Watchers.Contains(cell.Visitor.Name) && cell.Question.Commands && IsGiven(cell));

    [Fact]
    public void The_head_of_an_office_is_alerted_that_it_was_passed_over_and_of_nothing_else() => Never(cell =>
        cell.Question.Name == "GET /api/oversight/alerts" && cell.Visitor.Name is ("head" or "desk-head") && cell.Shows != (cell.State.Name == "bypassed"));

    [Fact]
    public void Whose_time_is_over_has_no_right_left() => Never(cell => cell.Visitor.IsOver && !IsPublic(cell) && cell.Question.Way.Access != "signed-in" && cell.Status != 403);

    [Fact]
    public void Whose_seat_is_no_longer_sat_in_is_answered_like_who_never_sat_in_it()
    {
        Answers("former-deputy").Except(Answers("other-desk")).ShouldBeEmpty();

        IEnumerable<string> Answers(string visitor) => stage.Cells.Where(cell => cell.Visitor.Name == visitor).Select(cell => $"{cell.Question.Name}, {cell.State.Name}: {cell.Said}");
    }

    private static bool Sits(Visitor visitor, string role, params string[] offices) =>
        visitor.Holds.Any(held => held.Role == role && offices.Contains(held.Office)) || (visitor.StandsIn is { } seat && seat.Role == role && offices.Contains(seat.Office));

    private void Never(Func<Cell, bool> wrong) => stage.Cells.Where(wrong).Select(Words.Of).ShouldBeEmpty();
}
