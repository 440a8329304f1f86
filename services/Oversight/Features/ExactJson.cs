using System.Text.Json;
using System.Text.Json.Serialization;

namespace WorkflowPlatform.Oversight.Features;

/// <summary>JSON that is answered byte for byte as it is kept, so that its hash can be taken from the answer.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct ExactJson(byte[] Utf8)
{
    private sealed class Converter : JsonConverter<ExactJson>
    {
        public override ExactJson Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("Exact JSON is only answered.");

        public override void Write(Utf8JsonWriter writer, ExactJson value, JsonSerializerOptions options) => writer.WriteRawValue(value.Utf8);
    }
}
