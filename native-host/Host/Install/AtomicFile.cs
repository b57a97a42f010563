namespace Host.Install;

/// <summary>Writes small files whole or not at all: a browser may read one at any moment.</summary>
internal static class AtomicFile
{
    public const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file in a folder that is there, over the one that may be there.</summary>
    /// <exception cref="CannotWriteException">The old file is untouched.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes, UnixFileMode mode)
    {
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        try
        {
            File.Delete(temporary);
            // For nobody else from the first byte on, whatever the mode will be.
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = OwnerOnly;
            }
            using (var stream = new FileStream(temporary, options))
            {
                stream.Write(bytes);
                stream.Flush(flushToDisk: true);
            }
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(temporary, mode);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
            throw new CannotWriteException(path, cause);
        }
    }

    /// <summary>Makes a folder and those above it.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="mode">The mode of those that are made, whatever the umask.</param>
    /// <returns>Those that were not there, outermost first.</returns>
    /// <exception cref="CannotWriteException">One could not be made.</exception>
    public static IReadOnlyList<string> MakeFolder(string path, UnixFileMode mode)
    {
        var missing = new List<string>();
        for (var folder = path; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
        {
            missing.Insert(0, folder);
        }
        try
        {
            foreach (var folder in missing)
            {
                Directory.CreateDirectory(folder);
                if (!OperatingSystem.IsWindows())
                {
                    File.SetUnixFileMode(folder, mode);
                }
            }
            return missing;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new CannotWriteException(path, cause);
        }
    }
}

/// <summary>A file or folder cannot be written. The runtime's own messages are left out of our builds, so that this says which.</summary>
internal sealed class CannotWriteException(string what, string hint, Exception? cause = null) : IOException($"{what} cannot be written", cause)
{
    private const int NoSpace = 28; // ENOSPC: .NET keeps the number of an error that it has no type for

    /// <summary>For a file or folder.</summary>
    public CannotWriteException(string path, Exception cause)
        : this(path, "check the owner and mode of it and of the folder above", cause)
    {
    }

    /// <summary>What to do.</summary>
    public string Hint { get; } = hint;

    /// <summary>Whether the device is full.</summary>
    public bool IsDiskFull { get; } = cause?.HResult == NoSpace;
}
