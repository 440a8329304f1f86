namespace WorkflowPlatform.Platform.Hosting;

/// <summary>A module will not start with these settings; the message tells the operator which, why, and what to do.</summary>
public sealed class SettingsException(string message) : Exception(message);
