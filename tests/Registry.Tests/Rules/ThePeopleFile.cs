using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Registry.Domain;

namespace WorkflowPlatform.Registry.Tests.Rules;

public sealed class ThePeopleFile
{
    private const string Local = "urn:workflow-platform:local";
    private static readonly string[] Amina = ["1101", "Amina Yusuf", "", "", "KBL", "drafting-officer", "2026-01-01", "2027-01-01"];
    private static readonly PeopleContext Context = new(new HashSet<string> { "KBL", "TYO" }, new HashSet<string> { "CENTRAL", "TYO", "HUB-EUROPE" }, new Dictionary<PersonIdentity, string> { [new("https://idp", "taken")] = "9999" }, Local);

    [Fact]
    public void Gives_a_person_an_appointment_from_midnight_UTC_to_midnight_UTC()
    {
        var line = PeopleFile.Check([new(2, Amina)], Context).Good.ShouldHaveSingleItem();

        line.ShouldBe(new("1101", "Amina Yusuf", null, "KBL", Roles.DraftingOfficer, new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void Takes_an_instant_instead_of_a_day_and_no_end_at_all()
    {
        var line = PeopleFile.Check([new(2, With((6, "2026-01-01T04:30:00Z"), (7, "")))], Context).Good.ShouldHaveSingleItem();

        (line.From, line.To).ShouldBe((new DateTimeOffset(2026, 1, 1, 4, 30, 0, TimeSpan.Zero), null));
    }

    [Theory]
    [InlineData(0, "", "is not a staff number")]
    [InlineData(0, "service:publishing", "is not a staff number")]
    [InlineData(1, "", "The name is empty.")]
    [InlineData(2, "https://idp", "Issuer and subject go together")]
    [InlineData(3, "amina", "Issuer and subject go together")]
    [InlineData(4, "XXX", "Office \"XXX\" is not known")]
    [InlineData(4, "CENTRAL", "drafting-officer is a role in a mission, not in CENTRAL.")]
    [InlineData(5, "clearing-officer", "clearing-officer is a role in an office, and KBL has no front office in the register")]
    [InlineData(4, "HUB-EUROPE", "drafting-officer is a role in a mission, not in HUB-EUROPE.")]
    [InlineData(5, "registrar", "registrar is a role in CENTRAL, not in KBL.")]
    [InlineData(5, "auditor", "auditor is a role in CENTRAL, not in KBL.")]
    [InlineData(5, "admin", "Role \"admin\" is not known. There are: drafting-officer, clearing-officer, head-of-unit, duty-officer, registrar, auditor.")]
    [InlineData(6, "", "From \"\" is not a date")]
    [InlineData(6, "01.01.2026", "From \"01.01.2026\" is not a date")]
    [InlineData(6, "2026-02-30", "From \"2026-02-30\" is not a date")]
    [InlineData(7, "soon", "To \"soon\" is not a date")]
    [InlineData(7, "2026-01-01", "The appointment ends before it begins")]
    [InlineData(7, "2025-01-01", "The appointment ends before it begins")]
    public void Says_of_a_bad_value_what_is_wrong_with_it(int column, string value, string reason)
    {
        var file = PeopleFile.Check([new(4, With((column, value)))], Context);

        file.Good.ShouldBeEmpty();
        file.Rejected.ShouldHaveSingleItem().Line.ShouldBe(4);
        file.Rejected[0].Reason.ShouldContain(reason);
    }

    [Theory]
    [InlineData("CENTRAL", Roles.ClearingOfficer, Roles.HeadOfUnit, Roles.DutyOfficer, Roles.Registrar, Roles.Auditor)]
    [InlineData("HUB-EUROPE", Roles.ClearingOfficer, Roles.HeadOfUnit, Roles.DutyOfficer)]
    [InlineData("TYO", Roles.DraftingOfficer, Roles.ClearingOfficer, Roles.HeadOfUnit, Roles.DutyOfficer)] // With a front office.
    [InlineData("KBL", Roles.DraftingOfficer)]
    public void Gives_in_each_office_the_roles_that_belong_there(string office, params string[] roles) =>
        Roles.All.Where(role => PeopleFile.Check([new(2, With((4, office), (5, role)))], Context).Good.Count == 1).ShouldBe(roles);

    [Theory]
    [InlineData("https://idp", "taken", "Issuer and subject are 9999's.")]
    [InlineData("https://idp", "service:publishing", "The subject is a service's, not a person's.")]
    [InlineData(Local, "2201", "The local issuer knows people by their staff number")]
    public void Never_lets_one_person_pass_for_another(string issuer, string subject, string reason) =>
        PeopleFile.Check([new(2, With((2, issuer), (3, subject)))], Context).Rejected.ShouldHaveSingleItem().Reason.ShouldContain(reason);

    [Fact]
    public void Gives_an_identity_to_the_first_person_who_names_it()
    {
        var file = PeopleFile.Check([new(2, With((2, "https://idp"), (3, "x"))), new(3, With((0, "1102"), (2, "https://idp"), (3, "x")))], Context);

        file.Rejected.ShouldHaveSingleItem().Reason.ShouldContain("Issuer and subject are 1101's.");
    }

    [Fact]
    public void Knows_a_person_by_one_name()
    {
        var file = PeopleFile.Check([new(2, Amina), new(3, With((1, "Amina Youssouf"), (4, "TYO")))], Context);

        file.Rejected.ShouldBe([new(3, "1101 bears another name in line 2.")]);
    }

    [Fact]
    public void Takes_an_appointment_once()
    {
        var file = PeopleFile.Check([new(2, Amina), new(3, With((7, "2028-01-01")))], Context);

        file.Rejected.ShouldBe([new(3, "The same appointment stands in line 2 already.")]);
    }

    private static string[] With(params (int Column, string Value)[] changes)
    {
        var fields = Amina.ToArray();
        foreach (var (column, value) in changes) fields[column] = value;
        return fields;
    }
}
