using System.Globalization;
using System.Text;
using System.Xml;
using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Oversight.Features.Noticeboard;

/// <summary>A feed as Atom 1.0 (RFC 4287), in pages (RFC 5005). It carries every text exactly that XML can carry.</summary>
/// <remarks>
/// XML 1.0 has no form for control characters other than tab and line ends. They stand as U+FFFD here, and the entry
/// says so with a category; the JSON feed has the exact text. Carriage returns are written as references, because a
/// parser would make line feeds of them. A title is the name and the time: a text is not cut to make one.
/// </remarks>
internal static class AtomFeed
{
    private const string Atom = "http://www.w3.org/2005/Atom";
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize, CloseOutput = false };

    public static byte[] Write(FeedPage feed)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Settings))
        {
            xml.WriteStartElement("feed", Atom);
            Element(xml, "id", feed.Id);
            Element(xml, "title", feed.Mission.Name);
            Element(xml, "updated", Time(feed.UpdatedAt));
            xml.WriteStartElement("author", Atom);
            Element(xml, "name", feed.Mission.Name);
            xml.WriteEndElement();
            Link(xml, "self", "application/atom+xml", feed.Self);
            Link(xml, "first", "application/atom+xml", feed.First);
            if (feed.Next is { } next) Link(xml, "next", "application/atom+xml", next);
            Link(xml, "alternate", "text/html", feed.Board);
            foreach (var notice in feed.Items) Write(xml, feed, notice);
            xml.WriteEndElement();
        }
        return bytes.ToArray();
    }

    private static void Write(XmlWriter xml, FeedPage feed, NoticeItem notice)
    {
        xml.WriteStartElement("entry", Atom);
        Element(xml, "id", feed.IdOf(notice));
        Element(xml, "title", $"{feed.Mission.Name}, {notice.ReleasedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC");
        Element(xml, "published", Time(notice.ReleasedAt));
        Element(xml, "updated", Time(notice.ReleasedAt));
        if (Carried(notice.Text) != notice.Text)
        {
            xml.WriteStartElement("category", Atom);
            xml.WriteAttributeString("term", "characters-replaced");
            xml.WriteAttributeString("label", "Characters that XML cannot carry stand here as U+FFFD. The JSON feed has the exact text.");
            xml.WriteEndElement();
        }
        foreach (var picture in notice.Media) Link(xml, "enclosure", picture.Type, feed.AddressOf(picture), picture);
        foreach (var link in notice.Links) Link(xml, "related", null, link);
        xml.WriteStartElement("content", Atom);
        xml.WriteAttributeString("type", "text");
        xml.WriteAttributeString("xml", "lang", null, notice.Language);
        xml.WriteString(Carried(notice.Text));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Atom, Carried(text));

    private static void Link(XmlWriter xml, string relation, string? type, string address, MediaItem? picture = null)
    {
        xml.WriteStartElement("link", Atom);
        xml.WriteAttributeString("rel", relation);
        if (type is not null) xml.WriteAttributeString("type", type);
        xml.WriteAttributeString("href", address);
        if (picture is not null) xml.WriteAttributeString("length", picture.Bytes.ToString(CultureInfo.InvariantCulture));
        if (picture is { Alt.Length: > 0 }) xml.WriteAttributeString("title", Carried(picture.Alt));
        xml.WriteEndElement();
    }

    /// <summary>The text with U+FFFD for what XML 1.0 has no form for (section 2.2).</summary>
    private static string Carried(string text)
    {
        try
        {
            return XmlConvert.VerifyXmlChars(text);
        }
        catch (XmlException)
        {
            var carried = new StringBuilder(text.Length);
            foreach (var rune in text.EnumerateRunes()) // Makes U+FFFD of half a pair by itself.
                carried.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
            return carried.ToString();
        }
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
