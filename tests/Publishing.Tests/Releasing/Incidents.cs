using WorkflowPlatform.Contracts;
using WorkflowPlatform.Publishing.Domain;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Publishing.Tests.Releasing;

/// <summary>What went wrong elsewhere, played through here.</summary>
public sealed class Incidents
{
    /// <summary>Everything that an officer could not see when they cleared the package as it was.</summary>
    private static readonly Dictionary<string, Func<ReleasePackage, ReleasePackage>> Edits = new()
    {
        ["a word"] = p => p with { Text = p.Text.Replace("closed", "open", StringComparison.Ordinal) },
        ["a space"] = p => p with { Text = p.Text + " " },
        ["alt text"] = p => p with { Media = [p.Media[0] with { Alt = "Another door" }, .. p.Media.Skip(1)] },
        ["the order of pictures"] = p => p with { Media = [.. p.Media.Reverse()] },
        ["a picture left out"] = p => p with { Media = [p.Media[0]] },
        ["a link"] = p => p with { Links = ["https://example.org/elsewhere"] },
        ["the language"] = p => p with { Language = "ur" },
        ["an hour"] = p => p with { NotAfter = p.NotAfter.AddHours(1) },
        ["the account"] = p => p with { Account = "noticeboard:TYO" },
        ["who wrote it"] = p => p with { Contributors = ["author"] },
        ["the revision alone"] = p => p with { Revision = p.Revision + 1 },
    };

    [Fact]
    public void Edited_after_clearance_and_then_released_whatever_was_edited()
    {
        var cleared = Examples.InOrder();
        foreach (var (edit, of) in Edits)
        {
            var edited = of(cleared.Package!);
            var inHand = cleared with { Package = edited, BytesDigest = Examples.DigestOf(edited), PictureDigests = [.. edited.Media.Select(m => m.Digest)] };
            ReleaseGuards.FirstRefusal(inHand)!.Code.ShouldBe("package-digest", edit);
        }
    }

    [Theory, OnBothDatabases]
    public async Task Edited_after_clearance_and_sent_out_under_the_permit_of_what_was_cleared(Store store)
    {
        await using var publishing = await PublishingUnderTest.StartAsync(store);
        var cleared = publishing.Package(text: "The talks were frank.");
        var edited = cleared with { Text = "The talks failed.", Revision = 2 };
        publishing.Neighbours.Shelve(edited);
        var permit = Examples.Permit(cleared);

        // The message names the edited package; the signature speaks of the other.
        await publishing.SendAsync(permit with { PackageDigest = Examples.DigestOf(edited) }, Examples.Sign(permit, publishing.Key));
        (await publishing.FindAsync(edited)).ShouldBeNull();
        await publishing.BecomesAsync(cleared, ReleaseStatus.Released);
        publishing.Neighbours.Posts.ShouldHaveSingleItem().Text.ShouldBe("The talks were frank.");
    }
}
