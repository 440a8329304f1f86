using System.Security.Cryptography;
using System.Text;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.EndToEnd.Tests;

/// <summary>Somebody who can write to Publishing's queue, and somebody who can write to its database.</summary>
public sealed class ForgedPermits(ITestOutputHelper output)
{
    private const int OnTheQueue = 500, InTheDatabase = 500;

    [Fact(Timeout = 600_000)]
    public async Task Of_a_thousand_that_were_forged_altered_replayed_expired_or_given_another_target_none_releases_anything_and_all_are_told()
    {
        var missions = MinistryFiles.Missions().Take(50).ToList();
        await using var footing = await OneProcess.StartAsync(missions, ("Limits:RequestsPerSecondPerPerson", "2000"));
        using var ministry = new Ministry(footing.AddressOf);
        await Tables.QuietAsync(footing);
        var later = DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 3600);
        var posts = await Desks.ScheduleAsync(ministry, [.. Enumerable.Range(0, InTheDatabase).Select(i => new Post(missions[i % missions.Count], "en", $"Embargoed {i}.", later))]);
        var genuine = await Desks.ScheduleAsync(ministry, [.. missions.Select(mission => new Post(mission, "en", $"Cleared, from {mission.Code}.", null))]);
        var issued = await PermitsAsync(footing);
        await Eventually.Be(async () => await Tables.NumberAsync(footing, "publishing", "select count(*) from release where status = 'Released'") == genuine.Count, TimeSpan.FromMinutes(1));

        var sent = await PutOnTheQueueAsync(footing, issued);
        await TamperAsync(footing, issued);

