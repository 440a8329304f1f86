using WorkflowPlatform.Contracts;

namespace WorkflowPlatform.Publishing.Domain;

/// <summary>What a network can do, as data: how an unknown outcome is settled there, and what it takes.</summary>
/// <param name="LongestText">In UTF-16 code units.</param>
/// <param name="MostPictures">On one post.</param>
/// <param name="LargestPicture">In bytes.</param>
public sealed record ChannelCapability(string Network, ReadBackClass ReadBack, int LongestText, int MostPictures, int LargestPicture)
{
    public bool Takes(IReadOnlyList<MediaItem> media) => media.Count <= MostPictures && media.All(m => m.Bytes <= LargestPicture);
}

/// <summary>How it is found out whether a post is there.</summary>
public enum ReadBackClass
{
    /// <summary>Class A: by a handle that we choose; a repeated call with it makes no second post.</summary>
    Handle,

    /// <summary>Class B: by looking for the exact text on the account's own timeline.</summary>
    Timeline,
}
