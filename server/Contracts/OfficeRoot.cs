using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Contracts;

/// <summary>
/// The office's root certificate inside of the server's own. A host knows only the hash of the root's key (the pin), and TLS
/// servers of the platform do not send a root along: so each leaf carries the certificate of its root as an extension.
/// </summary>
public static class OfficeRoot
{
    /// <summary>The extension; its value is the root certificate in DER. An OID from a UUID (ITU-T X.667).</summary>
    public const string Extension = "2.25.141452433605291207254367288787421794148";

    private const int MostBytes = 4096;

    /// <summary>Makes the extension for a leaf.</summary>
    public static X509Extension In(X509Certificate2 root) => new(Extension, root.RawDataMemory.ToArray(), critical: false);

    /// <summary>The root certificate that a leaf carries. Proves nothing: hold its key against the pin, and the leaf against it.</summary>
    /// <returns><see langword="null"/> if it carries none, or what it carries is no certificate.</returns>
    public static X509Certificate2? Of(X509Certificate2 leaf)
    {
        var extension = leaf.Extensions.FirstOrDefault(extension => extension.Oid?.Value == Extension);
        if (extension is null || extension.RawData.Length > MostBytes)
        {
            return null;
        }
        try
        {
            return X509CertificateLoader.LoadCertificate(extension.RawData);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
