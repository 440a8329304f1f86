using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using WorkflowPlatform.Contracts;
using WorkflowPlatform.Platform.Signing;
using WorkflowPlatform.Publishing.Data;
using WorkflowPlatform.Publishing.Domain;

namespace WorkflowPlatform.Publishing.Features;

/// <summary>Publishing's own copies of packages: fetched once by digest when the permit comes, so that a release needs nobody else.</summary>
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
        var bytes = await drafting.GetByteArrayAsync(new Uri($"api/drafting/packages/{digest}", UriKind.Relative), ct);
        return DigestOf(bytes) == digest ? bytes : throw new InvalidDataException($"The bytes that Drafting gave out for package {digest} have another digest.");
    }

    /// <summary>Adds it to what is saved next.</summary>
    public void Keep(PackageCopy copy)
    {
        if (db.Entry(copy).State is EntityState.Detached) db.Packages.Add(copy);
    }

    public static string DigestOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

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
