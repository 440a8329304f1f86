using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Contracts.Publishing;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Features;

public sealed class RevokingOverHttp
{
    [Theory, OnBothDatabases]
    public async Task A_permit_is_asked_back_and_is_revoked_once_publishing_has_stopped_it(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var request = await clearance.PermittedAsync();
        (await SheetAsync(clearance, request))["mayRevoke"].GetBoolean().ShouldBeTrue();

        var asked = (await clearance.RevokeAsync(request)).ShouldBe(202);
        asked["status"].GetString().ShouldBe("PermitIssued");
        var revocation = asked["revocationId"].GetGuid();
        (await AnswerAsync(clearance, request)).ShouldBe("asked");
        (await clearance.RevokeAsync(request, version: asked.Version)).ShouldBe(409, "clearance.revocation-asked");

        await clearance.Service.Publish(Stopped(request, revocation));
        (await clearance.RequestAsync(request.PackageDigest)).Status.ShouldBe(ClearanceStatus.Revoked);
        (await AnswerAsync(clearance, request)).ShouldBe("revoked");
        (await clearance.FactsAsync(request.Id)).Select(f => f.Type.Split('.')[^1]).ShouldBe(
            [nameof(ClearanceOpened), nameof(PackageCleared), nameof(PermitIssued), nameof(PermitRevocationAsked), nameof(PermitRevoked)]);
        (await clearance.RevokeAsync(request, version: 5)).ShouldBe(409, "clearance.no-permit");
    }

    [Theory, OnBothDatabases]
    public async Task A_release_that_is_over_is_the_answer_that_it_was_too_late(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        foreach (var (end, reason) in new (Func<ClearanceRequest, Guid, IFact>, string)[]
                 {
                     ((r, _) => new ReleaseCompleted(Guid.CreateVersion7(), 3, r.DraftId, r.PackageDigest, r.Mission, r.Account, "post-1", false, Noon), "released"),
                     ((r, _) => new ReleaseRejected(Guid.CreateVersion7(), 3, r.DraftId, r.PackageDigest, r.Mission, "http-422", Noon), "rejected"),
                     ((r, id) => new RevocationRefused(Guid.CreateVersion7(), 4, r.DraftId, r.PackageDigest, r.Mission, id, "released", Noon), "released"),
                 })
        {
            var request = await clearance.PermittedAsync(Package(notBefore: Noon.AddHours(6)));
            var revocation = (await clearance.RevokeAsync(request)).ShouldBe(202)["revocationId"].GetGuid();
            await clearance.Service.Publish(end(request, revocation));
            await clearance.Service.Publish(Stopped(request, revocation)); // What is answered stays answered.
            (await AnswerAsync(clearance, request)).ShouldBe(reason);
            (await SheetAsync(clearance, request))["mayRevoke"].GetBoolean().ShouldBeFalse();
            (await clearance.RequestAsync(request.PackageDigest)).Status.ShouldBe(ClearanceStatus.PermitIssued);
            (await clearance.RevokeAsync(request, version: 5)).ShouldBe(409, "clearance.revocation-too-late");
        }
    }

    [Theory, OnBothDatabases]
    public async Task The_ends_of_releases_that_nobody_asked_back_change_nothing(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var request = await clearance.PermittedAsync();
        await clearance.Service.Publish(Stopped(request, null));
        await clearance.Service.Publish(new ReleaseCompleted(Guid.CreateVersion7(), 3, request.DraftId, request.PackageDigest, request.Mission, request.Account, "post-1", false, Noon));
        (await clearance.RequestAsync(request.PackageDigest)).ShouldBeEquivalentTo(request);
    }

    [Theory, OnBothDatabases]
    public async Task Only_the_central_unit_takes_a_permit_back_with_a_reason_and_what_it_saw(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        await clearance.Service.Given.PersonAsync("hub", ("KBL", Roles.ClearingOfficer));
        var request = await clearance.PermittedAsync();
        (await clearance.RevokeAsync(request, by: clearance.Service.Client("author"))).ShouldBe(403, "clearance.office");
        (await clearance.RevokeAsync(request, by: clearance.Service.Client("hub"))).ShouldBe(403, "clearance.office");
        (await clearance.RevokeAsync(request, version: 1)).ShouldBe(412, "changed");
        (await clearance.RevokeAsync(request, new { reasonCode = "because", comment = "x" })).ShouldBe(400);
        (await clearance.RevokeAsync(request, new { reasonCode = "facts", comment = "" })).ShouldBe(400);
        (await clearance.RevokeAsync(request, by: clearance.Service.Client("colleague"))).ShouldBe(202); // Not only who cleared it.
    }

    private static ReleaseStopped Stopped(ClearanceRequest r, Guid? revocation) => new(Guid.CreateVersion7(), 2, r.DraftId, r.PackageDigest, r.Mission, Noon, revocation, revocation is null ? null : "events");

    private static Task<Answer> SheetAsync(ClearanceUnderTest clearance, ClearanceRequest request) => clearance.Officer.Get($"api/clearance/requests/{request.Id}");

    private static async Task<string?> AnswerAsync(ClearanceUnderTest clearance, ClearanceRequest request) =>
        (await SheetAsync(clearance, request))["revocation"].GetProperty("answer").GetString();
}