        await Eventually.Be(async () => await Tables.NumberAsync(footing, "publishing", "select count(*) from permit_refusal") == sent, TimeSpan.FromMinutes(2), "each on the queue is refused");
        await Eventually.Be(async () => await Tables.NumberAsync(footing, "publishing", "select count(*) from release where status = 'Held'") == posts.Count, TimeSpan.FromMinutes(3), "each in the database is held");
        await Tables.QuietAsync(footing);
        var alerts = new Dictionary<string, int>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await ministry.ReadAsync(MinistryFiles.Auditor, "oversight", $"alerts?limit=200&cursor={cursor}")).ShouldBe(200);
            foreach (var alert in page["items"].EnumerateArray()) alerts[alert.GetProperty("kind").GetString()!] = alerts.GetValueOrDefault(alert.GetProperty("kind").GetString()!) + 1;
            cursor = page["next"].GetString();
        }
        using var feed = new PublicFeed(ministry);
        var texts = new List<string>();
        foreach (var mission in missions) texts.AddRange((await feed.JsonAsync(mission.Code)).Select(item => item.Text));
        output.WriteLine($"{sent} on the queue, {posts.Count} in the database: {texts.Count(text => text.StartsWith("Embargoed", StringComparison.Ordinal))} released; alerts: {string.Join(", ", alerts.Select(a => $"{a.Value} {a.Key}"))}");

        texts.Order().ShouldBe(genuine.Select(g => g.Post.Text).Order());
        (alerts["PermitRefused"], alerts["ReleaseHeld"], alerts.Count).ShouldBe((OnTheQueue, InTheDatabase, 2));
    }

    /// <summary>The permits as Clearance sent them: from its outbox.</summary>
    private static async Task<IReadOnlyList<(PermitIssued Told, ReleasePermit Permit)>> PermitsAsync(OneProcess footing)
    {
        var issued = new List<(PermitIssued, ReleasePermit)>();
        await LedgerAudit.RowsAsync(await footing.DatabaseOf("clearance"), $"select body from outbox where type = '{typeof(PermitIssued).FullName}' order by id", row =>
        {
            var told = System.Text.Json.JsonSerializer.Deserialize<PermitIssued>((byte[])row[0], Platform.Data.Json.Storage)!;
            var payload = System.Text.Json.JsonDocument.Parse(told.Envelope).RootElement.GetProperty("payload").GetBytesFromBase64();
            issued.Add((told, CanonicalJson.Parse<ReleasePermit>(payload)));
        });
        return issued;
    }

    /// <summary>Ten ways, for each permit in turn, until there are enough.</summary>
    private static async Task<int> PutOnTheQueueAsync(OneProcess footing, IReadOnlyList<(PermitIssued Told, ReleasePermit Permit)> issued)
    {
        using var stranger = SigningKey.OpenOrCreate(Path.Combine(footing.Folder, "stranger"));
        var own = Directory.GetFiles(Path.Combine(footing.Folder, "keys", "permit"), "*.pem").Select(Path.GetFileNameWithoutExtension).First(name => !name!.EndsWith(".pub", StringComparison.Ordinal))!;
        var queue = await footing.Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri("queue:publishing.on-permit-issued"));
        var sent = 0;
        foreach (var (told, permit) in issued)
            foreach (var envelope in Forgeries(told, permit, stranger, own))
            {
                if (sent == OnTheQueue) return sent;
                await queue.Send(told with { Envelope = envelope }, context => context.MessageId = Guid.CreateVersion7());
                sent++;
            }
        return sent;
    }

    private static IEnumerable<string> Forgeries(PermitIssued told, ReleasePermit permit, SigningKey stranger, string ownKey)
    {
        string Forged(ReleasePermit other, string type = ReleasePermit.V1) => Dsse.Sign(type, CanonicalJson.Serialize(other), stranger);
        string Altered(ReleasePermit other) => told.Envelope.Replace(Payload(permit), Payload(other), StringComparison.Ordinal);
        var fresh = Guid.CreateVersion7();
        yield return Forged(permit with { PermitId = fresh });
        yield return Forged(permit with { PermitId = fresh }).Replace(stranger.KeyId, ownKey, StringComparison.Ordinal);
        yield return Altered(permit with { PermitId = fresh });
        yield return Altered(permit with { NotBefore = permit.NotBefore.AddDays(-1) });
        yield return Altered(permit with { NotAfter = permit.NotAfter.AddDays(9) });
        yield return Altered(permit with { Account = "noticeboard:TYO", Mission = "TYO" });
        yield return Altered(permit with { PackageDigest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("another text"))) });
        yield return Forged(permit with { NotBefore = permit.NotBefore.AddDays(-9), NotAfter = permit.NotBefore.AddDays(-8) });
        yield return told.Envelope.Replace("permit.v1", "permit.v2", StringComparison.Ordinal);
        yield return told.Envelope[..^20];
    }

    private static string Payload(ReleasePermit permit) => Convert.ToBase64String(CanonicalJson.Serialize(permit));

    /// <summary>Makes every embargoed release due at once, each with one thing in it that its permit does not say.</summary>
    private static async Task TamperAsync(OneProcess footing, IReadOnlyList<(PermitIssued Told, ReleasePermit Permit)> issued)
    {
        var database = await footing.DatabaseOf("publishing");
        var ids = new List<string>();
        await LedgerAudit.RowsAsync(database, "select id from release where status = 'Scheduled' order by id", row => ids.Add((string)row[0]));
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        using var stranger = SigningKey.OpenOrCreate(Path.Combine(footing.Folder, "stranger"));
        await using var connection = await database.OpenAsync();
        foreach (var (i, id) in ids.Index())
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"update release set {Changes[i % Changes.Length]}, due_at = {now} where id = $id";
            foreach (var (name, value) in new (string, object)[]
            {
                ("$id", id), ("$envelope", issued[(i + 7) % issued.Count].Told.Envelope), ("$other", Guid.CreateVersion7().ToString().ToUpperInvariant()),
                ("$forged", Dsse.Sign(ReleasePermit.V1, CanonicalJson.Serialize(issued[i % issued.Count].Permit), stranger)),
            })
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }
            await command.ExecuteNonQueryAsync();
        }
    }

    private static readonly string[] Changes =
    [
        "reason = null", // Due before its time, and nothing else.
        "not_before = 0", "not_after = 1", "envelope = $envelope", "envelope = $forged", "permit_id = $other",
        "account = 'noticeboard:TYO'", "mission = 'TYO'", "network = 'telegram'", "envelope = '{}'",
    ];
}
