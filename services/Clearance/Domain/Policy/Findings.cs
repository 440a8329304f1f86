using System.Globalization;
using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Clearance.Domain.Policy;

/// <summary>What is known of the mission and the account that a text comes from.</summary>
/// <param name="Country">Its host, ISO 3166 alpha-2: never a third state to it; null when the register has not told yet.</param>
/// <param name="Home">The ministry's own state, which is no third state either; empty when the register has not told.</param>
/// <param name="Flagship">True for an account that speaks for the ministry as a whole.</param>
public sealed record MissionFacts(string Mission, string Kind, string Region, string? Country, bool Flagship, IReadOnlyList<string> Home);

/// <summary>Something that a submission was found to have.</summary>
/// <param name="Code">One of <see cref="FindingCodes"/>.</param>
/// <param name="About">What it is about: codes of states, the id of a term, digests of media, or the two numbers of a limit.</param>
public sealed record Finding(string Code, IReadOnlyList<string> About);

/// <summary>A first look at a submission, before anybody reads it: findings call for offices, they never let pass.</summary>
public static class Findings
{
    public static IReadOnlyList<Finding> Of(ReleasePackage package, PolicyPack pack, MissionFacts mission, IReadOnlyDictionary<string, NetworkLimit> limits, Gazetteer gazetteer)
    {
        var findings = new List<Finding>();
        if (ThirdStates(package, mission, gazetteer) is { Count: > 0 } states) findings.Add(new(FindingCodes.ThirdStateNamed, states));
        if (package.Media.Where(m => string.IsNullOrWhiteSpace(m.Alt)).Select(m => m.Digest).ToList() is { Count: > 0 } silent) findings.Add(new(FindingCodes.AltTextMissing, silent));
        if (limits.TryGetValue(package.Network, out var limit) && limit.LengthOf(package.Text) is var length && length > limit.Most) findings.Add(new(FindingCodes.OverNetworkLimit, [$"{length}", $"{limit.Most}"]));
        var terms = pack.Terms.Where(term => term.Spellings.Any(spelling => Seen(package).Any(text => Words.Has(text, spelling)))).ToList();
        if (terms.Count > 0) findings.Add(new(FindingCodes.TermListed, [.. terms.Select(t => t.Id)]));
        findings.AddRange(terms.Select(t => new Finding($"{FindingCodes.TermListed}:{t.Id}", [t.Id])));
        return findings;
    }

    /// <summary>A text as a policy sees it.</summary>
    public static Subject Subject(ReleasePackage package, MissionFacts mission, IReadOnlyList<Finding> findings, DateTimeOffset submitted) => new(
        package.Mission, mission.Kind, mission.Region, package.SubmittedBy.Person, package.Account, package.Network, mission.Flagship, package.Lane, package.Language,
        package.Brief?.Dimec ?? [], findings.FirstOrDefault(f => f.Code == FindingCodes.ThirdStateNamed)?.About ?? [], package.Brief?.Audience,
        [.. findings.Select(f => f.Code)], package.Text.Length, package.Media.Count > 0, package.Links.Count > 0,
        Hour(package.Local), package.Local is null ? 0 : (int)Math.Clamp((package.NotBefore - submitted).TotalMinutes, 0, int.MaxValue))
    {
        Counterparts = package.Brief?.Counterparts ?? [],
        ReleaseDate = package.Local is { Length: >= 10 } local && DateOnly.TryParseExact(local[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
    };

    /// <summary>The states that its author declares or its words name, in whichever language; without the host and without our own.</summary>
    private static List<string> ThirdStates(ReleasePackage package, MissionFacts mission, Gazetteer gazetteer) =>
        [.. Seen(package).SelectMany(text => gazetteer.StatesIn(text, package.Language)).Concat(package.Brief?.Counterparts ?? [])
            .Where(state => state != mission.Country && !mission.Home.Contains(state)).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>All words that the public would see.</summary>
    private static IEnumerable<string> Seen(ReleasePackage package) => package.Media.Select(m => m.Alt).Prepend(package.Text);

    /// <summary>The hour of a wall time as packages write it: 2026-12-01T09:00.</summary>
    private static int? Hour(string? local) => local is { Length: >= 13 } && int.TryParse(local.AsSpan(11, 2), out var hour) ? hour : null;
}
