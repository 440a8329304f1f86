using System.Diagnostics;
using System.Runtime.CompilerServices;
using Shouldly;

namespace WorkflowPlatform.Testing;

/// <summary>Waits for what will be true soon, by asking again until it is or the deadline has passed. Tests never sleep.</summary>
public static class Eventually
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Until the condition holds; a condition that throws does not hold yet, and the last throw is told.</summary>
    public static async Task Be(
        Func<Task<bool>> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string? claim = null)
    {
        var (watch, limit, pause) = (Stopwatch.StartNew(), within ?? Deadline, TimeSpan.FromMilliseconds(5));
        while (true)
        {
            Exception? last = null;
            try
            {
                if (await condition()) return;
            }
            catch (Exception fault)
            {
                last = fault;
            }
            if (watch.Elapsed > limit)
                throw new ShouldAssertException($"Within {limit.TotalSeconds:0.#} s this did not come true: {claim}{(last is null ? "" : $"{Environment.NewLine}Last failure: {last.Message}")}", last);
            await Task.Delay(pause);
            if (pause < TimeSpan.FromMilliseconds(100)) pause *= 1.5;
        }
    }

    public static Task Be(Func<bool> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string? claim = null) =>
        Be(() => Task.FromResult(condition()), within, claim);

    /// <summary>Until the assertion passes.</summary>
    public static Task Passes(Func<Task> assertion, TimeSpan? within = null, [CallerArgumentExpression(nameof(assertion))] string? claim = null) =>
        Be(async () =>
        {
            await assertion();
            return true;
        }, within, claim);

    /// <summary>The first value that satisfies the condition; a failure tells the last that did not.</summary>
    public static async Task<T> Get<T>(
        Func<Task<T>> read, Func<T, bool> condition, TimeSpan? within = null, [CallerArgumentExpression(nameof(condition))] string? claim = null)
    {
        T value = default!;
        try
        {
            await Be(async () => condition(value = await read()), within, claim);
        }
        catch (ShouldAssertException late)
        {
            throw new ShouldAssertException($"{late.Message}{Environment.NewLine}Last value: {value}", late);
        }
        return value;
    }
}
