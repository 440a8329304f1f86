using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Policy;
using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Platform.Data;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Registry.Data;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Architecture.Tests.Matrix;

/// <summary>One cell: who was answered what about which post.</summary>
/// <param name="Said">The status, and a problem's code.</param>
/// <param name="Shows">True when the answer holds an id, the digest or the text of the post.</param>
/// <param name="Tells">True when it holds the text.</param>
internal sealed record Cell(Question Question, State State, Visitor Visitor, int Status, string Said, bool Shows, bool Tells);

/// <summary>A ministry with one post in each state, and everything that everybody can ask about each, asked.</summary>
public sealed class Stage : IAsyncLifetime
{
    public static readonly DateTimeOffset Opening = new(2026, 12, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly ManualClock clock = new(Opening);
    private Backends backends = null!;
    private ServiceUnderTest host = null!;
    private int sent;

    internal IReadOnlyList<Way> Ways { get; private set; } = [];

    /// <summary>The posts as they were before anything was asked, and after.</summary>
    internal IReadOnlyList<Item> Items { get; private set; } = [];
    internal IReadOnlyList<Item> ItemsAfterwards { get; private set; } = [];

    /// <summary>What the ledger holds of all of them, by the facts' names.</summary>
    internal IReadOnlySet<string> Facts { get; private set; } = new HashSet<string>();

    internal IReadOnlyList<Question> Asked { get; private set; } = [];
    internal IReadOnlyList<Cell> Cells { get; private set; } = [];

    /// <summary>How many requests that took.</summary>
    internal int Sent => sent;

    internal TimeSpan SetUpIn { get; private set; }
    internal TimeSpan AskedIn { get; private set; }

    public async ValueTask InitializeAsync()
    {
        var begun = Stopwatch.GetTimestamp();
        await StartAsync();
        var plays = States.All.Select((state, i) => new Play(host, state, i + 1)).ToList();
        await FirstActAsync([.. plays.Where(play => !play.State.Later)]);
        await SecondActAsync(plays);
        Ways = await Way.AllAsync(host);
        Items = await ItemsAsync(plays);
        SetUpIn = Stopwatch.GetElapsedTime(begun);

        begun = Stopwatch.GetTimestamp();
        Asked = Questions.Of(Ways);
        var cells = new ConcurrentBag<Cell>();
        await Parallel.ForEachAsync(Cast.All, new ParallelOptions { MaxDegreeOfParallelism = 2 * Environment.ProcessorCount }, async (visitor, _) =>
        {
            foreach (var cell in await AskAsync(visitor)) cells.Add(cell);
        });
        Cells = [.. cells];
        AskedIn = Stopwatch.GetElapsedTime(begun);
        ItemsAfterwards = await ItemsAsync(plays);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await backends.DisposeAsync();
    }

    private async Task StartAsync()
    {
        backends = new Backends(Store.Sqlite);
        host = await ServiceUnderTest.StartAsync(new Setup(Store.Sqlite)
        {
            Backends = backends, Clock = clock,
            Settings =
            {
                ["Limits:RequestsPerSecondPerPerson"] = "1000000",
                ["Registry:Seed:Missions"] = await FileAsync("missions.csv", Cast.MissionsFile), ["Registry:Seed:Offices"] = await FileAsync("offices.csv", Cast.OfficesFile),
                ["Registry:Seed:People"] = await FileAsync("people.csv", Cast.PeopleFile),
            },
            Services = services => services
                .ConfigureDbContext<ClearanceDb>(options => options.AddInterceptors(Rehearsal.Instance))
                .ConfigureDbContext<DraftingDb>(options => options.AddInterceptors(Rehearsal.Instance)),
        }, [.. Modules.All().Where(module => module.NeedsDatabase)]); // The portal keeps nothing: what it shows a person, these have answered them.
        var trust = Directory.CreateDirectory(Path.Combine(backends.Folder, "trust", "permit")).FullName;
        foreach (var key in Directory.GetFiles(Path.Combine(backends.Folder, "keys", "permit"), "*.pub.pem")) File.Copy(key, Path.Combine(trust, Path.GetFileName(key)), true);

        await QuietAsync();
        await ImportAsync("delegations", Cast.DelegationsFile);
        await ImportAsync("duties", Cast.DutiesFile);
        await QuietAsync();
        var policy = (await host.Client("C-1").Post("api/clearance/policies", new StringContent(Cast.Policy, Encoding.UTF8, "application/yaml"))).ShouldBe(201)["digest"].GetString();
        (await host.Client(Cast.Decider).Post($"api/clearance/policies/{policy}/adoptions", new { replaces = PolicyShelf.First.Digest }, version: 1)).ShouldBe(200);
    }

    /// <summary>At opening time, and without a period for undoing: what is decided is settled at once.</summary>
    private async Task FirstActAsync(IReadOnlyList<Play> plays)
    {
        host.Services.GetRequiredService<IConfiguration>()["Clearance:UndoSeconds"] = "0";
        await OpenAsync(plays);
        foreach (var play in plays) await play.State.Play(play);
        await QuietAsync();
        await Eventually.Be(async () => await host.Db<PublishingDb, int>(db => db.Releases.CountAsync()) == plays.Count(play => play.State.Release is not null));
    }

    /// <summary>Forty minutes later, with a period for undoing that nothing outlasts.</summary>
    private async Task SecondActAsync(IReadOnlyList<Play> plays)
    {
        clock.AdvanceTo(Opening.AddMinutes(40));
        host.Services.GetRequiredService<IConfiguration>()["Clearance:UndoSeconds"] = "86400";
        await OpenAsync([.. plays.Where(play => play.State.Later)]);
        foreach (var play in plays.Where(play => play.State.Later)) await play.State.Play(play);
        foreach (var play in plays) await play.State.Then(play);
        await Eventually.Passes(async () => (await ItemsAsync(plays)).Where(item => !item.IsAsPlayed).ShouldBeEmpty());
        await QuietAsync();
        var facts = new HashSet<string>();
        foreach (var play in plays) facts.UnionWith(await play.FactsAsync());
        Facts = facts;
    }

    private static async Task OpenAsync(IReadOnlyList<Play> plays)
    {
        foreach (var play in plays) await play.WriteAsync();
        foreach (var play in plays) await play.SubmitAsync();
        foreach (var play in plays) await play.OpenedAsync();
    }

    private async Task<IReadOnlyList<Cell>> AskAsync(Visitor visitor)
    {
        using var client = host.ClientWith(visitor.IsService ? host.Issuer.ForService(visitor.Name[..^"-service".Length]).Value : visitor.Person is { } person ? host.Issuer.ForPerson(person) : null);
        client.DefaultRequestHeaders.Add(Rehearsal.Header, "1");
        var (cells, known) = (new List<Cell>(), new Dictionary<string, Answer>());
        foreach (var question in Asked)
            foreach (var item in Items)
            {
                // Whoever is refused at the door is asked for one post, and answered for all; a list is fetched once, and looked through for each.
                var key = !visitor.MayEnter(question.Way) ? question.Name : question.Commands ? $"{question.Name} {item.State.Name}" : question.Path(item);
                if (!known.TryGetValue(key, out var answer))
                    known[key] = answer = await client.Send(
                        new HttpMethod(question.Way.Method), question.Path(item).TrimStart('/'), question.Body(item), question.Way.Once ? Guid.CreateVersion7().ToString() : null,
                        question.Commands ? $"\"{question.Version(item) ?? 1}\"" : null);
                cells.Add(new Cell(question, item.State, visitor, answer.Status, answer.Code is { } code ? $"{answer.Status} {code}" : $"{answer.Status}", item.Marks.Any(answer.Body.Contains), answer.Body.Contains(item.Canary)));
            }
        Interlocked.Add(ref sent, known.Count);
        return cells;
    }

    private static async Task<IReadOnlyList<Item>> ItemsAsync(IReadOnlyList<Play> plays)
    {
        var items = new List<Item>();
        foreach (var play in plays) items.Add(await play.ItemAsync());
        return items;
    }

    /// <summary>Until everybody has heard everything.</summary>
    private async Task QuietAsync()
    {
        await HeardAsync<RegistryDb>();
        await HeardAsync<DraftingDb>();
        await HeardAsync<ClearanceDb>();
        await HeardAsync<PublishingDb>();
        await HeardAsync<OversightDb>();

        Task HeardAsync<TDb>() where TDb : PlatformDb =>
            Eventually.Be(async () => !await host.Db<TDb, bool>(db => db.Outbox.AnyAsync(row => row.SentAt == null)), TimeSpan.FromSeconds(60), typeof(TDb).Name);
    }

    private async Task<string> FileAsync(string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(backends.Folder, name);
        await File.WriteAllLinesAsync(path, lines);
        return path;
    }

    private async Task ImportAsync(string what, string csv) =>
        (await host.Client("R-1").Post($"api/registry/imports/{what}", new StringContent(csv, Encoding.UTF8, new MediaTypeHeaderValue("text/csv")))).ShouldBe(200);
}
