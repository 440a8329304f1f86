using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Clearance.Domain.Policy;

/// <summary>A ministry's policy as data: which texts need whom.</summary>
/// <param name="Id">Small letters and hyphens: <c>country-desks</c>.</param>
/// <param name="Version">Counts the ministry's own editions of it.</param>
/// <param name="Default">Asked of a text for which no matching rule asks an office; the central unit is always among it.</param>
public sealed record PolicyPack(
    string Id, int Version, string Title, IReadOnlyList<Definition> Definitions, IReadOnlyList<ListedTerm> Terms, IReadOnlyList<Rule> Rules, Ask Default)
{
    public const int MostRules = 500;

    /// <summary>What permits name: <c>country-desks@3</c>.</summary>
    public string Name => $"{Id}@{Version}";

    internal Condition Definition(string name) => Definitions.First(d => d.Name == name).When;

    internal bool Matches(Condition condition, Subject subject) => condition switch
    {
        Condition.All(var all) => all.All(c => Matches(c, subject)),
        Condition.Any(var any) => any.Any(c => Matches(c, subject)),
        Condition.Not(var not) => !Matches(not, subject),
        Condition.Defined(var name) => Matches(Definition(name), subject),
        Condition.In(var aspect, _) => Aspect.Find(aspect)!.Holds(condition, subject),
        Condition.Between(var aspect, _, _) => Aspect.Find(aspect)!.Holds(condition, subject),
        Condition.Present(var aspect) => Aspect.Find(aspect)!.Holds(condition, subject),
        _ => throw new InvalidOperationException($"{condition} is no condition."),
    };
}

/// <summary>A pack with the digest of its canonical JSON: what can be put in force and named in a permit.</summary>
/// <param name="Digest">SHA-256, hex.</param>
public sealed record SealedPack(PolicyPack Pack, string Digest);

/// <summary>A condition with a name, to be used in rules and other definitions.</summary>
public sealed record Definition(string Name, Condition When)
{
    public int Line { get; init; }
}

/// <summary>A term whose occurrence is a finding, with the spellings that count.</summary>
public sealed record ListedTerm(string Id, IReadOnlyList<string> Spellings)
{
    public int Line { get; init; }
}

/// <summary>One rule: what it asks of the texts that it matches.</summary>
public sealed record Rule(string Id, string Title, Condition When, Ask Ask)
{
    public int Line { get; init; }
}

/// <summary>What a rule asks. Rules add up and the strictest wins; what a rule does not mention it leaves to the others.</summary>
/// <param name="Clear">Offices that must clear.</param>
/// <param name="Inform">Offices that see it and cannot block it.</param>
/// <param name="Amend">What may be amended: only what every rule that speaks of it allows. Null when this one does not speak of it; nothing may be amended when none does.</param>
/// <param name="Silence">Whether silence may count as no objection for the offices of this rule; it does only when every rule that asks for the office says so.</param>
/// <param name="ImmediateForbidden">Whether release before clearance is forbidden; one rule is enough.</param>
/// <param name="Bypass">Roles that may pass over a missing office; like <paramref name="Amend"/>.</param>
public sealed record Ask(
    IReadOnlyList<OfficeAsk> Clear, IReadOnlyList<string> Inform, Clocks Clocks, IReadOnlyList<string>? Amend, bool Silence, bool ImmediateForbidden, IReadOnlyList<string>? Bypass)
{
    /// <summary>The central unit, and no release before it has cleared.</summary>
    public static Ask CentralUnit { get; } = new([new OfficeAsk(OfficeWords.Central, 1, 1)], [], Clocks.None, null, false, true, null);
}

/// <summary>An office that must clear: a code of the book, or one of <see cref="OfficeWords"/>.</summary>
/// <param name="Quorum">How many of its people; <see cref="RequiredOffice.Everybody"/> for all.</param>
public sealed record OfficeAsk(string Office, int Stage, int Quorum)
{
    public int Line { get; init; }
}

/// <summary>Minutes to decide in, by lane; null without a clock. They are of the office's working time, and in the lanes Immediate and Flash around the clock.</summary>
public sealed record Clocks(int? Routine, int? Priority, int? Immediate, int? Flash)
{
    public const int MostMinutes = 60 * 24 * 60;

    public static Clocks None { get; } = new(null, null, null, null);

    public int? For(Lane lane) => lane switch
    {
        Lane.Routine => Routine,
        Lane.Priority => Priority,
        Lane.Immediate => Immediate,
        Lane.Flash => Flash,
        _ => throw new ArgumentOutOfRangeException(nameof(lane)),
    };
}

/// <summary>Offices by what they are to the text, found in the book for each text.</summary>
public static class OfficeWords
{
    public const string Central = "central";

    /// <summary>The hub of the mission's region.</summary>
    public const string Hub = "hub";

    /// <summary>The mission's own front office.</summary>
    public const string FrontOffice = "front-office";

    /// <summary>The country desk of each third state.</summary>
    public const string EachDesk = "each-desk";

    /// <summary>The thematic office of each letter of the matrix.</summary>
    public const string EachThematic = "each-thematic";

    public static readonly IReadOnlyList<string> All = [Central, Hub, FrontOffice, EachDesk, EachThematic];
}

/// <summary>What a policy may allow to be amended.</summary>
public static class Amendments
{
    public static readonly IReadOnlyList<string> All = ["text", "alt-text", "links"];
}
