using System.Text.Json;

namespace WorkflowPlatform.Platform.Signing;

/// <summary>Says why a value has no canonical form, or why bytes are not in it.</summary>
public sealed class CanonicalJsonException : Exception
{
    private const int LongestPath = 200;

    internal CanonicalJsonException(string problem, string path) : base($"Not canonical JSON at {Plain(path)}: {problem}.") => Path = Plain(path);

    /// <summary>Where, as a JSON path from <c>$</c>; it ends in an ellipsis where a member's name is not a plain one.</summary>
    public string Path { get; }

    // A name that is no identifier was not written by a programmer: it is somebody's text.
    private static string Plain(string path)
    {
        var plain = 0;
        while (plain < path.Length && plain < LongestPath && (char.IsAsciiLetterOrDigit(path[plain]) || "$._-[]".Contains(path[plain]))) plain++;
        return plain == path.Length ? path : path[..plain] + "…";
    }
}

/// <summary>A converter's no; the serializer adds the path to it.</summary>
internal sealed class RefusedValueException(string problem) : JsonException(problem);
