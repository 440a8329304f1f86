using Microsoft.Playwright;

namespace WorkflowPlatform.Browser.Tests;

/// <summary>One platform and one browser for all tests here, which run one after another: they decide on the same few posts.</summary>
[CollectionDefinition(Name)]
public sealed class TheBrowser : ICollectionFixture<StandaloneProcess>, ICollectionFixture<Chromium>
{
    public const string Name = "the browser";
}

/// <summary>What people do on pages, by the words they see.</summary>
internal static class Hands
{
    /// <summary>Chooses a card. Whoever has just arrived in the register may have to wait a moment until every service has heard.</summary>
    public static async Task SignInAsync(this IPage page, string name)
    {
        await page.GotoAsync("/sign-in");
        await page.PressAsync(name);
        await page.GetByRole(AriaRole.Heading, new() { Name = "Waiting for you" }).WaitForAsync();
    }

    public static Task PressAsync(this IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();

    /// <summary>Writes and submits; answers the address of the post's page.</summary>
    public static async Task<string> SubmitAsync(this IPage page, string text)
    {
        await page.GotoAsync("/write");
        await page.GetByLabel("Text", new() { Exact = true }).FillAsync(text);
        await page.PressAsync("Submit for clearance");
        await page.GetByRole(AriaRole.Heading, new() { Name = "Waiting for clearance" }).WaitForAsync();
        return new Uri(page.Url).AbsolutePath;
    }
}
