using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace WorkflowPlatform.Browser.Tests;

/// <summary>Each page, narrow and wide: no rule of accessibility broken, nothing to scroll sideways for, nothing too small to hit.</summary>
[Collection(TheBrowser.Name)]
public sealed class EveryPage(StandaloneProcess platform, Chromium chromium)
{
    /// <summary>Pages by their address, or by the links to follow from there one after the other: the first that leads to such an address, or that has such words.</summary>
    public static TheoryData<string?, string, string?> Pages => new()
    {
        { null, "/", null }, { null, "/sign-in", null }, { null, "/noticeboard", null }, { null, "/noticeboard/RUH", null }, { null, "/noticeboard/DXB", null }, { null, "/nothing/here", null },
        { "Hina Malik", "/", null }, { "Hina Malik", "/queue", null }, { "Hina Malik", "/queue", "/review/" }, { "Hina Malik", "/queue", "/review/ > /sheet/" }, { "Hina Malik", "/alerts", null }, { "Hina Malik", "/write", null },
        { "Hina Malik", "/queue?lane=Routine", null }, { "Hina Malik", "/queue/bulk", null }, { "Hina Malik", "/precedents", null },
        { "Hina Malik", "/policies", null }, { "Hina Malik", "/policies", "Crisis > What would have been otherwise" }, { "Hina Malik", "/policies", "Crisis > starting from this" }, { "Laila Shah", "/policies", "Crisis" },
        { "Joseph Adeyemi", "/duty", null }, { "Joseph Adeyemi", "/duty", "Open reviews" }, { "Joseph Adeyemi", "/queue", "/review/ > Write down a clearance" },
        { "Claire Haddad", "/", null }, { "Claire Haddad", "/write", null }, { "Claire Haddad", "/posts", null }, { "Claire Haddad", "/posts", "/posts/" }, { "Claire Haddad", "/posts?standing=Returned", "/posts/" },
        { "Emi Tanaka", "/posts?standing=Crafting", "/posts/" }, { "Farid Nasser", "/posts?standing=Held", "/posts/" }, { "Bilal Karim", "/posts?standing=InClearance", "/posts/" },
        { "Laila Shah", "/", null }, { "Laila Shah", "/alerts?check=ledger", null }, { "Laila Shah", "/sign-out", null },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task It_is_open_to_everybody(string? who, string path, string? then)
    {
        var page = await chromium.PageAsync(platform.Address);
        if (who is not null) await page.SignInAsync(who);
        await page.GotoAsync(path);
        foreach (var link in then?.Split(" > ") ?? []) await FollowAsync(page, link);

        foreach (var width in new[] { 320, 1280 })
        {
            await page.SetViewportSizeAsync(width, 900);
            var found = await page.RunAxe();
            found.Violations.Select(v => $"{v.Id}: {v.Help} ({string.Join(", ", v.Nodes.Select(n => n.Html).Take(2))})").ShouldBeEmpty($"{page.Url} at {width} px");
            (await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBeLessThanOrEqualTo(0, $"{page.Url} scrolls sideways at {width} px");
            (await page.EvaluateAsync<string[]>(TooSmall)).ShouldBeEmpty($"{page.Url} at {width} px");
        }
        await page.Context.CloseAsync();
    }

    /// <summary>Whatever stands alone and can be pressed, at least 44 px high (a radio button or a checkbox together with its label); any text, at least 18 px.</summary>
    private const string TooSmall = """
        [...document.querySelectorAll("main button, main select, main input:not([type=hidden], [type=radio], [type=checkbox]), main textarea, .choice, summary, header a, a.button, main p > a:only-child, main li > a")]
            .filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 43.5).map(e => `${e.tagName} ${e.textContent.trim().slice(0, 40)}: ${e.getBoundingClientRect().height} px high`)
        .concat([...document.querySelectorAll("body *")]
            .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && e.getClientRects().length && parseFloat(getComputedStyle(e).fontSize) < 18)
            .map(e => `${e.tagName} ${e.textContent.trim().slice(0, 40)}: ${getComputedStyle(e).fontSize}`))
        """;

    private static async Task FollowAsync(IPage page, string link)
    {
        var links = link.StartsWith('/') ? page.Locator($"main a[href^='{link}']") : page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = link });
        await page.GotoAsync((await links.First.GetAttributeAsync("href"))!);
    }
}
