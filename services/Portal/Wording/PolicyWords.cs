using System.Globalization;
using WorkflowPlatform.Portal.Api;

namespace WorkflowPlatform.Portal.Wording;

/// <summary>How a policy stands, and which way a post goes by one, in words.</summary>
internal static class PolicyWords
{
    public static string Standing(PolicyLine policy) => policy switch
    {
        { InForce: true } => "In force",
        { Status: "Proposed" } => "Proposed, not in force",
        { Status: "Withdrawn" } => "Withdrawn",
        { Status: "Adopted" } => "Was in force",
        { Status: null } => "To start from",
        _ => policy.Status,
    };

    /// <summary>"regional hub, then 2 officers of central unit".</summary>
    public static string Way(IReadOnlyList<AskedOffice> way, OfficeNames offices) => string.Join(", then ", way.GroupBy(a => a.Stage).OrderBy(stage => stage.Key)
        .Select(stage => string.Join(" and ", stage.Select(a => a.Quorum switch { 1 => offices[a.Office], 0 => $"everybody of {offices[a.Office]}", _ => $"{a.Quorum} officers of {offices[a.Office]}" }))));

    /// <summary>What would be otherwise, in one sentence or two.</summary>
    public static string Otherwise(OtherWay way, OfficeNames offices)
    {
        var (from, to) = (Way(way.From, offices), Way(way.To, offices));
        var haste = way.ImmediateWas == way.ImmediateWouldBe ? "" : way.ImmediateWas ? " It could no longer be released before clearance." : " It could be released before clearance.";
        return (from == to ? "The same offices." : $"Was: {from}. Would be: {to}.") + haste;
    }

    public static string Added(OfficeLoad load) => (load.WouldHaveHad - load.Had) switch { 0 => "no change", > 0 and var more => $"{more} more", var less => $"{-less} fewer" };

    /// <summary>How long posts took to be cleared, as it was.</summary>
    public static string Took(TimeToClear time) => time is { Cleared: > 0, MedianMinutes: { } half, NinthDecileMinutes: { } most }
        ? $"{time.Cleared.ToString("N0", CultureInfo.InvariantCulture)} cleared: half of them within {Length(half)}, nine of ten within {Length(most)}"
        : "None was cleared";

    private static string Length(int minutes) => minutes == 0 ? "a minute" : Times.Length(TimeSpan.FromMinutes(minutes));
}
