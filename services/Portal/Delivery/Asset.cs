using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace WorkflowPlatform.Portal.Delivery;

/// <summary>The stylesheet or the script: inside the assembly, so that it is there in every host; named by its content, so that a browser asks for it once.</summary>
internal sealed partial class Asset
{
    private Asset(string file, string contentType, Func<string, string> shorten)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream($"WorkflowPlatform.Portal.Assets.{file}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        Text = shorten(reader.ReadToEnd());
        ContentType = contentType;
        Plain = Encoding.UTF8.GetBytes(Text);
        var hash = SHA256.HashData(Plain);
        Hash = Convert.ToHexStringLower(hash)[..12];
        ContentPolicyHash = $"'sha256-{Convert.ToBase64String(hash)}'";
        Name = $"{Hash}{Path.GetExtension(file)}";
        Brotli = Compressed(Plain, stream => new BrotliStream(stream, CompressionLevel.SmallestSize, leaveOpen: true));
        Gzip = Compressed(Plain, stream => new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true));
    }

    public static Asset Style { get; } = new("portal.css", "text/css; charset=utf-8", ShortenStyle);

    public static Asset Script { get; } = new("portal.js", "text/javascript; charset=utf-8", ShortenScript);

    public string Text { get; }
    public string Hash { get; }
    public string ContentPolicyHash { get; }
    public byte[] Brotli { get; }

    public string Url => $"/assets/{Name}";

    private string Name { get; }
    private string ContentType { get; }
    private byte[] Plain { get; }
    private byte[] Gzip { get; }

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/assets/{name}", (string name, HttpContext http) =>
    {
        if (new[] { Style, Script }.FirstOrDefault(asset => asset.Name == name) is not { } asset) return Results.NotFound();
        var accepted = http.Request.Headers.AcceptEncoding.ToString();
        var (encoding, bytes) = accepted.Contains("br", StringComparison.Ordinal) ? ("br", asset.Brotli) : accepted.Contains("gzip", StringComparison.Ordinal) ? ("gzip", asset.Gzip) : (null, asset.Plain);
        if (encoding is not null) http.Response.Headers.ContentEncoding = encoding;
        http.Response.Headers.Vary = "Accept-Encoding";
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(bytes, asset.ContentType);
    }).AllowAnonymous().ExcludeFromDescription();

    private static byte[] Compressed(byte[] plain, Func<Stream, Stream> compressor)
    {
        using var compressed = new MemoryStream();
        using (var stream = compressor(compressed)) stream.Write(plain);
        return compressed.ToArray();
    }

    private static string ShortenStyle(string css) =>
        AroundMarks().Replace(Spaces().Replace(Comments().Replace(css, ""), " "), "$1").Replace(";}", "}", StringComparison.Ordinal).Trim();

    private static string ShortenScript(string js) =>
        string.Join('\n', js.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)));

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comments();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@" ?([{};,]) ?")]
    private static partial Regex AroundMarks();
}
