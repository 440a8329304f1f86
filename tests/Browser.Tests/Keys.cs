using Microsoft.Playwright;

namespace WorkflowPlatform.Browser.Tests;

/// <summary>An officer who never touches the mouse: two keys decide and open the next, and no key decides that was meant for something else.</summary>
[Collection(TheBrowser.Name)]
public sealed class Keys(Chromium chromium)
{
    [Fact]
    public async Task Space_and_Enter_decide_and_open_the_next_and_a_modifier_with_a_key_never_decides()
    {
        // A platform of its own: it decides on posts that the other tests look at.
        await using var platform = new StandaloneProcess();
        await platform.InitializeAsync();
        var page = await chromium.PageAsync(platform.Address);
        await page.SignInAsync("Hina Malik");
        await page.GotoAsync("/queue");
        await page.Locator("main a[href^='/review/']").First.ClickAsync();
        var first = page.Url;
        var version = await page.Locator("[name=version]").First.GetAttributeAsync("value");

        foreach (var modifier in new[] { "Control", "Shift", "Alt", "Meta" })
        {
            await page.Keyboard.PressAsync($"{modifier}+Space"); // Chooses nothing.
            (await page.Locator("#clear").IsCheckedAsync()).ShouldBeFalse($"{modifier}+Space");
            await page.Locator("#clear").CheckAsync();
            await page.Keyboard.PressAsync($"{modifier}+Enter"); // Sends nothing, though it is chosen.
            await page.GetByRole(AriaRole.Button, new() { Name = "Decide and open the next" }).FocusAsync();
            await page.Keyboard.PressAsync($"{modifier}+Enter");
            await page.Keyboard.PressAsync($"{modifier}+Space");
            await page.GotoAsync(first); // Had anything been decided, it would show here.
            (await page.GetByText("You can decide.").CountAsync()).ShouldBe(1, modifier);
            (await page.Locator("[name=version]").First.GetAttributeAsync("value")).ShouldBe(version, modifier);
        }

        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("Cleared.").First.WaitForAsync();
        page.Url.ShouldContain("/review/");
        page.Url.ShouldNotContain(first);
        await page.GetByText("I no longer have it open").WaitForAsync(); // The press that opened it told the others.
    }
}
