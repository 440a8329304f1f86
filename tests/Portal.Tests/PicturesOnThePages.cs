using System.Net;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Portal.Tests;

/// <summary>Pictures, links and what a post is for, from the author's form to the public page; all without script.</summary>
public sealed class PicturesOnThePages : IAsyncLifetime
{
    private readonly PortalUnderTest portal = new(("Clearance:UndoSeconds", "0"));
    private static readonly byte[] Door = Pictures.Png(1), Gate = Pictures.Jpeg("35.68N 139.76E");

    public ValueTask InitializeAsync() => portal.InitializeAsync();

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task From_the_form_to_the_public_page()
    {
        using var author = await portal.SignedInAsync("Emi Tanaka");
        var form = await author.GetAsync("/write");
        form.Document.QuerySelectorAll("main form > .field").Length.ShouldBeLessThanOrEqualTo(3);
        form.Document.QuerySelectorAll("main form > details[open]").ShouldBeEmpty();

        var post = await author.PressWithFilesAsync(form, "Submit for clearance", [("Picture 1", Door), ("Picture 3", Gate)],
            ("Text", "The door is open."), ("What picture 1 shows", "A door «open» <b>"), ("Links, one on a line", "https://example.org/b?x=1&y=2\n\n https://example.org/a "),
            ("Message", "Come early."), ("Matrix", "e, d"), ("States", "ae SA"));
        post.Heading.ShouldBe("Waiting for clearance", post.Words);
        await ShowsAsync(author, post);
        post.Words.ShouldContain("Come early.");
        post.Words.ShouldContain("AE, SA");

        using var officer = await portal.SignedInAsync("Hina Malik");
        var queue = await Eventually.Get(() => officer.GetAsync("/queue"), page => page.Links("main a[href^='/review/']").Count > 0, PortalUnderTest.Soon);
        var review = await officer.GetAsync(queue.Links("main a[href^='/review/']")[0]);
        await ShowsAsync(officer, review);
        review.Words.ShouldContain("What the pictures show A door «open» <b> Nothing is said for those who cannot see it.");
        review.Words.ShouldContain("Message Come early.");
        review.Words.ShouldContain("Matrix D, E");
        await ShowsAsync(officer, await officer.GetAsync(review.Links("a[href^='/sheet/']")[0]), ".sheet");

        using var anybody = portal.Visitor();
        var digest = Pictures.DigestOf(Door);
        (await anybody.GetAsync($"/noticeboard/TYO/media/{digest}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await anybody.GetAsync($"/posts/media/TYO/{digest}")).Path.ShouldBe("/sign-in");
        (await anybody.GetAsync(review.One(".post img").GetAttribute("src")!)).Path.ShouldBe("/sign-in");
        using var london = await portal.SignedInAsync("Amina Yusuf");
        (await london.GetAsync($"/posts/media/TYO/{digest}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await london.GetAsync(review.One(".post img").GetAttribute("src")!)).Status.ShouldBe(HttpStatusCode.NotFound);

        await officer.PressAsync(review, "Decide and open the next", ("Clear", ""));
        var board = await Eventually.Get(() => anybody.GetAsync("/noticeboard/TYO"), page => page.Text.Contains("The door is open.", StringComparison.Ordinal), PortalUnderTest.Soon);
        await ShowsAsync(anybody, board);
        board.Text.ShouldNotContain("Come early.");
        var picture = await anybody.GetAsync(board.One(".post img").GetAttribute("src")!);
        picture.Headers["Cache-Control"].ShouldBe("public, max-age=31536000, immutable");
        picture.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        picture.Headers["Content-Type"].ShouldBe("image/png");
    }

    [Fact]
    public async Task A_picture_that_was_brought_stays_in_the_form_whatever_else_is_wrong_with_it()
    {
        using var author = await portal.SignedInAsync("Emi Tanaka");
        var wrong = await author.PressWithFilesAsync(await author.GetAsync("/write"), "Submit for clearance", [("Picture 1", Door), ("Picture 2", "no picture"u8.ToArray()), ("Picture 3", new byte[2_200_000])],
            ("Text", "Kept."), ("Links", "javascript:alert(1)"), ("States", "AE AE"));
        wrong.Links(".errors a").ShouldBe(["#file2", "#file3"]);
        wrong.One("#text").TextContent.Trim().ShouldBe("Kept.");
        wrong.One("img.small").GetAttribute("src").ShouldBe($"/posts/media/TYO/{Pictures.DigestOf(Door)}");

        var links = await author.PressAsync(wrong, "Submit for clearance");
        links.Links(".errors a").ShouldBe(["#counterparts", "#links"], ignoreOrder: true);
        links.Document.QuerySelectorAll("main form > details[open]").Length.ShouldBe(2);

        var saved = await author.PressAsync(links, "Save for later", ("Links", "https://example.org"), ("States", "AE"), ("What picture 1 shows", "A door"));
        saved.One(".post img").GetAttribute("alt").ShouldBe("A door");

        var again = await author.GetAsync(saved.One("main a.button").GetAttribute("href")!);
        again.One("#alt1").GetAttribute("value").ShouldBe("A door");
        again.One("#links").TextContent.Trim().ShouldBe("https://example.org");
        (await author.PressAsync(again, "Save for later", ("Leave picture 1 out", ""))).Document.QuerySelectorAll(".post img").ShouldBeEmpty();
    }

    [Fact]
    public async Task More_than_a_form_may_hold_is_answered_in_words()
    {
        using var author = await portal.SignedInAsync("Emi Tanaka");
        var refused = await author.PressWithFilesAsync(await author.GetAsync("/write"), "Save for later", [("Picture 1", new byte[10_000_000])], ("Text", "Too much."));
        refused.Status.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        refused.Words.ShouldContain("a picture 2 MB");
    }

    private static async Task ShowsAsync(Visitor visitor, Seen page, string within = ".post")
    {
        var pictures = page.Document.QuerySelectorAll($"{within} img");
        pictures.Select(img => img.GetAttribute("alt")).ShouldBe(["A door «open» <b>", ""]);
        (await visitor.GetAsync(pictures[0].GetAttribute("src")!)).Bytes.ShouldBe(Door);
        (await visitor.GetAsync(pictures[1].GetAttribute("src")!)).Bytes.ShouldBe(Pictures.JpegLeft());
        page.Links($"{within} .links a").ShouldBe(["https://example.org/b?x=1&y=2", "https://example.org/a"]);
        page.Headers["Content-Security-Policy"].ShouldContain("img-src 'self' data:");
    }
}
