using WorkflowPlatform.Contracts.Registry;
using static WorkflowPlatform.Clearance.Domain.Policy.Condition;

namespace WorkflowPlatform.Clearance.Domain.Policy;

/// <summary>Of which texts a pack asks a given office: all of its rules together and what is asked when none asks, so that an explanation is of the office and not of one rule.</summary>
internal static class Asking
{
    /// <param name="subject">The text that is explained: of the states that have no desk, those that it names.</param>
    public static Condition Of(PolicyPack pack, OfficeBook book, string office, Subject subject)
    {
        var ways = pack.Rules.Select(rule => Both(rule.When, ComesTo(rule.Ask, book, office, subject))).OfType<Condition>().ToList();
        if (ComesTo(pack.Default, book, office, subject) is { } otherwise)
            ways.Add(new All([new Not(new Any([.. pack.Rules.Where(r => r.Ask.Clear.Count > 0).Select(r => (Condition)new All([r.When, AsksSomebody(r.Ask)]))])), otherwise]));
        return new Any(ways);
    }

    private static Condition? Both(Condition when, Condition? comes) => comes is null ? null : comes == Always ? when : new All([comes, when]);

    private static Condition? ComesTo(Ask ask, OfficeBook book, string office, Subject subject)
    {
        var ways = ask.Clear.Select(o => ComesTo(o.Office, book, office, subject)).OfType<Condition>().ToList();
        return ways.Count == 0 ? null : ways.Contains(Always) ? Always : new Any(ways);
    }

    /// <summary>When a word of a rule stands for the office; null for never. The central unit stands in for what the book has not.</summary>
    private static Condition? ComesTo(string word, OfficeBook book, string office, Subject subject)
    {
        var (central, booked) = (office == Offices.Central, book.Find(office));
        return word switch
        {
            OfficeWords.Central or Offices.Central => central ? Always : null,
            OfficeWords.Hub => Where("region", OfficeKinds.RegionalHub, o => o.Covers),
            OfficeWords.FrontOffice => Where("mission", OfficeKinds.FrontOffice, o => [o.Code]),
            OfficeWords.EachDesk => Each("third-state", OfficeKinds.CountryDesk, subject.ThirdStates.Where(state => book.DeskOf(state) is null)),
            OfficeWords.EachThematic => Each("dimec", OfficeKinds.ThematicOffice, Aspect.Letters.Where(letter => book.ThematicOf(letter) is null)),
            _ => office == (book.Knows(word) ? word : Offices.Central) ? Always : null,
        };

        Condition? Where(string aspect, string kind, Func<BookedOffice, IReadOnlyList<string>> covers) =>
            booked?.Kind == kind ? new In(aspect, covers(booked))
            : !central ? null
            : book.All.Where(o => o.Kind == kind).SelectMany(covers).Distinct().ToList() is { Count: > 0 } covered ? new Not(new In(aspect, covered)) : Always;

        Condition? Each(string aspect, string kind, IEnumerable<string> uncovered) =>
            booked?.Kind == kind ? new In(aspect, booked.Covers) : central && uncovered.Distinct().ToList() is { Count: > 0 } left ? new In(aspect, left) : null;
    }

    /// <summary>Where a rule matches, desks are asked only if there is a state, and thematic offices only if there is a letter.</summary>
    private static Condition AsksSomebody(Ask ask) => new Any([.. ask.Clear.Select(o => o.Office switch
    {
        OfficeWords.EachDesk => new Present("third-state"),
        OfficeWords.EachThematic => new Present("dimec"),
        _ => Always,
    })]);
}
