using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Serialization.Metadata;
using Contracts;
using Contracts.Requests;
using Contracts.Wire;

namespace Office.Client;

/// <summary>Who asks: by this a request is signed.</summary>
/// <param name="Office">The office.</param>
/// <param name="Member">Who we are there.</param>
/// <param name="Key">Our signing key.</param>
internal sealed record Signer(Id Office, Id Member, SigningKey Key);

/// <summary>
/// Asks one share server, over HTTPS, signed where the interface wants it (server/docs/api.md). One request at a time for each caller; it may
/// be used from several threads. Every failure is an <see cref="OfficeException"/>.
/// </summary>
internal sealed class ServerConnection : IDisposable
{
    private const string Json = "application/json";

    /// <summary>Longer than any error of api.md.</summary>
    private const int MaxErrorBytes = 64 * 1024;

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly ServerTrust _trust;
    private readonly TimeProvider _time;
    private readonly HttpClient _http;
    private readonly Func<IReadOnlyList<string>> _addresses;
    private volatile Answered? _answered;
    private long _clockCorrection; // ticks to add to our clock, for requests and nothing else

    /// <summary>Makes a connection to one address.</summary>
    /// <inheritdoc cref="ServerConnection(Func{IReadOnlyList{string}}, ServerTrust, Signer?, TimeProvider)"/>
    public ServerConnection(string address, ServerTrust trust, Signer? signer, TimeProvider time) : this(() => [address], trust, signer, time)
    {
    }

