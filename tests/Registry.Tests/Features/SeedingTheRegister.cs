using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Registry.Tests.Features;

public sealed class SeedingTheRegister
{
    [Theory, OnBothDatabases]
    public async Task Happens_at_every_start_and_adds_only_what_is_new(Store store)
    {
        await using var backends = new Backends(store);
        var setup = new Setup(store) { Backends = backends, Settings = { ["Registry:Seed:Missions"] = Write(backends, "m.csv", RegistryHost.MissionsHeader, RegistryHost.Kabul, "bad") } };
        setup.Settings["Registry:Seed:People"] = Write(backends, "p.csv", RegistryHost.PeopleHeader, "1101,Amina,,,KBL,drafting-officer,2020-01-01,");

        for (var start = 1; start <= 2; start++)
        {
            await using var host = await RegistryHost.StartAsync(setup);
            (await host.Db<RegistryDb, int>(db => db.Missions.CountAsync())).ShouldBe(1);
            (await host.Db<RegistryDb, int>(db => db.AppointmentRecords.CountAsync())).ShouldBe(1);
            (await host.Db<RegistryDb, int>(db => db.Outbox.CountAsync())).ShouldBe(5);
        }
    }

    [Fact]
    public async Task Stops_the_start_when_the_file_is_missing_or_another_one()
    {
        await using var backends = new Backends(Store.Sqlite);
        foreach (var file in new[] { "nowhere.csv", Write(backends, "p.csv", RegistryHost.PeopleHeader) })
            await Should.ThrowAsync<InvalidOperationException>(() =>
                RegistryHost.StartAsync(new Setup(Store.Sqlite) { Backends = backends, Settings = { ["Registry:Seed:Missions"] = file } }));
    }

    private static string Write(Backends backends, string name, params string[] lines)
    {
        var path = Path.Combine(backends.Folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }
}
