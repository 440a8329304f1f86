using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.Examples;
using static WorkflowPlatform.Clearance.Tests.OnRoute;

namespace WorkflowPlatform.Clearance.Tests.Features;

public sealed class ExceptionsOverHttp
{
    [Theory, OnBothDatabases]
    public async Task A_duty_officer_releases_what_cannot_wait_and_somebody_else_reviews_it(Store store)
    {
        await using var clearance = await StartAsync(store, new Dictionary<string, string?> { ["Clearance:ReviewWithinMinutes"] = "60" });
        var request = await clearance.OpenOnAsync(DeskThenCentral, Lane.Immediate);
        var body = new { packageDigest = request.PackageDigest, reason = "The bridge is closed at three." };
        (await clearance.ActAsync(request, "officer", "immediate-releases", body)).ShouldBe(403, "clearance.not-on-duty");
        (await clearance.ActAsync(request, "duty", "immediate-releases", new { packageDigest = request.PackageDigest, reason = "" })).ShouldBe(400);
        (await clearance.Service.Client("duty").Post($"api/clearance/requests/{request.Id}/immediate-releases", body, version: 9)).ShouldBe(412);

        var released = (await clearance.ActAsync(request, "duty", "immediate-releases", body)).ShouldBe(200);
        var reviewBy = new DateTimeOffset(2026, 12, 2, 1, 0, 0, TimeSpan.Zero); // An hour of the desk's, which opens at midnight UTC.
        released["reviewBy"].GetDateTimeOffset().ShouldBe(reviewBy);
        (await ReviewsAsync(clearance)).ShouldBe(0);
        await clearance.UntilToldAsync<PermitIssued>(request, TimeSpan.FromSeconds(21));
        (await ReviewsAsync(clearance)).ShouldBe(1);
        (await ReviewsAsync(clearance, "desk")).ShouldBe(1);
        (await ReviewsAsync(clearance, "hub")).ShouldBe(0);
        (await clearance.Service.Client("author").Get("api/clearance/reviews")).ShouldBe(403, "rights.role");
        (await clearance.Service.Client("duty").Get("api/clearance/reviews"))["items"][0].GetProperty("mayReview").GetBoolean().ShouldBeFalse();

        (await clearance.UntilToldAsync<ReviewOverdue>(request, TimeSpan.FromHours(14))).DueAt.ShouldBe(reviewBy);
        (await clearance.Officer.Get("api/clearance/reviews"))["items"][0].GetProperty("overdue").GetBoolean().ShouldBeTrue();
        (await clearance.ActAsync(request, "duty", "reviews", new { verdict = "Upheld" })).ShouldBe(403, "clearance.role");
        (await clearance.ActAsync(request, "officer", "reviews", new { verdict = "NotUpheld" })).ShouldBe(400);
        (await clearance.ActAsync(request, "officer", "reviews", new { verdict = "NotUpheld", comment = "It could have waited." })).ShouldBe(200);
        (await clearance.ActAsync(request, "desk", "reviews", new { verdict = "Upheld" })).ShouldBe(409, "clearance.no-review-open");
        (await ReviewsAsync(clearance)).ShouldBe(0);
        var review = (await clearance.SheetAsync(request, "author"))["review"];
        (review.GetProperty("verdict").GetString(), review.GetProperty("overdue").GetBoolean()).ShouldBe(("NotUpheld", true));
        (await clearance.ToldAsync(request)).ShouldBe([nameof(ClearanceOpened), nameof(Contracts.Clearance.ReleasedImmediately), nameof(PermitIssued), nameof(ReviewOverdue), nameof(RetrospectiveReviewed)]);
    }

