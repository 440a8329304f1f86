using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Registry.Domain;

namespace WorkflowPlatform.Registry.Tests.Rules;

public sealed class TheDelegationsFile
{
    private static readonly string[] OmarForHina = ["hina", "omar", "DESK-GULF", "head-of-unit", "2026-07-01", "2026-07-15", "deputy"];

    // Hina heads the desk in two terms, one after the other; then a gap; then again.
    private static readonly TimeContext Context = new(new HashSet<string> { "hina", "omar", "lena" },
        new[] { Held("hina", "2026-01-01", "2026-07-10"), Held("hina", "2026-07-10", "2026-08-01"), Held("hina", "2026-09-01", null) }.ToLookup(a => (a.Person, a.Office, a.Role)),
        new HashSet<Guid>());

    [Fact]
    public void Lets_a_deputy_stand_in_over_two_terms_that_join() =>
        DelegationFile.Check([new(2, OmarForHina)], Context).Good.ShouldHaveSingleItem().ShouldBe(new("hina", "omar", "DESK-GULF", Roles.HeadOfUnit, Day("2026-07-01"), Day("2026-07-15"), "deputy"));

    [Theory]
    [InlineData(0, "nobody", "Person \"nobody\" is not in the register.")]
    [InlineData(1, "nobody", "Person \"nobody\" is not in the register.")]
    [InlineData(1, "hina", "Nobody is their own deputy.")]
    [InlineData(0, "omar", "Nobody is their own deputy.")]
    [InlineData(0, "lena", "lena is not head-of-unit of DESK-GULF by appointment during the whole of that time")]
    [InlineData(2, "CENTRAL", "hina is not head-of-unit of CENTRAL by appointment")]
    [InlineData(3, "clearing-officer", "hina is not clearing-officer of DESK-GULF by appointment")]
    [InlineData(3, "registrar", "Role \"registrar\" is not one to stand in for.")]
    [InlineData(3, "drafting-officer", "Role \"drafting-officer\" is not one to stand in for.")]
    [InlineData(4, "2025-12-31", "hina is not head-of-unit of DESK-GULF by appointment during the whole of that time")]
    [InlineData(4, "soon", "From \"soon\" is not a date")]
    [InlineData(5, "", "To \"\" is not a date like 2026-12-15; an absence has an end.")]
    [InlineData(5, "2026-06-01", "The delegation ends before it begins")]
    [InlineData(5, "2026-07-01", "To is from: that strikes a delegation out, and the register has none like this.")]
    [InlineData(5, "2026-08-02", "hina is not head-of-unit of DESK-GULF by appointment during the whole of that time")]
    [InlineData(5, "2026-09-02", "hina is not head-of-unit of DESK-GULF by appointment during the whole of that time")] // Between two terms.
    [InlineData(6, "friend", "Kind \"friend\" is none. There are: deputy, acting.")]
    public void Says_of_a_bad_value_what_is_wrong_with_it(int column, string value, string reason)
    {
        var file = DelegationFile.Check([new(7, With((column, value)))], Context);

        file.Good.ShouldBeEmpty();
        file.Rejected.ShouldHaveSingleItem().Line.ShouldBe(7);
        file.Rejected[0].Reason.ShouldContain(reason);
    }

    /// <summary>Omar stands in for Hina, and that is not his to hand on.</summary>
    [Fact]
    public void Makes_no_chain_of_deputies() =>
        DelegationFile.Check([new(2, OmarForHina), new(3, With((0, "omar"), (1, "lena")))], Context).Rejected.ShouldHaveSingleItem().Reason.ShouldStartWith("omar is not head-of-unit of DESK-GULF by appointment");

    [Fact]
    public void Strikes_out_what_the_register_has_also_when_the_appointment_is_gone()
    {
        var id = DelegationRules.IdOf(DelegationFile.Check([new(2, OmarForHina)], Context).Good[0]);
        var later = Context with { Known = new HashSet<Guid> { id }, Appointments = Array.Empty<AppointmentRecord>().ToLookup(a => (a.Person, a.Office, a.Role)) };

        DelegationFile.Check([new(2, With((5, "2026-07-01")))], later).Rejected.ShouldBeEmpty();
    }

    [Fact]
    public void Takes_a_delegation_once() =>
        DelegationFile.Check([new(2, OmarForHina), new(3, With((5, "2026-07-20")))], Context).Rejected.ShouldBe([new(3, "The same delegation stands in line 2 already.")]);

    private static AppointmentRecord Held(string person, string from, string? to) =>
        new(Guid.Empty, 1, person, "DESK-GULF", Roles.HeadOfUnit, Day(from), to is null ? null : Day(to));

    private static DateTimeOffset Day(string day) => DateTimeOffset.ParseExact(day, "yyyy-MM-dd", null, System.Globalization.DateTimeStyles.AssumeUniversal);

    private static string[] With(params (int Column, string Value)[] changes)
    {
        var fields = OmarForHina.ToArray();
        foreach (var (column, value) in changes) fields[column] = value;
        return fields;
    }
}
