using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Contracts;
using Server.Storage;

namespace Server.Tls;

/// <summary>
/// The office's root key, made once and kept in the data folder for all app servers, and this app server's leaf from it, which is
/// made anew at each start and before it runs out. Hosts know the server by the root key (sharing.md, "Invitation": pin).
/// </summary>
internal sealed class OfficeCertificates : IDisposable
{
    private const string KeyFile = "office-root.key";
    private const string CertificateFile = "office-root.crt";
    private const int RootYears = 20;
    private const int SerialBytes = 16;

    private static readonly TimeSpan LeafLasts = TimeSpan.FromDays(90);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    /// <summary>Clocks of hosts differ.</summary>
    private static readonly TimeSpan ValidBefore = TimeSpan.FromDays(1);

    private readonly X509Certificate2 _root;
    private readonly IReadOnlyCollection<string> _names;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private (SslStreamCertificateContext Context, DateTimeOffset RenewAt)? _leaf;

    private OfficeCertificates(X509Certificate2 root, IReadOnlyCollection<string> names, TimeProvider clock)
    {
        _root = root;
        _names = names;
        _clock = clock;
    }

    /// <summary>SHA-256 of the root key's subject public key info.</summary>
    public Hash Pin => Hash.Of(_root.PublicKey.ExportSubjectPublicKeyInfo());

    /// <summary>Called when a leaf was made, with the time until which it is good.</summary>
    public Action<DateTimeOffset> LeafMade { get; set; } = _ => { };

    /// <summary>Reads the root key, or makes one.</summary>
    /// <param name="dataFolder">Where it lies.</param>
    /// <param name="names">Host names and addresses for the leaf.</param>
    /// <param name="clock">The clock.</param>
    public static OfficeCertificates Open(string dataFolder, IReadOnlyCollection<string> names, TimeProvider clock)
    {
        var keyPath = Path.Combine(dataFolder, KeyFile);
        var certificatePath = Path.Combine(dataFolder, CertificateFile);
        if (!File.Exists(keyPath) || !File.Exists(certificatePath))
        {
            MakeRoot(keyPath, certificatePath, clock.GetUtcNow());
        }
        using var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(keyPath));
        using var certificate = X509Certificate2.CreateFromPem(File.ReadAllText(certificatePath));
        return new OfficeCertificates(certificate.CopyWithPrivateKey(key), names, clock);
    }

    /// <summary>What the next connection is greeted with.</summary>
    public SslStreamCertificateContext Current()
    {
        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            if (_leaf is not { } leaf || leaf.RenewAt <= now)
            {
                // The one before may still be in use by connections that began with it.
                _leaf = leaf = (MakeLeaf(now), now + LeafLasts - RenewBefore);
                LeafMade(now + LeafLasts);
            }
            return leaf.Context;
        }
    }

    public void Dispose() => _root.Dispose();

    private static void MakeRoot(string keyPath, string certificatePath, DateTimeOffset now)
    {
        if (File.Exists(keyPath) || File.Exists(certificatePath))
        {
            // Half of a root is what a person should look at: a new one would lock all hosts out.
            throw new InvalidDataException($"one of {keyPath} and {certificatePath} is missing; put it back from a backup");
        }
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Latchkey office root", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, true, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var root = request.CreateSelfSigned(now - ValidBefore, now.AddYears(RootYears));
        PrivateFile.Write(certificatePath, System.Text.Encoding.ASCII.GetBytes(root.ExportCertificatePem()));
        PrivateFile.Write(keyPath, System.Text.Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
    }

    private SslStreamCertificateContext MakeLeaf(DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Latchkey share server", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        request.CertificateExtensions.Add(AlternativeNames());
        request.CertificateExtensions.Add(OfficeRoot.In(_root));
        using var made = request.Create(_root, now - ValidBefore, now + LeafLasts, RandomNumberGenerator.GetBytes(SerialBytes));
        var leaf = made.CopyWithPrivateKey(key);
        return SslStreamCertificateContext.Create(leaf, null, offline: true);
    }

    private X509Extension AlternativeNames()
    {
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in _names)
        {
            if (IPAddress.TryParse(name, out var address))
            {
                names.AddIpAddress(address);
            }
            else
            {
                names.AddDnsName(name);
            }
        }
        return names.Build();
    }
}
