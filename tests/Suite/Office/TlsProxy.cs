using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Suite.Shares;

/// <summary>A proxy that ends TLS with a certificate of its own, and checks the server behind it by the office's root.</summary>
internal sealed class TlsProxy(X509Certificate2 certificate) : Wire
{
    /// <summary>What the next connection is greeted with.</summary>
    public X509Certificate2 Certificate { get; set; } = certificate;

    /// <summary>The file <c>office-root.crt</c> of the server.</summary>
    public string RootFile { get; set; } = "";

    protected override async Task CarryAsync(NetworkStream client, NetworkStream server, CancellationToken end)
    {
        await using var front = new SslStream(client);
        await front.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(Certificate, null, offline: true) }, end);
        await using var back = new SslStream(server);
        using var root = X509CertificateLoader.LoadCertificateFromFile(RootFile);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(root);
        await back.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = policy }, end);
        await Task.WhenAny(front.CopyToAsync(back, end), back.CopyToAsync(front, end));
    }
}
