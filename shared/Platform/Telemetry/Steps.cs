using System.Diagnostics;

namespace WorkflowPlatform.Platform.Telemetry;

/// <summary>Tells whoever listens which step the platform has just passed; the steps between which a crash would be worst have names.</summary>
/// <remarks>A <see cref="DiagnosticListener"/> costs nothing while nobody subscribes. The product has no subscriber; a test host kills itself at one.</remarks>
public static class Steps
{
    /// <summary>The state and its fact are committed; the fact has not been sent.</summary>
    public const string Committed = "outbox.committed";

    /// <summary>The fact was sent; the outbox row is not marked.</summary>
    public const string Sent = "relay.sent";

    /// <summary>A consumer's work is committed; the message is not acknowledged.</summary>
    public const string ConsumerCommitted = "consumer.committed";

    /// <summary>The intent to release is committed; the network has not been called.</summary>
    public const string Intended = "release.intended";

    /// <summary>The network was called; the outcome is not recorded.</summary>
    public const string Called = "release.called";

    public static readonly IReadOnlyList<string> All = [Committed, Sent, ConsumerCommitted, Intended, Called];

    private static readonly DiagnosticListener Listener = new("WorkflowPlatform.Steps");

    public static void Passed(string step)
    {
        if (Listener.IsEnabled(step)) Listener.Write(step, null);
    }
}
