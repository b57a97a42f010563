namespace Vault.Storage;

/// <summary>Says what the file system's refusals mean for a vault.</summary>
internal static class FileErrors
{
    // Linux error numbers, which .NET gives as HResult on Unix; and the two of Windows for a full disk.
    private const int TooBig = 27;
    private const int NoSpace = 28;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaExceeded = 122;
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);

    /// <summary>The error for a failed write.</summary>
    internal static VaultException OfWrite(Exception failure, string path) => failure switch
    {
        VaultException known => known,
        IOException { HResult: NoSpace or QuotaExceeded or TooBig or WindowsDiskFull or WindowsHandleDiskFull } =>
            new VaultException(VaultError.DiskFull, $"no space is left for {path}; the old file is untouched",
                "free some space on that disk, then try again: the changes are kept until then"),
        UnauthorizedAccessException or IOException { HResult: ReadOnlyFileSystem } => ReadOnly(path),
        DirectoryNotFoundException => new VaultException(VaultError.ReadOnly, $"the folder of {path} is not there",
            "make the folder, or name another place"),
        _ => new VaultException(VaultError.ReadOnly, $"{path} cannot be written", "check the disk and the folder's permissions"),
    };

    /// <summary>The error for a failed read.</summary>
    internal static VaultException OfRead(Exception failure, string path) => failure switch
    {
        VaultException known => known,
        FileNotFoundException or DirectoryNotFoundException => Missing(path),
        UnauthorizedAccessException =>
            new VaultException(VaultError.ReadOnly, $"{path} may not be read", "check the permissions of the file and its folder"),
        _ => new VaultException(VaultError.Damaged, $"{path} cannot be read", "check the disk, or restore the file from a backup"),
    };

    /// <summary>The error for a file that is not there.</summary>
    internal static VaultException Missing(string path)
    {
        var backup = NewestBackup(path);
        return new VaultException(
            VaultError.Missing,
            $"there is no vault at {path}",
            backup is null ? "check the path, or make one with: latchkey init" : $"put it back: its newest backup is {backup}, beside it",
            backup);
    }

    /// <summary>The error for a write where the file that was read is not any more.</summary>
    internal static VaultException MovedAway(string path)
    {
        const string PutBack = "put it back, or lock and open it where it is";
        var backup = NewestBackup(path);
        return new VaultException(
            VaultError.Missing,
            $"{path} was moved or deleted while it was open; nothing was written",
            backup is null ? PutBack : $"{PutBack}; its newest backup is {backup}",
            backup);
    }

    private static string? NewestBackup(string path)
    {
        try
        {
            return Path.GetFileName(Backups.Existing(path).LastOrDefault());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static VaultException ReadOnly(string path) =>
        new(VaultError.ReadOnly, $"{path} or its folder may not be written", "check the permissions of the file and its folder");
}
