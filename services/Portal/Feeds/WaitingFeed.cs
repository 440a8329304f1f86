using System.Globalization;
using System.Text;
using System.Xml;
using WorkflowPlatform.Contracts.Registry;
using WorkflowPlatform.Platform.Time;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.SignIn;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Feeds;

/// <summary>"Waiting for you, and news of your posts" for feed readers: <c>/waiting.atom</c>, by the session's cookie or with a bearer token.</summary>
/// <remarks>It tells where something waits, never what it says: feed readers keep what they fetch, and an embargoed text must not lie there.</remarks>
internal static class WaitingFeed
{
    private const string Atom = "http://www.w3.org/2005/Atom";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/waiting.atom", HandleAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> HandleAsync(
        HttpContext http, RegistryApi registry, DraftingApi drafting, ClearanceApi clearance, Register register, IConfiguration configuration, TimeProvider clock)
    {
        var ct = http.RequestAborted;
        try
        {
            if (Person.Of(http.User) is null && http.Request.Headers.Authorization.Count == 0) throw new SignedOutException();
            if (await registry.MeAsync(ct) is not { } me) throw new SignedOutException();
            bool Is(string role) => me.Appointments.Any(a => a.Role == role);

            var queue = Is(Roles.ClearingOfficer) ? clearance.QueueAsync(null, 25, ct) : Task.FromResult<Platform.Http.Page<Waiting>?>(null);
            var happened = Is(Roles.DraftingOfficer) ? drafting.HappeningsAsync(ct) : Task.FromResult<Platform.Http.Page<Happening>?>(null);
            var informed = Roles.OfAnOffice.Any(Is) ? clearance.InformedAsync(null, 25, ct) : Task.FromResult<Platform.Http.Page<Informed>?>(null);
            var missions = register.MissionsAsync(ct);
            await Task.WhenAll(queue, happened, informed, missions);

            string NameOf(string mission) => Place.Of(mission, missions.GetAwaiter().GetResult().GetValueOrDefault(mission)).Name;
            var now = clock.Now;
            List<Entry> entries =
            [
                .. (await queue)?.Items.Select(i => new Entry($"waiting/{i.Id}", $"Waiting for clearance: {NameOf(i.Mission)}. {Urgency.Of(i, now)}{Urgency.Due(i, now)}", i.OpenedAt, $"/review/{i.Id}")) ?? [],
                .. (await informed)?.Items.Select(i => new Entry($"informed/{i.Id}", $"For your information: {NameOf(i.Mission)}", i.OpenedAt, $"/review/{i.Id}")) ?? [],
                .. (await happened)?.Items.Select(h => new Entry($"happened/{h.Id}", $"{Standings.Of(h).Label}: {NameOf(h.Mission)}", h.At, $"/posts/{h.DraftId}")) ?? [],
            ];
            return TypedResults.Bytes(Write(me, [.. entries.OrderByDescending(e => e.At)], now, PublicUrl.Of(configuration, http.Request, "")), "application/atom+xml; charset=utf-8");
        }
        catch (Exception fault) when (fault is SignedOutException or ServiceRefusedException)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return TypedResults.StatusCode(StatusCodes.Status401Unauthorized);
        }
        catch (ServiceAwayException)
        {
            http.Response.Headers.RetryAfter = "60";
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static byte[] Write(Me me, IReadOnlyList<Entry> entries, DateTimeOffset now, string root)
    {
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new UTF8Encoding(false) }))
        {
            xml.WriteStartElement("feed", Atom);
            xml.WriteElementString("id", Atom, $"{root}/waiting.atom#{me.Person}");
            xml.WriteElementString("title", Atom, "Waiting for you, and news of your posts");
            xml.WriteElementString("updated", Atom, Time(entries.Count == 0 ? now : entries[0].At));
            xml.WriteStartElement("link", Atom);
            xml.WriteAttributeString("rel", "self");
            xml.WriteAttributeString("type", "application/atom+xml");
            xml.WriteAttributeString("href", $"{root}/waiting.atom");
            xml.WriteEndElement();
            xml.WriteStartElement("author", Atom);
            xml.WriteElementString("name", Atom, "Mission posts");
            xml.WriteEndElement();
            foreach (var entry in entries)
            {
                xml.WriteStartElement("entry", Atom);
                xml.WriteElementString("id", Atom, $"{root}/waiting.atom#{entry.Id}");
                xml.WriteElementString("title", Atom, entry.Title);
                xml.WriteElementString("updated", Atom, Time(entry.At));
                xml.WriteStartElement("link", Atom);
                xml.WriteAttributeString("href", root + entry.Path);
                xml.WriteEndElement();
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        return bytes.ToArray();
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private sealed record Entry(string Id, string Title, DateTimeOffset At, string Path);
}
