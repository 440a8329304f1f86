using System.Text.Json;

namespace WorkflowPlatform.Platform.Signing;

/// <summary>Gives a value exactly one sequence of bytes, so that a digest or a signature of it means the same to everybody.</summary>
/// <remarks>
/// RFC 8785 (JSON Canonicalization Scheme) limited to strings, booleans, null, integers within ±(2^53−1), arrays and objects.
/// Text is checked, never changed. The bytes are made once and then kept, shipped and hashed as they are: nothing re-serialises.
/// Messages say what is wrong and where, never the text itself: it may be under embargo, and messages end in logs.
/// </remarks>
public static class CanonicalJson
{
    /// <summary>How a .NET value becomes JSON here: strict, camelCase, enums by name, instants in UTC, every member written.</summary>
    /// <remarks>Used alone it checks types and half surrogate pairs; order, normalization and ranges are what <see cref="Serialize{T}"/> adds.</remarks>
    public static JsonSerializerOptions Options { get; } = MakeOptions();

    public static byte[] Serialize<T>(T value)
    {
        try
        {
            // By the value's own type: by an interface such as IFact only the interface's members would be written.
            return Serialize(JsonSerializer.SerializeToElement(value, value?.GetType() ?? typeof(T), Options));
        }
        catch (JsonException e)
        {
            throw Refused(e, "a required member is null, or the value nests too deep", InJson(e.Path));
        }
    }

    public static byte[] Serialize(JsonElement element) => new CanonicalWriter().Write(element);

    /// <summary>Reads what <see cref="Serialize{T}"/> wrote and refuses everything else.</summary>
    public static T Parse<T>(ReadOnlySpan<byte> canonical)
    {
        var again = Serialize(ReadStrictly(canonical));
        if (!canonical.SequenceEqual(again))
            throw new CanonicalJsonException($"not canonical from byte {canonical.CommonPrefixLength(again)} on (order, spacing, escapes or number form)", "$");
        try
        {
            return JsonSerializer.Deserialize<T>(canonical, Options) ?? throw new CanonicalJsonException("null where a value belongs", "$");
        }
        catch (JsonException e)
        {
            throw Refused(e, $"does not fit {typeof(T).Name} (a member is unknown, missing, null or of the wrong kind)", e.Path);
        }
    }

    private static JsonElement ReadStrictly(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonElement.Parse(json);
        }
        catch (JsonException e)
        {
            throw new CanonicalJsonException($"not JSON, or more than one value (line {e.LineNumber + 1}, byte {e.BytePositionInLine})", "$");
        }
    }

    // The cause is left out on purpose: its message may quote the text.
    private static CanonicalJsonException Refused(JsonException e, string otherwise, string? path) =>
        new(e is RefusedValueException ? e.Message : otherwise, path ?? "$");

    // On the way out the serializer's path has the members' .NET names.
    private static string? InJson(string? path) =>
        path is null ? null : string.Join('.', path.Split('.').Select(Options.PropertyNamingPolicy!.ConvertName));

    private static JsonSerializerOptions MakeOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Strict)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            Converters =
            {
                new TextConverter(), new InstantConverter(), new IdConverter(), new NameConverterFactory(),
                new NoConverter<double>(), new NoConverter<float>(), new NoConverter<Half>(), new NoConverter<decimal>(),
                new NoConverter<char>(), new NoConverter<DateTime>(), new NoConverter<Uri>(),
            },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
