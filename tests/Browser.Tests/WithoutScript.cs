using Microsoft.Playwright;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Browser.Tests;

/// <summary>On a narrow screen with JavaScript off, everything can be done all the same.</summary>
[Collection(TheBrowser.Name)]
public sealed class WithoutScript(StandaloneProcess platform, Chromium chromium)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(90);

    [Fact]
    public async Task An_officer_writes_submits_and_withdraws()
    {
        var page = await chromium.PageAsync(platform.Address, javaScript: false, width: 320);
        await page.SignInAsync("Emi Tanaka");
        var post = await page.SubmitAsync("The library of the Embassy opens again on Monday at 10:00.");
        await page.GotoAsync("/posts");
        await page.GetByText("The library of the Embassy").First.ClickAsync();
        new Uri(page.Url).AbsolutePath.ShouldBe(post);
        await page.PressAsync("Withdraw");
        await Eventually.Be(async () =>
        {
            await page.GotoAsync(post);
            return await page.GetByRole(AriaRole.Heading, new() { Name = "Withdrawn" }).CountAsync() == 1;
        }, Soon);
    }

    [Fact]
    public async Task A_clearing_officer_decides_undoes_and_returns_and_the_author_reads_why()
    {
        var author = await chromium.PageAsync(platform.Address, javaScript: false, width: 320);
        await author.SignInAsync("Daniel Osei");
        await author.GotoAsync("/write");
        await author.GetByLabel("Where it is posted").SelectOptionAsync("noticeboard:NBO");
        await author.GetByLabel("Text", new() { Exact = true }).FillAsync("The passport counter in Nairobi moves to the ground floor.");
        await author.PressAsync("Submit for clearance");
        var post = new Uri(author.Url).AbsolutePath;

        var officer = await chromium.PageAsync(platform.Address, javaScript: false, width: 320);
        await officer.SignInAsync("Joseph Adeyemi");
        var link = officer.GetByText("The passport counter in Nairobi");
        await Eventually.Be(async () =>
        {
            await officer.GotoAsync("/queue");
            return await link.CountAsync() == 1;
        }, Soon);
        await link.ClickAsync();
        await officer.GetByLabel("Clear", new() { Exact = false }).First.CheckAsync();
        await officer.PressAsync("Decide and open the next");
        await officer.PressAsync("Undo");
        await officer.GetByText("Your decision is taken back.").WaitForAsync();

        await officer.GetByRole(AriaRole.Radio, new() { Name = "Return" }).CheckAsync();
        await officer.GetByLabel("Why it goes back").SelectOptionAsync("facts");
        await officer.GetByLabel("What must change").FillAsync("It moves to the first floor.");
        await officer.PressAsync("Decide and open the next");
        await officer.GetByText("Returned. Its author").WaitForAsync();

        await Eventually.Be(async () =>
        {
            await author.GotoAsync(post);
            return await author.GetByRole(AriaRole.Heading, new() { Name = "Returned to you" }).CountAsync() == 1;
        }, Soon);
        (await author.GetByText("It moves to the first floor.").CountAsync()).ShouldBeGreaterThan(0);
    }
}
