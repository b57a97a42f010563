using System.Security.Cryptography;
using System.Text;
using Host.Native;
using Host.Protocol;

namespace Host.Service;

/// <summary>
/// The right of one process of this person to have a vault open: a lock file in the runtime folder, named by device and inode of the
/// vault's folder and the file's name. Not by the inode of the vault itself, which every write replaces. Ends with the process, however.
/// </summary>
internal sealed class VaultLock : IDisposable
{
    private const byte HostHolds = (byte)'h', CommandHolds = (byte)'c';
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly int _descriptor;

    private VaultLock(int descriptor, bool isHost)
    {
        _descriptor = descriptor;
        _ = Libc.ftruncate(descriptor, 0);
        _ = Descriptor.TryWrite(descriptor, [isHost ? HostHolds : CommandHolds]);
    }

    /// <summary>Takes the lock, waiting for a command that is about to end.</summary>
    /// <exception cref="ProtocolException"><c>vaultInUse</c>, or <c>vaultMissing</c> if there is no such folder.</exception>
    public static VaultLock Take(Paths paths, string vault, bool isHost)
    {
        var descriptor = Open(paths, vault);
        if (Descriptor.TryLock(descriptor))
        {
            return new VaultLock(descriptor, isHost);
        }
        if (IsMarkedByHost(descriptor) || !WaitFor(descriptor))
        {
            throw ErrorKind.Error(ErrorKind.VaultInUse, "another program has this vault open", "close that program, or lock it");
        }
        return new VaultLock(descriptor, isHost);
    }

    /// <summary>Tells whether a host has the vault open at this moment.</summary>
    public static bool IsHeldByHost(Paths paths, string vault)
    {
        int descriptor;
        try
        {
            descriptor = Open(paths, vault);
        }
        catch (ProtocolException)
        {
            return false; // no such folder
        }
        var held = !Descriptor.TryLock(descriptor) && IsMarkedByHost(descriptor);
        _ = Libc.close(descriptor);
        return held;
    }

    /// <inheritdoc/>
    public void Dispose() => Libc.close(_descriptor);

    private static int Open(Paths paths, string vault)
    {
        var file = Resolve(vault);
        if (Path.GetDirectoryName(file) is not { } folder || FileFacts.Of(folder, followLinks: true) is not { IsFolder: true } facts)
        {
            throw ErrorKind.Error(ErrorKind.VaultMissing, $"the folder of {vault} is not there", "restore it, or choose another file");
        }
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFileName(file))).AsSpan(0, 8));
        paths.EnsureRuntimeFolder();
        var path = Path.Join(paths.RuntimeFolder, $"vault-{facts.Device:x}-{facts.Inode:x}-{name}.lock");
        var descriptor = Libc.open(path, Libc.ReadWrite | Libc.Create | Libc.NoFollow | Libc.CloseOnExec, 0x180);
        return descriptor >= 0 ? descriptor : throw new IOException($"{path} cannot be opened");
    }

    /// <summary>A path without symbolic links at its end.</summary>
    public static string Resolve(string vault)
    {
        var full = Path.GetFullPath(vault);
        try
        {
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (IOException)
        {
            return full; // not there yet, or a circle of links: opening it will say so
        }
    }

    private static bool IsMarkedByHost(int descriptor)
    {
        Span<byte> mark = stackalloc byte[1];
        return Descriptor.Read(descriptor, mark) == 1 && mark[0] == HostHolds;
    }

    private static bool WaitFor(int descriptor)
    {
        var gate = new Gate();
        var abandoned = false;
        using var taken = new ManualResetEventSlim();
        var waiter = new Thread(() =>
        {
            Descriptor.Lock(descriptor);
            lock (gate)
            {
                if (abandoned)
                {
                    _ = Libc.close(descriptor);
                }
                else
                {
                    taken.Set();
                }
            }
        })
        { IsBackground = true };
        waiter.Start();
        if (taken.Wait(Patience))
        {
            return true;
        }
        lock (gate)
        {
            abandoned = !taken.IsSet;
            return taken.IsSet;
        }
    }
}