    [Theory, OnBothDatabases]
    public async Task The_duty_goes_round_the_world_by_the_roster(Store store)
    {
        await using var clearance = await StartAsync(store);
        await clearance.Service.Given.PersonAsync("night", ("HUB", Roles.DutyOfficer));
        var request = await clearance.OpenOnAsync(DeskThenCentral with { Informed = [] }, Lane.Flash);
        var body = new { packageDigest = request.PackageDigest, reason = "The bridge is closed at three." };
        await clearance.Service.Publish(new DutyRecorded(Guid.CreateVersion7(), 1, "HUB", "night", Noon.AddHours(1), Noon.AddHours(9), Noon));

        (await clearance.ActAsync(request, "night", "immediate-releases", body)).ShouldBe(404);
        (await clearance.SheetAsync(request, "night")).ShouldBe(404);
        clearance.Clock.Advance(TimeSpan.FromMinutes(70));
        (await clearance.Service.Client("night").Get("api/clearance/duty"))["due"][0].GetProperty("id").GetGuid().ShouldBe(request.Id);
        (await clearance.SheetAsync(request, "night")).ShouldBe(200);
        await Eventually.Be(async () => (await clearance.ActAsync(request, "night", "immediate-releases", body)).Status == 200);
    }

    [Theory, OnBothDatabases]
    public async Task A_text_that_a_rule_keeps_from_it_is_not_released_before_its_clearance(Store store)
    {
        await using var clearance = await StartAsync(store);
        var request = await clearance.OpenOnAsync(DeskThenCentral with { ImmediateAllowed = false }, Lane.Flash);
        (await clearance.ActAsync(request, "duty", "immediate-releases", new { packageDigest = request.PackageDigest, reason = "Urgent." })).ShouldBe(403, "clearance.immediate-forbidden");
    }

    [Theory, OnBothDatabases]
    public async Task A_late_office_is_passed_over_by_name_and_its_head_is_told(Store store)
    {
        await using var clearance = await StartAsync(store);
        var request = await clearance.OpenOnAsync(DeskThenCentral, Lane.Immediate);
        var body = new { packageDigest = request.PackageDigest, office = "DESK", reason = "Nobody answers, and the text goes out at two." };
        (await clearance.ActAsync(request, "head", "bypasses", body)).ShouldBe(409, "clearance.not-missing");
        await clearance.UntilToldAsync<ClearanceEscalated>(request, TimeSpan.FromHours(1));
        (await clearance.ActAsync(request, "officer", "bypasses", body)).ShouldBe(403, "clearance.no-bypass");
        (await clearance.ActAsync(request, "head", "bypasses", body)).ShouldBe(200);
        (await clearance.SheetAsync(request)).Line("DESK").GetProperty("state").GetString().ShouldBe(nameof(LineState.Bypassed));

        foreach (var head in new[] { "head", "desk-head" })
        {
            var told = (await clearance.Service.Client(head).Get("api/clearance/bypasses")).ShouldBe(200);
            told["items"][0].GetProperty("by").GetProperty("person").GetString().ShouldBe("head");
            told["items"][0].GetProperty("reason").GetString().ShouldBe(body.reason);
            told["counts"].GetProperty("DESK").GetInt32().ShouldBe(1);
        }
        (await clearance.Officer.Get("api/clearance/bypasses")).ShouldBe(403, "rights.role");
        (await clearance.ActAsync(request, "officer", "decisions", new { decision = "Cleared", packageDigest = request.PackageDigest })).ShouldBe(200)["status"].GetString().ShouldBe("Cleared");
    }

    [Theory, OnBothDatabases]
    public async Task A_clearance_by_telephone_is_written_down_by_one_and_counts_once_the_other_has_signed(Store store)
    {
        await using var clearance = await StartAsync(store);
        var request = await clearance.OpenOnAsync(DeskThenCentral);
        object Call(string givenBy, string means = "telephone") => new { packageDigest = request.PackageDigest, givenBy, office = "DESK", means, comment = "Fine by the desk." };
        (await clearance.ActAsync(request, "author", "recorded-clearances", Call("desk"))).ShouldBe(403, "clearance.role");
        (await clearance.ActAsync(request, "officer", "recorded-clearances", Call("author"))).ShouldBe(403, "clearance.contributor");
        (await clearance.ActAsync(request, "officer", "recorded-clearances", Call("desk", "rumour"))).ShouldBe(400);
        var recording = (await clearance.ActAsync(request, "officer", "recorded-clearances", Call("desk"))).ShouldBe(200)["recordingId"].GetGuid();
        var body = new { recordingId = recording, packageDigest = request.PackageDigest };

        var sheet = await clearance.SheetAsync(request);
        (sheet["recorded"][0].GetProperty("givenBy").GetString(), sheet["recorded"][0].GetProperty("pending").GetBoolean()).ShouldBe(("desk", true));
        sheet.Line("DESK").GetProperty("state").GetString().ShouldBe(nameof(LineState.Open));
        (await clearance.ActAsync(request, "officer", "countersignatures", body)).ShouldBe(403);
        (await clearance.ActAsync(request, "desk", "countersignatures", body)).ShouldBe(200);
        sheet = await clearance.SheetAsync(request);
        sheet["recorded"][0].GetProperty("pending").GetBoolean().ShouldBeFalse();
        (sheet["decisions"][0].GetProperty("person").GetString(), sheet["decisions"][0].GetProperty("recordedAs").GetGuid()).ShouldBe(("desk", recording));
        sheet.Line("DESK").GetProperty("state").GetString().ShouldBe(nameof(LineState.Cleared));
        (await clearance.ToldAsync(request)).ShouldBe([nameof(ClearanceOpened), nameof(ClearanceRecorded), nameof(ClearanceGiven)]);
    }

