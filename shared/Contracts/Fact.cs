namespace WorkflowPlatform.Contracts;

/// <summary>Something that happened to one aggregate, told in the past tense. Its namespace and name are its name on the wire.</summary>
/// <remarks>
/// Facts carry ids, digests, sizes and times, never text, titles, file names or comments: what is embargoed must not lie
/// in the broker's files. Whoever shows a text fetches it from its owner, who checks that the asker may see it.
/// A breaking change is a new type beside the old one.
/// </remarks>
public interface IFact
{
    /// <summary>The aggregate's version after this fact; 1 for the first. Versions have no gaps: each fact is one version.</summary>
    int Version { get; }

    /// <summary>When it happened, UTC, whole milliseconds.</summary>
    DateTimeOffset At { get; }
}

/// <summary>In which right a person acted: for which office, and on whose behalf when acting for somebody.</summary>
/// <param name="Person">Staff number.</param>
/// <param name="Office">A mission's code, or an office's.</param>
/// <param name="ActingFor">Staff number of the person stood in for; null when acting in one's own right.</param>
public sealed record Capacity(string Person, string Office, string? ActingFor = null);

/// <summary>How urgent a post is.</summary>
public enum Lane { Routine, Priority, Immediate, Flash }
