using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Soak;

/// <summary>What can be killed, and what is asked of it meanwhile.</summary>
internal interface IVictims : IAsyncDisposable
{
    /// <summary>Everything that a round may kill.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Those that pass a step, so that they can be killed at it.</summary>
    IReadOnlyList<string> AtStep(string step);

    /// <summary>Calls the noticeboard loses the answers of.</summary>
    ReplyCutter Cutter { get; }

    Uri AddressOf(string service);

    Task<Backend> DatabaseOf(string service);

    /// <summary>kill -9.</summary>
    Task KillAsync(string victim);

    /// <summary>Has it kill itself at a step. False when it did not pass it in time.</summary>
    Task<bool> FailAtAsync(string victim, string step, int time, TimeSpan within);

    /// <summary>Starts it again and waits until it works.</summary>
    Task StartAsync(string victim);

    /// <summary>From now on Publishing reaches the noticeboard with or without handles of its own.</summary>
    Task SetHandlesAsync(bool handles);
}

/// <summary>Short times, so that a round is short: what production waits for minutes is waited for in seconds.</summary>
internal static class ShortTimes
{
    public static readonly IReadOnlyList<(string Name, string Value)> All = [("Publishing__CallSeconds", "3"), ("Publishing__SettleSeconds", "2")];
}

/// <summary>Five services, a broker and a database, each a victim of its own.</summary>
internal sealed class SeparateVictims : IVictims
{
    private const string Broker = "broker", Postgres = "postgres";

    private readonly SeparateServices services;
    private readonly ServerScript servers;
    private readonly Func<string, string> connectionOf;

    private SeparateVictims(SeparateServices services, ServerScript servers, Func<string, string> connectionOf, ReplyCutter cutter) =>
        (this.services, this.servers, this.connectionOf, Cutter) = (services, servers, connectionOf, cutter);

    public IReadOnlyList<string> Names => [.. SeparateServices.Names, Broker, Postgres];

    public ReplyCutter Cutter { get; }

    public static async Task<SeparateVictims> BeginAsync(string folder, ServerScript servers, string postgres, Uri broker)
    {
        string ConnectionOf(string service) => new Npgsql.NpgsqlConnectionStringBuilder(postgres) { Database = $"soak_{service}", MaxPoolSize = 40 }.ToString();
        foreach (var service in SeparateServices.Names)
            await LedgerAudit.RowsAsync(new Backend(postgres), $"create database soak_{service}", _ => { });
        var seed = MinistryFiles.Write(Path.Combine(folder, "seed"), SoakMinistry.Missions);
        var services = await SeparateServices.PrepareAsync(folder, service => Task.FromResult(ConnectionOf(service)), broker, seed);
        var cutter = ReplyCutter.Before(services.AddressOf("oversight"));
        foreach (var (name, value) in ShortTimes.All.Append(("Publishing__Noticeboard__Url", cutter.Address.ToString()))) services.Settings[("publishing", name)] = value;
        var victims = new SeparateVictims(services, servers, ConnectionOf, cutter);
        await services.StartAllAsync();
        return victims;
    }

    public IReadOnlyList<string> AtStep(string step) => SoakMinistry.Passing(step);

    public Uri AddressOf(string service) => services.AddressOf(service);

    public Task<Backend> DatabaseOf(string service) => Task.FromResult(new Backend(connectionOf(service)));

    public Task KillAsync(string victim) => victim is Broker or Postgres ? servers.RunAsync("kill", victim) : services[victim].KillAsync();

    public async Task<bool> FailAtAsync(string victim, string step, int time, TimeSpan within)
    {
        await services.FailAtAsync(victim, step, time);
        return await services[victim].EndsWithinAsync(within);
    }

    public async Task StartAsync(string victim)
    {
        if (victim is Broker or Postgres)
        {
            await servers.RunAsync("start", victim);
            return;
        }
        services.Start(victim);
        await services.ReadyAsync(victim);
    }

    public async Task SetHandlesAsync(bool handles)
    {
        services.Settings[("publishing", "Publishing__Noticeboard__Handles")] = handles ? "true" : "false";
        await services["publishing"].StopAsync();
        await StartAsync("publishing");
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await Cutter.DisposeAsync();
    }
}

/// <summary>One process is all there is to kill.</summary>
internal sealed class StandaloneVictims : IVictims
{
    private const string Name = "standalone";

    private readonly string folder;
    private readonly Uri address = SeparateServices.FreeAddress();
    private readonly Dictionary<string, string> settings;
    private ChildProcess process = null!;

    private StandaloneVictims(string folder)
    {
        this.folder = folder;
        Cutter = ReplyCutter.Before(address);
        var seed = MinistryFiles.Write(Path.Combine(folder, "seed"), SoakMinistry.Missions);
        settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Demonstration__Enabled"] = "false", ["Data__Folder"] = Path.Combine(folder, "data"), ["Clearance__UndoSeconds"] = "0",
            ["Registry__Seed__Missions"] = seed.Missions, ["Registry__Seed__People"] = seed.People, ["Publishing__Noticeboard__Url"] = Cutter.Address.ToString(),
        };
        foreach (var (name, value) in ShortTimes.All) settings[name] = value;
    }

    public IReadOnlyList<string> Names => [Name];

    public ReplyCutter Cutter { get; }

    public static async Task<StandaloneVictims> BeginAsync(string folder)
    {
        var victims = new StandaloneVictims(folder);
        await victims.StartAsync(Name);
        return victims;
    }

    public IReadOnlyList<string> AtStep(string step) => Names;

    public Uri AddressOf(string service) => address;

    public Task<Backend> DatabaseOf(string service) => Task.FromResult(new Backend($"Data Source={Path.Combine(folder, "data", service + ".db")}"));

    public Task KillAsync(string victim) => process.KillAsync();

    public async Task<bool> FailAtAsync(string victim, string step, int time, TimeSpan within)
    {
        await process.TellAsync($"fail-at {step} {time}");
        return await process.EndsWithinAsync(within);
    }

    public async Task StartAsync(string victim)
    {
        process = ChildProcess.Start(SeparateServices.Program, [Name, "--until-input-ends", "--urls", address.ToString().TrimEnd('/')], settings, Path.Combine(folder, "standalone.log"));
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await Eventually.Be(async () =>
        {
            if (process.HasExited) throw new InvalidOperationException($"It ended with {process.ExitCode}; see {folder}/standalone.log");
            using var response = await http.GetAsync(new Uri(address, "/health/ready"));
            return response.IsSuccessStatusCode;
        }, TimeSpan.FromSeconds(60), "the one process is ready");
    }

    public async Task SetHandlesAsync(bool handles)
    {
        settings["Publishing__Noticeboard__Handles"] = handles ? "true" : "false";
        await process.StopAsync();
        await StartAsync(Name);
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        await Cutter.DisposeAsync();
    }
}
