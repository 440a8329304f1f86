using WorkflowPlatform.Clearance.Domain.Policy;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Contracts.Clearance;
using WorkflowPlatform.Platform.Decisions;
using static WorkflowPlatform.Platform.Decisions.Decide;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>What an officer wants otherwise. What is null stays as it is.</summary>
/// <param name="AltTexts">By the digest of the picture.</param>
public sealed record Changes(string? Text, IReadOnlyDictionary<string, string>? AltTexts = null, IReadOnlyList<string>? Links = null);

/// <summary>A changed text that waits for the period for undoing to end. Until then it is nobody's.</summary>
/// <param name="Digest">Of the package that was made of it, SHA-256, hex.</param>
/// <param name="Bytes">Size of that package.</param>
/// <param name="Contributors">With whoever changed it.</param>
/// <param name="Route">Whom the policy asks for the changed text.</param>
public sealed record Amendment(string Digest, int Bytes, string Excerpt, int Characters, IReadOnlyList<string> Contributors, Route Route)
{
    /// <summary>What the changed text was found to have.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];
}

/// <summary>How an officer changes a text under clearance. It clears it for nobody: the votes were on other bytes, and whoever changed them is a contributor.</summary>
/// <remarks>
/// Nothing changes before the period for undoing is over, so that taking it back leaves no trace on the text: who took it back in time has written none of it.
/// </remarks>
public static class AmendmentRules
{
    public const string Text = "text";
    public const string AltText = "alt-text";
    public const string Links = "links";

    /// <summary>An amendment, as it is judged.</summary>
    /// <param name="Package">The request's, as it is.</param>
    public sealed record Amending(ClearanceRequest Request, OfficerDecision Decision, ReleasePackage Package, Changes Changes);

    /// <summary>The checks, in their order. Taking one out makes a test fail.</summary>
    public static readonly IReadOnlyList<Guard<Amending>> Guards =
    [
        new("may-decide", a => DecisionGuards.All.FirstRefusal(new Judged(a.Request, a.Decision) { BringsText = true })),
        new("is-amendment", a => a.Decision.Kind is DecisionKind.ClearedAsAmended ? null : NoAmendment),
        new("may-be-changed", a => Changed(a).Except(a.Request.Route.Amendable).Any() ? NotAmendable : null),
        new("sound-text", a => a.Changes.Text is { } text && !Soundness.IsText(text) ? UnsoundText : null),
        new("sound-alt-texts", a => a.Changes.AltTexts is { } alts && !alts.All(alt => a.Package.Media.Any(m => m.Digest == alt.Key) && Soundness.IsAltText(alt.Value)) ? UnsoundAltText : null),
        new("sound-links", a => a.Changes.Links is { } links && !Soundness.AreLinks(links) ? UnsoundLinks : null),
        new("changes-something", a => Changed(a).Any() ? null : Unchanged),
    ];

    /// <summary>The package as it would be; null with the reason when there will be none.</summary>
    /// <param name="salt">Random, as that of every package.</param>
    public static ReleasePackage? Draw(Amending amending, string salt, out Refusal? refusal)
    {
        refusal = Guards.FirstRefusal(amending);
        if (refusal is not null) return null;
        var by = amending.Decision.By;
        return With(amending.Package, amending.Changes) with
        {
            // Whoever is stood in for too: the seat that changed a text is not the seat that clears it.
            Contributors = [.. amending.Package.Contributors.Append(by.Person).Append(by.ActingFor ?? by.Person).Distinct().Order(StringComparer.Ordinal)],
            Salt = salt,
        };
    }

    /// <summary>The officer changes the text. Others cannot decide until the period for undoing is over.</summary>
    /// <param name="drawn">What <see cref="Draw"/> made of it.</param>
    /// <param name="route">What the policy asks for <paramref name="drawn"/>.</param>
    public static Decision<ClearanceRequest> Amend(Amending amending, ReleasePackage drawn, string digest, int bytes, Route route, IReadOnlyList<Finding>? findings = null) =>
        Amend(amending, drawn, digest, bytes, route, Guards, findings);

