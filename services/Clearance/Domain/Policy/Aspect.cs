using System.Globalization;
using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Clearance.Domain.Policy;

/// <summary>Something that a condition may ask about a text.</summary>
/// <param name="Name">As packs write it.</param>
public abstract record Aspect(string Name)
{
    /// <summary>One value of an open or closed vocabulary.</summary>
    /// <param name="Closed">All values there are; null when there may be any.</param>
    /// <param name="Form">What a value looks like, for what a typing error would silently make into a rule that matches nothing.</param>
    public sealed record OneValue(string Name, string Noun, Func<Subject, string?> Of, bool MayBeMissing = false, IReadOnlyList<string>? Closed = null, Func<string, bool>? Form = null) : Aspect(Name);

    /// <summary>Any number of values of an open or closed vocabulary.</summary>
    /// <param name="Verb">What a text does with a value: it <c>names</c> a state.</param>
    public sealed record ManyValues(string Name, string Verb, string Verbs, string Noun, Func<Subject, IReadOnlyList<string>> Of, IReadOnlyList<string>? Closed = null, Func<string, bool>? Form = null) : Aspect(Name);

    /// <summary>A whole number.</summary>
    public record Number(string Name, string Noun, Func<Subject, int?> Of, int Most, bool MayBeMissing = false) : Aspect(Name)
    {
        /// <summary>As packs and people write it.</summary>
        public virtual string Say(int number) => number.ToString(CultureInfo.InvariantCulture);

        /// <summary>An interval in words, to stand after "is" or "were".</summary>
        public virtual string Say(int from, int to) => from == to ? Say(from) : from == 0 ? $"at most {Say(to)}" : to == Most ? $"at least {Say(from)}" : $"between {Say(from)} and {Say(to)}";
    }

    /// <summary>A day of the calendar, from 2000 to 2099: a number of days to whoever reckons, and a date to people.</summary>
    public sealed record Day(string Name, string Noun, Func<Subject, DateOnly?> On) : Number(Name, Noun, s => On(s) is { } day ? Math.Clamp(day.DayNumber - First.DayNumber, 0, Last.DayNumber - First.DayNumber) : null, Last.DayNumber - First.DayNumber, MayBeMissing: true)
    {
        public static readonly DateOnly First = new(2000, 1, 1), Last = new(2099, 12, 31);

