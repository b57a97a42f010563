using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Browsers.Site;

/// <summary>
/// The web site of <c>tests/pages</c>, served on this machine under any name: the drivers lead every name that ends
/// in <c>.test</c> here. What each page is and what is right on it stands in <c>tests/pages/README.md</c>.
/// </summary>
public sealed class TestSite : IAsyncDisposable
{
    private static readonly string PagesFolder = Path.Combine(AppContext.BaseDirectory, "pages");

    private readonly WebApplication _application;
    private int _plainPort;
    private int _securePort;

    private TestSite(WebApplication application, string userName, string password)
    {
        _application = application;
        UserName = userName;
        Password = password;
    }

    /// <summary>The user name that the site knows.</summary>
    public string UserName { get; }

    /// <summary>That user's password.</summary>
    public string Password { get; }

    /// <summary>
    /// What pages have sent to <c>/signin</c> and <c>/api/signin</c>, right or wrong, in order of arrival.
    /// </summary>
    public ConcurrentQueue<SignIn> SignIns { get; } = new();

    /// <summary>What the site knows about passkeys, as the relying party <c>shop.test</c> at several of its names.</summary>
    public PasskeySite Passkeys { get; private set; } = null!;

    /// <summary><c>http://127.0.0.1:PORT</c>, where filling is allowed although it is not encrypted.</summary>
    public string Loopback => $"http://127.0.0.1:{_plainPort}";

    /// <summary>Starts the site.</summary>
    /// <param name="userName">The only user name that can sign in.</param>
    /// <param name="password">That user's password.</param>
    public static async Task<TestSite> StartAsync(string userName = "anna", string password = "correct horse ä€")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        var certificate = MakeCertificate();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0);
            options.Listen(IPAddress.Loopback, 0, listen =>
            {
                // HTTP/1.1 alone: over HTTP/2 a browser reuses one connection for all names of a certificate.
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(certificate);
            });
        });
        var site = new TestSite(builder.Build(), userName, password);
        await site.StartAsync();
        return site;
    }

    /// <summary>
    /// An encrypted origin, <c>https://HOSTNAME:PORT</c>, with a certificate that only the drivers accept.
    /// </summary>
    /// <param name="hostname">A name that ends in <c>.test</c>.</param>
    public string Secure(string hostname) => $"https://{hostname}:{_securePort}";

    /// <summary>An origin of that name that is not encrypted: the twin of <see cref="Secure"/>.</summary>
    public string Plain(string hostname) => $"http://{hostname}:{_plainPort}";

    /// <summary>Ends the site.</summary>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task StartAsync()
    {
        _application.MapPages(PagesFolder, OtherOriginOf);
        _application.MapSignIns(Judge);
        _application.MapPasskeys(() => Passkeys);
        _application.MapHttpAuth(this);
        await _application.StartAsync();
        var addresses = _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!
            .Addresses.Select(address => new Uri(address))
            .ToDictionary(address => address.Scheme, address => address.Port);
        _plainPort = addresses["http"];
        _securePort = addresses["https"];
        Passkeys = new PasskeySite("shop.test", allowFrames: true, Secure("shop.test"), Secure("login.shop.test"), Secure("other.test"));
    }

    private bool Judge(SignIn signIn)
    {
        SignIns.Enqueue(signIn);
        return signIn.UserName == UserName && signIn.Password == Password;
    }

    /// <summary>An origin of this site that is another one, and another site, than that of a request.</summary>
    private string OtherOriginOf(HttpRequest request) => (request.IsHttps, request.Host.Host) switch
    {
        (true, "other.test") => Secure("another.test"),
        (true, _) => Secure("other.test"),
        (false, "localhost") => Loopback,
        (false, _) => Plain("localhost"),
    };

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("*.test");
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}

/// <summary>A sign-in that a page sent.</summary>
/// <param name="Origin">Where it was sent, as a browser writes an origin.</param>
/// <param name="Method">How: <c>GET</c> or <c>POST</c>.</param>
/// <param name="UserName">What stood in the field of that name; empty if there was none.</param>
/// <param name="Password">Likewise.</param>
public sealed record SignIn(string Origin, string Method, string UserName, string Password);
