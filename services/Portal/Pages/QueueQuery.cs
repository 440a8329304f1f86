using WorkflowPlatform.Contracts;
using WorkflowPlatform.Portal.Api;
using WorkflowPlatform.Portal.Wording;

namespace WorkflowPlatform.Portal.Pages;

/// <summary>Which part of the queue an address asks for.</summary>
/// <param name="Pairs">Only values that occur in the queue: what an address makes up is not repeated on a page that shows drafts.</param>
/// <param name="IsVain">True when it asks for a value that does not occur: then nothing is found.</param>
internal sealed record QueueQuery(IReadOnlyList<(string Key, string Value)> Pairs, bool IsVain)
{
    /// <summary>What can be chosen, in the order of the form.</summary>
    public static readonly IReadOnlyList<(string Key, string Label)> Kinds =
        [("mission", "Mission"), ("region", "Region"), ("lane", "Urgency"), ("language", "Language"), ("dimec", "Matrix"), ("finding", "Found")];

    public bool IsEmpty => Pairs.Count == 0 && !IsVain;

    public string Text => string.Join('&', Pairs.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));

    public string? Words => Pairs.FirstOrDefault(pair => pair.Key == "q").Value;

    public bool Has(string key, string value) => Pairs.Contains((key, value));

    public static QueueQuery Of(IQueryCollection asked, QueueCounts counts)
    {
        var (pairs, vain) = (new List<(string, string)>(), false);
        foreach (var (key, _) in Kinds)
        {
            var values = asked[key].OfType<string>().Where(value => value.Length > 0).ToList();
            var known = values.Where(value => Values(counts, key).Any(count => count.Value == value)).ToList();
            vain |= values.Count > 0 && known.Count == 0;
            pairs.AddRange(known.Select(value => (key, value)));
        }
        if (asked["assigned"] == "me") pairs.Add(("assigned", "me"));
        if (asked["q"].ToString().Trim() is { Length: > 0 and <= 100 } words) pairs.Add(("q", words));
        return new(pairs, vain);
    }

    public static string TextOf(QueueFilter filter) => string.Join('&', new (string Key, IEnumerable<string>? Values)[]
    {
        ("mission", filter.Mission), ("region", filter.Region), ("lane", filter.Lane?.Select(lane => lane.ToString())), ("language", filter.Language),
        ("dimec", filter.Dimec), ("finding", filter.Finding), ("assigned", filter.Assigned is null ? null : [filter.Assigned]), ("q", filter.Q is null ? null : [filter.Q]),
    }.SelectMany(given => (given.Values ?? []).Select(value => $"{given.Key}={Uri.EscapeDataString(value)}")));

    public QueueFilter Filter => new(
        All("mission"), All("region"), All("lane")?.Select(Enum.Parse<Lane>).ToArray(), All("language"), All("dimec"), All("finding"),
        Assigned: All("assigned")?[0], Q: Words);

    public static IReadOnlyList<QueueCount> Values(QueueCounts counts, string key) => key switch
    {
        "mission" => counts.Mission,
        "region" => counts.Region,
        "lane" => counts.Lane,
        "language" => counts.Language,
        "dimec" => counts.Dimec,
        _ => [.. counts.Finding.Where(count => !count.Value.Contains(':', StringComparison.Ordinal)), new QueueCount("none", 0)],
    };

    /// <summary>A value in words.</summary>
    public static string Name(string key, string value, Func<string, Place> placeOf) => key switch
    {
        "mission" => placeOf(value).Name,
        "lane" => Urgency.Of(Enum.Parse<Lane>(value)),
        "language" => Languages.Name(value),
        "dimec" => Decisions.Matrix(value),
        "finding" => Decisions.Finding(value),
        _ => value,
    };

    private string[]? All(string key) => Pairs.Where(pair => pair.Key == key).Select(pair => pair.Value).ToArray() is { Length: > 0 } values ? values : null;
}
