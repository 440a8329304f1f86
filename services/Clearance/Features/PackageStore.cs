using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Clearance.Data;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Clearance.Features;

/// <summary>Clearance's own copies of packages: fetched once by digest, checked, and read from then on.</summary>
public sealed class PackageStore(ClearanceDb db, IHttpClientFactory http)
{
    /// <summary>Fetches the bytes, unless they are here, and adds them to what is saved next.</summary>
    /// <exception cref="HttpRequestException">Drafting does not answer, or has no such package.</exception>
    /// <exception cref="InvalidDataException">What came is not what the digest names.</exception>
    public async Task<ReleasePackage> KeepAsync(string digest, CancellationToken ct)
    {
        if (await db.Packages.AsNoTracking().SingleOrDefaultAsync(p => p.Digest == digest, ct) is { } kept) return Read(kept.Bytes);

        using var drafting = http.CreateClient("clearance>drafting");
        var bytes = await drafting.GetByteArrayAsync(new Uri($"api/drafting/packages/{digest}", UriKind.Relative), ct);
        if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != digest)
            throw new InvalidDataException($"The bytes that Drafting gave out for package {digest} have another digest.");
        db.Packages.Add(new PackageCopy(digest, bytes));
        return Read(bytes);
    }

    public async Task<ReleasePackage> ReadAsync(string digest, CancellationToken ct) =>
        Read((await db.Packages.AsNoTracking().SingleAsync(p => p.Digest == digest, ct)).Bytes);

    internal static ReleasePackage Read(byte[] bytes)
    {
        var package = CanonicalJson.Parse<ReleasePackage>(bytes);
        return package.Type == ReleasePackage.V1 ? package : throw new InvalidDataException($"{package.Type} is no package this program knows.");
    }
}
