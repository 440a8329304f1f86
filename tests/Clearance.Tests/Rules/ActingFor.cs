using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Rules;

public sealed class ActingFor
{
    private static readonly OwnAppointment Hina = new("hina", "DESK-GULF", Roles.HeadOfUnit, Noon.AddDays(-30), Noon.AddDays(30));
    private static readonly OwnAppointment Omar = new("omar", "HUB-EUROPE", Roles.ClearingOfficer, Noon.AddDays(-30), null);
    private static readonly KnownDelegation OmarForHina = new(Guid.CreateVersion7(Noon), 1, "hina", "omar", "DESK-GULF", Roles.HeadOfUnit, Noon.AddDays(-1), Noon.AddDays(1), "deputy");

    [Fact]
    public void Gives_the_deputy_the_absent_one_s_capacity_beside_their_own_and_keeps_both_names() =>
        Capacities.At(Noon, [Hina, Omar], [OmarForHina]).Where(held => held.By.Person == "omar").ShouldBe(
            [new(new("omar", "HUB-EUROPE"), Roles.ClearingOfficer), new(new("omar", "DESK-GULF", "hina"), Roles.HeadOfUnit)]);

    [Fact]
    public void Takes_nothing_from_the_absent_one() =>
        Capacities.At(Noon, [Hina], [OmarForHina]).ShouldContain(new HeldCapacity(new("hina", "DESK-GULF"), Roles.HeadOfUnit));

    [Fact]
    public void Hands_on_nothing_that_was_handed_on()
    {
        var further = OmarForHina with { Id = Guid.CreateVersion7(Noon), Absent = "omar", Deputy = "lena" };

        Capacities.At(Noon, [Hina, Omar], [OmarForHina, further]).ShouldNotContain(held => held.By.Person == "lena");
    }

    [Fact]
    public void Ends_with_the_absent_one_s_own_appointment()
    {
        var (delegation, over) = (OmarForHina with { To = Noon.AddDays(60) }, Noon.AddDays(30));

        Capacities.At(over.AddMilliseconds(-1), [Hina], [delegation]).ShouldContain(held => held.By.ActingFor == "hina");
        Capacities.At(over, [Hina], [delegation]).ShouldBeEmpty();
    }

    [Fact]
    public void Is_only_in_the_office_and_role_that_the_absent_one_holds()
    {
        Capacities.At(Noon, [Hina], [OmarForHina with { Role = Roles.ClearingOfficer }, OmarForHina with { Office = "CENTRAL" }]).ShouldBe([new(new("hina", "DESK-GULF"), Roles.HeadOfUnit)]);
        Capacities.At(Noon, [Hina, Omar], [OmarForHina with { Absent = "omar" }]).ShouldNotContain(held => held.By.ActingFor != null);
    }

    [Fact]
    public void Counts_from_its_first_instant_to_before_its_last()
    {
        foreach (var (at, counts) in new[] { (Noon.AddDays(-1).AddMilliseconds(-1), false), (Noon.AddDays(-1), true), (Noon.AddDays(1).AddMilliseconds(-1), true), (Noon.AddDays(1), false) })
            Capacities.At(at, [Hina], [OmarForHina]).Any(held => held.By.Person == "omar").ShouldBe(counts);
    }

    /// <summary>For each guard a delegation that it alone refuses: without it, somebody gains a right that is not theirs.</summary>
    [Fact]
    public void Is_kept_within_its_bounds_by_each_of_its_guards()
    {
        var drafting = new OwnAppointment("hina", "KBL", Roles.DraftingOfficer, Noon.AddDays(-30), null);
        var stopped = new Dictionary<string, KnownDelegation>
        {
            ["begun"] = OmarForHina with { From = Noon.AddHours(1) },
            ["not-over"] = OmarForHina with { To = Noon },
            ["somebody-else"] = OmarForHina with { Deputy = "hina" },
            ["of-an-office"] = OmarForHina with { Office = "KBL", Role = Roles.DraftingOfficer },
            ["absent-one-holds-it"] = OmarForHina with { Office = "CENTRAL" },
        };
        stopped.Keys.ShouldBe(Capacities.DelegationGuards.Select(guard => guard.Name));
        foreach (var (name, delegation) in stopped)
        {
            Acting(Capacities.DelegationGuards).ShouldBeFalse(name);
            Acting([.. Capacities.DelegationGuards.Where(guard => guard.Name != name)]).ShouldBeTrue(name);

            bool Acting(IReadOnlyList<Guard<Capacities.Claim>> guards) => Capacities.At(Noon, [Hina, drafting], [delegation], guards).Any(held => held.By.ActingFor is not null);
        }
    }
}
