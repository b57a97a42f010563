using System.Net;
using System.Net.Sockets;

namespace Suite.Shares;

/// <summary>A wire to a server that delivers what goes there and, from some moment on, nothing of what comes back.</summary>
internal sealed class LossyWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _serverPort;
    private readonly Task _accepting;

    public LossyWire(int serverPort)
    {
        _serverPort = serverPort;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"https://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Asked before anything goes back: whether it is lost.</summary>
    public Func<bool> Loses { get; set; } = () => false;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(CarryAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task CarryAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _serverPort, _end.Token);
                var there = client.GetStream().CopyToAsync(server.GetStream(), _end.Token);
                await Task.WhenAny(there, BackAsync(server.GetStream(), client.GetStream()));
            }
            catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException)
            {
                // either side has gone
            }
        }
    }

    private async Task BackAsync(NetworkStream server, NetworkStream client)
    {
        var bytes = new byte[16 * 1024];
        for (int count; (count = await server.ReadAsync(bytes, _end.Token)) > 0 && !Loses();)
        {
            await client.WriteAsync(bytes.AsMemory(0, count), _end.Token);
        }
    }
}
