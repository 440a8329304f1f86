namespace WorkflowPlatform.Platform.Messaging;

/// <summary>A fact came before the one it builds on. Nothing was recorded; the message comes again, and lies among the dead letters if the gap stays.</summary>
public sealed class EarlyFactException(string what, int expected, int came)
    : Exception($"gap: {what} is at version {expected - 1}, and version {came} came before {expected}.")
{
    /// <summary>True when the fact is new; false when it was seen already. Throws when it is early.</summary>
    public static bool IsNew(string what, int seen, int version) =>
        version <= seen ? false : version == seen + 1 ? true : throw new EarlyFactException(what, seen + 1, version);
}
