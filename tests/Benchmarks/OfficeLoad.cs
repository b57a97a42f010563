using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Serialization.Metadata;
using Contracts.Requests;
using Contracts.Wire;
using Office;

namespace Benchmarks;

/// <summary>
/// One connection over TLS that sends requests which were made before and reads just enough of each answer: as little as a client can cost, so
/// that two cores measure the server. Trusts whoever answers, as only this machine does.
/// </summary>
internal sealed class OfficeLoad : IDisposable
{
    private const int MostBytes = 8 * 1024 * 1024;

    private readonly SslStream _stream;
    private byte[] _buffer = new byte[64 * 1024];

    private OfficeLoad(SslStream stream) => _stream = stream;

    /// <summary>Connects.</summary>
    public static async Task<OfficeLoad> OpenAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        });
        return new OfficeLoad(stream);
    }

    /// <summary>A request that nobody signs.</summary>
    public static byte[] Plain(string method, string path, byte[]? body = null) => Write(method, path, body, []);

    /// <summary>A request that a member signs.</summary>
    public static byte[] Signed(Membership member, string method, string path, byte[]? body = null)
    {
        var head = RequestSignature.Sign(
            new RequestHead { Method = method, Path = path }, body, member.Office, member.Member, TimeProvider.System.GetUtcNow(), member.Signing);
        return Write(
            method,
            path,
            body,
            [
                ("Latchkey-Office", head.Office), ("Signature-Input", head.SignatureInput), ("Signature", head.Signature),
                ("Content-Digest", head.ContentDigest),
            ]);
    }

    /// <summary>Asks once over a connection of its own.</summary>
    /// <exception cref="InvalidOperationException">The answer is not 200 with such a value.</exception>
    public static async Task<T> AskAsync<T>(int port, byte[] request, JsonTypeInfo<T> type) where T : class
    {
        using var connection = await OpenAsync(port);
        return WireJson.Read((await connection.AskAsync(request, 200)).ToArray(), type);
    }

    /// <summary>Sends what each client has to send, one after the other, all clients at once.</summary>
    /// <returns>How many requests were answered a second, and how long each took.</returns>
    /// <exception cref="InvalidOperationException">An answer had another status.</exception>
    public static async Task<(double PerSecond, Figures Each)> RunAsync(int port, IReadOnlyList<IReadOnlyList<byte[]>> clients, int status)
    {
        var connections = await Task.WhenAll(clients.Select(_ => OpenAsync(port)));
        var times = clients.Select(requests => new double[requests.Count]).ToList();
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(clients.Select((requests, client) => Task.Run(async () =>
        {
            for (var number = 0; number < requests.Count; number++)
            {
                var sent = Stopwatch.GetTimestamp();
                await connections[client].AskAsync(requests[number], status);
                times[client][number] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
            }
        })));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        foreach (var connection in connections)
        {
            connection.Dispose();
        }
        return (clients.Sum(requests => requests.Count) / seconds, new Figures(times.SelectMany(each => each)));
    }

    /// <summary>Sends a request and reads the answer.</summary>
    /// <returns>Its body, until the next call.</returns>
    /// <exception cref="InvalidOperationException">The answer has another status.</exception>
    public async Task<ReadOnlyMemory<byte>> AskAsync(byte[] request, int status)
    {
        await _stream.WriteAsync(request);
        var (headEnd, filled) = await ReadHeadAsync();
        var head = Encoding.ASCII.GetString(_buffer, 0, headEnd);
        var length = LengthIn(head);
        if (headEnd + length > _buffer.Length)
        {
            Array.Resize(ref _buffer, headEnd + length);
        }
        if (headEnd + length > filled)
        {
            await _stream.ReadExactlyAsync(_buffer.AsMemory(filled, headEnd + length - filled));
        }
        OfficeSample.Check(
            head.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal),
            $"{head.Split('\r')[0]} where {status} was expected: {Encoding.UTF8.GetString(_buffer, headEnd, length)}");
        return _buffer.AsMemory(headEnd, length);
    }

    /// <summary>Sends a request whose answer does not end, and reads the beginning of it.</summary>
    public async Task BeginAsync(byte[] request)
    {
        await _stream.WriteAsync(request);
        var (headEnd, filled) = await ReadHeadAsync();
        OfficeSample.Check(_buffer.AsSpan().StartsWith("HTTP/1.1 200 "u8), "an event stream was refused");
        if (filled == headEnd)
        {
            await _stream.ReadAtLeastAsync(_buffer, 1);
        }
        // Nothing more is read: with a thousand of these, the buffers would be ours.
        _buffer = [];
    }

    public void Dispose() => _stream.Dispose();

    private async Task<(int HeadEnd, int Filled)> ReadHeadAsync()
    {
        for (var filled = 0; ;)
        {
            var count = await _stream.ReadAsync(_buffer.AsMemory(filled));
            OfficeSample.Check(count > 0, "the server hung up");
            filled += count;
            var end = _buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                return (end + 4, filled);
            }
        }
    }

    private static int LengthIn(string head)
    {
        const string Name = "Content-Length: ";
        var at = head.IndexOf(Name, StringComparison.Ordinal);
        if (at < 0)
        {
            return 0;
        }
        var length = int.Parse(head.AsSpan(at + Name.Length, head.IndexOf('\r', at) - at - Name.Length), CultureInfo.InvariantCulture);
        OfficeSample.Check(length <= MostBytes, "an answer is longer than it may be");
        return length;
    }

    private static byte[] Write(string method, string path, byte[]? body, IEnumerable<(string Name, string? Value)> fields)
    {
        var head = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: localhost\r\n");
        foreach (var (name, value) in fields.Where(field => field.Value is not null))
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }
        if (body is not null)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n");
        }
        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. body ?? []];
    }
}
