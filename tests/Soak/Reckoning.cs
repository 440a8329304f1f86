using System.Text.Json;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Soak;

/// <summary>What came of a soak.</summary>
/// <param name="Held">Waits for a person, and the person was told: neither lost nor out.</param>
internal sealed record Reckoned(int Accepted, int Cleared, int Released, int Withdrawn, int Held, int Lost, int Doubled, int Uncleared, LedgerFindings Ledger, IReadOnlyList<string> Faults)
{
    public bool Passed => Lost == 0 && Doubled == 0 && Uncleared == 0 && Ledger.Verifies;

    public override string ToString() =>
        $"commands accepted {Accepted}; posts cleared {Cleared}, released {Released}, withdrawn {Withdrawn}, held and told {Held}\n" +
        $"lost / doubled / uncleared = {Lost}/{Doubled}/{Uncleared}\n" +
        $"ledger: {Ledger.Entries} entries of {Ledger.Aggregates} aggregates, {(Ledger.Verifies ? "verifies" : "DOES NOT VERIFY")}";
}

/// <summary>Holds the journal of what was accepted against the databases and against what the public is served.</summary>
internal sealed class Reckoning(Ministry ministry, IVictims victims, Journal journal)
{
    private readonly List<string> faults = [];
    private int lost, doubled, uncleared, held;

    /// <summary>Until the queue is empty, every release has ended, and every fact was sent.</summary>
    public Task QuietAsync(TimeSpan within) => Eventually.Be(async () =>
    {
        if ((await ministry.QueueAsync(MinistryFiles.ClearingOfficers[0])).Count > 0) return false;
        var open = 0L;
        await RowsAsync("clearance", "select count(*) from clearance_request where status in ('InClearance', 'Cleared')", row => open += Convert.ToInt64(row[0]));
        await RowsAsync("publishing", "select count(*) from release where status in ('Scheduled', 'Releasing', 'OutcomeUnknown')", row => open += Convert.ToInt64(row[0]));
        await RowsAsync("drafting", "select count(*) from standing where coalesce(release_status, request_status) in ('InClearance', 'Cleared', 'Scheduled', 'Releasing', 'OutcomeUnknown')", row => open += Convert.ToInt64(row[0]));
        return open == 0 && await LedgerAudit.UnsentAsync(victims.DatabaseOf) == 0;
    }, within, "everything that was accepted has come to its end");

    public async Task<Reckoned> ReckonAsync()
    {
        var told = await Told();
        LedgerFindings ledger = null!;
        await Eventually.Be(async () => (ledger = await LedgerAudit.FindAsync(ministry, victims.DatabaseOf)).Verifies, TimeSpan.FromSeconds(20)).ContinueWith(_ => { }, TaskScheduler.Default);
        faults.AddRange(ledger.Faults.Take(20));

        var drafts = await MapAsync("drafting", "select d.id, d.package_digest, coalesce(s.release_status, s.request_status) from draft d left join standing s on s.package_digest = d.package_digest");
        var requests = await MapAsync("clearance", "select package_digest, permit_id, decisions from clearance_request");
        var releases = await MapAsync("publishing", "select receipt, package_digest, permit_id from release where receipt is not null");
        var texts = await MapAsync("drafting", "select p.digest, r.text from package p join revision r on r.draft_id = p.draft_id");
        var feed = await FeedAsync();

        var released = CountReleased(feed, requests, releases, texts);
        foreach (var (id, entry) in journal.Drafts) CheckOne(id, entry, drafts, requests, feed, told);
        await CheckPeopleAsync();
        var standings = drafts.Values.Select(row => row[2] as string).ToList();
        return new(journal.Accepted, journal.Drafts.Values.Count(d => d.ClearedBy is not null), released, standings.Count(s => s == "Withdrawn"), held, lost, doubled, uncleared, ledger, faults);
    }

