using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>Clearance's own copies of packages and of the pictures they name: fetched once by digest, checked, and read from then on.</summary>
public sealed class PackageStore(ClearanceDb db, IHttpClientFactory http)
{
    /// <summary>Fetches the bytes, unless they are here, and adds them to what is saved next.</summary>
    /// <exception cref="HttpRequestException">Drafting does not answer, or has no such package or picture.</exception>
    /// <exception cref="InvalidDataException">What came is not what the digest names.</exception>
    public async Task<ReleasePackage> KeepAsync(string digest, CancellationToken ct)
    {
        if (await db.Packages.AsNoTracking().SingleOrDefaultAsync(p => p.Digest == digest, ct) is { } kept) return Read(kept.Bytes);

        using var drafting = http.CreateClient("clearance>drafting");
        var bytes = await FetchAsync(drafting, "packages", digest, ct);
        var package = Read(bytes);
        db.Packages.Add(new PackageCopy(digest, bytes));
        foreach (var item in package.Media.DistinctBy(m => m.Digest))
            if (!await db.Media.AnyAsync(m => m.Digest == item.Digest, ct))
                db.Media.Add(new MediaCopy(item.Digest, await FetchAsync(drafting, "media", item.Digest, ct)));
        return package;
    }

    /// <summary>A picture of a package; null when the package names no such picture.</summary>
    public async Task<(string Type, byte[] Bytes)?> PictureAsync(string packageDigest, string digest, CancellationToken ct) =>
        (await ReadAsync(packageDigest, ct)).Media.FirstOrDefault(m => m.Digest == digest) is { } named
            ? (named.Type, (await db.Media.AsNoTracking().SingleAsync(m => m.Digest == digest, ct)).Bytes)
            : null;

    private static async Task<byte[]> FetchAsync(HttpClient drafting, string what, string digest, CancellationToken ct)
    {
        var bytes = await drafting.GetByteArrayAsync(new Uri($"api/drafting/{what}/{digest}", UriKind.Relative), ct);
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == digest
            ? bytes
            : throw new InvalidDataException($"The bytes that Drafting gave out under {what}/{digest} have another digest.");
    }

    public async Task<ReleasePackage> ReadAsync(string digest, CancellationToken ct) =>
        Read((await db.Packages.AsNoTracking().SingleAsync(p => p.Digest == digest, ct)).Bytes);

    internal static ReleasePackage Read(byte[] bytes)
    {
        var package = CanonicalJson.Parse<ReleasePackage>(bytes);
        return package.Type == ReleasePackage.V1 ? package : throw new InvalidDataException($"{package.Type} is no package this program knows.");
    }
}
