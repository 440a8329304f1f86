using WorkflowPlatform.Clearance.Domain;
using WorkflowPlatform.Contracts.Clearance;

namespace WorkflowPlatform.Architecture.Tests.Matrix;

/// <summary>What is asked about a post: one way into the platform, with a sound body and the version as it is.</summary>
/// <param name="Name">The way's, with what distinguishes the question from others on it.</param>
internal sealed record Question(Way Way, string Name, Func<Item, string> Path, Func<Item, object?> Body)
{
    /// <summary>True when it changes something.</summary>
    public bool Commands => Way.Method != "GET";

    public int? Version(Item item) => !Commands ? null : Name.Contains("/drafting/", StringComparison.Ordinal) ? item.Draft.Version : item.Request?.Version;
}

/// <summary>All questions that can be asked about a post.</summary>
internal static class Questions
{
    /// <summary>Ways with a parameter that names no post, and what it names.</summary>
    public static readonly IReadOnlyDictionary<string, string> OfNoItem = new Dictionary<string, string>
    {
        ["GET /api/clearance/policies/{policy}"] = "a policy", ["POST /api/clearance/policies/{policy}/adoptions"] = "a policy", ["POST /api/clearance/policies/{policy}/withdrawals"] = "a policy",
        ["GET /api/clearance/policies/{policy}/dry-run"] = "a policy", ["DELETE /api/clearance/views/{id:guid}"] = "somebody's saved view",
        ["POST /api/clearance/offices/{code}/cut-offs"] = "an office", ["POST /api/clearance/offices/{code}/reconnections"] = "an office",
        ["POST /api/drafting/missions/{mission}/media"] = "a mission", ["GET /api/registry/missions/{code}"] = "a mission", ["GET /api/registry/people/{person}"] = "a person",
        ["POST /api/oversight/noticeboard/{mission}/posts"] = "a mission's board, which is Publishing's to write", ["PUT /api/oversight/noticeboard/{mission}/posts/{handle}"] = "a mission's board, which is Publishing's to write",
    };

    /// <summary>The words that an officer can say as a decision, without those that go by the very same checks as another.</summary>
    public static IEnumerable<DecisionKind> Words => Enum.GetValues<DecisionKind>().Where(kind => OtherWays.IsAnOfficersWord(kind) && kind is not DecisionKind.ClearedAsAmended)
        .Except([DecisionKind.ClearedWithComment, DecisionKind.NotObjected, DecisionKind.Refused]); // The first two as Cleared, the last as Returned.

    public static object Decision(string kind, string digest) => new { decision = kind, packageDigest = digest, reasonCode = kind == "Returned" ? "facts" : null, comment = kind is "Cleared" or "NotObjected" or "Recused" ? null : "Because of this." };

    /// <summary>Every way that names a post, and every list in which it could stand.</summary>
    public static IReadOnlyList<Question> Of(IReadOnlyList<Way> ways) =>
        [.. ways.Where(way => way.Pattern.StartsWith("/api/", StringComparison.Ordinal) && !OfNoItem.ContainsKey(way.Name) && (way.Method == "GET" || way.Pattern.Contains('{') || Bodies.ContainsKey(way.Name)))
            .SelectMany(way => way.Name == Decisions
                ? Words.Select(kind => new Question(way, $"{way.Name} {kind}", item => Path(way, item), item => Decision(kind.ToString(), item.Digest)))
                : [new Question(way, way.Name, item => Path(way, item), item => Bodies.TryGetValue(way.Name, out var body) ? body(item) : way.Method == "POST" ? new { } : null)])];

    private const string Decisions = "POST /api/clearance/requests/{id:guid}/decisions";

    private static readonly Dictionary<string, Func<Item, object>> Bodies = new()
    {
        ["POST /api/drafting/drafts/{id:guid}/revisions"] = i => i.Content,
        ["POST /api/clearance/bulk-decisions"] = i => new { items = new[] { new { id = i.Request?.Id ?? Guid.Empty, version = i.Request?.Version ?? 1, packageDigest = i.Digest } } },
        ["POST /api/clearance/requests/{id:guid}/assignments"] = _ => new { person = (string?)null },
        ["POST /api/clearance/requests/{id:guid}/amendments"] = i => new { packageDigest = i.Digest, text = $"{i.Canary}, in other words.", comment = "It reads better." },
        ["POST /api/clearance/requests/{id:guid}/revocations"] = _ => new { reasonCode = "events", comment = "It was called off." },
        ["POST /api/clearance/requests/{id:guid}/immediate-releases"] = i => new { packageDigest = i.Digest, reason = "It cannot wait." },
        ["POST /api/clearance/requests/{id:guid}/reviews"] = _ => new { verdict = "Upheld" },
        ["POST /api/clearance/requests/{id:guid}/bypasses"] = i => new { packageDigest = i.Digest, office = Cast.Desk, reason = "Nobody answers." },
        ["POST /api/clearance/requests/{id:guid}/recorded-clearances"] = i => new { packageDigest = i.Digest, givenBy = Cast.DeskColleague, office = Cast.Desk, means = "paper" },
        ["POST /api/clearance/requests/{id:guid}/countersignatures"] = i => new { recordingId = i.Request is { Recorded: [var recorded, ..] } ? recorded.Id : Guid.Empty, packageDigest = i.Digest },
    };

    private static string Path(Way way, Item item)
    {
        var path = way.Pattern
            .Replace("{id:guid}", way.Pattern.Split('/')[2] switch
            {
                "drafting" => item.Draft.Id.ToString(),
                "clearance" => (item.Request?.Id ?? Guid.Empty).ToString(),
                _ => (item.Release?.Id ?? Guid.Empty).ToString(),
            })
            .Replace("{draftId:guid}", item.Draft.Id.ToString()).Replace("{sha256}", item.Digest).Replace("{digest}", item.Picture)
            .Replace("{id}", item.Digest[..32]).Replace("{mission}", Cast.Mission); // A board knows a post by the handle that Publishing made of its digest.
        return way.Name switch
        {
            "GET /api/clearance/requests" or "GET /api/publishing/releases" => $"{path}?draft={item.Draft.Id}",
            "GET /api/registry/people" => $"{path}?ids={Cast.Writer}",
            _ => way.Method == "GET" && !way.Pattern.Contains('{') ? $"{path}?limit=200" : path,
        };
    }
}
