using WorkflowPlatform.Platform.Decisions;

namespace WorkflowPlatform.Drafting.Domain;

/// <summary>Between which instants a post may go out, and which windows make no sense.</summary>
public static class ReleaseWindow
{
    public static readonly TimeSpan UsualLength = TimeSpan.FromHours(24);
    public static readonly TimeSpan Farthest = TimeSpan.FromDays(400);

    /// <param name="notBefore">Null: as soon as cleared, so from now on.</param>
    /// <param name="notAfter">Null: the usual length.</param>
    public static Refusal? Refuses(DateTimeOffset? notBefore, DateTimeOffset? notAfter, DateTimeOffset now)
    {
        var from = notBefore ?? now;
        if (from < now) return Past;
        if (from - now > Farthest) return TooFar;
        if (notAfter is not { } until) return null;
        return until <= from ? Ends : until - from > Farthest ? EndsTooFar : null;
    }

    public static readonly Refusal Past = new("release.past", "The time of release has passed. Choose a later one, or let it go out as soon as it is cleared.", 400);
    public static readonly Refusal TooFar = new("release.too-far", "A release can be set at most 400 days ahead.", 400);
    public static readonly Refusal Ends = new("release.not-after", "It would be stale before it could go out. Let notAfter be later than the release, and later than now.", 400);
    public static readonly Refusal EndsTooFar = new("release.not-after", "It would never grow stale. Let notAfter be at most 400 days after the release.", 400);
}
