using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace WorkflowPlatform.Platform.Signing;

/// <summary>Writes one JSON value in the one way that RFC 8785 leaves, and remembers where it is in case it must refuse.</summary>
internal sealed class CanonicalWriter
{
    private const int MaxDepth = 64; // The serializer's own limit.
    private const long LargestInteger = (1L << 53) - 1; // RFC 7493 section 2.2: what every reader can hold exactly.
    private const int LongestInteger = 20;

    private static readonly SearchValues<char> Escaped =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\']);

    // In ASCII, a token without a backslash is canonical as it stands; quotation marks can only be its two ends.
    private static readonly SearchValues<byte> Plain =
        SearchValues.Create([.. Enumerable.Range(0x20, 0x60).Where(c => c != '\\').Select(c => (byte)c)]);

    private readonly ArrayBufferWriter<byte> output = new(1024);
    private readonly List<(string? Name, int Index)> path = [];

    public byte[] Write(JsonElement element)
    {
        Value(element);
        return output.WrittenSpan.ToArray();
    }

    private void Value(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object: Object(element); break;
            case JsonValueKind.Array: Array(element); break;
            case JsonValueKind.String: Text(element); break;
            case JsonValueKind.Number: Integer(element); break;
            case JsonValueKind.True: output.Write("true"u8); break;
            case JsonValueKind.False: output.Write("false"u8); break;
            case JsonValueKind.Null: output.Write("null"u8); break;
            default: throw Refuse("no value at all");
        }
    }

    private void Object(JsonElement element)
    {
        var members = new (string Name, JsonElement Value)[element.GetPropertyCount()];
        var count = 0;
        foreach (var member in element.EnumerateObject()) members[count++] = (Read(member), member.Value);
        members.AsSpan().Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name)); // By UTF-16 code units: section 3.2.3.

        Byte('{');
        for (var i = 0; i < count; i++)
        {
            if (i > 0) Byte(',');
            if (i > 0 && members[i].Name == members[i - 1].Name) throw Refuse("a member that comes twice", members[i].Name);
            Text(members[i].Name);
            Byte(':');
            Enter(members[i].Name, 0);
            Value(members[i].Value);
            Leave();
        }
        Byte('}');
    }

    private void Array(JsonElement element)
    {
        var index = 0;
        Byte('[');
        foreach (var item in element.EnumerateArray())
        {
            if (index > 0) Byte(',');
            Enter(null, index++);
            Value(item);
            Leave();
        }
        Byte(']');
    }

    private void Integer(JsonElement element)
    {
        if (!element.TryGetInt64(out var integer))
            throw Refuse(JsonMarshal.GetRawUtf8Value(element).ContainsAny(".eE"u8) ? "a number that is no plain integer" : "an integer beyond 2^53-1");
        if (integer is < -LargestInteger or > LargestInteger) throw Refuse("an integer beyond 2^53-1");
        Utf8Formatter.TryFormat(integer, output.GetSpan(LongestInteger), out var length);
        output.Advance(length);
    }

    private void Text(JsonElement text)
    {
        var token = JsonMarshal.GetRawUtf8Value(text);
        if (token.ContainsAnyExcept(Plain)) Text(Read(text));
        else output.Write(token);
    }

    private void Text(string text)
    {
        if (CanonicalText.Flaw(text) is { } flaw) throw Refuse(flaw);
        Byte('"');
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            var plain = rest.IndexOfAny(Escaped) is var at and >= 0 ? at : rest.Length;
            Encoding.UTF8.GetBytes(rest[..plain], output);
            if (plain < rest.Length) Escape(rest[plain++]);
            rest = rest[plain..];
        }
        Byte('"');
    }

    // Section 3.2.2.2: the short form where there is one, else lower-case hexadecimal; nothing else is escaped.
    private void Escape(char c)
    {
        Byte('\\');
        switch (c)
        {
            case '\b': Byte('b'); break;
            case '\t': Byte('t'); break;
            case '\n': Byte('n'); break;
            case '\f': Byte('f'); break;
            case '\r': Byte('r'); break;
            case '"' or '\\': Byte(c); break;
            default:
                output.Write("u00"u8);
                Byte((char)('0' + (c >> 4)));
                Byte("0123456789abcdef"[c & 0xF]);
                break;
        }
    }

    private void Byte(char ascii)
    {
        output.GetSpan(1)[0] = (byte)ascii;
        output.Advance(1);
    }

    private string Read(JsonElement text)
    {
        try { return text.GetString()!; }
        catch (InvalidOperationException) { throw Refuse(CanonicalText.HalfPair + " or a broken UTF-8 sequence"); }
    }

    private string Read(JsonProperty member)
    {
        try { return member.Name; }
        catch (InvalidOperationException) { throw Refuse("a member name: " + CanonicalText.HalfPair + " or a broken UTF-8 sequence"); }
    }

    private void Enter(string? name, int index)
    {
        if (path.Count == MaxDepth) throw Refuse("nesting deeper than 64 levels");
        path.Add((name, index));
    }

    private void Leave() => path.RemoveAt(path.Count - 1);

    private CanonicalJsonException Refuse(string problem, string? member = null)
    {
        var where = string.Concat(path.Select(step => step.Name is null ? $"[{step.Index}]" : "." + step.Name));
        return new(problem, "$" + where + (member is null ? "" : "." + member));
    }
}
