using Microsoft.Playwright;

namespace WorkflowPlatform.Browser.Tests;

/// <summary>The system's Chromium, driven by Playwright; nothing is downloaded.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Quiet =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        var program = Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";
        if (!File.Exists(program))
        {
            if (Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException($"There is no Chromium at {program}.");
            Assert.Skip($"There is no Chromium at {program}. Install the package chromium, or set CHROMIUM.");
        }
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Headless = true, Args = Quiet });
    }

    /// <summary>A fresh browser of a new person.</summary>
    public async Task<IPage> PageAsync(Uri address, bool javaScript = true, int width = 1280, int height = 900)
    {
        var context = await browser!.NewContextAsync(new() { BaseURL = address.ToString(), JavaScriptEnabled = javaScript, ViewportSize = new() { Width = width, Height = height } });
        context.SetDefaultTimeout(60_000);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
