using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Drafting.Domain;

/// <summary>What goes with a text: what it is for, its pictures, and the addresses it points to.</summary>
public sealed record Enclosed(Brief? Brief, IReadOnlyList<MediaItem> Media, IReadOnlyList<string> Links)
{
    /// <summary>Lines and figures that the text rests on.</summary>
    public IReadOnlyList<string> Cites { get; init; } = [];

    public static Enclosed Nothing { get; } = new(null, [], []);

    /// <summary>By what it says: who sends the same things once more has changed nothing.</summary>
    public bool Equals(Enclosed? other) =>
        other is not null && Same(Brief, other.Brief) && Media.SequenceEqual(other.Media) && Links.SequenceEqual(other.Links, StringComparer.Ordinal)
        && Cites.SequenceEqual(other.Cites, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Brief?.Message, Media.Count, Links.Count);

    private static bool Same(Brief? one, Brief? other) => one is null || other is null
        ? one is null && other is null
        : (one.Message, one.Audience, one.Objective, one.Tactic) == (other.Message, other.Audience, other.Objective, other.Tactic)
            && one.Dimec.SequenceEqual(other.Dimec) && one.Counterparts.SequenceEqual(other.Counterparts);
}

/// <summary>A picture that somebody brought for the draft's mission.</summary>
public sealed record SuppliedMedia(string Digest, string Type, int Bytes, string Person);
