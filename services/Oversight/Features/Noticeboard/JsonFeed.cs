using System.Text.Encodings.Web;
using System.Text.Json;
using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Oversight.Features.Noticeboard;

/// <summary>A feed as JSON Feed 1.1 (jsonfeed.org). It carries every text exactly.</summary>
internal static class JsonFeed
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(FeedPage feed)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("version", "https://jsonfeed.org/version/1.1");
            json.WriteString("title", feed.Mission.Name);
            json.WriteString("home_page_url", feed.Board);
            json.WriteString("feed_url", feed.First);
            if (feed.Next is { } next) json.WriteString("next_url", next);
            json.WriteStartArray("authors");
            json.WriteStartObject();
            json.WriteString("name", feed.Mission.Name);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartArray("items");
            foreach (var notice in feed.Items) Write(json, feed, notice);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }

    private static void Write(Utf8JsonWriter json, FeedPage feed, NoticeItem notice)
    {
        json.WriteStartObject();
        json.WriteString("id", feed.IdOf(notice));
        json.WriteString("content_text", notice.Text);
        json.WriteString("language", notice.Language);
        json.WriteString("date_published", notice.ReleasedAt);
        if (notice.Links is [var first, ..]) json.WriteString("external_url", first);
        if (notice.Media.Count > 0)
        {
            json.WriteStartArray("attachments");
            foreach (var picture in notice.Media) Write(json, feed.AddressOf(picture), picture);
            json.WriteEndArray();
        }
        json.WriteStartObject("_notice"); // An extension, by the format's own rule for names.
        json.WriteString("digest", notice.Digest);
        if (notice.Links.Count > 0)
        {
            json.WriteStartArray("links");
            foreach (var link in notice.Links) json.WriteStringValue(link);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string address, MediaItem picture)
    {
        json.WriteStartObject();
        json.WriteString("url", address);
        json.WriteString("mime_type", picture.Type);
        if (picture.Alt.Length > 0) json.WriteString("title", picture.Alt);
        json.WriteNumber("size_in_bytes", picture.Bytes);
        json.WriteEndObject();
    }
}
