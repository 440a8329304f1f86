using WorkflowPlatform.Contracts;
using WorkflowPlatform.Oversight.Domain;

namespace WorkflowPlatform.Oversight.Features.Noticeboard;

/// <summary>One page of a board's feed, whatever the format.</summary>
/// <param name="Self">Address of this page.</param>
/// <param name="First">Address of the feed: its newest page.</param>
/// <param name="Next">Address of the page with older notices; null on the last.</param>
/// <param name="Board">Address of the mission's public page.</param>
/// <param name="Pictures">Address under which the board's pictures lie by their digests.</param>
/// <param name="Authority">Who gives the ids, <c>name,year</c> (RFC 4151); it outlives addresses.</param>
public sealed record FeedPage(
    Mission Mission, IReadOnlyList<NoticeItem> Items, string Self, string First, string? Next, string Board, string Pictures, string Authority)
{
    public const int Size = 50;

    public string Id => $"tag:{Authority}:noticeboard/{Mission.Code}";

    public DateTimeOffset UpdatedAt => Items.Count == 0 ? Mission.At : Items[0].ReleasedAt;

    public string IdOf(NoticeItem notice) => $"tag:{Authority}:noticeboard/{Mission.Code}/{notice.Id}";

    public string AddressOf(MediaItem picture) => $"{Pictures}/{picture.Digest}";
}