    /// <summary>Each item of the feed is one release's, which rests on a permit that Clearance issued for those very words.</summary>
    private int CountReleased(Dictionary<string, List<FeedItem>> feed, Dictionary<string, object[]> requests, Dictionary<string, object[]> releases, Dictionary<string, object[]> texts)
    {
        var released = 0;
        foreach (var (text, items) in feed)
        {
            if (items.Count > 1) Fault(ref doubled, $"doubled {items.Count - 1} x: {text}", items.Count - 1);
            released++;
            foreach (var item in items)
            {
                var isCleared = releases.TryGetValue(Key(item.Receipt), out var release)
                    && requests.TryGetValue(Key(release[1]), out var request) && Key(request[1]) == Key(release[2])
                    && JsonElement.Parse((string)request[2]).EnumerateArray().Any(d => d.GetProperty("kind").GetString() == "Cleared" && !d.GetProperty("undone").GetBoolean())
                    && texts.TryGetValue(Key(release[1]), out var kept) && (string)kept[1] == item.Text;
                if (!isCleared) Fault(ref uncleared, $"no release with a permit of Clearance stands behind {item.Id}: {item.Text}");
            }
        }
        return released;
    }

    private void CheckOne(Guid id, Journal.Entry entry, Dictionary<string, object[]> drafts, Dictionary<string, object[]> requests, Dictionary<string, List<FeedItem>> feed, HashSet<string> told)
    {
        if (!drafts.TryGetValue(Key(id), out var draft))
        {
            Fault(ref lost, $"draft {id} was accepted and is not there");
            return;
        }
        if (entry.Digest is not { } digest) return;
        var standing = draft[2] as string;
        if (draft[1] as string != digest) Fault(ref lost, $"draft {id}: the submission of {digest} was accepted and is not there");
        else if (!requests.TryGetValue(Key(digest), out var request)) Fault(ref lost, $"draft {id}: Clearance never heard of its submission");
        else if (entry.ClearedBy is { } officer && !((string)request[2]).Contains($"\"{officer}\"", StringComparison.Ordinal)) Fault(ref lost, $"draft {id}: the decision of {officer} was accepted and is not there");

        var isOut = feed.ContainsKey(entry.Post.Text);
        if (standing == "Released" && !isOut) Fault(ref lost, $"draft {id} stands as released and is not in the feed: {entry.Post.Text}");
        else if (standing == "Withdrawn" && isOut) Fault(ref uncleared, $"draft {id} is in the feed although its withdrawal was granted");
        else if (standing == "Withdrawn" && !entry.Asked) journal.Note("withdrawn, though the asking was not answered");
        else if (standing == "Held" && told.Contains(Key(id))) held++;
        else if (standing is not ("Released" or "Withdrawn")) Fault(ref lost, $"draft {id} stands as {standing} and nobody was told: {entry.Post.Text}");
    }

    /// <summary>Whoever was taken into the register has their right in every service.</summary>
    private async Task CheckPeopleAsync()
    {
        foreach (var service in SeparateServices.Names)
        {
            var known = await MapAsync(service, "select distinct person from appointment");
            foreach (var person in journal.People.Where(person => !known.ContainsKey(Key(person)))) Fault(ref lost, $"{service} does not know {person}, whose import was accepted");
        }
    }

    /// <summary>Drafts whose release is held and of which an alert tells.</summary>
    private async Task<HashSet<string>> Told()
    {
        var subjects = new HashSet<string>();
        await RowsAsync("oversight", "select subject from alert where kind = 'ReleaseHeld'", row => subjects.Add(Key(((string)row[0]).Split('/')[1])));
        var told = new HashSet<string>();
        await RowsAsync("publishing", "select id, draft_id from release where status = 'Held'", row =>
        {
            if (subjects.Contains(Key(row[0]))) told.Add(Key(row[1]));
        });
        return told;
    }

    private async Task<Dictionary<string, List<FeedItem>>> FeedAsync()
    {
        using var feed = new PublicFeed(ministry);
        var items = new List<FeedItem>();
        foreach (var mission in SoakMinistry.Missions) items.AddRange(await feed.JsonAsync(mission.Code));
        return items.GroupBy(item => item.Text).ToDictionary(group => group.Key, group => group.ToList());
    }

    private async Task<Dictionary<string, object[]>> MapAsync(string service, string sql)
    {
        var rows = new Dictionary<string, object[]>();
        await RowsAsync(service, sql, row => rows[Key(row[0])] = [.. row]);
        return rows;
    }

    private async Task RowsAsync(string service, string sql, Action<object[]> each) => await LedgerAudit.RowsAsync(await victims.DatabaseOf(service), sql, each);

    private void Fault(ref int count, string words, int by = 1)
    {
        count += by;
        faults.Add(words);
    }

    /// <summary>SQLite keeps ids as text, in capitals; PostgreSQL as ids.</summary>
    private static string Key(object value) => value.ToString()!.ToLowerInvariant();
}
