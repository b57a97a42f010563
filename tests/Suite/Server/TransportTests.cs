using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;
using Server.Http;

namespace Suite.Serving;

/// <summary>
/// What somebody may do before anything is known of who it is (server/docs/operations.md, "Limits"): bytes over TLS that are no whole request. The
/// limits of time are short here, so that a test waits a second or two for the server to end it.
/// </summary>
public class TransportTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(1.1);

    private ServerWorld _world = null!;

    [OneTimeSetUp]
    public async Task StartServer() => _world = await ServerWorld.StartAsync(
        DatabaseKind.Sqlite, transport: new TransportLimits { Headers = Short, SlowBody = Short, Request = TimeSpan.FromSeconds(3) });

    [OneTimeTearDown]
    public async Task StopServer() => await _world.DisposeAsync();

    [Test]
    public async Task Fields_that_do_not_come_end_the_connection()
    {
        await using var connection = await ConnectAsync(_world);
        await connection.WriteAsync("GET /livez HTTP/1.1\r\nHost: x\r\n"u8.ToArray());

        Assert.That(await ReadToEndAsync(connection), Does.StartWith("HTTP/1.1 408 "));
    }

    [Test]
    public async Task A_handshake_that_does_not_come_ends_the_connection()
    {
        using var socket = await SocketAsync(_world);

        Assert.That(await socket.ReceiveAsync(new byte[1]), Is.Zero);
    }

    [Test]
    public async Task Fields_that_are_too_long_are_refused()
    {
        await using var connection = await ConnectAsync(_world);
        await connection.WriteAsync(Encoding.ASCII.GetBytes($"GET /livez HTTP/1.1\r\nHost: x\r\nLong: {new string('x', 16 * 1024)}\r\n\r\n"));

        Assert.That(await ReadToEndAsync(connection), Does.StartWith("HTTP/1.1 431 "));
    }

    [Test]
    public async Task A_body_that_does_not_come_is_given_up()
    {
        await using var connection = await ConnectAsync(_world);
        await connection.WriteAsync(Put(1000));

        var answer = await ReadToEndAsync(connection);

        Assert.That(answer, Does.StartWith("HTTP/1.1 408 ").And.Contain("\"kind\":\"unavailable\""));
    }

    [Test]
    public async Task A_body_that_comes_steadily_and_never_ends_is_given_up()
    {
        await using var connection = await ConnectAsync(_world);
        await connection.WriteAsync(Put(100_000));
        using var ends = new CancellationTokenSource();
        var dripping = DripAsync(connection, ends.Token);

        var answer = await ReadToEndAsync(connection);

        await ends.CancelAsync();
        await dripping;
        Assert.That(answer, Does.StartWith("HTTP/1.1 408 ").And.Contain("\"kind\":\"unavailable\""));
    }

    [Test]
    public async Task A_connection_more_than_there_may_be_is_closed()
    {
        const int Most = 3;
        await using var world = await ServerWorld.StartAsync(DatabaseKind.Sqlite, transport: new TransportLimits { Connections = Most });
        var open = new List<SslStream>();
        try
        {
            for (var number = 0; number < Most; number++)
            {
                open.Add(await ConnectAsync(world));
            }

            Assert.That(async () => await ConnectAsync(world), Throws.InstanceOf<IOException>());
        }
        finally
        {
            open.ForEach(connection => connection.Dispose());
        }
    }

    [Test]
    public async Task An_event_stream_ends_after_a_while()
    {
        await using var world = await ServerWorld.StartAsync(DatabaseKind.Sqlite, transport: new TransportLimits { EventStream = Short });
        var olga = await world.FoundAsync();
        using var stream = await HintReader.OpenAsync(world, olga);

        Assert.That(await stream.ReadAsync(4), Has.Count.EqualTo(3));
    }

    private static byte[] Put(int bytes) =>
        Encoding.ASCII.GetBytes($"PUT /v1/genesis HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {bytes}\r\n\r\n ");

    /// <summary>Sends a little more than must come, again and again, until the server has had enough.</summary>
    private static async Task DripAsync(SslStream connection, CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                await connection.WriteAsync(new byte[100], cancellation);
            }
        }
        catch (Exception ended) when (ended is IOException or OperationCanceledException)
        {
            // That is what was waited for.
        }
    }

    private static async Task<Socket> SocketAsync(ServerWorld world)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, world.Server.Port);
        return socket;
    }

    private static async Task<SslStream> ConnectAsync(ServerWorld world)
    {
        var stream = new SslStream(new NetworkStream(await SocketAsync(world), ownsSocket: true));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        });
        return stream;
    }

    private static async Task<string> ReadToEndAsync(SslStream connection)
    {
        using var reader = new StreamReader(connection, Encoding.UTF8, leaveOpen: true);
        return await reader.ReadToEndAsync();
    }
}
