namespace WorkflowPlatform.EndToEnd.Tests;

/// <summary>One post with pictures, what they show, links and a brief: the bytes that the public is served are those that were cleared, on both footings.</summary>
public sealed class APictureGoesAllTheWay
{
    private const string Alt = "سفارت خانے کا دروازہ – «open»";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string[] Links = ["https://mofa.gov.pk/press?x=1&y=%20", "https://example.org/خبر"];
    private static readonly MissionLine London = MinistryFiles.Missions().Single(mission => mission.Code == "LON");

    [Fact(Timeout = 180_000)]
    public async Task Through_one_process()
    {
        await using var footing = await OneProcess.StartAsync([London]);
        await GoesAllTheWayAsync(footing);
    }

    [Fact(Timeout = 300_000)]
    public async Task Through_separate_processes()
    {
        await using var footing = await ManyProcesses.StartAsync([London]);
        await GoesAllTheWayAsync(footing);
    }

    private static async Task GoesAllTheWayAsync(IFooting footing)
    {
        using var ministry = new Ministry(footing.AddressOf, TimeSpan.FromSeconds(30));
        using var passerby = ministry.Passerby();
        await Tables.QuietAsync(footing);
        byte[][] kept = [Pictures.JpegLeft(), Pictures.Png()];
        var digests = new List<string>();
        foreach (var sent in new[] { Pictures.Jpeg("51.49N 0.16W"), Pictures.Png() })
            digests.Add((await Eventually.Get(() => ministry.BringAsync(London, sent), answer => answer.Status == 201, Patience))["digest"].GetString()!);
        digests.ShouldBe(kept.Select(Pictures.DigestOf));

        var enclosed = new PostEnclosures([new(digests[0], Alt), new(digests[1], "")], Links, new { message = "Come early.", dimec = new[] { "D" }, counterparts = new[] { "GB" } });
        var draft = (await ministry.WriteAsync(new Post(London, "en", "A post with pictures.", null) { Enclosed = enclosed })).ShouldBe(201);
        (await ministry.SubmitAsync(London.Officer, draft["id"].GetGuid(), draft.Version)).ShouldBe(201);
        var officer = MinistryFiles.ClearingOfficers[0];
        var request = (await Eventually.Get(() => ministry.QueueAsync(officer), queue => queue.Count == 1, Patience))[0];
        var sheet = (await ministry.SheetAsync(officer, request)).ShouldBe(200);
        sheet["media"].EnumerateArray().Select(m => m.GetProperty("alt").GetString()).ShouldBe([Alt, ""]);
        sheet["brief"].GetProperty("message").GetString().ShouldBe("Come early.");
        for (var n = 0; n < 2; n++)
        {
            (await (await ministry.DeskAsync(officer)).GetByteArrayAsync(ministry.At("clearance", $"requests/{request}/media/{digests[n]}"))).ShouldBe(kept[n]);
            (await passerby.Get(ministry.At("oversight", $"noticeboard/LON/media/{digests[n]}"))).ShouldBe(404, "not-found");
        }

        (await ministry.ClearAsync(officer, sheet)).ShouldBe(200);
        await Eventually.Be(async () => (await ministry.DraftAsync(London.Officer, draft["id"].GetGuid()))["standing"].GetString() == "Released", Patience);
        var post = (await passerby.Get(ministry.At("oversight", "noticeboard/LON"))).ShouldBe(200)["items"].EnumerateArray().ShouldHaveSingleItem();
        post.GetProperty("links").EnumerateArray().Select(l => l.GetString()).ShouldBe(Links);
        post.GetProperty("media").EnumerateArray().Select(m => (m.GetProperty("digest").GetString(), m.GetProperty("alt").GetString())).ShouldBe([(digests[0], Alt), (digests[1], "")]);
        for (var n = 0; n < 2; n++) (await passerby.GetByteArrayAsync(ministry.At("oversight", $"noticeboard/LON/media/{digests[n]}"))).ShouldBe(kept[n]);
        (await passerby.Get(ministry.At("oversight", "noticeboard/LON/feed.json")))["items"][0].GetProperty("attachments").GetArrayLength().ShouldBe(2);
        (await LedgerAudit.FindAsync(ministry, footing.DatabaseOf)).Faults.ShouldBeEmpty();
    }
}
