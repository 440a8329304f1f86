using Microsoft.Playwright;

namespace WorkflowPlatform.Browser.Tests;

/// <summary>What was typed outlives a cut line and a closed tab, is sent once, and stays with nobody else.</summary>
[Collection(TheBrowser.Name)]
public sealed class AnUnsentText(StandaloneProcess platform, Chromium chromium)
{
    private const string Text = "The Embassy thanks everybody who came to the book fair.";

    [Fact]
    public async Task It_survives_a_cut_line_and_a_closed_tab_and_is_sent_once()
    {
        var page = await chromium.PageAsync(platform.Address);
        await page.SignInAsync("Emi Tanaka");
        await page.GotoAsync("/write");
        await page.Context.SetOfflineAsync(true);
        await Box(page).PressSequentiallyAsync(Text);
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.RequestFailed += (_, request) =>
        {
            if (request.Method == "POST") cut.TrySetResult();
        };
        await page.PressAsync("Submit for clearance");
        await cut.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        var context = page.Context;
        await page.CloseAsync();
        await context.SetOfflineAsync(false);

        page = await context.NewPageAsync();
        await page.GotoAsync("/write");
        await page.PressAsync("Put it back");
        (await Box(page).InputValueAsync()).ShouldBe(Text);
        await page.PressAsync("Submit for clearance");
        await page.GetByText("Submitted. The central unit has it now.").WaitForAsync();

        await page.GotoAsync("/posts");
        (await page.GetByText(Text[..30]).CountAsync()).ShouldBe(1);
        await page.GotoAsync("/write");
        (await page.GetByText("still on this device").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task The_next_person_at_the_machine_does_not_find_it()
    {
        var page = await chromium.PageAsync(platform.Address);
        await page.SignInAsync("Emi Tanaka");
        await page.GotoAsync("/write");
        await Box(page).PressSequentiallyAsync("Not for other eyes.");
        await page.GotoAsync("/sign-out");
        await page.PressAsync("Sign out");
        await page.GetByText("You are signed out.").WaitForAsync();

        (await page.EvaluateAsync<int>("localStorage.length")).ShouldBe(0);
    }

    private static ILocator Box(IPage page) => page.GetByLabel("Text", new() { Exact = true });
}
