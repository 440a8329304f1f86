using System.Text;
using System.Text.RegularExpressions;

namespace WorkflowPlatform.Browser.Tests;

/// <summary>The clearance sheet goes into a file of paper: one page of A4.</summary>
[Collection(TheBrowser.Name)]
public sealed partial class OnPaper(StandaloneProcess platform, Chromium chromium)
{
    [Fact]
    public async Task A_clearance_sheet_of_a_released_post_prints_on_one_page()
    {
        var page = await chromium.PageAsync(platform.Address);
        await page.SignInAsync("Bilal Karim");
        await page.GotoAsync("/posts?standing=Released");
        await page.Locator("main a[href^='/posts/']").First.ClickAsync();
        await page.GetByText("Clearance sheet for printing").ClickAsync();
        await page.WaitForURLAsync(url => url.Contains("/sheet/", StringComparison.Ordinal));

        var pdf = Encoding.Latin1.GetString(await page.PdfAsync(new() { PreferCSSPageSize = true }));

        PageObject().Count(pdf).ShouldBe(1);
        MediaBox().Match(pdf).Groups[1].Value.ShouldStartWith("59"); // A4 is 595 points wide.
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex PageObject();

    [GeneratedRegex(@"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)")]
    private static partial Regex MediaBox();
}
