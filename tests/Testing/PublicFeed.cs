using System.Text.Json;
using System.Xml.Linq;

namespace WorkflowPlatform.Testing;

/// <summary>An item as the public is served it.</summary>
public sealed record FeedItem(string Mission, string Id, string Text, string Language, DateTimeOffset PublishedAt)
{
    /// <summary>The noticeboard's own id of the post, which is its receipt too: the end of the feed's id.</summary>
    public string Receipt => Id[(Id.LastIndexOf('/') + 1)..];
}

/// <summary>A passer-by who reads missions' feeds from the first page to the last.</summary>
public sealed class PublicFeed(Ministry ministry) : IDisposable
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private readonly HttpClient passerby = ministry.Passerby();

    public async Task<IReadOnlyList<FeedItem>> JsonAsync(string mission)
    {
        var items = new List<FeedItem>();
        for (var page = ministry.At("oversight", $"noticeboard/{mission}/feed.json"); page is not null;)
        {
            var feed = (await GetAsync(page)).Json;
            feed.GetProperty("version").GetString().ShouldBeFeed("https://jsonfeed.org/version/1.1");
            items.AddRange(feed.GetProperty("items").EnumerateArray().Select(item => new FeedItem(
                mission, item.GetProperty("id").GetString()!, item.GetProperty("content_text").GetString()!, item.GetProperty("language").GetString()!,
                item.GetProperty("date_published").GetDateTimeOffset())));
            page = feed.TryGetProperty("next_url", out var next) ? next.GetString() : null;
        }
        return items;
    }

    public async Task<IReadOnlyList<FeedItem>> AtomAsync(string mission)
    {
        var items = new List<FeedItem>();
        for (var page = ministry.At("oversight", $"noticeboard/{mission}/feed.atom"); page is not null;)
        {
            var feed = XDocument.Parse((await GetAsync(page)).Body, LoadOptions.PreserveWhitespace).Root!;
            items.AddRange(feed.Elements(Atom + "entry").Select(entry => new FeedItem(
                mission, entry.Element(Atom + "id")!.Value, entry.Element(Atom + "content")!.Value,
                entry.Element(Atom + "content")!.Attribute(XNamespace.Xml + "lang")!.Value, DateTimeOffset.Parse(entry.Element(Atom + "published")!.Value))));
            page = feed.Elements(Atom + "link").SingleOrDefault(link => link.Attribute("rel")!.Value == "next")?.Attribute("href")!.Value;
        }
        return items;
    }

    public void Dispose() => passerby.Dispose();

    /// <summary>One page; waits when it is asked to.</summary>
    private async Task<Answer> GetAsync(string page)
    {
        while (true)
        {
            var answer = await passerby.Get(page);
            if (answer.Status is not (429 or 503)) return answer.ShouldBe(200);
            await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
        }
    }
}

file static class Formats
{
    public static void ShouldBeFeed(this string? version, string expected)
    {
        if (version != expected) throw new JsonException($"{version} is not {expected}");
    }
}
