using System.Net.Sockets;

namespace Suite.Shares;

/// <summary>A wire that delivers what goes to the server and, from some moment on, nothing of what comes back.</summary>
internal sealed class LossyWire : Wire
{
    /// <summary>Asked before anything goes back: whether it is lost.</summary>
    public Func<bool> Loses { get; set; } = () => false;

    protected override Task CarryAsync(NetworkStream client, NetworkStream server, CancellationToken end) =>
        Task.WhenAny(client.CopyToAsync(server, end), BackAsync(server, client, end));

    private async Task BackAsync(NetworkStream server, NetworkStream client, CancellationToken end)
    {
        var bytes = new byte[16 * 1024];
        for (int count; (count = await server.ReadAsync(bytes, end)) > 0 && !Loses();)
        {
            await client.WriteAsync(bytes.AsMemory(0, count), end);
        }
    }
}
