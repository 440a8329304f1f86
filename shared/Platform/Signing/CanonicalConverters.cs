using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WorkflowPlatform.Platform.Signing;

/// <summary>Keeps the serializer from replacing half a surrogate pair by U+FFFD, which it does without a word.</summary>
internal sealed class TextConverter : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(Whole(value));

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    public override void WriteAsPropertyName(Utf8JsonWriter writer, [DisallowNull] string value, JsonSerializerOptions options) =>
        writer.WritePropertyName(Whole(value));

    private static string Whole(string text) =>
        CanonicalText.HasHalfPair(text) ? throw new RefusedValueException(CanonicalText.HalfPair) : text;
}

/// <summary>Gives an instant one spelling: UTC, whole milliseconds.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String
        && DateTimeOffset.TryParseExact(reader.GetString(), Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : throw new RefusedValueException("not an instant in UTC with milliseconds");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        // Cutting it off would be a silent change; the platform's clock gives whole milliseconds.
        if (value.UtcTicks % TimeSpan.TicksPerMillisecond != 0) throw new RefusedValueException("an instant finer than a millisecond");
        writer.WriteStringValue(value.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture));
    }
}

/// <summary>Gives an id one spelling: lower case with hyphens.</summary>
internal sealed class IdConverter : JsonConverter<Guid>
{
    public override Guid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && reader.GetString() is { } text && Guid.TryParseExact(text, "D", out var id) && id.ToString("D") == text
            ? id
            : throw new RefusedValueException("not a lower-case UUID");

    public override void Write(Utf8JsonWriter writer, Guid value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}

/// <summary>Writes enums by name, and reads exactly those names: no numbers, no other case, no lists.</summary>
internal sealed class NameConverterFactory : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(NameConverter<>).MakeGenericType(typeToConvert))!;

    private sealed class NameConverter<T> : JsonConverter<T> where T : struct, Enum
    {
        private readonly Dictionary<string, T> values = Enum.GetNames<T>().ToDictionary(name => name, Enum.Parse<T>, StringComparer.Ordinal);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType is JsonTokenType.String && values.TryGetValue(reader.GetString()!, out var value)
                ? value
                : throw new RefusedValueException($"no name of {typeof(T).Name}");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(Enum.GetName(value) ?? throw new RefusedValueException($"a value without a name in {typeof(T).Name}"));
    }
}

/// <summary>Refuses a type by itself, not only its awkward values: 5.0 would pass as an integer and 5.5 fail months later.</summary>
internal sealed class NoConverter<T> : JsonConverter<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw Refused();

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => throw Refused();

    private static RefusedValueException Refused() => new($"a {typeof(T).Name}, which has no canonical form here");
}
