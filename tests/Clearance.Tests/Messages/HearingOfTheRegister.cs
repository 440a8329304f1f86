using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Clearance.Domain.Register;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Messages;

/// <summary>What Registry records, as Clearance comes to know it.</summary>
public sealed class HearingOfTheRegister
{
    private static readonly Guid Id = Guid.CreateVersion7(Noon);

    private static readonly IFact[] Facts =
    [
        new MissionRecorded("KBL", 1, "Embassy Kabul", "embassy", "Kabul", "AF", "South Asia", "Asia/Kabul", ["en"], Noon),
        new AccountRecorded("noticeboard:KBL", 1, "KBL", "noticeboard", "KBL", true, true, Noon),
        new OfficeRecorded("CENTRAL", 1, "Central unit", "central-unit", null, "Asia/Karachi", "09:00-17:00", ["sat", "sun"], ["2026-12-25"], [], Noon),
        new OfficeRecorded("HUB-SOUTH-ASIA", 1, "Hub", "regional-hub", "CENTRAL", "Asia/Karachi", "09:00-17:00", ["sat", "sun"], [], ["South Asia"], Noon),
        new OfficeRecorded("DESK-GULF", 1, "Gulf desk", "country-desk", "CENTRAL", "Asia/Karachi", "09:00-17:00", ["fri", "sat"], [], ["AE", "QA"], Noon),
        new OfficeRecorded("KBL", 1, "Front office Kabul", "front-office", "HUB-SOUTH-ASIA", "Asia/Kabul", "08:00-16:00", ["fri"], [], [], Noon),
        new DelegationRecorded(Id, 1, "officer", "omar", "CENTRAL", Roles.ClearingOfficer, Noon.AddDays(-1), Noon.AddDays(1), "deputy", Noon),
        new DutyRecorded(Id, 1, "HUB-SOUTH-ASIA", "omar", Noon.AddHours(-4), Noon.AddHours(4), Noon),
    ];

    [Theory, OnBothFootings]
    public async Task Is_kept_and_can_be_asked(Footing footing)
    {
        await using var service = await ServiceUnderTest.StartAsync(footing, new ClearanceModule());
        await service.Given.ClearingOfficerAsync("officer");
        await service.Given.PersonAsync("omar", ("HUB-SOUTH-ASIA", Roles.DutyOfficer));
        foreach (var fact in Facts) await service.Publish(fact);
        await Eventually.Be(async () => await service.Db<ClearanceDb, int>(async db =>
            await db.Missions.CountAsync() + await db.Accounts.CountAsync() + await db.Offices.CountAsync() + await db.Delegations.CountAsync() + await db.Duties.CountAsync()) == Facts.Length);

        var book = await service.Db<ClearanceDb, OfficeBook>(db => db.OfficeBookAsync(default));
        (book.HubOf("South Asia")?.Code, book.DeskOf("QA")?.Code, book.FrontOfficeOf("KBL")?.Parent, book.DeskOf("FR")).ShouldBe(("HUB-SOUTH-ASIA", "DESK-GULF", "HUB-SOUTH-ASIA", null));
        (await service.Db<ClearanceDb, KnownAccount>(db => db.Accounts.SingleAsync())).Flagship.ShouldBeTrue();
        (await service.Db<ClearanceDb, KnownMission>(db => db.Missions.SingleAsync())).ShouldBe(new("KBL", 1, "embassy", "South Asia", "AF", "Asia/Kabul"));

        (await service.Db<ClearanceDb, IReadOnlyList<HeldCapacity>>(db => db.CapacitiesOfAsync("omar", Noon, default))).ShouldBe(
            [new(new("omar", "HUB-SOUTH-ASIA"), Roles.DutyOfficer), new(new("omar", "CENTRAL", "officer"), Roles.ClearingOfficer)]);
        (await service.Db<ClearanceDb, IReadOnlyList<HeldCapacity>>(db => db.CapacitiesOfAsync("omar", Noon.AddDays(1), default))).ShouldBe([new(new("omar", "HUB-SOUTH-ASIA"), Roles.DutyOfficer)]);
        (await service.Db<ClearanceDb, IReadOnlyList<HeldCapacity>>(db => db.CapacitiesInAsync("CENTRAL", Noon, default))).ShouldBe(
            [new(new("officer", "CENTRAL"), Roles.ClearingOfficer), new(new("omar", "CENTRAL", "officer"), Roles.ClearingOfficer)]);
        (await service.Db<ClearanceDb, IReadOnlyList<KnownDuty>>(db => db.OnDutyAsync(Noon, default))).ShouldHaveSingleItem().Office.ShouldBe("HUB-SOUTH-ASIA");
        (await service.Db<ClearanceDb, IReadOnlyList<KnownDuty>>(db => db.OnDutyAsync(Noon.AddHours(4), default))).ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    public async Task Gives_no_right_any_more_once_the_absent_one_has_lost_theirs(Store store)
    {
        await using var service = await ServiceUnderTest.StartAsync(new Setup(store) { Clock = new ManualClock(Noon) }, new ClearanceModule());
        await service.Given.ClearingOfficerAsync("officer");
        await service.Publish(Facts.OfType<DelegationRecorded>().Single());
        (await service.Db<ClearanceDb, IReadOnlyList<HeldCapacity>>(db => db.CapacitiesOfAsync("omar", Noon, default))).ShouldHaveSingleItem().By.ActingFor.ShouldBe("officer");

        await service.Given.EndedAsync("officer", Offices.Central, Roles.ClearingOfficer);
        (await service.Db<ClearanceDb, IReadOnlyList<HeldCapacity>>(db => db.CapacitiesOfAsync("omar", Noon, default))).ShouldBeEmpty();
    }

    [Theory, OnBothDatabases]
    public async Task Stands_by_its_newest_version_in_whatever_order_it_comes(Store store)
    {
        await using var service = await ServiceUnderTest.StartAsync(store, new ClearanceModule());
        OfficeRecorded Office(int version) => new("HUB-EUROPE", version, $"Version {version}", "regional-hub", "CENTRAL", "Europe/Paris", "09:00-17:00", [], [], ["Europe"], Noon);

        await Task.WhenAll(Enumerable.Range(1, 8).Reverse().Select(version => service.Publish(Office(version))));
        await service.Send(await service.Publish(Office(3)));

        (await service.Db<ClearanceDb, KnownOffice>(db => db.Offices.SingleAsync())).Name.ShouldBe("Version 8");
        (await service.Db<ClearanceDb, int>(db => db.DeadLetters.CountAsync())).ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task Lies_in_the_tables_that_the_scripts_make(Store store)
    {
        await using var service = await ServiceUnderTest.StartAsync(store, new ClearanceModule());
        await SchemaComparison.ShouldMatchAsync<ClearanceDb>(service);
    }
}
