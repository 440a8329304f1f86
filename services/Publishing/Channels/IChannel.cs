using WorkflowPlatform.Contracts;
using WorkflowPlatform.Publishing.Domain;

namespace WorkflowPlatform.Publishing.Channels;

/// <summary>A network on which releases go out. One implementation for each.</summary>
public interface IChannel
{
    ChannelCapability Capability { get; }

    /// <summary>Gets ready whatever a call needs, so that the call itself is one request and nothing else. Throws while the network cannot be called.</summary>
    Task PrepareAsync(ChannelPost post, CancellationToken ct);

    /// <summary>Makes one request, never a second. Does not throw: what is not certain is <see cref="CallOutcome.Unknown"/>.</summary>
    /// <param name="deadline">Nothing is sent after it, and no answer is waited for.</param>
    Task<CallOutcome> PostAsync(ChannelPost post, DateTimeOffset deadline);

    /// <summary>Looks whether the post is on the account. Throws when the account cannot be read.</summary>
    /// <param name="since">It cannot have been there before.</param>
    Task<ReadBack> ReadBackAsync(ChannelPost post, DateTimeOffset since, CancellationToken ct);
}

/// <summary>What goes out, and where: from the cleared bytes and the release they belong to.</summary>
/// <param name="Handle">The same for every call of a release, and no other's.</param>
public sealed record ChannelPost(string Account, string Handle, string Text, string Language)
{
    public IReadOnlyList<MediaItem> Media { get; init; } = [];

    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>The bytes of <see cref="Media"/>, in its order; empty where a post is only looked for.</summary>
    public IReadOnlyList<byte[]> Pictures { get; init; } = [];

    public static ChannelPost Of(Release release, ReleasePackage package) =>
        new(release.Account, release.PackageDigest[..32], package.Text, package.Language) { Media = package.Media, Links = package.Links };
}

/// <summary>What is known after a call.</summary>
public abstract record CallOutcome
{
    private CallOutcome() { }

    public sealed record Published(string Receipt) : CallOutcome;

    /// <summary>Refused for good.</summary>
    public sealed record Rejected(string Reason) : CallOutcome;

    /// <summary>Certainly without effect.</summary>
    /// <param name="RetryAfter">When the network wants to be asked again; null when it did not say.</param>
    public sealed record NotApplied(string Reason, TimeSpan? RetryAfter) : CallOutcome;

    public sealed record Unknown(string Why) : CallOutcome;
}

/// <summary>What an account shows.</summary>
public abstract record ReadBack
{
    private ReadBack() { }

    /// <param name="Receipts">Oldest first. By handle it is one; on a timeline some may be other releases'.</param>
    public sealed record Found(IReadOnlyList<string> Receipts) : ReadBack;

    public sealed record Absent : ReadBack;

    /// <summary>Something else stands under our handle.</summary>
    public sealed record OtherText : ReadBack;
}

/// <summary>The channels by network.</summary>
public sealed class ChannelDirectory(IEnumerable<IChannel> channels)
{
    public IChannel? For(string network) => channels.FirstOrDefault(c => c.Capability.Network == network);
}
