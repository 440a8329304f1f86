namespace WorkflowPlatform.EndToEnd.Tests;

/// <summary>An officer changes a text, another clears it, and the public reads what was cleared; or its author takes it back.</summary>
public sealed class AmendedInClearance
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly string Amending = MinistryFiles.ClearingOfficers[0], Clearing = MinistryFiles.ClearingOfficers[1];

    [Fact(Timeout = 300_000)]
    public async Task Through_one_process_the_changed_text_goes_out_and_no_other()
    {
        await using var footing = await OneProcess.StartAsync(Missions);
        await LivesThroughAsync(footing);
    }

    [Fact(Timeout = 300_000)]
    public async Task Through_separate_processes_the_changed_text_goes_out_and_no_other()
    {
        await using var footing = await ManyProcesses.StartAsync(Missions);
        await LivesThroughAsync(footing);
    }

    private static IReadOnlyList<MissionLine> Missions => [.. MinistryFiles.Missions().Take(2)];

    private static async Task LivesThroughAsync(IFooting footing)
    {
        using var ministry = new Ministry(footing.AddressOf, TimeSpan.FromSeconds(30));
        await Eventually.Be(async () => await LedgerAudit.UnsentAsync(footing.DatabaseOf) == 0, Patience);
        var (goesOut, comesBack) = (Missions[0], Missions[1]);

        var draft = await AmendedAsync(ministry, goesOut, "The consular hall opens at nine.", "The consular hall opens at ten.");
        var request = await Eventually.Get(() => SheetAsync(ministry, goesOut, draft, Clearing), sheet => sheet["contributors"].GetArrayLength() == 2, Patience);
        (await ministry.ClearAsync(Amending, request)).ShouldBe(403, "clearance.contributor");
        (await ministry.ClearAsync(Clearing, request)).ShouldBe(200);
        await Eventually.Be(async () => (await ministry.DraftAsync(goesOut.Officer, draft))["standing"].GetString() == "Released", Patience);
        using var feed = new PublicFeed(ministry);
        (await feed.JsonAsync(goesOut.Code)).Select(item => item.Text).ShouldBe(["The consular hall opens at ten."]);

        // Asked at once, whoever has heard what: by the old package or by the new one, it is found.
        var back = await AmendedAsync(ministry, comesBack, "We are closed on Monday.", "We are closed on Tuesday.");
        await Eventually.Be(async () => (await ministry.WithdrawAsync(comesBack.Officer, back, (await ministry.DraftAsync(comesBack.Officer, back)).Version)).Status is 202, Patience);
        await Eventually.Be(async () => (await ministry.DraftAsync(comesBack.Officer, back))["standing"].GetString() == "Withdrawn", Patience);
        (await feed.JsonAsync(comesBack.Code)).ShouldBeEmpty();

        await Eventually.Be(async () => await LedgerAudit.UnsentAsync(footing.DatabaseOf) == 0, Patience);
        await Eventually.Be(async () => (await LedgerAudit.FindAsync(ministry, footing.DatabaseOf)).Verifies, Patience);
    }

    private static async Task<Guid> AmendedAsync(Ministry ministry, MissionLine mission, string text, string better)
    {
        Answer written = null!;
        await Eventually.Be(async () => (written = await ministry.WriteAsync(new Post(mission, "en", text, null))).Status == 201, Patience);
        var draft = written["id"].GetGuid();
        (await ministry.SubmitAsync(mission.Officer, draft, written.Version)).ShouldBe(201);
        var sheet = await SheetAsync(ministry, mission, draft, Amending);
        (await ministry.CommandAsync(Amending, "clearance", $"requests/{sheet["id"].GetGuid()}/amendments",
            new { packageDigest = sheet["packageDigest"].GetString(), text = better, comment = "It was wrong." }, sheet["version"].GetInt32())).ShouldBe(200);
        return draft;
    }

    private static async Task<Answer> SheetAsync(Ministry ministry, MissionLine mission, Guid draft, string officer)
    {
        var known = await Eventually.Get(() => ministry.DraftAsync(mission.Officer, draft), d => d["requestId"].ValueKind is System.Text.Json.JsonValueKind.String, Patience);
        return (await ministry.SheetAsync(officer, known["requestId"].GetGuid())).ShouldBe(200);
    }
}
