using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Publishing.Domain;

namespace WorkflowPlatform.Publishing.Features;

/// <summary>Publishing's own copies of packages and of the pictures they name: fetched once by digest when the permit comes, so that a release needs nobody else.</summary>
public sealed class PackageStore(PublishingDb db, IHttpClientFactory http)
{
    /// <summary>What is known of a package; a new row, not yet added, when nothing is.</summary>
    public async Task<PackageCopy> FindAsync(string digest, CancellationToken ct) =>
        await db.Packages.SingleOrDefaultAsync(p => p.Digest == digest, ct) ?? new PackageCopy { Digest = digest };

    /// <summary>The bytes of a kept package, and whether it is wanted back.</summary>
    /// <param name="atHand">The bytes, if they were read before.</param>
    public async Task<(byte[] Bytes, Recall? Recall)> ReadAsync(string digest, byte[]? atHand, CancellationToken ct)
    {
        var kept = db.Packages.AsNoTracking().Where(p => p.Digest == digest);
        var row = await (atHand is null ? kept : kept.Select(p => new PackageCopy
        {
            Digest = p.Digest, WithdrawalHeardAt = p.WithdrawalHeardAt, RevocationId = p.RevocationId, RevocationReason = p.RevocationReason,
        })).SingleOrDefaultAsync(ct);
        return (row is null ? [] : atHand ?? row.Bytes ?? [], row?.Recall);
    }

    /// <exception cref="HttpRequestException">Drafting does not answer, or has no such package.</exception>
    /// <exception cref="InvalidDataException">What came is not what the digest names.</exception>
    public async Task<byte[]> FetchAsync(string digest, CancellationToken ct)
    {
        using var drafting = http.CreateClient("publishing>drafting");
        return await FetchAsync(drafting, "packages", digest, ct);
    }

    /// <summary>The pictures that a package names, in its order: those that are here, and the others from Drafting.</summary>
    /// <exception cref="HttpRequestException">Drafting does not answer, or has no such picture.</exception>
    /// <exception cref="InvalidDataException">What came is not what the package names.</exception>
    public async Task<IReadOnlyList<MediaCopy>> FetchPicturesAsync(ReleasePackage package, CancellationToken ct)
    {
        using var drafting = http.CreateClient("publishing>drafting");
        var pictures = new List<MediaCopy>();
        foreach (var item in package.Media)
            pictures.Add(
                pictures.FirstOrDefault(p => p.Digest == item.Digest)
                ?? await db.Media.SingleOrDefaultAsync(m => m.Digest == item.Digest, ct)
                ?? new MediaCopy(item.Digest, await FetchAsync(drafting, "media", item.Digest, ct)));
        return pictures;
    }

    /// <summary>The pictures' bytes in the order in which the package names them, as they lie here; one that is missing is missing.</summary>
    public async Task<IReadOnlyList<byte[]>> PicturesAsync(ReleasePackage? package, CancellationToken ct)
    {
        if (package is null or { Media: [] }) return [];
        var digests = package.Media.Select(m => m.Digest).ToList();
        var kept = await db.Media.AsNoTracking().Where(m => digests.Contains(m.Digest)).ToDictionaryAsync(m => m.Digest, m => m.Bytes, ct);
        return [.. digests.Where(kept.ContainsKey).Select(digest => kept[digest])];
    }

    /// <summary>Adds them to what is saved next.</summary>
    public void Keep(PackageCopy copy, params IEnumerable<MediaCopy> pictures)
    {
        if (db.Entry(copy).State is EntityState.Detached) db.Packages.Add(copy);
        foreach (var picture in pictures.Where(picture => db.Entry(picture).State is EntityState.Detached)) db.Media.Add(picture);
    }

    public static string DigestOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static async Task<byte[]> FetchAsync(HttpClient drafting, string what, string digest, CancellationToken ct)
    {
        var bytes = await drafting.GetByteArrayAsync(new Uri($"api/drafting/{what}/{digest}", UriKind.Relative), ct);
        return DigestOf(bytes) == digest ? bytes : throw new InvalidDataException($"The bytes that Drafting gave out under {what}/{digest} have another digest.");
    }

    /// <summary>Null when the bytes are no package.</summary>
    public static ReleasePackage? Read(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return CanonicalJson.Parse<ReleasePackage>(bytes);
        }
        catch (CanonicalJsonException)
        {
            return null;
        }
    }
}
