using WorkflowPlatform.Contracts.Registry;

namespace WorkflowPlatform.Clearance.Domain.Policy;

/// <summary>Judges a text by a policy. Pure: same pack, text and offices, same route.</summary>
public static class Policies
{
    /// <summary>The id under which the pack's default stands among the reasons.</summary>
    public const string DefaultRule = "default";

    /// <summary>What the policy asks for this text: all rules that match add up, and the strictest wins.</summary>
    /// <param name="explained">False leaves out what would have to be otherwise, which costs more than the rest.</param>
    public static Route Route(SealedPack policy, Subject subject, OfficeBook book, bool explained = true)
    {
        var pack = policy.Pack;
        var matched = pack.Rules.Where(rule => pack.Matches(rule.When, subject)).Select(rule => Found.By(rule, subject, book)).ToList();
        // A rule that only informs, or asks for desks where no state is named, asks nobody: that is no way through.
        if (matched.All(m => m.Offices.Count == 0))
            matched.Add(Found.By(new Rule(DefaultRule, "No rule asks for an office", Condition.Always, pack.Default), subject, book));

        var required = matched
            .SelectMany(m => m.Offices.Select(office => (Match: m, Office: office)))
            .GroupBy(pair => pair.Office.Code)
            .Select(asked => new RequiredOffice(
                asked.Key,
                asked.Max(a => a.Office.Stage),
                asked.Any(a => a.Office.Quorum == RequiredOffice.Everybody) ? RequiredOffice.Everybody : asked.Max(a => a.Office.Quorum),
                asked.All(a => a.Match.Rule.Ask.Silence),
                asked.Min(a => a.Match.Rule.Ask.Clocks.For(subject.Lane)),
                [.. asked.Select(a => a.Match.Rule.Id).Distinct()])
            {
                Unless = explained ? Explanation.Unless(pack, Asking.Of(pack, book, asked.Key, subject), subject) : null,
            })
            .OrderBy(office => office.Stage).ThenBy(office => office.Office, StringComparer.Ordinal).ToList();
        var informed = matched.SelectMany(m => m.Informed).Distinct().Where(code => required.All(r => r.Office != code)).Order(StringComparer.Ordinal);
        return new Route(
            pack.Name, policy.Digest, required, [.. informed],
            AllowedByAll(matched, ask => ask.Amend), !matched.Any(m => m.Rule.Ask.ImmediateForbidden), AllowedByAll(matched, ask => ask.Bypass),
            [.. matched.Select(m => new RuleMatch(
                m.Rule.Id, m.Rule.Title, [.. m.Offices.Select(o => o.Code).Distinct()], m.Notes))]);
    }

    private static List<string> AllowedByAll(List<Found> matched, Func<Ask, IReadOnlyList<string>?> allows)
    {
        var said = matched.Select(m => allows(m.Rule.Ask)).OfType<IReadOnlyList<string>>().ToList();
        return said.Count == 0 ? [] : [.. said[0].Distinct().Where(one => said.All(other => other.Contains(one)))];
    }

    /// <summary>A rule that matched, with its offices as the book has them.</summary>
    private sealed record Found(Rule Rule, IReadOnlyList<(string Code, int Stage, int Quorum)> Offices, IReadOnlyList<string> Informed, IReadOnlyList<string> Notes)
    {
        public static Found By(Rule rule, Subject subject, OfficeBook book)
        {
            var notes = new List<string>();
            var offices = rule.Ask.Clear.SelectMany(ask => Resolve(ask.Office, subject, book, notes).Select(code => (code, ask.Stage, ask.Quorum))).ToList();
            var informed = rule.Ask.Inform.SelectMany(office => Resolve(office, subject, book, notes)).ToList();
            return new Found(rule, offices, informed, [.. notes.Distinct()]);
        }
    }

    /// <summary>The codes that an office of a rule stands for; never nobody where somebody is meant.</summary>
    private static List<string> Resolve(string office, Subject subject, OfficeBook book, List<string> notes)
    {
        return office switch
        {
            OfficeWords.Central => [Offices.Central],
            OfficeWords.Hub => [OrCentral(book.HubOf(subject.Region), $"No hub of region {subject.Region} is known")],
            OfficeWords.FrontOffice => [OrCentral(book.FrontOfficeOf(subject.Mission), $"No front office of mission {subject.Mission} is known")],
            OfficeWords.EachDesk => [.. subject.ThirdStates.Select(state => OrCentral(book.DeskOf(state), $"No country desk for {state} is known")).Distinct()],
            OfficeWords.EachThematic => [.. subject.Dimec.Select(letter => OrCentral(book.ThematicOf(letter), $"No thematic office for {letter} is known")).Distinct()],
            Offices.Central => [Offices.Central],
            _ => [OrCentral(book.Find(office), $"Office {office} is not known any more")],
        };

        string OrCentral(BookedOffice? found, string otherwise)
        {
            if (found is not null) return found.Code;
            notes.Add($"{otherwise}: the central unit stands in.");
            return Offices.Central;
        }
    }
}
