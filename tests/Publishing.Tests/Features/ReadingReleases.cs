using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Publishing.Tests.Features;

public sealed class ReadingReleases
{
    [Theory, OnBothDatabases]
    public async Task Officers_see_their_missions_releases_and_the_centre_sees_all(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        await publishing.Service.Given.DraftingOfficerAsync("author", "KBL");
        await publishing.Service.Given.ClearingOfficerAsync("officer");
        await publishing.Service.Given.PersonAsync("auditor", (Offices.Central, Roles.Auditor));
        await publishing.Service.Given.PersonAsync("registrar", (Offices.Central, Roles.Registrar));
        var (own, other) = (publishing.Package("KBL"), publishing.Package("TYO", dueIn: TimeSpan.FromHours(2)));
        await publishing.PermitAsync(own);
        await publishing.PermitAsync(other);
        var released = await publishing.BecomesAsync(own, ReleaseStatus.Released);
        var others = (await publishing.FindAsync(other))!;

        var author = publishing.Service.Client("author");
        Ids(await author.Get("api/publishing/releases")).ShouldBe([released.Id]);
        (await author.Get($"api/publishing/releases/{others.Id}")).ShouldBe(404);
        Ids(await author.Get("api/publishing/releases?mission=TYO")).ShouldBeEmpty();
        foreach (var person in new[] { "officer", "auditor" })
            Ids(await publishing.Service.Client(person).Get("api/publishing/releases")).ShouldBe([others.Id, released.Id]);
        (await publishing.Service.Client("registrar").Get("api/publishing/releases")).ShouldBe(403, "rights.role");
        (await publishing.Service.Client("nobody").Get("api/publishing/releases")).ShouldBe(403, "rights.no-appointment");
        (await publishing.Service.ServiceClient("drafting").Get("api/publishing/releases")).ShouldBe(403);
        (await publishing.Service.ClientWith().Get("api/publishing/releases")).ShouldBe(401);

        var one = (await author.Get($"api/publishing/releases/{released.Id}")).ShouldBe(200);
        one.Version.ShouldBe(released.Version);
        (one["status"].GetString(), one["draftId"].GetGuid(), one["receipt"].GetString()).ShouldBe(("Released", own.DraftId, released.Receipt));
        one["attempts"][0].GetProperty("outcome").GetString().ShouldBe("Published");
        one.Body.ShouldNotContain(own.Text);
        one.Body.ShouldNotContain("envelope");
    }

    [Theory, OnBothDatabases]
    public async Task The_list_is_filtered_and_paged(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        await publishing.Service.Given.ClearingOfficerAsync("officer");
        var due = publishing.Now.AddHours(1);
        var packages = Enumerable.Range(0, 7).Select(i => publishing.Package(i % 2 == 0 ? "KBL" : "TYO", dueIn: due.AddMinutes(i / 3) - publishing.Now)).ToList();
        foreach (var package in packages) await publishing.PermitAsync(package);
        await publishing.WithdrawAsync(packages[0]);
        var officer = publishing.Service.Client("officer");

        var (seen, next) = (new List<Guid>(), "");
        do
        {
            var page = (await officer.Get($"api/publishing/releases?limit=2&cursor={next}")).ShouldBe(200);
            seen.AddRange(Ids(page));
            next = page["next"].GetString();
        } while (next is not null);
        seen.Distinct().Count().ShouldBe(7);
        seen.Count.ShouldBe(7);
        Ids(await officer.Get("api/publishing/releases?mission=TYO")).Count.ShouldBe(3);
        Ids(await officer.Get("api/publishing/releases?status=Stopped")).ShouldBe([(await publishing.FindAsync(packages[0]))!.Id]);
        Ids(await officer.Get($"api/publishing/releases?draft={packages[3].DraftId}")).ShouldBe([(await publishing.FindAsync(packages[3]))!.Id]);
        (await officer.Get("api/publishing/releases?cursor=x!")).ShouldBe(400, "cursor.unreadable");
        (await officer.Get("api/publishing/releases?status=Gone")).ShouldBe(400);
    }

    private static List<Guid> Ids(Answer answer) => [.. answer.ShouldBe(200)["items"].EnumerateArray().Select(item => item.GetProperty("id").GetGuid())];
}
