using System.Text;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Publishing.Tests.Releasing;

public sealed class WhatIsNoPermit
{
    [Theory, OnBothDatabases]
    public async Task Of_two_hundred_that_come_to_the_queue_none_releases_anything_and_each_is_told(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        var genuine = publishing.Package("OUT");
        var permit = await publishing.PermitAsync(genuine);
        await publishing.BecomesAsync(genuine, ReleaseStatus.Released);

        var told = new List<string>();
        for (var i = 0; i < 20; i++)
            foreach (var (reason, which, envelope) in Attempts(publishing, publishing.Package($"M{i}"), permit))
            {
                await publishing.SendAsync(which, envelope);
                told.Add(reason);
            }
        (await publishing.RefusalsAsync()).ShouldBe(told);
        told.Count.ShouldBe(200);
        (await publishing.ReleasesAsync()).Count.ShouldBe(1);
        publishing.Neighbours.Posts.ShouldHaveSingleItem().Text.ShouldBe(genuine.Text);
    }

    private static IEnumerable<(string Reason, ReleasePermit Told, string Envelope)> Attempts(PublishingUnderTest publishing, ReleasePackage package, ReleasePermit released)
    {
        var permit = Examples.Permit(package);
        var good = Examples.Sign(permit, publishing.Key);
        yield return ("unknown-key", permit, Examples.Sign(permit, publishing.Stranger));
        yield return ("unknown-key", permit, Examples.Sign(permit, publishing.Stranger).Replace(publishing.Stranger.KeyId, new string('0', 16), StringComparison.Ordinal));
        yield return ("bad-signature", permit, Examples.Sign(permit, publishing.Stranger).Replace(publishing.Stranger.KeyId, publishing.Key.KeyId, StringComparison.Ordinal));
        // Altered, and re-targeted: another payload under a good signature.
        yield return ("bad-signature", permit, good.Replace(Payload(permit), Payload(permit with { NotBefore = permit.NotBefore.AddDays(-1) }), StringComparison.Ordinal));
        yield return ("bad-signature", permit, good.Replace(Payload(permit), Payload(permit with { Account = "noticeboard:TYO", Mission = "TYO" }), StringComparison.Ordinal));
        yield return ("account", permit, Examples.Sign(permit with { Account = "noticeboard:TYO" }, publishing.Key));
        yield return ("replayed", released, Examples.Sign(released, publishing.Key));
        yield return ("expired", permit, Examples.Sign(permit with { NotBefore = permit.NotBefore.AddDays(-2), NotAfter = permit.NotBefore.AddDays(-1) }, publishing.Key));
        yield return ("payload-type", permit, Dsse.Sign("application/vnd.workflowplatform.permit.v2+json", CanonicalJson.Serialize(permit), publishing.Key));
        yield return ("malformed", permit, "{}");
    }

    private static string Payload(ReleasePermit permit) => Convert.ToBase64String(CanonicalJson.Serialize(permit));

    [Fact]
    public async Task Signed_bytes_that_are_no_permit_and_envelopes_that_are_none_are_told()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite);
        var permit = Examples.Permit(publishing.Package());
        await publishing.SendAsync(permit, Dsse.Sign(ReleasePermit.V1, Encoding.UTF8.GetBytes("""{"permitId":"x"}"""), publishing.Key));
        await publishing.SendAsync(permit, "");
        await publishing.SendAsync(permit, new string('x', 100_000));
        (await publishing.RefusalsAsync()).ShouldBe(["permit", "malformed", "malformed"]);
    }

    [Theory, OnBothDatabases]
    public async Task Of_two_hundred_changes_in_the_database_none_releases_anything_and_each_is_told(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        var expected = new Dictionary<Guid, string>();
        var released = new List<ReleasePackage>();
        for (var i = 0; i < 20; i++)
        {
            var package = publishing.Package($"R{i}");
            await publishing.PermitAsync(package);
            released.Add(package);
        }
        foreach (var package in released) await publishing.BecomesAsync(package, ReleaseStatus.Released);

        for (var i = 0; i < 20; i++)
        {
            foreach (var (reason, sql) in Changes)
            {
                var package = publishing.Package($"M{i}", dueIn: TimeSpan.FromMinutes(30));
                await publishing.PermitAsync(package);
                var (id, now) = ((await publishing.FindAsync(package))!.Id, publishing.Now);
                // Due at once: only the guards stand between it and the noticeboard.
                var forged = Examples.Permit(package) with { NotBefore = now.AddMinutes(-1) };
                await publishing.TamperAsync($"update release set {sql}, due_at = @now where id = @id", new
                {
                    id, now = publishing.At(now.AddSeconds(-1)), earlier = publishing.At(now.AddMinutes(-1)), other = Guid.CreateVersion7(), digest = Examples.DigestOf(released[i]),
                    forged = Examples.Sign(forged, publishing.Stranger), elses = Examples.Sign(Examples.Permit(released[i]), publishing.Key),
                });
                expected[id] = reason;
            }
            var swapped = publishing.Package($"M{i}", dueIn: TimeSpan.FromMinutes(30));
            await publishing.PermitAsync(swapped);
            await publishing.TamperAsync("update package set bytes = @bytes where digest = @digest", new { bytes = Examples.BytesOf(swapped with { Text = "Altered." }), digest = Examples.DigestOf(swapped) });
            var row = (await publishing.FindAsync(swapped))!.Id;
            await publishing.TamperAsync("update release set due_at = @now where id = @row", new { row, now = publishing.At(publishing.Now.AddSeconds(-1)) });
            expected[row] = "package-digest";
            // Released once, and put into the schedule again.
            var again = (await publishing.FindAsync(released[i]))!.Id;
            await publishing.TamperAsync("update release set status = 'Scheduled', receipt = null, due_at = @now where id = @again", new { again, now = publishing.At(publishing.Now) });
            expected[again] = "once";
        }
        expected.Count.ShouldBe(200);

        // Nobody rang: the worker looks by itself.
        await Eventually.Be(async () => (await publishing.ReleasesAsync()).All(r => r.Status is ReleaseStatus.Held), TimeSpan.FromSeconds(60));
        foreach (var release in await publishing.ReleasesAsync()) (release.Id, release.Reason).ShouldBe((release.Id, expected[release.Id]));
        publishing.Neighbours.Calls.ShouldBe(20);
    }

    private static IEnumerable<(string Reason, string Sql)> Changes =>
    [
        ("signature", "envelope = @forged, not_before = @earlier"),
        ("package-digest", "envelope = @elses"),
        ("row-permit", "permit_id = @other"),
        ("row-account", "account = 'noticeboard:TYO'"),
        ("row-mission", "mission = 'TYO'"),
        ("row-window", "not_before = @earlier"),
        ("row-window", "not_after = @earlier"),
        ("embargo", "reason = null"),
    ];
}
