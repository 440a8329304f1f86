using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Drafting.Tests.Features;

/// <summary>Asking a submitted package back, and what becomes of it.</summary>
public sealed class Withdrawing
{
    [Theory, OnBothDatabases]
    public async Task It_is_asked_for_first_and_back_when_clearance_says_so(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var round = await Desk.SubmitAsync(desk.Amina);
        await desk.HeardAsync(round.Opened());

        var asked = (await AskAsync(desk, round, 2)).ShouldBe(202);
        (asked.Version, asked["standing"].GetString()).ShouldBe((3, "WithdrawalAsked"));
        var read = await Desk.ReadAsync(desk.Amina, round.Draft);
        (read["state"].GetString(), read["standing"].GetString(), read["asked"].GetString()).ShouldBe(("Submitted", "WithdrawalAsked", "asked"));
        (await AskAsync(desk, round, 3)).ShouldBe(409, "draft.already-asked");

        await desk.HeardAsync(round.Withdrawn());
        var back = await Desk.ReadAsync(desk.Amina, round.Draft);
        (back["state"].GetString(), back["standing"].GetString(), back["asked"].GetString()).ShouldBe(("Withdrawn", "Withdrawn", null));
        (await desk.Amina.Post($"api/drafting/drafts/{round.Draft}/revisions", Desk.Revision("Better."), version: 4)).ShouldBe(200).Version.ShouldBe(5);
        var again = await Desk.SubmitAsync(desk.Amina, round.Draft, 5);
        again.Digest.ShouldNotBe(round.Digest);
    }

    [Theory, OnBothDatabases]
    public async Task What_came_back_can_be_submitted_again_as_it_is_and_is_another_package(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var round = await Desk.SubmitAsync(desk.Amina);
        await AskAsync(desk, round, 2);
        await desk.HeardAsync(round.Opened());
        await desk.HeardAsync(round.Withdrawn());

        (await Desk.SubmitAsync(desk.Amina, round.Draft, 4)).Digest.ShouldNotBe(round.Digest);
        (await Desk.ReadAsync(desk.Amina, round.Draft))["standing"].GetString().ShouldBe("InClearance");
    }

    [Theory, OnBothDatabases]
    public async Task Publishing_gives_it_back_while_it_is_scheduled_or_held(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        foreach (var held in new[] { false, true })
        {
            var round = await Desk.SubmitAsync(desk.Amina);
            await HearAsync(desk, [.. round.ToSchedule(), .. held ? [round.Held()] : Array.Empty<IFact>()]);
            (await AskAsync(desk, round, 2)).ShouldBe(202);
            await desk.HeardAsync(round.Stopped());
            (await Desk.ReadAsync(desk.Amina, round.Draft))["standing"].GetString().ShouldBe("Withdrawn");
        }
    }

    [Fact]
    public async Task Too_late_is_told_when_it_went_out_or_nobody_knows()
    {
        await using var desk = await Desk.OpenAsync(Store.Sqlite);
        var round = await Desk.SubmitAsync(desk.Amina);
        await HearAsync(desk, [.. round.ToSchedule(), round.Started()]);
        (await AskAsync(desk, round, 2)).ShouldBe(409, "draft.too-late");
        await desk.HeardAsync(round.OutcomeUnknown());
        (await AskAsync(desk, round, 2)).ShouldBe(409, "draft.outcome-unknown");
        await desk.HeardAsync(round.Completed());
        (await AskAsync(desk, round, 2)).ShouldBe(409, "draft.too-late");
        (await Desk.ReadAsync(desk.Amina, round.Draft)).Version.ShouldBe(2, "a refusal leaves nothing");
    }

    [Theory, OnBothDatabases]
    public async Task Asked_while_the_call_was_being_made_it_is_told_that_it_went_out(Store store)
    {
        await using var desk = await Desk.OpenAsync(store);
        var round = await Desk.SubmitAsync(desk.Amina);
        await HearAsync(desk, round.ToSchedule());
        (await AskAsync(desk, round, 2)).ShouldBe(202);
        await HearAsync(desk, [round.Started(), round.Completed()]);

        var read = await Desk.ReadAsync(desk.Amina, round.Draft);
        (read["state"].GetString(), read["standing"].GetString(), read["asked"].GetString(), read["receipt"].GetString()).ShouldBe(("Submitted", "Released", "too-late", "post-1"));
    }

    [Fact]
    public async Task Back_in_the_schedule_after_a_call_that_reached_nobody_the_answer_is_still_awaited()
    {
        await using var desk = await Desk.OpenAsync(Store.Sqlite);
        var round = await Desk.SubmitAsync(desk.Amina);
        await HearAsync(desk, round.ToSchedule());
        (await AskAsync(desk, round, 2)).ShouldBe(202);
        await HearAsync(desk, [round.Started(), round.OutcomeUnknown(), round.Rescheduled()]);

        (await AskAsync(desk, round, 3)).ShouldBe(409, "draft.already-asked");
        (await Desk.ReadAsync(desk.Amina, round.Draft))["standing"].GetString().ShouldBe("WithdrawalAsked");
        await desk.HeardAsync(round.Stopped());
        (await Desk.ReadAsync(desk.Amina, round.Draft))["standing"].GetString().ShouldBe("Withdrawn");
    }

    [Fact]
    public async Task What_is_not_submitted_cannot_be_asked_back()
    {
        await using var desk = await Desk.OpenAsync(Store.Sqlite);
        var written = await Desk.WriteAsync(desk.Amina);
        (await desk.Amina.Post($"api/drafting/drafts/{written["id"].GetGuid()}/withdrawals", version: 1)).ShouldBe(409, "draft.not-submitted");
    }

    private static Task<Answer> AskAsync(Desk desk, Round round, int version) => desk.Amina.Post($"api/drafting/drafts/{round.Draft}/withdrawals", version: version);

    private static async Task HearAsync(Desk desk, IEnumerable<IFact> facts)
    {
        foreach (var fact in facts) await desk.HeardAsync(fact);
    }
}
