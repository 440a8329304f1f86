using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using WorkflowPlatform.Platform.Signing;

namespace WorkflowPlatform.Registry.Issuer;

/// <summary>The key behind the tokens of this process: everybody may have its public half, only this signs.</summary>
internal sealed class TokenKey : IDisposable
{
    private readonly IDisposable key;
    private readonly Func<byte[], byte[]> sign;

    private TokenKey(IDisposable key, string keyId, ECDsa publicHalf, Func<byte[], byte[]> sign)
    {
        (this.key, this.sign) = (key, sign);
        var point = publicHalf.ExportParameters(includePrivateParameters: false).Q;
        Public = new JsonWebKey
        {
            Kty = JsonWebAlgorithmsKeyTypes.EllipticCurve, Crv = JsonWebKeyECTypes.P256, Use = JsonWebKeyUseNames.Sig, Alg = SecurityAlgorithms.EcdsaSha256,
            Kid = keyId, X = Base64UrlEncoder.Encode(point.X!), Y = Base64UrlEncoder.Encode(point.Y!),
        };
    }

    public JsonWebKey Public { get; }

    /// <summary>A key that lasts, in a file that only its owner can read; made when there is none.</summary>
    public static TokenKey Kept(string folder)
    {
        var key = SigningKey.OpenOrCreate(folder);
        using var publicHalf = ECDsa.Create();
        publicHalf.ImportFromPem(key.PublicPem);
        return new TokenKey(key, key.KeyId, publicHalf, data => key.Sign(data));
    }

    /// <summary>A key that ends with the process and was never written down.</summary>
    public static TokenKey Passing()
    {
        var (key, signing) = (ECDsa.Create(ECCurve.NamedCurves.nistP256), new Lock());
        return new TokenKey(key, "in-process", key, data =>
        {
            lock (signing) return key.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        });
    }

    /// <summary>ES256.</summary>
    public byte[] Sign(byte[] data) => sign(data);

    public void Dispose() => key.Dispose();
}
