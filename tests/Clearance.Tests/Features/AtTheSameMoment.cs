using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Drafting;
using WorkflowPlatform.Platform.Decisions;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.Examples;
using static WorkflowPlatform.Clearance.Tests.OnRoute;

namespace WorkflowPlatform.Clearance.Tests.Features;

/// <summary>Two who act at once: one of them is first, and the other acts on nothing that is no longer so.</summary>
public sealed class AtTheSameMoment
{
    [Theory, OnBothDatabases]
    public async Task Two_officers_decide_and_one_of_them_had_a_stale_screen(Store store)
    {
        await using var clearance = await StartAsync(store);
        var request = await clearance.OpenOnAsync(Route(("CENTRAL", 1, 2)));
        var answers = await Task.WhenAll(clearance.DecideAsync(request), clearance.DecideAsync(request, by: clearance.Service.Client("colleague")));

        answers.Select(a => a.Status).ShouldBe([200, 412], ignoreOrder: true);
        var decided = await clearance.RequestAsync(request.PackageDigest);
        (decided.Status, decided.Version, decided.Decisions.Count).ShouldBe((ClearanceStatus.InClearance, 2, 1), "one of two has cleared it");
    }

    [Theory, OnBothDatabases]
    public async Task One_officer_presses_in_two_windows_and_is_one_vote(Store store)
    {
        await using var clearance = await StartAsync(store);
        var request = await clearance.OpenOnAsync(Route(("CENTRAL", 1, 2)));
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => clearance.ActAsync(request, "officer", "decisions", new { decision = "Cleared", packageDigest = request.PackageDigest })));

        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Code == "clearance.already-decided");
        (await clearance.RequestAsync(request.PackageDigest)).Status.ShouldBe(ClearanceStatus.InClearance);
    }

    /// <summary>What somebody does to the request after the signer has read it, and before the permit is kept.</summary>
    [Theory, OnBothDatabases]
    public async Task A_permit_is_kept_only_of_what_was_read_to_sign_it(Store store)
    {
        await using var clearance = await StartAsync(store);
        var line = LineWithdrawn.Cited(Visas);
        foreach (var (first, status) in new (Func<ClearanceRequest, Task>, ClearanceStatus)[]
                 {
                     (async r => (await clearance.ActAsync(r, "officer", "reversals")).ShouldBe(200), ClearanceStatus.InClearance),
                     (r => clearance.Service.Publish(new WithdrawalAsked(r.DraftId, 3, r.PackageDigest, r.Mission, new("author", r.Mission), Noon)), ClearanceStatus.Withdrawn),
                     (_ => clearance.Service.Publish(new LineWithdrawn(Visas, 1, Noon)), ClearanceStatus.InClearance),
                 })
        {
            var request = await clearance.SubmittedAsync(Package() with { Cites = [line] });
            (await clearance.DecideAsync(request)).ShouldBe(200);
            await Should.ThrowAsync<DbUpdateConcurrencyException>(() => clearance.Service.Db<ClearanceDb>(async db =>
            {
                var read = await db.Requests.SingleAsync(r => r.Id == request.Id);
                await first(read);
                PermitOffice.Issue(read, Guid.CreateVersion7(), Noon.AddSeconds(20), _ => "signed in vain").Allows(out var issued, out Refusal? _).ShouldBeTrue();
                await db.RecordAsync(read, issued!, default);
                await db.SaveChangesAsync();
            }));
            (await clearance.RequestAsync(request.PackageDigest)).Status.ShouldBe(status);
            (await clearance.ToldAsync(request)).ShouldNotContain(nameof(PermitIssued));
        }
    }

    [Theory, OnBothDatabases]
    public async Task A_decision_is_taken_back_or_becomes_a_permit_and_never_both(Store store)
    {
        await using var clearance = await StartAsync(store);
        for (var i = 0; i < 6; i++)
        {
            var request = await clearance.SubmittedAsync();
            (await clearance.DecideAsync(request)).ShouldBe(200);
            clearance.Clock.Advance(TimeSpan.FromMilliseconds(19_999));
            var back = clearance.Officer.Post($"api/clearance/requests/{request.Id}/reversals", version: 2);
            clearance.Clock.Advance(TimeSpan.FromMilliseconds(1));
            if ((await back).Status != 200) await clearance.UntilToldAsync<PermitIssued>(request, TimeSpan.FromSeconds(1));

            clearance.Clock.Advance(TimeSpan.FromMinutes(1));
            var told = await clearance.ToldAsync(request);
            told.Skip(2).ShouldBe([(await back).Status == 200 ? nameof(DecisionUndone) : nameof(PermitIssued)]);
        }
    }

    [Theory, OnBothDatabases]
    public async Task The_period_for_taking_it_back_ends_at_its_twentieth_second(Store store)
    {
        await using var clearance = await StartAsync(store);
        var request = await clearance.OpenOnAsync(Route(("CENTRAL", 1, 2)));
        (await clearance.ActAsync(request, "officer", "decisions", new { decision = "Cleared", packageDigest = request.PackageDigest })).ShouldBe(200);
        clearance.Clock.Advance(TimeSpan.FromMilliseconds(19_999));
        (await clearance.ActAsync(request, "officer", "reversals")).ShouldBe(200);
        (await clearance.ActAsync(request, "officer", "decisions", new { decision = "Cleared", packageDigest = request.PackageDigest })).ShouldBe(200);
        clearance.Clock.Advance(TimeSpan.FromSeconds(20));
        (await clearance.ActAsync(request, "officer", "reversals")).ShouldBe(409, "clearance.undo-over");
    }

    private static readonly Guid Visas = Guid.CreateVersion7(Noon);
}
