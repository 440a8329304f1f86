using System.Diagnostics;

namespace WorkflowPlatform.ServiceProcess;

/// <summary>Listens to the steps that the platform passes, and at an armed one kills its own process at once: nothing is flushed, nobody is told.</summary>
internal sealed class FailPoint : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private volatile string? armed;
    private int left;

    public FailPoint() => DiagnosticListener.AllListeners.Subscribe(this);

    /// <param name="step">One of the platform's named steps.</param>
    /// <param name="time">1: the next time it is passed.</param>
    public void Arm(string step, int time) => (left, armed) = (time, step);

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == "WorkflowPlatform.Steps") value.Subscribe(this, step => step == armed);
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (Interlocked.Decrement(ref left) == 0) Process.GetCurrentProcess().Kill(); // SIGKILL: returns to nobody.
    }

    void IObserver<DiagnosticListener>.OnCompleted() { }

    void IObserver<DiagnosticListener>.OnError(Exception error) { }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted() { }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error) { }
}
