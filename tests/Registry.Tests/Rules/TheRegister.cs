using FsCheck;
using FsCheck.Fluent;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Registry.Domain;

namespace WorkflowPlatform.Registry.Tests.Rules;

public sealed class TheRegister
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly MissionLine Kabul = new("KBL", "Embassy Kabul", "embassy", "Kabul", "AF", "South Asia", "Asia/Kabul", ["en", "fa"]);
    private static readonly PersonLine Amina = new("1101", "Amina", null, "KBL", Roles.DraftingOfficer, Now, null);
    private static readonly PersonIdentity Card = new("urn:workflow-platform:local", "1101");
    private static readonly PersonIdentity Provider = new("https://idp", "amina");
    private static readonly PersonIdentity Other = new("https://other", "amina");

    [Fact]
    public void Tells_the_whole_of_a_mission_with_each_version()
    {
        MissionRules.Record(null, Kabul, Now).Allows(out var first, out _).ShouldBeTrue();
        MissionRules.Record(first.State, Kabul with { Name = "Mission Kabul" }, Now).Allows(out var second, out _).ShouldBeTrue();

        var fact = second.Fact.ShouldBeOfType<MissionRecorded>();
        (fact.Mission, fact.Version, fact.Name, fact.TimeZone, fact.At).ShouldBe(("KBL", 2, "Mission Kabul", "Asia/Kabul", Now));
    }

    [Fact]
    public void Takes_another_order_of_languages_for_a_change() =>
        MissionRules.Record(Recorded(Kabul), Kabul with { Languages = ["fa", "en"] }, Now).Allows(out _, out _).ShouldBeTrue();

    [Fact]
    public void Says_nothing_when_a_line_says_nothing_new() => Check.QuickThrowOnFailure(
        Prop.ForAll(SomeMission.ToArbitrary(), line =>
        {
            MissionRules.Record(Recorded(line), line with { Languages = [.. line.Languages] }, Now).Allows(out _, out var refusal).ShouldBeFalse();
            refusal.ShouldBe(Register.Unchanged);
        }));

    [Fact]
    public void Counts_versions_without_a_gap_through_any_lines() => Check.QuickThrowOnFailure(
        Prop.ForAll(SomeMission.ListOf().ToArbitrary(), lines =>
        {
            Mission? mission = null;
            foreach (var line in lines)
            {
                if (!MissionRules.Record(mission, line, Now).Allows(out var accepted, out _)) continue;
                accepted.State.Version.ShouldBe((mission?.Version ?? 0) + 1);
                accepted.Fact.Version.ShouldBe(accepted.State.Version);
                mission = accepted.State;
            }
        }));

    [Fact]
    public void Opens_a_mission_s_noticeboard_once()
    {
        AccountRules.OpenNoticeboard(null, "KBL", Now).Allows(out var opened, out _).ShouldBeTrue();
        opened.State.ShouldBe(new Account("noticeboard:KBL", 1, "KBL", "noticeboard", "KBL", Live: true, Flagship: false));
        AccountRules.OpenNoticeboard(opened.State, "KBL", Now).Allows(out _, out _).ShouldBeFalse();
    }

    [Fact]
    public void Knows_an_appointment_again_by_person_office_role_and_beginning()
    {
        AppointmentRules.IdOf(Amina).ShouldBe(AppointmentRules.IdOf(Amina with { Name = "Another", To = Now.AddDays(1) }));
        AppointmentRules.IdOf(Amina).Version.ShouldBe(8);
        new[]
        {
            Amina, Amina with { Person = "1102" }, Amina with { Office = "TYO" }, Amina with { Role = Roles.Auditor }, Amina with { From = Now.AddSeconds(1) },
        }.Select(AppointmentRules.IdOf).ShouldBeUnique();
    }

    [Fact]
    public void Keeps_an_appointment_s_id_for_good() =>
        AppointmentRules.IdOf(Amina).ShouldBe(Guid.Parse("52e10e84-f1a3-8011-9c67-38e861abaaa8"));

    [Fact]
    public void Changes_the_end_of_an_appointment_it_knows()
    {
        AppointmentRules.Record(null, Amina, Now).Allows(out var first, out _).ShouldBeTrue();
        AppointmentRules.Record(first.State, Amina with { To = Now.AddDays(1) }, Now).Allows(out var ended, out _).ShouldBeTrue();

        var fact = ended.Fact.ShouldBeOfType<AppointmentRecorded>();
        (fact.Id, fact.Version, fact.To).ShouldBe((first.State.Id, 2, Now.AddDays(1)));
    }

    [Fact]
    public void Never_tells_a_name() => typeof(PersonRecorded).GetProperties().Select(p => p.Name).ShouldNotContain("Name");

    [Fact]
    public void Gives_a_card_to_who_has_no_other_identity() => After(null, new("1101", "Amina", [], true, Card)).ShouldBe([Card]);

    [Fact]
    public void Gives_no_identity_at_all_while_there_are_no_cards() => After(null, new("1101", "Amina", [], true, null)).ShouldBeEmpty();

    [Fact]
    public void Gives_no_card_to_who_has_an_identity_provider() => After(null, new("1101", "Amina", [Provider], true, Card)).ShouldBe([Provider]);

    [Fact]
    public void Replaces_identities_by_those_that_the_file_names() => After([Other], new("1101", "Amina", [Provider], true, Card)).ShouldBe([Provider]);

    [Fact]
    public void Keeps_identities_where_the_file_names_none() => After([Provider], new("1101", "Amina", [], true, null)).ShouldBe([Provider]);

    [Fact]
    public void Takes_no_identity_away_while_a_line_about_the_person_is_bad() =>
        After([Other], new("1101", "Amina", [Provider], Complete: false, Card)).ShouldBe([Provider, Other]);

    private static IReadOnlyList<PersonIdentity> After(PersonIdentity[]? before, PersonEntry entry)
    {
        var current = before is null ? null : new Person("1101", 1, "Before", before);
        PersonRules.Record(current, entry, Now).Allows(out var accepted, out _).ShouldBeTrue();
        PersonRules.Record(accepted.State, entry, Now).Allows(out _, out _).ShouldBeFalse(); // The same again changes nothing.
        accepted.Fact.ShouldBeOfType<PersonRecorded>().Identities.ShouldBe(accepted.State.Identities);
        return accepted.State.Identities;
    }

    private static Mission Recorded(MissionLine line)
    {
        MissionRules.Record(null, line, Now).Allows(out var accepted, out _).ShouldBeTrue();
        return accepted.State;
    }

    private static Gen<MissionLine> SomeMission =>
        from name in Gen.Elements("Embassy Kabul", "Mission Kabul")
        from zone in Gen.Elements("Asia/Kabul", "Asia/Tokyo")
        from languages in Gen.SubListOf("en", "fa", "ps")
        select Kabul with { Name = name, TimeZone = zone, Languages = [.. languages] };
}
