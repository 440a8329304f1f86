using System.Collections.Concurrent;
using WorkflowPlatform.Testing;

namespace WorkflowPlatform.Soak;

/// <summary>Everything that the platform has said yes to, written down by the one who asked.</summary>
internal sealed class Journal
{
    public ConcurrentDictionary<Guid, Entry> Drafts { get; } = new();

    /// <summary>Persons whose import was answered with 200.</summary>
    public ConcurrentQueue<string> People { get; } = new();

    /// <summary>Answers that were no answer within the patience, and refusals that the course of things explains.</summary>
    public ConcurrentDictionary<string, int> Notes { get; } = new();

    public int Accepted => Drafts.Count + Drafts.Values.Count(d => d.Digest is not null) + Drafts.Values.Count(d => d.ClearedBy is not null) + Drafts.Values.Count(d => d.Asked) + People.Count;

    public void Note(string what) => Notes.AddOrUpdate(what, 1, (_, count) => count + 1);

    internal sealed class Entry(Post post)
    {
        public Post Post { get; } = post;

        /// <summary>Of the submitted package; null until the submission was accepted.</summary>
        public string? Digest { get; set; }

        /// <summary>Null until a decision to clear was accepted.</summary>
        public string? ClearedBy { get; set; }

        /// <summary>A request to have it back was accepted.</summary>
        public bool Asked { get; set; }
    }
}