    internal static Decision<ClearanceRequest> Amend(Amending amending, ReleasePackage drawn, string digest, int bytes, Route route, IReadOnlyList<Guard<Amending>> guards, IReadOnlyList<Finding>? findings = null)
    {
        if (guards.FirstRefusal(amending) is { } refusal) return refusal;
        var decision = amending.Decision;
        var r = amending.Request with
        {
            Version = amending.Request.Version + 1,
            Status = ClearanceStatus.AmendmentDecided,
            Decisions = [.. amending.Request.Decisions, decision with { PolicyVersion = amending.Request.Route.PolicyVersion }],
            Amendment = new Amendment(digest, bytes, ClearanceRules.Excerpt(drawn.Text), drawn.Text.Length, drawn.Contributors, route) { Findings = findings ?? [] },
            DueAt = decision.UndoUntil,
        };
        return Accept(r, new AmendmentDecided(r.Id, r.Version, r.DraftId, r.PackageDigest, r.Mission, decision.Id, decision.By, decision.UndoUntil, decision.At));
    }

    /// <summary>The period for undoing is over: from now on the changed text is the request's, and everybody is asked anew.</summary>
    /// <remarks>The route is that of the new text and of nothing else: what it no longer says needs nobody's leave, and should the next amendment say it again, that one is routed by it.</remarks>
    public static Decision<ClearanceRequest> Apply(ClearanceRequest request, DateTimeOffset now)
    {
        if (request is not { Status: ClearanceStatus.AmendmentDecided, Amendment: { } made, Standing: { } decision } || now < decision.UndoUntil) return ClearanceRules.NotDue;
        var r = request with
        {
            Version = request.Version + 1,
            Status = ClearanceStatus.InClearance,
            PackageDigest = made.Digest,
            EarlierDigests = [.. request.EarlierDigests, request.PackageDigest],
            Contributors = made.Contributors,
            Excerpt = made.Excerpt,
            Characters = made.Characters,
            Route = made.Route,
            Findings = made.Findings,
            Clocks = [], // Everybody has their whole time for the new text.
            Amendment = null,
            DueAt = request.NotAfter,
        };
        return Accept(r, new PackageAmended(
            r.Id, r.Version, r.DraftId, request.PackageDigest, made.Digest, made.Bytes, r.Mission, decision.Id, decision.By,
            made.Route.PolicyVersion, [.. ClearanceSheet.Of(r).Lines.Select(line => line.Office)], now));
    }

    private static ReleasePackage With(ReleasePackage package, Changes changes) => package with
    {
        Text = changes.Text ?? package.Text,
        Media = [.. package.Media.Select(m => changes.AltTexts?.TryGetValue(m.Digest, out var alt) is true ? m with { Alt = alt } : m)],
        Links = changes.Links ?? package.Links,
    };

    private static IEnumerable<string> Changed(Amending amending)
    {
        var (before, after) = (amending.Package, With(amending.Package, amending.Changes));
        if (after.Text != before.Text) yield return Text;
        if (!after.Media.SequenceEqual(before.Media)) yield return AltText;
        if (!after.Links.SequenceEqual(before.Links, StringComparer.Ordinal)) yield return Links;
    }

    public static readonly Refusal NoAmendment = new("clearance.no-amendment", "This decision changes no text.", 400);
    public static readonly Refusal NotAmendable = new("clearance.not-amendable", "The policy does not let officers change this here. Return the text, and say what must change.", 403);
    public static readonly Refusal Unchanged = new("clearance.unchanged", "Nothing was changed. Clear the text as it is, or change it.");
    public static readonly Refusal UnsoundText = new(
        "clearance.text", "The text needs words, up to 20,000 characters, in Unicode form C, without control characters, half surrogate pairs and noncharacters.", 400);
    public static readonly Refusal UnsoundAltText = new(
        "clearance.alt-text", "Name pictures of this post by their digest, and say what each shows in one line: up to 1,000 characters in Unicode form C, without control characters.", 400);
    public static readonly Refusal UnsoundLinks = new(
        "clearance.links", "Up to 10 links, each once: whole addresses that begin with https://, up to 2,000 characters, without a user's name, blanks, control characters, marks of direction, and any of \\ < > \" ^ ` { | }.", 400);
}
