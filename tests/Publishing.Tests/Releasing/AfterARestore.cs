using Microsoft.Data.Sqlite;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Publishing.Tests.Releasing;

public sealed class AfterARestore
{
    [Theory, InlineData(true), InlineData(false)]
    public async Task What_went_out_after_the_backup_is_found_and_not_posted_again(bool handles)
    {
        await using var publishing = await PublishingUnderTest.PrepareAsync(Store.Sqlite, stepped: true);
        publishing.Settings["Publishing:Noticeboard:Handles"] = handles.ToString();
        await publishing.StartAsync();
        var packages = Enumerable.Range(0, 5).Select(i => publishing.Package($"M{i % 2}", dueIn: TimeSpan.FromHours(1))).ToList();
        foreach (var package in packages) await publishing.PermitAsync(package);
        await publishing.StopAsync();
        var backup = Copy(publishing, "backup");
        publishing.Clock!.Advance(TimeSpan.FromHours(1));
        await publishing.StartAsync();
        foreach (var package in packages) await publishing.BecomesAsync(package, ReleaseStatus.Released);
        await publishing.StopAsync();

        Restore(publishing, backup);
        publishing.Neighbours.Unpin(packages[4].Text); // One of them was not out at the time of the accident.
        await File.WriteAllTextAsync(Marker(publishing), "");
        await publishing.StartAsync();
        foreach (var package in packages) await publishing.BecomesAsync(package, ReleaseStatus.Released);
        foreach (var package in packages)
        {
            publishing.PostsOf(package).ShouldBe(1);
            (await publishing.StoryAsync(package)).ShouldBe(package == packages[4] ? "Scheduled Started Completed" : "Scheduled Completed");
        }
        publishing.Neighbours.Calls.ShouldBe(6);
        File.Exists(Marker(publishing)).ShouldBeFalse();
        publishing.Service.Logs.Lines.ShouldContain(line => line.Contains("5 read back, 4 found public", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_goes_out_or_is_said_to_be_stopped_before_the_accounts_were_read()
    {
        await using var publishing = await PublishingUnderTest.PrepareAsync(Store.Sqlite, stepped: true);
        await publishing.StartAsync();
        var (wanted, withdrawn) = (publishing.Package(dueIn: TimeSpan.FromHours(1)), publishing.Package("TYO", dueIn: TimeSpan.FromHours(1)));
        await publishing.PermitAsync(wanted);
        await publishing.PermitAsync(withdrawn);
        await publishing.StopAsync();
        publishing.Clock!.Advance(TimeSpan.FromHours(1));
        publishing.Neighbours.CannotBeRead = true;
        publishing.Settings["Publishing:Reconcile"] = "true";
        await publishing.StartAsync();
        await publishing.WithdrawAsync(withdrawn);
        var later = publishing.Package("OSL");
        await publishing.PermitAsync(later);
        await Eventually.Be(() => publishing.Neighbours.Reads > 2);
        (await publishing.ReleasesAsync()).ShouldAllBe(r => r.Status == ReleaseStatus.Scheduled);
        publishing.Neighbours.Calls.ShouldBe(0);

        publishing.Neighbours.CannotBeRead = false;
        await publishing.BecomesAsync(wanted, ReleaseStatus.Released);
        await publishing.BecomesAsync(later, ReleaseStatus.Released);
        await publishing.BecomesAsync(withdrawn, ReleaseStatus.Stopped);
        publishing.PostsOf(withdrawn).ShouldBe(0);
    }

    private static string Marker(PublishingUnderTest publishing) => Path.Combine(publishing.Backends.Folder, "reconcile");

    private static string Copy(PublishingUnderTest publishing, string to)
    {
        SqliteConnection.ClearAllPools();
        var folder = Directory.CreateDirectory(Path.Combine(publishing.Backends.Folder, to)).FullName;
        foreach (var file in Directory.GetFiles(publishing.Backends.Folder, "publishing.db*")) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        return folder;
    }

    private static void Restore(PublishingUnderTest publishing, string from)
    {
        SqliteConnection.ClearAllPools();
        foreach (var file in Directory.GetFiles(publishing.Backends.Folder, "publishing.db*")) File.Delete(file);
        foreach (var file in Directory.GetFiles(from)) File.Copy(file, Path.Combine(publishing.Backends.Folder, Path.GetFileName(file)));
    }
}
