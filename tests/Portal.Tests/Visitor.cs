using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace WorkflowPlatform.Portal.Tests;

/// <summary>A browser without script: keeps cookies, follows redirects, fills forms by their visible labels, and presses buttons by their words.</summary>
public sealed class Visitor(Uri address) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = true, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = address };

    /// <summary>What a browser says of itself with each request.</summary>
    public HttpRequestHeaders Headers => http.DefaultRequestHeaders;

    public async Task<Seen> GetAsync(string path, string? accept = null, string? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null) request.Headers.Add("Accept-Encoding", accept);
        if (known is not null) request.Headers.Add("If-None-Match", known);
        return await SendAsync(request);
    }

    public async Task<Seen> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
        return await SendAsync(request);
    }

    /// <summary>The same with files chosen, as a browser sends a form that has files.</summary>
    public async Task<Seen> PressWithFilesAsync(Seen page, string button, (string Label, byte[] File)[] files, params (string Label, string Value)[] fields)
    {
        var (path, filled) = Filled(page, button, fields);
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in filled) content.Add(new StringContent(value), name);
        foreach (var (label, file) in files)
            content.Add(new ByteArrayContent(file), page.Document.QuerySelectorAll<IHtmlLabelElement>("label").First(l => l.TextContent == label).HtmlFor!, "C:\\fakepath\\picture.txt");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        return await SendAsync(request);
    }

    /// <summary>Fills the form that the button belongs to, and presses it.</summary>
    /// <param name="fields">Visible label (or, for a radio button, its label with an empty value) and what to enter.</param>
    public Task<Seen> PressAsync(Seen page, string button, params (string Label, string Value)[] fields)
    {
        var (path, filled) = Filled(page, button, fields);
        return page.Document.QuerySelectorAll("main button").First(b => b.TextContent.Contains(button, StringComparison.Ordinal)).Closest("form")!.GetAttribute("method") == "get"
            ? GetAsync($"{path}?{string.Join('&', filled.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}"))}")
            : PostAsync(path, filled);
    }

    /// <summary>What pressing the button would send.</summary>
    public static (string Path, (string Name, string Value)[] Fields) Filled(Seen page, string button, params (string Label, string Value)[] fields)
    {
        var pressed = page.Document.QuerySelectorAll<IHtmlButtonElement>("main button").FirstOrDefault(b => b.TextContent.Contains(button, StringComparison.Ordinal))
            ?? throw new ShouldAssertException($"There is no button \"{button}\" on this page:\n{page.Words}");
        var form = pressed.Closest("form") as IHtmlFormElement ?? throw new ShouldAssertException($"\"{button}\" belongs to no form.");
        foreach (var (label, value) in fields)
            switch (Control(form, label))
            {
                case IHtmlTextAreaElement area: area.Value = value; break;
                case IHtmlSelectElement select: select.Value = value; break;
                case IHtmlInputElement { Type: "radio" or "checkbox" } radio: radio.IsChecked = true; break;
                case IHtmlInputElement input: input.Value = value; break;
            }
        var sent = form.Elements.OfType<IHtmlElement>().SelectMany(Sent).ToList();
        if (pressed.Name is { Length: > 0 } name) sent.Add((name, pressed.Value));
        return (new Uri(page.Address, form.GetAttribute("action") ?? page.Address.PathAndQuery).PathAndQuery, [.. sent]);
    }

    public void Dispose() => http.Dispose();

    private static IElement Control(IHtmlFormElement form, string label)
    {
        var found = form.QuerySelectorAll<IHtmlLabelElement>("label").FirstOrDefault(l => l.TextContent.Trim().StartsWith(label, StringComparison.Ordinal))
            ?? throw new ShouldAssertException($"There is no field \"{label}\".");
        return form.QuerySelector($"#{found.HtmlFor}") ?? throw new ShouldAssertException($"The label \"{label}\" belongs to nothing.");
    }

    private static IEnumerable<(string, string)> Sent(IHtmlElement element) => element switch
    {
        IHtmlTextAreaElement area => [(area.Name!, area.Value.ReplaceLineEndings("\r\n"))], // As browsers send it.
        IHtmlSelectElement select => [(select.Name!, select.Value ?? "")],
        IHtmlInputElement { Type: "radio" or "checkbox", IsChecked: false } or IHtmlInputElement { Type: "file" } => [],
        IHtmlInputElement { Name.Length: > 0 } input => [(input.Name, input.Value)],
        _ => [],
    };

    private async Task<Seen> SendAsync(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request);
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return new Seen(response.RequestMessage!.RequestUri!, response.StatusCode, response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value)), bytes);
    }
}

/// <summary>An answer as a reader sees it.</summary>
public sealed record Seen(Uri Address, HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, byte[] Bytes)
{
    private IHtmlDocument? document;

    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    public IHtmlDocument Document => document ??= new HtmlParser().ParseDocument(Text);

    public string Path => Address.AbsolutePath;

    /// <summary>The words in the middle of the page, in one line.</summary>
    public string Words => Document.QuerySelector("main") is { } main ? string.Join(' ', Flowing(main).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) : Text;

    public string Title => Document.Title ?? "";

    public string Heading => Document.QuerySelector("h1")?.TextContent.Trim() ?? "";

    public IElement One(string selector) => Document.QuerySelector(selector) ?? throw new ShouldAssertException($"There is no {selector} on this page:\n{Words}");

    /// <summary>The element's text as it is read: a block begins and ends a word, what stands inside a line does not.</summary>
    public static string Flowing(INode node) => node switch
    {
        IText text => text.Data,
        IElement { LocalName: "a" or "b" or "bdi" or "code" or "label" or "time" } inline => string.Concat(inline.ChildNodes.Select(Flowing)),
        IElement block => $" {string.Concat(block.ChildNodes.Select(Flowing))} ",
        _ => "",
    };

    public IReadOnlyList<string> Links(string selector) => [.. Document.QuerySelectorAll(selector).Select(a => a.GetAttribute("href")!)];
}
