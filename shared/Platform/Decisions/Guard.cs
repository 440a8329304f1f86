namespace WorkflowPlatform.Platform.Decisions;

/// <summary>One check in an ordered list: refuses, or lets pass.</summary>
/// <remarks>
/// A guarded rule keeps its checks as data so that a test can take out one at a time and see a named test fail.
/// The product always runs the whole list: only an internal overload takes another.
/// </remarks>
/// <param name="Name">What the list, its tests and its documentation call it.</param>
/// <param name="Check">Null when the subject passes.</param>
public sealed record Guard<T>(string Name, Func<T, Refusal?> Check);

/// <summary>Runs guards in their order; the first refusal ends it.</summary>
public static class Guards
{
    public static Refusal? FirstRefusal<T>(this IReadOnlyList<Guard<T>> guards, T subject) =>
        guards.Select(guard => guard.Check(subject)).FirstOrDefault(refusal => refusal is not null);
}
