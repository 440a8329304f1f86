using System.Diagnostics;
using Microsoft.Playwright;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Browser.Tests;

/// <summary>What the README promises a new user, step by step, in a real browser.</summary>
[Collection(TheBrowser.Name)]
public sealed class TheFirstFiveMinutes(Chromium chromium)
{
    [Fact]
    public async Task A_clearing_officer_decides_with_space_and_enter_undoes_one_and_sees_the_other_on_the_noticeboard()
    {
        // A platform of its own: it decides on posts that the other tests look at.
        await using var platform = new StandaloneProcess();
        await platform.InitializeAsync();
        var watch = Stopwatch.StartNew();
        var page = await chromium.PageAsync(platform.Address);
        await page.SignInAsync("Hina Malik");
        var waiting = page.Locator("main a[href^='/review/']");
        (await waiting.CountAsync()).ShouldBeGreaterThanOrEqualTo(2);
        await waiting.First.ClickAsync();
        var first = await page.Locator(".post .text").InnerTextAsync();
        await PictureAsync(page, "deploy/docs/review.png");

        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Enter");
        await page.PressAsync("Undo");
        await page.GetByText("Your decision is taken back.").WaitForAsync();

        // The undone one waits again, the other goes out.
        await page.GotoAsync("/queue");
        (await page.GetByText(first[..20]).CountAsync()).ShouldBe(1);
        await page.Locator("main a[href^='/review/']").Last.ClickAsync();
        var second = await page.Locator(".post .text").InnerTextAsync();
        second.ShouldNotBe(first);
        var board = (await page.Locator(".post header").InnerTextAsync()).Split(':')[^1].Trim();
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Cleared. It goes out").WaitForAsync();

        await Eventually.Be(async () =>
        {
            await page.GotoAsync($"/noticeboard/{board}");
            return (await page.Locator(".post .text").AllInnerTextsAsync()).Count(text => text.Trim() == second.Trim()) == 1;
        }, within: TimeSpan.FromSeconds(180));
        (platform.Took + watch.Elapsed).ShouldBeLessThan(TimeSpan.FromMinutes(5), "from the first start to the noticeboard");
    }

    /// <summary>The README's picture; taken anew only when asked, so that a run leaves no change behind.</summary>
    private static async Task PictureAsync(IPage page, string path)
    {
        if (Environment.GetEnvironmentVariable("UPDATE_GENERATED") != "1") return;
        await page.ScreenshotAsync(new() { Path = Path.Combine(Generated.Root, path), Clip = new() { Width = 1280, Height = 780 } });
    }
}
