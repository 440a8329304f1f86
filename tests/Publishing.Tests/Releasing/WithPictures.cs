using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Publishing.Tests.Releasing;

/// <summary>Pictures and links go out with their text in one request, and it is looked for with them.</summary>
public sealed class WithPictures
{
    [Theory]
    [InlineData(Store.Sqlite, true)]
    [InlineData(Store.Sqlite, false)]
    [InlineData(Store.Postgres, true)]
    [InlineData(Store.Postgres, false)]
    public async Task They_are_there_once_to_the_byte_whatever_becomes_of_the_first_call(Store store, bool handles)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store, handles);
        var met = new ConcurrentDictionary<string, bool>();
        publishing.Neighbours.Faults = text => met.TryAdd(text, true) ? Enum.Parse<Fault>(text) : Fault.None;
        var packages = new[] { Fault.None, Fault.CutAfterApply, Fault.CutBeforeApply }.Select((fault, n) => publishing.Illustrated(publishing.Package($"F{n}", fault.ToString()))).ToList();
        await Task.WhenAll(packages.Select(package => publishing.PermitAsync(package)));

        foreach (var package in packages)
        {
            var release = await publishing.BecomesAsync(package, ReleaseStatus.Released, TimeSpan.FromSeconds(40));
            var post = publishing.Neighbours.Posts.Where(p => p.Text == package.Text).ShouldHaveSingleItem();
            post.Id.ShouldBe(release.Receipt);
            post.Media.ShouldBe(package.Media);
            post.Links.ShouldBe(package.Links);
            post.Pictures.Select(Pictures.DigestOf).ShouldBe(package.Media.Select(m => m.Digest));
        }
        publishing.Neighbours.Calls.ShouldBe(4);
    }

    [Fact]
    public async Task The_same_text_with_other_links_under_its_handle_is_a_persons_affair()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite);
        var package = publishing.Illustrated(publishing.Package());
        publishing.Neighbours.Pin("KBL", Examples.DigestOf(package)[..32], package.Text, links: package.Links);
        await publishing.PermitAsync(package);
        (await publishing.BecomesAsync(package, ReleaseStatus.Held)).Reason.ShouldBe(HoldReasons.HandleTaken);
    }

    [Fact]
    public async Task On_a_timeline_the_same_text_with_other_links_is_not_taken_for_ours()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite, handles: false);
        var met = 0;
        publishing.Neighbours.Faults = _ => Interlocked.Increment(ref met) == 1 ? Fault.CutBeforeApply : Fault.None;
        var package = publishing.Illustrated(publishing.Package());
        await publishing.PermitAsync(package);
        publishing.Neighbours.Pin("KBL", null, package.Text, links: ["https://example.org/a"]);

        var release = await publishing.BecomesAsync(package, ReleaseStatus.Released, TimeSpan.FromSeconds(30));
        var post = publishing.Neighbours.Posts.Single(p => p.Id == release.Receipt);
        post.Media.ShouldBe(package.Media);
        publishing.Neighbours.Calls.ShouldBe(2);
    }

    [Theory, OnBothDatabases]
    public async Task A_picture_that_was_exchanged_or_taken_away_holds_its_post(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        var (exchanged, taken) = (publishing.Illustrated(publishing.Package("KBL", dueIn: TimeSpan.FromSeconds(12))), publishing.Illustrated(publishing.Package("TYO", dueIn: TimeSpan.FromSeconds(12)), shade: 9));
        foreach (var package in new[] { exchanged, taken }) await publishing.PermitAsync(package);
        await publishing.TamperAsync("update media set bytes = @Bytes where digest = @Digest", new { Bytes = Pictures.Png(7), exchanged.Media[0].Digest });
        await publishing.TamperAsync("delete from media where digest = @Digest", new { taken.Media[0].Digest });

        foreach (var package in new[] { exchanged, taken })
            (await publishing.BecomesAsync(package, ReleaseStatus.Held, TimeSpan.FromSeconds(30))).Reason.ShouldBe("media");
        publishing.Neighbours.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Nothing_is_scheduled_until_its_pictures_are_here_and_then_nobody_else_is_needed()
    {
        await using var publishing = await PublishingUnderTest.StartAsync(Store.Sqlite);
        var picture = Pictures.Png(33);
        var package = publishing.Package(dueIn: TimeSpan.FromSeconds(8)) with { Media = [Examples.Item(picture, "")] };
        publishing.Neighbours.Shelve(package);
        var sent = publishing.PermitAsync(package);
        await Eventually.Be(() => publishing.Neighbours.Misses > 1);
        (await publishing.FindAsync(package)).ShouldBeNull();

        publishing.Neighbours.Hang(picture, "");
        await sent;
        (await publishing.Service.Db<PublishingDb, byte[]>(db => db.Media.Select(m => m.Bytes).SingleAsync())).ShouldBe(picture);
        publishing.Neighbours.ShelfClosed = true;
        await publishing.BecomesAsync(package, ReleaseStatus.Released, TimeSpan.FromSeconds(30));
    }
}