    [Theory, OnBothDatabases]
    public async Task What_nobody_says_is_not_taken_as_a_decision(Store store)
    {
        await using var clearance = await StartAsync(store);
        var request = await clearance.OpenOnAsync(DeskThenCentral, Lane.Immediate);
        foreach (var kind in new[] { DecisionKind.DeemedCleared, DecisionKind.Escalated, DecisionKind.Bypassed, DecisionKind.ReleasedImmediately })
            (await clearance.ActAsync(request, "duty", "decisions", new { decision = kind.ToString(), packageDigest = request.PackageDigest, comment = "x" })).ShouldBe(400);
    }

    [Theory, OnBothDatabases]
    public async Task The_sheet_offers_to_whoever_reads_it_what_their_rights_allow_and_nothing_else(Store store)
    {
        await using var clearance = await StartAsync(store);
        var request = await clearance.OpenOnAsync(DeskThenCentral, Lane.Immediate);
        (await ActsAsync("duty")).ShouldBe("release DESK:desk");
        (await ActsAsync("officer")).ShouldBe("Objected OvertakenByEvents DESK:desk");
        (await ActsAsync("desk")).ShouldBe("Objected");
        (await ActsAsync("head")).ShouldBe("DESK:desk");
        (await ActsAsync("author")).ShouldBe("");

        var recording = (await clearance.ActAsync(request, "officer", "recorded-clearances", new { packageDigest = request.PackageDigest, givenBy = "desk", office = "DESK", means = "paper" })).ShouldBe(200)["recordingId"].GetGuid();
        (await ActsAsync("desk")).ShouldBe($"Objected {recording}");
        (await clearance.ActAsync(request, "desk", "decisions", new { decision = "Objected", packageDigest = request.PackageDigest, comment = "Not so." })).ShouldBe(200);
        (await ActsAsync("head")).ShouldStartWith("Overruled");
        (await ActsAsync("duty")).ShouldNotContain("release"); // An office objects.
        (await clearance.ActAsync(request, "head", "decisions", new { decision = "Overruled", packageDigest = request.PackageDigest, comment = "It is agreed." })).ShouldBe(200);
        (await ActsAsync("desk")).ShouldNotContain("DESK");

        async Task<string> ActsAsync(string who)
        {
            var acts = (await clearance.SheetAsync(request, who))["acts"];
            return string.Join(' ', [
                .. acts.GetProperty("say").EnumerateArray().Select(say => say.GetString()), .. acts.GetProperty("release").GetBoolean() ? ["release"] : Array.Empty<string>(),
                .. acts.GetProperty("passOver").EnumerateArray().Select(office => $"over:{office}"), .. acts.GetProperty("record").EnumerateArray().Select(g => $"{g.GetProperty("office")}:{g.GetProperty("person")}"),
                .. acts.GetProperty("countersign").EnumerateArray().Select(id => id.GetString())]);
        }
    }

    private static async Task<int> ReviewsAsync(ClearanceUnderTest clearance, string by = "officer") =>
        (await clearance.Service.Client(by).Get("api/clearance/reviews")).ShouldBe(200)["items"].GetArrayLength();
}
