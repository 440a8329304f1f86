using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Soak;

/// <summary>The ministry at work all the time: posts are written and submitted, some asked back, three officers clear, and the register grows.</summary>
internal sealed class Load(Ministry ministry, Journal journal, Random random) : IDisposable
{
    private const int Writers = 4;
    private static readonly TimeSpan BetweenPosts = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BetweenPeople = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource noMorePosts = new(), noMoreAtAll = new();
    private readonly List<Task> desks = [];
    private TaskCompletionSource running = Running();
    private int number;

    public void Begin()
    {
        for (var i = 0; i < Writers; i++) desks.Add(WriteAsync(noMorePosts.Token));
        desks.Add(RegisterAsync(noMorePosts.Token));
        for (var i = 0; i < MinistryFiles.ClearingOfficers.Count; i++) desks.Add(ClearAsync(i, noMoreAtAll.Token));
    }

    /// <summary>Nothing new is written until <see cref="Resume"/>; what is on its way goes on.</summary>
    public void Pause() => running = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume() => running.TrySetResult();

    /// <summary>No new posts; waits for the commands that are on their way.</summary>
    public async Task StopWritingAsync()
    {
        await noMorePosts.CancelAsync();
        Resume();
        await Task.WhenAll(desks.Take(Writers + 1));
    }

    public void Dispose()
    {
        noMorePosts.Dispose();
        noMoreAtAll.Dispose();
    }

    public async Task EndAsync()
    {
        await noMoreAtAll.CancelAsync();
        await Task.WhenAll(desks);
    }

    private async Task WriteAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await running.Task;
            await GuardedAsync("post", async () =>
            {
                var post = Next();
                var draft = await ministry.WriteAsync(post);
                if (draft.Status != 201)
                {
                    journal.Note($"writing answered {draft.Status} {draft.Code}");
                    return;
                }
                var (id, entry) = (draft["id"].GetGuid(), new Journal.Entry(post));
                journal.Drafts[id] = entry;
                var submitted = await ministry.SubmitAsync(post.Officer, id, draft.Version);
                // Its second may have passed while a service was down.
                if (submitted.Status != 201) journal.Note($"submitting answered {submitted.Status} {submitted.Code}");
                else entry.Digest = submitted["packageDigest"].GetString();
                if (entry.Digest is not null && Chance(0.1)) await AskBackAsync(id, entry);
            });
            await Delay(BetweenPosts * (0.5 + Fraction()), over);
        }
    }

    /// <summary>Wants it back at some moment between submission and release.</summary>
    private async Task AskBackAsync(Guid id, Journal.Entry entry)
    {
        await Task.Delay(TimeSpan.FromSeconds(4 * Fraction()));
        for (var tries = 0; tries < 5; tries++)
        {
            var draft = await ministry.DraftAsync(entry.Post.Officer, id);
            if (draft.Status != 200) return;
            var asked = await ministry.WithdrawAsync(entry.Post.Officer, id, draft.Version);
            if (asked.Status != 202) journal.Note($"asking back answered {asked.Status} {asked.Code}");
            else entry.Asked = true;
            if (asked.Status != 412) return;
        }
    }

    private async Task ClearAsync(int turn, CancellationToken over)
    {
        var officer = MinistryFiles.ClearingOfficers[turn];
        while (!over.IsCancellationRequested)
        {
            await GuardedAsync("clearing", async () =>
            {
                foreach (var request in await ministry.QueueAsync(officer))
                {
                    if (over.IsCancellationRequested) return;
                    if ((uint)request.GetHashCode() % MinistryFiles.ClearingOfficers.Count != turn) continue;
                    var sheet = await ministry.SheetAsync(officer, request);
                    if (sheet.Status != 200) continue;
                    var decided = await ministry.ClearAsync(officer, sheet);
                    if (decided.Status != 200) journal.Note($"clearing answered {decided.Status} {decided.Code}");
                    else if (journal.Drafts.TryGetValue(sheet["draftId"].GetGuid(), out var entry)) entry.ClearedBy = officer;
                    else journal.Note("cleared a draft whose beginning was not answered");
                }
            });
            await Delay(TimeSpan.FromMilliseconds(200), over);
        }
    }

    private async Task RegisterAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await running.Task;
            await GuardedAsync("register", async () =>
            {
                var person = $"N-{Interlocked.Increment(ref number)}";
                var csv = $"{MinistryFiles.PeopleHeader}\n{person},New {person},,,{SoakMinistry.Missions[0].Code},drafting-officer,2020-01-01,\n";
                var answer = await ministry.CommandAsync(MinistryFiles.Registrar, "registry", "imports/people", (Func<HttpContent>)(() => new StringContent(csv, new System.Net.Http.Headers.MediaTypeHeaderValue("text/csv"))));
                if (answer.Status == 200) journal.People.Enqueue(person);
                else journal.Note($"importing answered {answer.Status} {answer.Code}");
            });
            await Delay(BetweenPeople, over);
        }
    }

    private Post Next()
    {
        var (mission, n) = (SoakMinistry.Missions[(int)(Fraction() * SoakMinistry.Missions.Count)], Interlocked.Increment(ref number));
        var due = Chance(0.5) ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeSeconds(TimeProvider.System.Now.AddSeconds(4 + 6 * Fraction()).ToUnixTimeSeconds());
        return new Post(mission, mission.Preferred, $"{Scripts.Greeting(mission.Preferred, mission)} #{n}", due);
    }

    /// <summary>A desk goes on whatever happens to one of its papers.</summary>
    private async Task GuardedAsync(string what, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception fault)
        {
            journal.Note($"{what}: {fault.Message.Split('\n')[0]}");
        }
    }

    private bool Chance(double share) => Fraction() < share;

    private double Fraction()
    {
        lock (random) return random.NextDouble();
    }

    private static Task Delay(TimeSpan time, CancellationToken over) => Task.Delay(time, over).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static TaskCompletionSource Running()
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        source.SetResult();
        return source;
    }
}