        public override string Say(int number) => First.AddDays(number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        public override string Say(int from, int to) => from == to ? Say(from) : from == 0 ? $"{Say(to)} or earlier" : to == Most ? $"{Say(from)} or later" : $"between {Say(from)} and {Say(to)}";

        /// <summary>The number of a date as it is written, for example <c>2026-12-01</c>; null when it is none of these hundred years.</summary>
        public static int? Read(string written) =>
            DateOnly.TryParseExact(written, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= First && day <= Last ? day.DayNumber - First.DayNumber : null;
    }

    /// <summary>Something that is or is not.</summary>
    /// <param name="Is">"it has media".</param>
    /// <param name="If">"it had media".</param>
    /// <param name="IfNot">"it had no media".</param>
    public sealed record YesNo(string Name, string Is, string If, string IfNot, Func<Subject, bool> Of) : Aspect(Name);

    public static IReadOnlyList<string> Letters => ["D", "I", "M", "E", "C"];

    /// <summary>From Monday, as ISO 8601 counts them.</summary>
    public static IReadOnlyList<string> Weekdays { get; } = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    public static IReadOnlyList<string> Lanes { get; } = [.. Enum.GetValues<Lane>().Select(LaneName)];

    /// <summary>All of them; what a text says comes before who says it, for that is the order in which an explanation looks for what could be otherwise.</summary>
    public static readonly IReadOnlyList<Aspect> All =
    [
        new ManyValues("third-state", "name", "names", "third state", s => s.ThirdStates, Form: StateCodes.Are),
        new ManyValues("counterpart", "list", "lists", "counterpart", s => s.Counterparts, Form: StateCodes.Are),
        new ManyValues("finding", "have", "has", "finding", s => s.Findings, Form: IsFinding),
        new ManyValues("dimec", "concern", "concerns", "letter of the matrix", s => s.Dimec, Letters),
        new YesNo("media", "it has media", "it had media", "it had no media", s => s.HasMedia),
        new YesNo("links", "it has links", "it had links", "it had no links", s => s.HasLinks),
        new Number("characters", "its length in characters", s => s.Characters, int.MaxValue),
        new OneValue("lane", "its lane", s => LaneName(s.Lane), Closed: Lanes),
        new OneValue("audience", "its audience", s => s.Audience, MayBeMissing: true),
        new Number("release-hour", "its hour of release", s => s.ReleaseHour, 23, MayBeMissing: true),
        new OneValue("weekday", "its day of the week of release", s => s.ReleaseDate is { } day ? Weekdays[((int)day.DayOfWeek + 6) % 7] : null, MayBeMissing: true, Closed: Weekdays),
        new Day("release-date", "its date of release", s => s.ReleaseDate),
        new Number("lead-minutes", "the minutes before its release", s => s.LeadMinutes, int.MaxValue),
        new OneValue("language", "its language", s => s.Language, Form: v => v.Length is 2 or 3 && v.All(char.IsAsciiLetterLower)),
        new YesNo("flagship", "its account speaks for the ministry as a whole", "its account spoke for the ministry as a whole", "its account did not speak for the ministry as a whole", s => s.Flagship),
        new OneValue("network", "its network", s => s.Network),
        new OneValue("account", "its account", s => s.Account),
        new OneValue("region", "its region", s => s.Region),
        new OneValue("mission-kind", "the kind of its mission", s => s.MissionKind),
        new OneValue("mission", "its mission", s => s.Mission),
        new OneValue("author", "its author", s => s.Author),
    ];

    private static readonly Dictionary<string, int> Places = All.Select((aspect, place) => (aspect.Name, place)).ToDictionary(a => a.Name, a => a.place);

    public static Aspect? Find(string name) => Places.TryGetValue(name, out var place) ? All[place] : null;

    internal static int Place(string name) => Places[name];

    public static string LaneName(Lane lane) => lane.ToString().ToLowerInvariant();

    /// <summary>Whether an atomic condition on this aspect holds for a text.</summary>
    public bool Holds(Condition atom, Subject subject) => (this, atom) switch
    {
        (OneValue one, Condition.In(_, var values)) => one.Of(subject) is { } value && values.Contains(value),
        (OneValue one, Condition.Present) => one.Of(subject) is not null,
        (ManyValues many, Condition.In(_, var values)) => many.Of(subject).Any(values.Contains),
        (ManyValues many, Condition.Present) => many.Of(subject).Count > 0,
        (Number number, Condition.Between(_, var from, var to)) => number.Of(subject) is { } n && n >= from && n <= to,
        (Number number, Condition.Present) => number.Of(subject) is not null,
        (YesNo yes, Condition.Present) => yes.Of(subject),
        _ => throw new InvalidOperationException($"{Name} cannot be asked that: the pack was not checked."),
    };

    /// <summary>Whether a condition of this kind can be asked of it at all.</summary>
    internal bool Takes(Condition atom) => (this, atom) switch
    {
        (OneValue or ManyValues, Condition.In) or (Number, Condition.Between) or (ManyValues or YesNo, Condition.Present) => true,
        (OneValue { MayBeMissing: true } or Number { MayBeMissing: true }, Condition.Present) => true,
        _ => false,
    };

    // Terms have their own check, against the pack's list.
    private static bool IsFinding(string value) => FindingCodes.All.Contains(value) || value.StartsWith(FindingCodes.TermListed + ":", StringComparison.Ordinal);
}

/// <summary>What a submission can be found to have. Permanent codes.</summary>
public static class FindingCodes
{
    public const string ThirdStateNamed = "third-state-named";
    public const string AltTextMissing = "alt-text-missing";
    public const string OverNetworkLimit = "over-network-limit";

    /// <summary>Stands alone when any listed term occurs, and once more for each with the term's id: <c>term-listed:war</c>.</summary>
    public const string TermListed = "term-listed";

    public static readonly IReadOnlyList<string> All = [ThirdStateNamed, AltTextMissing, OverNetworkLimit, TermListed];
}
