using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Suite.Shares;

/// <summary>A wire to a server of this machine, with an address of its own.</summary>
internal abstract class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    protected Wire()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Address => $"https://localhost:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Where the server is.</summary>
    public int ServerPort { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _end.Dispose();
    }

    /// <summary>Carries what one connection says, until either side has gone.</summary>
    protected abstract Task CarryAsync(NetworkStream client, NetworkStream server, CancellationToken end);

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
                await server.ConnectAsync(IPAddress.Loopback, ServerPort, _end.Token);
                await CarryAsync(client.GetStream(), server.GetStream(), _end.Token);
            }
            catch (Exception ended) when (ended is OperationCanceledException or IOException or SocketException or AuthenticationException)
            {
                // either side has gone
            }
        }
    }
}
