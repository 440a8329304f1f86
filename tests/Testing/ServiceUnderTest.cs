using System.Collections.Concurrent;
using System.Net.Http.Headers;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shouldly;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Platform.Hosting;
using WorkflowPlatform.Platform.Identity;
using WorkflowPlatform.Platform.Messaging;

namespace WorkflowPlatform.Testing;

/// <summary>How a host under test is set up. A bare <see cref="Store"/> is setup enough: fresh databases, in-memory bus, real clock.</summary>
public sealed record Setup(Store Store)
{
    /// <summary>Databases that outlive the host; else it has its own, gone with it.</summary>
    public Backends? Backends { get; init; }

    /// <summary>The real broker, outliving the host; else the in-memory bus, or what <see cref="OnBroker"/> says.</summary>
    public TestBroker? Broker { get; init; }

    /// <summary>The real broker, in a virtual host of this host's own.</summary>
    public bool OnBroker { get; init; }

    /// <summary>The broker's address where it is another than the broker's own, such as a <see cref="Proxy"/>.</summary>
    public Uri? BrokerUrl { get; init; }

    /// <summary>False where the broker is away on purpose: else the start waits until the queues are there.</summary>
    public bool WaitsForBroker { get; init; } = true;

    /// <summary>A stepped clock; else the real time.</summary>
    public ManualClock? Clock { get; init; }

    /// <summary>An issuer that outlives the host.</summary>
    public TestIssuer? Issuer { get; init; }

    /// <summary>Settings beside or above the fixture's own.</summary>
    public Dictionary<string, string?> Settings { get; init; } = [];

    /// <summary>Registrations made before the platform's.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    public bool Development { get; init; }

    /// <summary>The sign-in scheme for pages, where a portal is among the modules.</summary>
    public string? Pages { get; init; }

    public static implicit operator Setup(Store store) => new(store);

    public static implicit operator Setup(Footing footing) => FromFooting(footing);

    public static Setup FromStore(Store store) => new(store);

    public static Setup FromFooting(Footing footing) =>
        footing is Footing.Standalone ? new Setup(Store.Sqlite) : new Setup(Store.Postgres) { OnBroker = true };
}

/// <summary>A message that was given up, and why.</summary>
public sealed record DeadLetter(Guid MessageId, byte[] Body, string Reason);

