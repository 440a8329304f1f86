using System.Formats.Asn1;

namespace WorkflowPlatform.Clearance.Signing;

/// <summary>The two ways in which programs write an ECDSA signature on P-256.</summary>
internal static class EcdsaForms
{
    private const int Half = 32;

    /// <summary>The bytes as r and s side by side, in each way they can be read; a verification tells which is meant.</summary>
    public static IEnumerable<byte[]> Readings(byte[] answer)
    {
        if (answer.Length == 2 * Half) yield return answer;
        if (FromDer(answer) is { } sides) yield return sides;
    }

    /// <summary>RFC 3279 section 2.2.3: a sequence of two integers. Null when it is none.</summary>
    private static byte[]? FromDer(byte[] der)
    {
        try
        {
            var whole = new AsnReader(der, AsnEncodingRules.DER);
            var pair = whole.ReadSequence();
            var r = pair.ReadIntegerBytes().Span.TrimStart((byte)0);
            var s = pair.ReadIntegerBytes().Span.TrimStart((byte)0);
            if (pair.HasData || whole.HasData || r.Length > Half || s.Length > Half) return null;
            var sides = new byte[2 * Half];
            r.CopyTo(sides.AsSpan(Half - r.Length));
            s.CopyTo(sides.AsSpan(2 * Half - s.Length));
            return sides;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
