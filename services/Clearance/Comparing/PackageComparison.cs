using System.Globalization;
using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Clearance.Comparing;

/// <summary>What differs between two packages of one post, in all that the public would get: text, pictures and what they are said to show, links, time, account.</summary>
/// <param name="Text">The two texts laid over each other; empty when they are the same.</param>
public sealed record PackageComparison(
    IReadOnlyList<Segment> Text, IReadOnlyList<PackageComparison.Media> Pictures, IReadOnlyList<PackageComparison.Line> Links, IReadOnlyList<PackageComparison.Field> Fields)
{
    /// <summary>A picture that came, went, moved, or is said to show something else.</summary>
    /// <param name="Alt">What it is said to show: laid over what it was said to show, where it stayed.</param>
    public sealed record Media(Change Change, string Digest, IReadOnlyList<Segment> Alt);

    /// <summary>An address that came, went, moved or was changed.</summary>
    public sealed record Line(Change Change, IReadOnlyList<Segment> Text);

    /// <summary>A detail that is another now.</summary>
    public sealed record Field(string Name, string? Before, string? After);

    public enum Change { Added, Removed, Moved, Changed }

    public static PackageComparison Nothing { get; } = new([], [], [], []);

    public bool IsEmpty => Text.Count + Pictures.Count + Links.Count + Fields.Count == 0;

    public static PackageComparison Of(ReleasePackage before, ReleasePackage after) => new(
        WordDiff.Of(before.Text, after.Text), [.. PicturesOf(before.Media, after.Media)], [.. LinksOf(before.Links, after.Links)],
        [
            .. new Field[]
            {
                new("account", before.Account, after.Account), new("network", before.Network, after.Network), new("lane", before.Lane.ToString(), after.Lane.ToString()),
                new("language", before.Language, after.Language), new("notBefore", Instant(before.NotBefore), Instant(after.NotBefore)), new("notAfter", Instant(before.NotAfter), Instant(after.NotAfter)),
                new("local", before.Local, after.Local), new("zone", before.Zone, after.Zone),
            }.Where(field => field.Before != field.After),
        ]);

    private static IEnumerable<Media> PicturesOf(IReadOnlyList<MediaItem> before, IReadOnlyList<MediaItem> after)
    {
        foreach (var gone in before.Where(b => after.All(a => a.Digest != b.Digest))) yield return new(Change.Removed, gone.Digest, Whole(SegmentKind.Removed, gone.Alt));
        foreach (var (now, i) in after.Select((now, i) => (now, i)))
            if (before.FirstOrDefault(b => b.Digest == now.Digest) is not { } was) yield return new(Change.Added, now.Digest, Whole(SegmentKind.Added, now.Alt));
            else if (was.Alt != now.Alt) yield return new(Change.Changed, now.Digest, WordDiff.Of(was.Alt, now.Alt));
            else if (before.ElementAtOrDefault(i)?.Digest != now.Digest) yield return new(Change.Moved, now.Digest, Whole(SegmentKind.Same, now.Alt));
    }

    private static IEnumerable<Line> LinksOf(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            var (was, now) = (before.ElementAtOrDefault(i), after.ElementAtOrDefault(i));
            if (was == now) continue;
            // One that took another's place is shown as that one changed.
            if (was is not null && now is not null && !after.Contains(was) && !before.Contains(now)) yield return new(Change.Changed, WordDiff.Of(was, now));
            else
            {
                if (was is not null && !after.Contains(was)) yield return new(Change.Removed, Whole(SegmentKind.Removed, was));
                if (now is not null) yield return before.Contains(now) ? new(Change.Moved, Whole(SegmentKind.Same, now)) : new(Change.Added, Whole(SegmentKind.Added, now));
            }
        }
    }

    private static IReadOnlyList<Segment> Whole(SegmentKind kind, string text) => text.Length == 0 ? [] : kind switch
    {
        SegmentKind.Same => [new(kind, text)],
        SegmentKind.Added => WordDiff.Of("", text),
        _ => WordDiff.Of(text, ""),
    };

    private static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
