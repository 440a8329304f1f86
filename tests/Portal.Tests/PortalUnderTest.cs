using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WorkflowPlatform.Platform.Hosting;
using WorkflowPlatform.Standalone;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Portal.Tests;

/// <summary>The portal with every service behind it in one process, a small ministry in the register, and nothing written yet.</summary>
public sealed class PortalUnderTest : IAsyncLifetime
{
    /// <summary>What takes a second on an idle machine may take this long on a busy one.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);

    private const string People = """
        person,name,issuer,subject,office,role,from,to
        1,Emi Tanaka,,,TYO,drafting-officer,2020-01-01,
        2,Amina Yusuf,,,LON,drafting-officer,2020-01-01,
        3,Bilal Karim,,,RUH,drafting-officer,2020-01-01,
        3,Bilal Karim,,,DXB,drafting-officer,2020-01-01,
        4,Hina Malik,,,CENTRAL,clearing-officer,2020-01-01,
        5,Joseph Adeyemi,,,CENTRAL,clearing-officer,2020-01-01,
        6,Laila Shah,,,CENTRAL,auditor,2020-01-01,

        """;

    private const string Missions = """
        code,name,kind,city,country,region,time_zone,languages
        TYO,Embassy of Pakistan Tokyo,embassy,Tokyo,JP,Asia Pacific,Asia/Tokyo,en;ja
        LON,High Commission of Pakistan London,high-commission,London,GB,Europe,Europe/London,en;ur
        RUH,Embassy of Pakistan Riyadh,embassy,Riyadh,SA,Middle East,Asia/Riyadh,en;ar;ur
        DXB,Consulate General of Pakistan Dubai,consulate,Dubai,AE,Middle East,Asia/Dubai,en;ar;ur

        """;

    /// <summary>Further lines of the people's file.</summary>
    internal string MorePeople { get; init; } = "";

    /// <summary>Where the services keep their databases.</summary>
    internal string Folder => folder;

    private readonly string folder = Directory.CreateTempSubdirectory("workflow-platform-portal-").FullName;
    private readonly Dictionary<string, string?> settings = [];
    private WebApplication? app;

    public PortalUnderTest() { }

    internal PortalUnderTest(params (string Key, string? Value)[] settings)
    {
        foreach (var (key, value) in settings) this.settings[key] = value;
    }

    public Uri Address => new(app!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public async ValueTask InitializeAsync()
    {
        var (missions, people) = (Path.Combine(folder, "missions.csv"), Path.Combine(folder, "people.csv"));
        await File.WriteAllTextAsync(missions, Missions);
        await File.WriteAllTextAsync(people, People + MorePeople);
        var builder = ServiceHost.CreateBuilder(["--urls", "http://127.0.0.1:0", "--environment", "Development"]);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>(settings)
        {
            ["Data:Folder"] = folder,
            ["Registry:Seed:Missions"] = missions,
            ["Registry:Seed:People"] = people,
        });
        builder.Logging.ClearProviders();
        app = StandaloneHost.Build(builder, clock: null);
        (await StandaloneHost.StartAsync(app, folder)).ShouldBeTrue();
        await app.StartAsync();
        if (!settings.Keys.Any(key => key.StartsWith("Services:", StringComparison.Ordinal))) await EverybodyHasHeardAsync(); // Else somebody is away on purpose.
    }

    public Visitor Visitor() => new(Address);

    /// <summary>Somebody who has chosen their card.</summary>
    public async Task<Visitor> SignedInAsync(string name)
    {
        var visitor = Visitor();
        var cards = await visitor.GetAsync("/sign-in");
        (await visitor.PressAsync(cards, name)).Path.ShouldBe("/");
        return visitor;
    }

    /// <summary>A post that waits in the queue by now; answers its page's path.</summary>
    public async Task<string> SubmittedAsync(string author, string text, string? mission = null, string when = "", string? urgency = null)
    {
        var visitor = await SignedInAsync(author);
        var form = await visitor.GetAsync("/write");
        var fields = new List<(string, string)> { ("Text", text), ("When it goes out", when) };
        if (mission is not null) fields.Add(("Where it is posted", $"noticeboard:{mission}"));
        if (urgency is not null) fields.Add(("Urgency", urgency));
        var post = await visitor.PressAsync(form, "Submit for clearance", [.. fields]);
        post.Path.ShouldStartWith("/posts/", customMessage: post.Words);
        var officer = await SignedInAsync("Joseph Adeyemi");
        var begins = text.Split('\n')[0];
        await Eventually.Be(async () => (await officer.GetAsync("/queue")).Words.Contains(begins[..Math.Min(20, begins.Length)], StringComparison.Ordinal), Soon);
        return post.Path;
    }

    /// <summary>The register's facts reach the other services a moment after the start.</summary>
    private async Task EverybodyHasHeardAsync()
    {
        foreach (var (name, page) in new[] { ("Emi Tanaka", "/posts"), ("Hina Malik", "/queue"), ("Hina Malik", "/alerts"), ("Joseph Adeyemi", "/queue"), ("Laila Shah", "/alerts") })
        {
            using var visitor = await SignedInAsync(name);
            await Eventually.Be(async () => (await visitor.GetAsync(page)).Status == System.Net.HttpStatusCode.OK, Soon);
        }
        foreach (var (name, account) in new[] { ("Emi Tanaka", null), ("Amina Yusuf", null), ("Bilal Karim", "noticeboard:RUH"), ("Bilal Karim", "noticeboard:DXB") })
        {
            using var visitor = await SignedInAsync(name);
            // A time that has passed is refused last, and keeps nothing: who hears that is known, and so is their account.
            var fields = new List<(string, string)> { ("Text", "Probe"), ("When it goes out", "2020-01-01T09:00") };
            if (account is not null) fields.Add(("Where it is posted", account));
            await Eventually.Be(async () => (await visitor.PressAsync(await visitor.GetAsync("/write"), "Submit for clearance", [.. fields])).Links(".errors a") is ["#when"], Soon);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null) await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
