using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using NUnit.Framework;

namespace Suite.Serving;

/// <summary>One more app server of a world, in a process of its own, so that it can be killed.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Starts one, which answers when this returns.</summary>
    public static ServerProcess Start(ServerWorld world)
    {
        var port = FreePort();
        var start = new ProcessStartInfo(
            "dotnet",
            [
                Path.Combine(AppContext.BaseDirectory, "latchkey-server.dll"),
                "serve", "--data", world.DataFolder, "--port", $"{port}", "--address", "https://localhost:7443", "--name", "process", "--backup-every", "0",
            ])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["LATCHKEY_DATABASE"] = world.ConnectionString ?? "";
        var process = Process.Start(start)!;
        Assert.That(process.StandardOutput.ReadLine(), Does.StartWith("address:"));
        return new ServerProcess(process, port);
    }

    /// <summary>Ends it as a loss of power would.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
