using System.Diagnostics;

namespace WorkflowPlatform.Publishing.Tests;

/// <summary>Steps in where the platform tells that it has passed a step: for the hosts that are started after it in the same test, and no others.</summary>
internal sealed class Interruption : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private static readonly AsyncLocal<Func<string, bool>?> Here = new();

    static Interruption() => DiagnosticListener.AllListeners.Subscribe(new Interruption());

    /// <summary>Throws at the first step for which <paramref name="falls"/> says so, as if the process ended there.</summary>
    public static void At(Func<string, bool> falls) => Here.Value = falls;

    public static void None() => Here.Value = null;

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == "WorkflowPlatform.Steps") value.Subscribe(this);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (Here.Value?.Invoke(value.Key) == true) throw new InvalidOperationException($"The process ends here: {value.Key}.");
    }

    public void OnCompleted() { }

    public void OnError(Exception error) { }
}
