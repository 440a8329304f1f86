using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Drafting.Data;
using WorkflowPlatform.Oversight.Data;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Architecture.Tests.Matrix;

/// <summary>How one post is brought into its state, by its people over HTTP.</summary>
internal sealed class Play(ServiceUnderTest host, State state, int number)
{
    /// <summary>Rests under votes and permits until it is withdrawn.</summary>
    private static readonly Guid Line = Guid.Parse("11111111-2222-3333-4444-555555555555");

    private Guid draft;

    public State State { get; } = state;

    /// <summary>Stands in the text of this post and of no other.</summary>
    public string Canary { get; } = $"canary-{number:00}-in-the-text";

    /// <summary>Digest of the picture of this post and of no other.</summary>
    public string Picture { get; private set; } = "";

    public DateTimeOffset Now => host.Clock.GetUtcNow();

    /// <summary>Two hands write it: the writer's, and those of somebody who clears elsewhere.</summary>
    public async Task WriteAsync()
    {
        Picture = (await host.Client(Cast.Writer).Post($"api/drafting/missions/{Cast.Mission}/media", Pictures.Content(Pictures.Png((byte)number)))).ShouldBe(201)["digest"].GetString()!;
        draft = (await host.Client(Cast.Writer).Post("api/drafting/drafts", new Dictionary<string, object?>(Content("first")) { ["mission"] = Cast.Mission })).ShouldBe(201)["id"].GetGuid();
        (await host.Client(Cast.Both).Post($"api/drafting/drafts/{draft}/revisions", Content("second"), version: 1)).ShouldBe(200);
    }

    /// <summary>What an author sends, on this post's account and for its time.</summary>
    private Dictionary<string, object?> Content(string words) => new()
    {
        ["account"] = $"noticeboard:{Cast.Mission}", ["text"] = $"{Canary}, {words} words.", ["language"] = "en", ["lane"] = State.Lane,
        ["release"] = new { local = (State.Soon ? Stage.Opening.AddMinutes(20) : Stage.Opening.AddDays(21)).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture), zone = "Etc/UTC" },
        ["notAfter"] = State.NotAfter, ["media"] = new[] { new { digest = Picture, alt = Canary } }, ["links"] = new[] { $"https://example.org/{Canary}" },
        ["cites"] = State.Cites ? new[] { LineWithdrawn.Cited(Line) } : [],
    };

    public async Task SubmitAsync()
    {
        if (State.Round is null) return;
        (await host.Client(Cast.Writer).Post($"api/drafting/drafts/{draft}/submissions", version: 2)).ShouldBe(201);
    }

    public Task OpenedAsync() => State.Round is null ? Task.CompletedTask : Eventually.Be(async () => await RequestAsync() is not null);

    public Task DecideAsync(string person, string decision) => SayAsync(person, "decisions", r => Questions.Decision(decision, r.PackageDigest));

    public Task AmendAsync(string person) => SayAsync(person, "amendments", r => new { packageDigest = r.PackageDigest, text = $"{Canary}, in an officer's words.", comment = "It reads better." });

    public Task RevokeAsync() => SayAsync(Cast.Decider, "revocations", _ => new { reasonCode = "events", comment = "It was called off." }, 202);

    public async Task SayAsync(string person, string what, Func<ClearanceRequest, object> body, int status = 200)
    {
        var request = (await RequestAsync())!;
        (await host.Client(person).Post($"api/clearance/requests/{request.Id}/{what}", body(request), version: request.Version)).ShouldBe(status);
    }

    public async Task LookAsync(string person) => (await host.Client(person).Get($"api/clearance/requests/{(await RequestAsync())!.Id}")).ShouldBe(200);

    public async Task AskBackAsync()
    {
        var found = await DraftAsync();
        (await host.Client(Cast.Writer).Post($"api/drafting/drafts/{draft}/withdrawals", version: found.Version)).ShouldBe(202);
    }

    /// <summary>The line is withdrawn, for all that cite it.</summary>
    public Task WithdrawLineAsync() => host.Publish(new LineWithdrawn(Line, 1, Now));

    public async Task WithSettingAsync(string key, string value, Func<Task> act)
    {
        var settings = host.Services.GetRequiredService<IConfiguration>();
        settings[key] = value;
        await act();
        settings[key] = null;
    }

    /// <summary>What the network would have brought about, recorded by Publishing's own rules: no call is made.</summary>
    public async Task ReleaseAsync(params Func<Release, Decision<Release>>[] steps)
    {
        foreach (var step in steps)
            await host.Db<PublishingDb>(async db =>
            {
                var release = await db.Releases.SingleAsync(r => r.DraftId == draft);
                step(release).Allows(out var accepted, out var refusal).ShouldBeTrue(refusal?.Code);
                db.Record(release, accepted!);
                await db.SaveChangesAsync();
            });
    }

    public Decision<Release> Started(Release release) => ReleaseRules.Start(release, Now, Now.AddDays(1), Now.AddDays(2));

    /// <summary>Until this was told of it.</summary>
    public Task ToldAsync(string fact) => Eventually.Be(async () => (await FactsAsync()).Contains(fact), claim: $"{State.Name}: {fact}");

    /// <summary>The names of all facts that the ledger holds of it.</summary>
    public Task<List<string>> FactsAsync() => host.Db<OversightDb, List<string>>(async db =>
        [.. (await db.Ledger.AsNoTracking().Where(e => e.DraftId == draft).OrderBy(e => e.Seq).Select(e => e.Type).ToListAsync()).Select(type => type.Split('.')[^1])]);

    /// <summary>As it stands now, in every service.</summary>
    public async Task<Item> ItemAsync()
    {
        var release = await host.Db<PublishingDb, Release?>(db => db.Releases.AsNoTracking().SingleOrDefaultAsync(r => r.DraftId == draft));
        return new Item(State, Canary, Picture, await DraftAsync(), await RequestAsync(), release, Content("other"));
    }

    private Task<Drafting.Domain.Draft> DraftAsync() => host.Db<DraftingDb, Drafting.Domain.Draft>(db => db.Drafts.AsNoTracking().SingleAsync(d => d.Id == draft));

    private Task<ClearanceRequest?> RequestAsync() => host.Db<ClearanceDb, ClearanceRequest?>(db => db.Requests.AsNoTracking().SingleOrDefaultAsync(r => r.DraftId == draft));
}

/// <summary>A post in its state.</summary>
/// <param name="Content">What its author could save next.</param>
internal sealed record Item(State State, string Canary, string Picture, Drafting.Domain.Draft Draft, ClearanceRequest? Request, Release? Release, object Content)
{
    public string Digest => Request?.PackageDigest ?? new string('0', 64);

    /// <summary>By which anybody would know of it.</summary>
    public IReadOnlyList<string> Marks { get; } = [Canary, Draft.Id.ToString(), .. Request is null ? [] : new[] { Request.Id.ToString(), Request.PackageDigest }, .. Release is null ? [] : new[] { Release.Id.ToString() }];

    /// <summary>How it stands and how often it was changed.</summary>
    public string Standing => JsonSerializer.Serialize(new { Drafted = Draft.Version, Round = Request?.Version, Release = Release?.Version });

    public bool IsAsPlayed => (Draft.State, Request?.Status, Release?.Status) == (State.Draft, State.Round, State.Release);

    public override string ToString() => $"{State.Name}: {Draft.State}, {Request?.Status}, {Release?.Status}";
}