    /// <summary>Makes a connection; nothing is sent yet.</summary>
    /// <param name="addresses">
    /// Where the server is, in order of preference, each as <see cref="ServerAddress.IsOne"/> has it. Asked for each request, on whatever thread: where one does not
    /// answer, the next is tried.
    /// </param>
    /// <param name="trust">Which certificates are taken.</param>
    /// <param name="signer">Who signs; <see langword="null"/> for what is not signed.</param>
    /// <param name="time">Our clock.</param>
    public ServerConnection(Func<IReadOnlyList<string>> addresses, ServerTrust trust, Signer? signer, TimeProvider time)
    {
        (_addresses, Signer, _trust, _time) = (addresses, signer, trust, time);
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = ConnectTimeout,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.FromMinutes(15),
            SslOptions =
            {
                EnabledSslProtocols = SslProtocols.Tls13 | SslProtocols.Tls12,
                // A server's certificate makes us ask nobody else.
                CertificateChainPolicy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
                RemoteCertificateValidationCallback = (_, certificate, _, errors) => trust.Judge(certificate as X509Certificate2, errors),
            },
        };
        _http = new HttpClient(handler)
        {
            Timeout = System.Threading.Timeout.InfiniteTimeSpan, // each request has its own
            MaxResponseContentBufferSize = Limits.BodyBytes + (1 << 20),
        };
    }

    /// <summary>Who signs.</summary>
    public Signer? Signer { get; }

    /// <summary>Reads something.</summary>
    public T Get<T>(string path, JsonTypeInfo<T> type, string query = "") where T : class => Read(Send("GET", path, query, null), type);

    /// <summary>Asks with a body for something.</summary>
    public TOut Post<TIn, TOut>(string path, TIn body, JsonTypeInfo<TIn> typeIn, JsonTypeInfo<TOut> typeOut) where TOut : class =>
        Read(Send("POST", path, "", WireJson.Write(body, typeIn)), typeOut);

    /// <summary>Writes something.</summary>
    public void Put<T>(string path, T body, JsonTypeInfo<T> type) => Put(path, WireJson.Write(body, type));

    /// <summary>Writes bytes that were made earlier, exactly these.</summary>
    public void Put(string path, byte[] body) => Send("PUT", path, "", body);

    /// <summary>Deletes something.</summary>
    public void Delete(string path) => Send("DELETE", path, "", null);

    /// <summary>Opens the stream of hints.</summary>
    /// <returns>The stream, which the caller disposes.</returns>
    public Stream OpenHints(CancellationToken cancel)
    {
        var address = InTurn()[0];
        using var request = Request(address, "GET", "/v1/hints", "", null);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        HttpResponseMessage? response = null;
        try
        {
            response = _http.Send(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (response.IsSuccessStatusCode)
            {
                return response.Content.ReadAsStream(cancel);
            }
            using var text = response.Content.ReadAsStream(cancel);
            var start = new byte[MaxErrorBytes];
            throw Failed(address, response, start[..text.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]);
        }
        catch (Exception failure) when (IsOutside(failure) && !cancel.IsCancellationRequested)
        {
            throw Unreachable(address);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private byte[] Send(string method, string path, string query, byte[]? body)
    {
        var isCorrected = false;
        while (true)
        {
            var (address, response, answer) = SendOnce(method, path, query, body);
            using (response)
            {
                if (response.IsSuccessStatusCode)
                {
                    return answer;
                }
                if (!isCorrected && ErrorOf(response, answer) is { Kind: WireErrorKind.Clock, Time: { } time })
                {
                    // By this the server takes our requests; grants go by our own clock.
                    var theirs = DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(time, 0, MaxTime));
                    Volatile.Write(ref _clockCorrection, (theirs - _time.GetUtcNow()).Ticks);
                    isCorrected = true;
                    continue;
                }
                throw Failed(address, response, answer);
            }
        }
    }

    /// <summary>Sends to the addresses in turn, until one answers that is to be trusted: what is sent again is done once (server/docs/sharing.md, "Requests").</summary>
    private (string Address, HttpResponseMessage Response, byte[] Answer) SendOnce(string method, string path, string query, byte[]? body)
    {
        var addresses = InTurn();
        OfficeException? first = null;
        for (var number = 0; number < addresses.Count; number++)
        {
            var address = addresses[number];
            try
            {
                var (response, answer) = SendTo(address, method, path, query, body);
                if (number > 0)
                {
                    _answered = new Answered(_addresses()[0], address);
                }
                return (address, response, answer);
            }
            catch (OfficeException failure) when (failure.Error is OfficeError.Unreachable or OfficeError.Untrusted)
            {
                first ??= failure;
            }
        }
        throw first!;
    }

    /// <summary>The addresses, first the one that answered last, as long as the same one is preferred.</summary>
    private IReadOnlyList<string> InTurn()
    {
        var addresses = _addresses();
        return _answered is { } last && last.InsteadOf == addresses[0] && addresses.Contains(last.Address)
            ? [last.Address, .. addresses.Where(address => address != last.Address)]
            : addresses;
    }

    private (HttpResponseMessage Response, byte[] Answer) SendTo(string address, string method, string path, string query, byte[]? body)
    {
        using var request = Request(address, method, path, query, body);
        using var timeout = new CancellationTokenSource(Timeout);
        try
        {
            var response = _http.Send(request, HttpCompletionOption.ResponseContentRead, timeout.Token);
            using var stream = response.Content.ReadAsStream(timeout.Token);
            var answer = new byte[stream.Length];
            stream.ReadExactly(answer);
            return (response, answer);
        }
        catch (Exception failure) when (IsOutside(failure))
        {
            throw Unreachable(address);
        }
    }

    private HttpRequestMessage Request(string address, string method, string path, string query, byte[]? body)
    {
        _trust.Begin();
        var head = new RequestHead { Method = method, Path = path, Query = query };
        var request = new HttpRequestMessage(new HttpMethod(method), address + path + query) { Version = HttpVersion.Version11 };
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(Json);
        }
        if (Signer is { } signer)
        {
            var now = _time.GetUtcNow() + TimeSpan.FromTicks(Volatile.Read(ref _clockCorrection));
            var signed = RequestSignature.Sign(head, body, signer.Office, signer.Member, now, signer.Key);
            request.Headers.Add("Latchkey-Office", signed.Office);
            request.Headers.Add("Signature-Input", signed.SignatureInput);
            request.Headers.Add("Signature", signed.Signature);
            request.Content?.Headers.Add("Content-Digest", signed.ContentDigest);
        }
        return request;
    }

    private static T Read<T>(byte[] answer, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return WireJson.Read(answer, type);
        }
        catch (ContractException refused)
        {
            throw Nonsense(refused);
        }
    }

    /// <summary>What to say of an answer that is none of this interface.</summary>
    public static OfficeException Nonsense(ContractException refused) => refused.Error == ContractError.UpdateNeeded
        ? new OfficeException(OfficeError.UpdateNeeded, "the office uses something newer than this program knows", "update latchkey on this computer")
        : new OfficeException(OfficeError.ServerFailed, "the server's answer is not what it should be", "tell whoever runs the share server");

    private static WireError? ErrorOf(HttpResponseMessage response, byte[] answer)
    {
        try
        {
            return response.Content.Headers.ContentType?.MediaType == Json ? WireJson.Read(answer, WireJson.Default.WireError) : null;
        }
        catch (ContractException)
        {
            return null; // of a proxy in between
        }
    }

    private static OfficeException Failed(string address, HttpResponseMessage response, byte[] answer)
    {
        var error = ErrorOf(response, answer);
        return error?.Kind switch
        {
            null => new OfficeException(
                OfficeError.ServerFailed, $"{address} answered {(int)response.StatusCode}, and not as a share server does", "look at the address, or ask whoever runs the server"),
            WireErrorKind.Clock => new OfficeException(
                OfficeError.Clock, "the clocks of this computer and the server are too far apart", "set this computer's clock"),
            WireErrorKind.Signature or WireErrorKind.NotSigned => new OfficeException(
                OfficeError.NotMember, "the office does not know this member, or not any more", "ask an administrator for a new invitation"),
            WireErrorKind.NotEntitled => new OfficeException(OfficeError.NotEntitled, "you may not do this in this office", "ask an administrator"),
            WireErrorKind.NotThere => new OfficeException(OfficeError.NotThere, "there is no such thing in the office, or none for you", "reload, and look again"),
            WireErrorKind.Conflict => new OfficeException(OfficeError.Conflict, "somebody changed the same a moment ago", "try again"),
            WireErrorKind.Expired => new OfficeException(OfficeError.Expired, "the invitation has run out", "ask for a new one"),
            WireErrorKind.Used => new OfficeException(OfficeError.Used, "this code was used already", "ask for a new one"),
            WireErrorKind.TooLarge => new OfficeException(OfficeError.TooLarge, "this is larger than an office takes", "make it smaller"),
            WireErrorKind.TooMany => new OfficeException(OfficeError.TooMany, "the server asks to go slower", "wait a moment"),
            WireErrorKind.UpdateNeeded => new OfficeException(
                OfficeError.UpdateNeeded, "the share server is older than this program", "ask whoever runs the server to update it"),
            WireErrorKind.Refused or WireErrorKind.Malformed => new OfficeException(
                OfficeError.Refused, $"the server refused this: {error.Check ?? error.Message}", "tell whoever runs the share server")
            {
                Check = error.Check,
            },
            _ => new OfficeException(OfficeError.ServerFailed, "the server has a fault, or cannot just now", "wait, and look at the server's log"),
        };
    }

    private OfficeException Unreachable(string address) => _trust switch
    {
        { HasRefused: true, IsPublic: true } => new OfficeException(
            OfficeError.Untrusted, $"the certificate of {address} ran out, is for another name, or comes from nobody whom this computer trusts", "do not go on; tell whoever runs the share server, or give the connection code that an owner handed you: latchkey office reconnect CODE"),
        { HasRefused: true } => new OfficeException(
            OfficeError.Untrusted, $"whoever answers at {address} does not have this office's certificate", "do not go on, unless an owner hands you a connection code: latchkey office reconnect CODE"),
        _ => new OfficeException(OfficeError.Unreachable, $"{address} does not answer", "look at the network; what you change waits until then"),
    };

    private static bool IsOutside(Exception failure) =>
        failure is HttpRequestException or IOException or OperationCanceledException or AuthenticationException;

    /// <summary>An address that answered where the preferred one did not.</summary>
    private sealed record Answered(string InsteadOf, string Address);

    private static readonly long MaxTime = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();
}
