namespace WorkflowPlatform.Standalone.Demonstration;

/// <summary>One post of the demonstration: who writes it where, how many days ago, and what becomes of it.</summary>
/// <param name="Fate">released, returned, withdrawn, lapsed, held, scheduled, crafting or waiting.</param>
internal sealed record DemonstrationPost(
    int Day, string Mission, string Person, string Language, string Text, string Fate, string? Reason = null, string? Comment = null)
{
    public const int Days = 100;
}
