using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xunit;

namespace WorkflowPlatform.Testing;

/// <summary>Keeps what a host logs, for tests that ask whether it was said, or that it was not; warnings and worse stand in the test's own output.</summary>
public sealed class LogBook : ILoggerProvider
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> lines = new();
    private readonly ITestOutputHelper? output = TestContext.Current.TestOutputHelper;

    /// <summary>All lines so far, with their exceptions.</summary>
    public IReadOnlyList<string> Lines => [.. lines.Select(line => line.Text)];

    public IReadOnlyList<string> At(LogLevel level) => [.. lines.Where(line => line.Level == level).Select(line => line.Text)];

    public ILogger CreateLogger(string categoryName) => new Book(this, categoryName);

    public void Dispose() { }

    private void Write(LogLevel level, string text)
    {
        lines.Enqueue((level, text));
        if (level < LogLevel.Warning) return;
        try
        {
            output?.WriteLine(text);
        }
        catch (InvalidOperationException)
        {
            // The test is over; whoever still speaks is not heard.
        }
    }

    private sealed class Book(LogBook book, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) book.Write(logLevel, $"{logLevel} {category}: {formatter(state, exception)}{(exception is null ? "" : Environment.NewLine + exception)}");
        }
    }
}
