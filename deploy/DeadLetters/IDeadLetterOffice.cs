namespace WorkflowPlatform.DeadLetters;

/// <summary>Where dead letters lie: on the broker, or in the databases of a Standalone.</summary>
internal interface IDeadLetterOffice : IAsyncDisposable
{
    /// <summary>All of them, oldest first in each queue; none is taken away by looking.</summary>
    Task<IReadOnlyList<DeadLetter>> ListAsync();

    /// <summary>Gives one back to the queue it came from, under the same MessageId: a consumer that has dealt with it after all ignores it.</summary>
    Task ReplayAsync(DeadLetter letter);
}

/// <summary>A message that a consumer could not deal with.</summary>
/// <param name="Queue">The consumer's queue.</param>
/// <param name="Reason">In one line.</param>
/// <param name="Details">What is known beyond it.</param>
/// <param name="Body">The fact as it was sent: ids, digests and times, never text.</param>
internal sealed record DeadLetter(string MessageId, string Queue, string Type, string Reason, string Details, string When, string Body);
