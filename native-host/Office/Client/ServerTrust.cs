using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Contracts;

namespace Office.Client;

/// <summary>
/// Decides whether a certificate is the office's: a leaf signed by the root that it carries, whose key is pinned, whatever its names, as that
/// root signs for this office alone; or, without pins, a public authority's for this hostname. Before an invitation has said which, it takes note only.
/// </summary>
internal sealed class ServerTrust
{
    private readonly Func<IReadOnlyList<Hash>>? _pins;
    private Hash? _seen;
    private bool _isPublic;

    private ServerTrust(Func<IReadOnlyList<Hash>>? pins) => _pins = pins;

    /// <summary>Whether it is a public authority's certificate that is asked for.</summary>
    public bool IsPublic => _pins?.Invoke() is { Count: 0 };

    /// <summary>Whether a certificate was refused since <see cref="Begin"/>.</summary>
    public bool HasRefused { get; private set; }

    /// <summary>Takes a server with one of these keys; none means a public authority.</summary>
    public static ServerTrust In(IReadOnlyList<Hash> pins) => new(() => pins);

    /// <summary>Takes a server with one of the keys that are known when a connection begins, on whatever thread.</summary>
    public static ServerTrust In(Func<IReadOnlyList<Hash>> pins) => new(pins);

    /// <summary>Takes any server, and notes what it showed: nothing may be sent but what anybody may know, until <see cref="Fits"/>.</summary>
    public static ServerTrust Unknown() => new(null);

    /// <summary>The hash by which a key is pinned: SHA-256 of its subject public key info.</summary>
    public static Hash PinOf(X509Certificate2 certificate) => Hash.Of(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    /// <summary>Whether what was shown to a trust in nobody fits the pins that an invitation names.</summary>
    public bool Fits(IReadOnlyList<Hash> pins) => pins.Count == 0 ? _isPublic : (_seen is { } seen && pins.Contains(seen));

    /// <summary>Another address is asked, or the same once more: what one showed says nothing of the next.</summary>
    public void Begin() => HasRefused = false;

    /// <summary>The callback of the TLS connection.</summary>
    public bool Judge(X509Certificate2? leaf, SslPolicyErrors errors)
    {
        var accepts = leaf is not null && Accepts(leaf, errors);
        HasRefused = !accepts;
        return accepts;
    }

    private bool Accepts(X509Certificate2 leaf, SslPolicyErrors errors)
    {
        var pins = _pins?.Invoke();
        if (pins is { Count: 0 })
        {
            return errors == SslPolicyErrors.None;
        }
        using var root = OfficeRoot.Of(leaf);
        Hash? pin = root is not null && IsSignedBy(leaf, root) ? PinOf(root) : null;
        if (pins is null)
        {
            (_isPublic, _seen) = (errors == SslPolicyErrors.None, pin);
            return true;
        }
        return pin is { } proven && pins.Contains(proven);
    }

    private static bool IsSignedBy(X509Certificate2 leaf, X509Certificate2 root)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        return chain.Build(leaf);
    }
}