/// <summary>One or several modules in a running host, as <see cref="ServiceHost"/> builds them: real Kestrel on a free port, real database, real bus.</summary>
public sealed class ServiceUnderTest : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly IReadOnlyList<Type> databases;
    private readonly ConcurrentBag<IDisposable> clients = [];
    private readonly List<IAsyncDisposable> owned;
    private readonly ConcurrentDictionary<(string Aggregate, string Id), byte[]> heads = new();
    private bool stopped;

    private ServiceUnderTest(
        WebApplication app, IReadOnlyList<Type> databases, TimeProvider clock, TestIssuer issuer, Backends backends, TestBroker? broker, List<IAsyncDisposable> owned, LogBook logs)
    {
        (this.app, this.databases, Clock, Issuer, Backends, Broker, this.owned, Logs) = (app, databases, clock, issuer, backends, broker, owned, logs);
        Given = new Given(this);
    }

    public IServiceProvider Services => app.Services;
    public TimeProvider Clock { get; }
    public TestIssuer Issuer { get; }
    public Backends Backends { get; }
    public Given Given { get; }

    /// <summary>Null on the in-memory bus.</summary>
    public TestBroker? Broker { get; }

    /// <summary>What the host logged, from information upwards.</summary>
    public LogBook Logs { get; }

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<ServiceUnderTest> StartAsync(Setup setup, params IModule[] modules)
    {
        var owned = new List<IAsyncDisposable>();
        var backends = setup.Backends ?? Own(new Backends(setup.Store));
        var broker = setup.Broker ?? (setup.OnBroker ? Own(await TestBroker.CreateAsync()) : null);
        TimeProvider clock = setup.Clock ?? TimeProvider.System;
        var issuer = setup.Issuer ?? new TestIssuer(clock);
        var logs = new LogBook();
        try
        {
            var builder = ServiceHost.CreateBuilder(["--urls", "http://127.0.0.1:0", "--environment", setup.Development ? "Development" : "Production"]);
            builder.Host.UseDefaultServiceProvider(options => (options.ValidateScopes, options.ValidateOnBuild) = (true, true));
            var settings = new Dictionary<string, string?> { ["Data:Folder"] = backends.Folder };
            foreach (var module in modules.Where(module => module.NeedsDatabase)) settings[$"{module.Name}:Database"] = await backends.ForAsync(module.Name);
            if ((setup.BrokerUrl ?? broker?.Url) is { } url) settings["Broker:Url"] = url.ToString();
            foreach (var (key, value) in setup.Settings) settings[key] = value;
            builder.Configuration.AddInMemoryCollection(settings);
            builder.Logging.ClearProviders().AddProvider(logs).AddFilter("Microsoft", LogLevel.Warning).AddFilter("System", LogLevel.Warning);
            builder.Services.AddSingleton(clock);
            setup.Services?.Invoke(builder.Services);

            var app = ServiceHost.Build(builder, modules, setup.Pages);
            var databases = builder.Services.Select(service => service.ServiceType).Where(type => type.IsSubclassOf(typeof(PlatformDb))).Distinct().ToList();
            owned.Insert(0, app);
            if (!await ServiceHost.StartModulesAsync(app, modules, migrate: true)) throw new InvalidOperationException("The modules would not start.");
            // Registry has offered an issuer of its own. Where it issues cards, those are to be used.
            if (!app.Configuration.GetValue<bool>("Registry:LocalIssuer:Enabled")) issuer.OfferTo(app.Services.GetRequiredService<InProcessIssuer>());
            await app.StartAsync();
            if (broker is not null && setup.WaitsForBroker)
                (await app.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(30))).ShouldBe(BusHealthStatus.Healthy);
            return new ServiceUnderTest(app, databases, clock, issuer, backends, broker, owned, logs);
        }
        catch (Exception)
        {
            foreach (var part in owned) await part.DisposeAsync();
            throw;
        }

        T Own<T>(T made) where T : IAsyncDisposable
        {
            owned.Add(made);
            return made;
        }
    }

    /// <summary>A client that is this person, with a fresh token for each request.</summary>
    public HttpClient Client(string person) => ClientWith(() => Issuer.ForPerson(person));

    /// <summary>A client that is another service.</summary>
    public HttpClient ServiceClient(string service) => ClientWith(() => Issuer.ForService(service).Value);

    /// <summary>A client without a token, or with this one.</summary>
    public HttpClient ClientWith(string? token = null) => ClientWith(() => token);

    /// <summary>Sends a fact as its owner's relay would: its exact bytes with the ledger block, under its MessageId.</summary>
    /// <remarks>In memory it returns when every consumer is done with it; on the broker, when the broker has it.</remarks>
    /// <param name="messageId">To send the same message again; a new one when null.</param>
    /// <param name="aggregate">As the ledger names it; guessed from the fact when null.</param>
    public async Task<OutboxRow> Publish(IFact fact, Guid? messageId = null, string? aggregate = null, string? id = null)
    {
        var (kind, key) = LedgerNames.Of(fact);
        (kind, key) = (aggregate ?? kind, id ?? key);
        var row = OutboxEntry.For(kind, key, fact, fact.Version == 1 ? null : heads.GetValueOrDefault((kind, key)));
        heads[(kind, key)] = row.Hash;
        if (messageId is { } given) row = new OutboxRow
        {
            MessageId = given, Aggregate = row.Aggregate, AggregateId = row.AggregateId, Version = row.Version, Type = row.Type,
            Body = row.Body, Hash = row.Hash, TraceParent = row.TraceParent, CreatedAt = row.CreatedAt,
        };
        await Send(row);
        return row;
    }

    /// <summary>Sends the very same message once more.</summary>
    public Task Send(OutboxRow row) => Services.GetRequiredService<Outlet>().SendAsync(row, new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token);

    /// <summary>Looks into a module's database, or changes it behind everybody's back, with the eyes of the system.</summary>
    public async Task<T> Db<TDb, T>(Func<TDb, Task<T>> look) where TDb : PlatformDb
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<DataScope>().BecomeSystem();
        return await look(scope.ServiceProvider.GetRequiredService<TDb>());
    }

    public Task Db<TDb>(Func<TDb, Task> change) where TDb : PlatformDb => Db<TDb, bool>(async db =>
    {
        await change(db);
        return true;
    });

    /// <summary>What the consumers of a queue could not deal with, wherever it lies on this footing.</summary>
    public async Task<IReadOnlyList<DeadLetter>> DeadLettersAsync<TDb>(string queue) where TDb : PlatformDb
    {
        if (Broker is null)
            return await Db<TDb, List<DeadLetter>>(async db => [.. (await db.DeadLetters.ToListAsync())
                .Where(row => row.Queue == queue).Select(row => new DeadLetter(row.MessageId, row.Body, row.Reason))]);
        return [.. (await Broker.PeekAsync(queue + "_error")).Select(letter =>
            new DeadLetter(Guid.Parse(letter.MessageId!), letter.Body, letter.Headers.GetValueOrDefault("MT-Fault-Message", "")))];
    }

    /// <summary>Stops the host as an operator would; its databases stay until it is disposed of.</summary>
    public async Task StopAsync()
    {
        if (stopped) return;
        stopped = true;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await app.StopAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients) client.Dispose();
        await StopAsync();
        foreach (var part in owned) await part.DisposeAsync();
    }

    internal async Task InEveryDbAsync(Func<PlatformDb, CancellationToken, Task> change)
    {
        foreach (var type in databases)
        {
            await using var scope = Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<DataScope>().BecomeSystem();
            var db = (PlatformDb)scope.ServiceProvider.GetRequiredService(type);
            await change(db, default);
            await db.SaveChangesAsync();
        }
    }

    private HttpClient ClientWith(Func<string?> token)
    {
        var client = new HttpClient(new Bearer(token)) { BaseAddress = Address };
        clients.Add(client);
        return client;
    }

    private sealed class Bearer(Func<string?> token) : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (token() is { } value) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", value);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
