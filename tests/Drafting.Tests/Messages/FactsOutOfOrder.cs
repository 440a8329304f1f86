using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Drafting.Data;

namespace WorkflowPlatform.Drafting.Tests.Messages;

/// <summary>Facts that come early, late, twice, or about what is over.</summary>
public sealed class FactsOutOfOrder
{
    private static readonly Dictionary<string, Func<Round, IFact[]>> Lives = new()
    {
        ["released"] = r => [.. r.ToSchedule(), r.Started(), r.Completed()],
        ["returned after second thoughts"] = r => [r.Opened(), r.ReturnDecided(), r.Undone(), r.Cleared(), r.Undone(), r.ReturnDecided(), r.Returned()],
        ["cleared by several offices after an objection"] = r => [r.Opened(), r.Given(), r.Objected(), r.Given(), r.Cleared(), r.Permitted(), r.Scheduled(), r.Started(), r.Completed()],
        ["cleared past an office that was late"] = r => [r.Opened(), r.Reminded(), r.Escalated(), r.Recorded(), r.Given(), r.Bypassed(), r.Cleared(), r.Permitted(), r.Scheduled()],
        ["a silence that was disowned"] = r => [r.Opened(), r.Silent(), r.Cleared(), r.Objected(), r.Cleared(), r.Permitted(), r.Scheduled(), r.Started(), r.Completed()],
        ["released before its clearance"] = r => [r.Opened(), r.Immediate(), r.Permitted(), r.Scheduled(), r.Started(), r.Completed(), r.ReviewOverdue(), r.Reviewed()],
        ["refused"] = r => [r.Opened(), r.RefusalDecided(), r.Refused()],
        ["overtaken by events"] = r => [r.Opened(), r.Given(), r.Overtaken()],
        ["withdrawn from clearance"] = r => [r.Opened(), r.Cleared(), r.Withdrawn()],
        ["lapsed"] = r => [r.Opened(), r.Cleared(), r.Lapsed()],
        ["asked back before the permit came"] = r => [r.Opened(), r.Cleared(), r.Permitted(), r.Stopped()],
        ["held and stopped"] = r => [.. r.ToSchedule(), r.Held(), r.Stopped()],
        ["rejected at the second call"] = r => [.. r.ToSchedule(), r.Started(), r.OutcomeUnknown(), r.Rescheduled(), r.Started(), r.Rejected()],
        ["revoked"] = r => [.. r.ToSchedule(), r.RevocationAsked(), r.StoppedByRevocation(), r.Revoked()],
        ["revoked before the permit came"] = r => [r.Opened(), r.Cleared(), r.Permitted(), r.RevocationAsked(), r.StoppedByRevocation(), r.Revoked()],
        ["revoked too late"] = r => [.. r.ToSchedule(), r.Started(), r.Completed(), r.RevocationAsked(), r.RevocationRefused(), r.TooLate()],
        ["amended and released"] = r => [r.Opened(), r.AmendmentDecided(), r.Amended(), r.Cleared(), r.Permitted(), r.Scheduled(), r.Started(), r.Completed()],
        ["amended twice and returned"] = r => [r.Opened(), r.Given(), r.AmendmentDecided(), r.Amended(), r.AmendmentDecided(), r.Amended("We are open from eleven."), r.ReturnDecided(), r.Returned()],
        ["amended and withdrawn"] = r => [r.Opened(), r.AmendmentDecided(), r.Amended(), r.Withdrawn()],
        ["cleared anew when its votes had lapsed"] = r => [r.Opened(), r.Cleared(), r.VotesLapsed(), r.Cleared(), r.Withheld(), r.Permitted(), r.GroundsLapsed(), r.Scheduled()],
        ["found by reading back"] = r => [.. r.ToSchedule(), r.Started(), r.OutcomeUnknown(), r.Completed()],
    };

