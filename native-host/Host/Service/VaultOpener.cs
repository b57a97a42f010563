using System.Diagnostics;
using System.Security.Cryptography;
using Host.Protocol;
using Vault;
using Vault.Crypto;

namespace Host.Service;

/// <summary>Finds, locks and opens the file that a request means. Slow: it derives the key.</summary>
internal sealed class VaultOpener(SessionOptions options)
{
    private const int MaxKeyFileBytes = 1 << 20;
    private const string InHome = "~/";

    /// <summary>The vault that a request means when it names none.</summary>
    public string DefaultPath => options.Vault ?? OwnVaultPath.Read(options.Paths);

    /// <summary>Whether there is no own vault yet. One that was chosen elsewhere and is gone is missing, which is another thing.</summary>
    public bool HasNoVault => options.Vault is null && DefaultPath == options.Paths.DefaultVault && !File.Exists(DefaultPath);

    /// <summary>What to say where there is no own vault yet.</summary>
    public static ProtocolException NoVaultError() => ErrorKind.Error(ErrorKind.NoVault, "there is no vault yet", "create one: latchkey init");

    /// <summary>Opens a vault.</summary>
    /// <exception cref="ProtocolException"><c>noVault</c>, <c>vaultMissing</c>, <c>vaultInUse</c>, <c>wrongKey</c>.</exception>
    /// <exception cref="VaultException">As <see cref="VaultFile.Open"/>.</exception>
    public OwnVault Open(Unlock request)
    {
        var path = FullPath(request.Path);
        if (request.Path is null && HasNoVault)
        {
            throw NoVaultError();
        }
        var stopwatch = Stopwatch.StartNew();
        using var key = KeyOf(request.Passphrase.Utf8, request.KeyFile);
        var opened = Locked(path, () => VaultFile.Open(path, key, options.Files), (file, vaultLock) => new OwnVault(file, vaultLock));
        options.Log.Unlocked(opened.File.Items.Count, stopwatch.ElapsedMilliseconds);
        if (request.Path is not null && options.IsHost)
        {
            _ = OwnVaultPath.TryWrite(options.Paths, path);
        }
        return opened;
    }

    /// <summary>Makes a vault.</summary>
    /// <exception cref="ProtocolException"><c>vaultExists</c>, <c>vaultInUse</c>, <c>vaultMissing</c> (its folder).</exception>
    /// <exception cref="VaultException">As <see cref="VaultFile.Create"/>.</exception>
    public OwnVault Create(Create request)
    {
        var path = FullPath(request.Path);
        if (path == options.Paths.DefaultVault)
        {
            Paths.MakeFolder(options.Paths.DataFolder);
        }
        // A command's own vault elsewhere does not take the place of the one that is there.
        var becomesOwn = options.IsHost || !File.Exists(OwnVaultPath.Read(options.Paths));
        using var key = KeyOf(request.Passphrase.Utf8, keyFile: null);
        var opened = Locked(path, () => VaultFile.Create(path, key, options: options.Files), (file, vaultLock) => new OwnVault(file, vaultLock));
        if (becomesOwn)
        {
            _ = OwnVaultPath.TryWrite(options.Paths, path);
        }
        return opened;
    }

    /// <summary>Opens a further vault.</summary>
    /// <param name="path">Its file, absolute.</param>
    /// <param name="passphrase">Its passphrase as UTF-8.</param>
    /// <param name="keyFile">Its key file, or <see langword="null"/>.</param>
    /// <exception cref="ProtocolException">As <see cref="Open"/>.</exception>
    /// <exception cref="VaultException">As <see cref="Open"/>.</exception>
    public OpenVault OpenFurther(string path, ReadOnlySpan<byte> passphrase, string? keyFile)
    {
        using var key = KeyOf(passphrase, keyFile);
        return Locked(path, () => VaultFile.Open(path, key, options.Files), (file, vaultLock) => new OpenVault(file, vaultLock));
    }

    /// <summary>Checks that a request means the own vault that is open.</summary>
    /// <exception cref="ProtocolException"><c>vaultInUse</c>: it means another.</exception>
    public void CheckIsSame(OwnVault open, string? path)
    {
        if (path is not null && VaultLock.Resolve(FullPath(path)) != open.File.Path)
        {
            throw ErrorKind.Error(ErrorKind.VaultInUse, $"{Path.GetFileName(open.File.Path)} is open as your vault", "lock it first: latchkey lock");
        }
    }

    /// <summary>The key of a passphrase and perhaps a key file.</summary>
    /// <returns>The key, which the caller disposes.</returns>
    /// <exception cref="ProtocolException"><c>wrongKey</c>: the key file cannot be read.</exception>
    public static CompositeKey KeyOf(ReadOnlySpan<byte> passphrase, string? keyFile)
    {
        if (keyFile is null)
        {
            return CompositeKey.From(passphrase);
        }
        byte[] content;
        try
        {
            if (new FileInfo(keyFile) is not { Exists: true, Length: <= MaxKeyFileBytes })
            {
                throw new IOException();
            }
            content = File.ReadAllBytes(keyFile);
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            throw ErrorKind.Error(ErrorKind.WrongKey, $"the key file {keyFile} cannot be read", "name the key file of this vault");
        }
        try
        {
            return CompositeKey.From(passphrase, content);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    /// <summary>The file that a request names, absolute.</summary>
    /// <exception cref="ProtocolException"><c>badMessage</c>: a client of the host named one that is not.</exception>
    public string FullPath(string? named)
    {
        if (named is not null && named.StartsWith(InHome, StringComparison.Ordinal) && options.IsHost)
        {
            // Of a page of ours, where no shell has read it before.
            named = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), named[InHome.Length..]);
        }
        if (named is not null && options.IsHost && !Path.IsPathRooted(named))
        {
            throw ErrorKind.BadMessageError("the path does not begin at the root");
        }
        return Path.GetFullPath(named ?? DefaultPath);
    }

    private T Locked<T>(string path, Func<VaultFile> open, Func<VaultFile, VaultLock, T> index)
    {
        var vaultLock = VaultLock.Take(options.Paths, path, options.IsHost);
        VaultFile? file = null;
        try
        {
            file = open();
            return index(file, vaultLock);
        }
        catch
        {
            file?.Dispose();
            vaultLock.Dispose();
            throw;
        }
    }
}
