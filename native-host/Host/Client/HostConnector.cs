using Host.Protocol;
using Host.Service;

namespace Host.Client;

/// <summary>The ways in which a command reaches a host. No connection from here has said <c>hello</c> yet.</summary>
internal static class HostConnector
{
    /// <summary>Opens the way to a vault: the running host if it has that vault open, else a session in this process.</summary>
    /// <param name="vaultPath">The vault's file; <see langword="null"/> for the own vault.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ProtocolException"><c>hostFailed</c>: socket or folder are not safe.</exception>
    public static Task<IHostConnection> OpenAsync(string? vaultPath, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var paths = Paths.FromEnvironment();
            var vault = Path.GetFullPath(vaultPath ?? OwnVaultPath.Read(paths));
            try
            {
                if (VaultLock.IsHeldByHost(paths, vault) && HostLink.TryConnect(paths) is >= 0 and var descriptor)
                {
                    return (IHostConnection)new SocketConnection(descriptor);
                }
            }
            catch (UnsafePathException unsafePath)
            {
                throw ErrorKind.HostFailedError(unsafePath.Message, unsafePath.Hint);
            }
            return new LocalConnection(new SessionOptions
            {
                Paths = paths,
                Time = TimeProvider.System,
                Log = Log.None,
                IsHost = false,
                Vault = vaultPath is null ? null : vault,
                InBackground = work => work(), // a command wants all vaults, and has nothing else to do
            });
        },
        cancellationToken);

    /// <summary>Connects to the running host, started first if there is none.</summary>
    /// <exception cref="ProtocolException"><c>hostFailed</c> or <c>libraryMissing</c>.</exception>
    public static Task<IHostConnection> StartAsync(CancellationToken cancellationToken) => Task.Run(
        () => (IHostConnection)new SocketConnection(HostLink.ConnectOrStart(Paths.FromEnvironment())), cancellationToken);

    /// <summary>Connects to the running host.</summary>
    /// <returns>The connection, or <see langword="null"/> if none runs.</returns>
    /// <exception cref="ProtocolException"><c>hostFailed</c>: socket or folder are not safe.</exception>
    public static Task<IHostConnection?> FindAsync(CancellationToken cancellationToken) => Task.Run(
        () => HostLink.TryConnect(Paths.FromEnvironment()) is >= 0 and var descriptor
            ? (IHostConnection)new SocketConnection(descriptor)
            : null,
        cancellationToken);
}