    [Theory, OnBothDatabases]
    public async Task Any_two_neighbours_in_the_wrong_order_end_as_in_the_right_one(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        foreach (var (life, facts) in Lives)
        {
            var right = await Desk.SubmitAsync(desk.Amina);
            foreach (var fact in facts(right)) await desk.HeardAsync(fact);
            var expected = await EndAsync(desk, right);

            await Task.WhenAll(Enumerable.Range(0, facts(right).Length - 1).Select(async swapped =>
            {
                var round = await Desk.SubmitAsync(desk.Amina);
                var all = facts(round);
                foreach (var fact in all[..swapped]) await desk.Service.Publish(fact);
                var early = desk.Service.Publish(all[swapped + 1]);
                if (SameAggregate(all[swapped], all[swapped + 1])) await Eventually.Be(() => desk.Service.Logs.Lines.Any(line => line.Contains("gap: ") && round.Digests.Exists(line.Contains)));
                else await early;
                await desk.Service.Publish(all[swapped]);
                await early;
                foreach (var fact in all[(swapped + 2)..]) await desk.Service.Publish(fact);
                (await EndAsync(desk, round)).ShouldBe(expected, $"{life}: {all[swapped].GetType().Name} after {all[swapped + 1].GetType().Name}");
            }));
        }
        (await desk.Service.Db<DraftingDb, int>(db => db.DeadLetters.CountAsync())).ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task Every_fact_twice_is_every_fact_once(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        foreach (var (life, facts) in Lives)
        {
            var (once, twice) = (await Desk.SubmitAsync(desk.Amina), await Desk.SubmitAsync(desk.Amina));
            foreach (var fact in facts(once)) await desk.Service.Publish(fact);
            foreach (var fact in facts(twice))
            {
                var row = await desk.Service.Publish(fact);
                await desk.Service.Send(row);
                await desk.Service.Publish(fact); // The same fact in another message.
            }
            (await EndAsync(desk, twice)).ShouldBe(await EndAsync(desk, once), life);
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_late_fact_about_an_earlier_package_leaves_the_draft_alone(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var first = await Desk.SubmitAsync(desk.Amina);
        var late = new IFact[] { first.Opened(), first.ReturnDecided(), first.Returned() };
        foreach (var fact in late) await desk.Service.Publish(fact);
        var second = await Desk.SubmitAsync(desk.Amina, first.Draft, 3);
        // Nothing follows the end of a round; should something come all the same, it changes nothing.
        await desk.Service.Publish(first.Withdrawn());

        var read = await Desk.ReadAsync(desk.Amina, first.Draft);
        (read["standing"].GetString(), read["packageDigest"].GetString(), read.Version).ShouldBe(("InClearance", second.Digest, 4));
    }

    [Theory, OnBothDatabases]
    public async Task Asking_back_and_coming_back_at_the_same_time_both_find_their_end(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async n =>
        {
            var round = await Desk.SubmitAsync(desk.Amina);
            await desk.Service.Publish(round.Opened());
            await desk.Service.Publish(round.ReturnDecided());
            var answers = await Task.WhenAll(
                desk.Amina.Post($"api/drafting/drafts/{round.Draft}/withdrawals", version: 2),
                desk.Service.Publish(round.Returned()).ContinueWith(_ => desk.Amina.Get($"api/drafting/drafts/{round.Draft}"), TaskScheduler.Default).Unwrap());

            answers[0].Status.ShouldBeOneOf(202, 412);
            var read = await Desk.ReadAsync(desk.Amina, round.Draft);
            (read["state"].GetString(), read["standing"].GetString(), read["asked"].GetString()).ShouldBe(("Crafting", "Returned", null));
            read.Version.ShouldBe(answers[0].Status == 202 ? 4 : 3);
        }));
        (await desk.Service.Db<DraftingDb, int>(db => db.DeadLetters.CountAsync())).ShouldBe(0);
    }

    [Theory, OnBothDatabases]
    public async Task The_newest_word_of_the_register_stands(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        AccountRecorded Account(int version, bool live) => new("noticeboard:NEW", version, Desk.Paris, "noticeboard", "NEW", live, false, desk.At);

        await Task.WhenAll(Enumerable.Range(1, 8).Reverse().Select(version => desk.Service.Publish(Account(version, version == 8))));
        await desk.Service.Publish(Account(3, false));

        (await desk.Service.Db<DraftingDb, int>(async db => (await db.Accounts.SingleAsync(a => a.Id == "noticeboard:NEW")).Version)).ShouldBe(8);
        await Desk.WriteAsync(desk.Amina, Desk.Draft(account: "noticeboard:NEW"));
    }

    [Fact]
    public async Task On_the_real_broker_a_release_that_is_told_backwards_ends_as_it_should()
    {
        await using var broker = await TestBroker.CreateAsync();
        await using var desk = await Desk.OpenAsync(new Setup(Store.Sqlite) { Broker = broker });
        var round = await Desk.SubmitAsync(desk.Amina);
        foreach (var fact in Lives["released"](round).Reverse()) await desk.Service.Publish(fact);

        await Eventually.Be(async () => (await Desk.ReadAsync(desk.Amina, round.Draft))["standing"].GetString() == "Released", TimeSpan.FromSeconds(40));
        (await Desk.ListAsync(desk.Amina, "happenings")).Count.ShouldBeInRange(2, 4);
    }

    private static bool SameAggregate(IFact a, IFact b) => a.GetType().Namespace == b.GetType().Namespace;

    /// <summary>All that is left in the end, without ids and times.</summary>
    private static async Task<string> EndAsync(Desk desk, Round round)
    {
        var read = await Desk.ReadAsync(desk.Amina, round.Draft);
        return await desk.Service.Db<DraftingDb, string>(async db =>
        {
            var standing = await db.Standings.AsNoTracking().SingleAsync(s => s.PackageDigest == round.Digest);
            var told = await db.Happenings.Where(h => h.DraftId == round.Draft).OrderBy(h => h.At).Select(h => h.Standing).ToListAsync();
            return $"{read.Version} {read["state"]} {read["standing"]} {read["asked"]} {read["reasonCode"]} {read["receipt"]} " +
                $"{standing.RequestVersion} {standing.RequestStatus} {standing.ReleaseVersion} {standing.ReleaseStatus} {standing.ReleaseId == round.Release} {string.Join(',', told)}";
        });
    }
}
