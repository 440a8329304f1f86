using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Testing;
using static WorkflowPlatform.Clearance.Tests.Examples;

namespace WorkflowPlatform.Clearance.Tests.Features;

/// <summary>An officer clears what they were shown: pictures, links and brief from Clearance's own copies.</summary>
public sealed class PicturesOnTheSheet
{
    [Theory, OnBothDatabases]
    public async Task The_sheet_shows_what_was_submitted_and_its_pictures_are_for_those_who_see_it(Store store)
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(store);
        var (door, gate) = (clearance.Shelf.Hang(Pictures.Png(1), "A door"), clearance.Shelf.Hang(Pictures.Png(2), ""));
        var request = await clearance.SubmittedAsync(Package() with
        {
            Media = [door, gate], Links = ["https://example.org/b", "https://example.org/a"], Brief = new Brief("Come early.", null, null, null, ["D"], ["AE"]),
        });
        await clearance.SubmittedAsync(Package(text: "Another one.") with { Media = [gate] }); // Which is here by now.

        var sheet = (await clearance.Officer.Get($"api/clearance/requests/{request.Id}")).ShouldBe(200);
        sheet["media"].EnumerateArray().Select(m => (m.GetProperty("digest").GetString(), m.GetProperty("alt").GetString())).ShouldBe([(door.Digest, "A door"), (gate.Digest, "")]);
        sheet["links"].EnumerateArray().Select(l => l.GetString()).ShouldBe(["https://example.org/b", "https://example.org/a"]);
        sheet["brief"].GetProperty("message").GetString().ShouldBe("Come early.");

        var path = $"api/clearance/requests/{request.Id}/media/{door.Digest}";
        using var seen = await clearance.Officer.GetAsync(path);
        (await seen.Content.ReadAsByteArrayAsync()).ShouldBe(Pictures.Png(1));
        (seen.Content.Headers.ContentType!.MediaType, seen.Headers.GetValues("X-Content-Type-Options").Single()).ShouldBe(("image/png", "nosniff"));
        (await clearance.Service.Client("author").Get(path)).ShouldBe(200);
        (await clearance.Service.Client("stranger").Get(path)).ShouldBe(404, "not-found");
        (await clearance.Service.ClientWith().Get(path)).ShouldBe(401);
        (await clearance.Officer.Get($"api/clearance/requests/{request.Id}/media/{new string('0', 64)}")).ShouldBe(404, "not-found");
        (await clearance.Service.Db<ClearanceDb, int>(db => db.Media.CountAsync())).ShouldBe(2);
    }

    [Fact]
    public async Task A_picture_of_another_request_is_not_shown_with_this_one()
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(Store.Sqlite);
        var picture = clearance.Shelf.Hang(Pictures.Png(), "");
        await clearance.SubmittedAsync(Package() with { Media = [picture] });
        var without = await clearance.SubmittedAsync(Package(text: "Without a picture."));
        (await clearance.Officer.Get($"api/clearance/requests/{without.Id}/media/{picture.Digest}")).ShouldBe(404);
    }

    [Fact]
    public async Task A_text_waits_for_its_pictures()
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(Store.Sqlite);
        var fact = clearance.Shelf.Submit(Package() with { Media = [new MediaItem(Pictures.DigestOf(Pictures.Png()), "image/png", Pictures.Png().Length, "")] });
        var sent = clearance.Service.Publish(fact);
        await Eventually.Be(() => clearance.Shelf.TurnedAway > 1);
        (await clearance.Service.Db<ClearanceDb, int>(db => db.Packages.CountAsync())).ShouldBe(0, "nothing is shown by halves");

        clearance.Shelf.Hang(Pictures.Png(), "");
        await sent;
        (await clearance.RequestAsync(fact.PackageDigest)).Status.ShouldBe(ClearanceStatus.InClearance);
    }

    [Fact]
    public async Task A_picture_that_is_not_what_its_digest_names_opens_nothing()
    {
        await using var clearance = await ClearanceUnderTest.StartAsync(Store.Sqlite);
        await clearance.Service.Publish(clearance.Shelf.Submit(Package() with { Media = [clearance.Shelf.Hang(Pictures.Png(1), "", otherBytes: Pictures.Png(2))] }));
        (await clearance.Service.Db<ClearanceDb, int>(db => db.Requests.CountAsync())).ShouldBe(0);
        (await clearance.Service.Db<ClearanceDb, Platform.Data.DeadLetterRow>(db => db.DeadLetters.SingleAsync())).Reason.ShouldContain("another digest");
    }
}
