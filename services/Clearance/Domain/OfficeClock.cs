using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Clearance.Domain;

/// <summary>The time of one office to decide on one text, fixed when its turn began: later changes of its hours or of its zone's rules move nothing.</summary>
/// <param name="PackageDigest">The text it is about; another text begins another turn.</param>
/// <param name="HalfAt">When half of the time is over; null without a clock.</param>
/// <param name="DueAt">The end of the time; null without a clock.</param>
public sealed record OfficeClock(string Office, string PackageDigest, DateTimeOffset BegunAt, DateTimeOffset? HalfAt, DateTimeOffset? DueAt)
{
    /// <summary>By whose hours its end was reckoned; null where minutes pass around the clock.</summary>
    public OfficeCalendar? Calendar { get; init; }

    /// <summary>Whose word it is asked for: its own, and that of the offices in whose place it stands. Asked for another's too, it begins anew.</summary>
    public IReadOnlyList<string> For { get; init; } = [];

    /// <summary>How often it was reminded: 1 at half of the time, 2 at the end.</summary>
    public int Reminders { get; init; }

    /// <summary>True when nothing more happens by itself: the office above was asked, or there is none.</summary>
    public bool Stopped { get; init; }

    /// <summary>When something happens by itself; null when nothing will, unless the office is cut off.</summary>
    public DateTimeOffset? NextAt => Stopped ? null : Reminders == 0 ? HalfAt : DueAt;

    public bool IsOver(DateTimeOffset now) => DueAt <= now;
}

/// <summary>The hours that an office kept when its turn began.</summary>
/// <param name="Version">The register's version of the office: the ledger has it with its days of rest and its holidays.</param>
public sealed record OfficeCalendar(int Version, string Zone, string Hours);

/// <summary>That a text had reached an office: who of it opened or acknowledged it first, and when.</summary>
/// <param name="PackageDigest">The text that they were shown.</param>
/// <param name="TurnAt">When the office's clock had begun that ran as they were shown it. Of another turn it proves nothing.</param>
public sealed record Notice(Capacity By, DateTimeOffset At, string PackageDigest, DateTimeOffset TurnAt)
{
    public bool IsOf(OfficeClock clock) => PackageDigest == clock.PackageDigest && TurnAt == clock.BegunAt;
}
