using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Vault.Storage;

/// <summary>
/// Replaces a file whole or not at all: what is new goes to a temporary file in the same folder, reaches the disk, and takes
/// the old one's name. A crash at any moment leaves the old file or the new one.
/// </summary>
internal static partial class SafeFile
{
    private const string TemporaryMark = ".latchkey-";
    private const string TemporaryEnd = ".tmp";
    private const int BufferBytes = 128 * 1024;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int OpenDirectory = 0x10000; // O_RDONLY | O_DIRECTORY on Linux
    private const int WorkingFolder = -100; // AT_FDCWD on Linux
    private const uint NoReplace = 1; // renameat2(2): fails with EEXIST if the new name is taken
    private const uint Exchange = 2; // renameat2(2): each file takes the other's name, in one step
    private const int NotThere = 2; // ENOENT
    private const int IsThere = 17; // EEXIST

    /// <summary>Writes a file, or replaces it and keeps its mode; a new one is readable by its owner only.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="mayReplace">Asked when the new content is on the disk, right before it takes the name, with its temporary path.</param>
    /// <param name="wasExpected">
    /// Asked right after, with the path of what had the name until then: if it is not what was meant to be replaced, it gets its name back.
    /// Not asked where the file system cannot exchange two names.
    /// </param>
    /// <returns>Whether it was replaced; otherwise nothing changed.</returns>
    /// <exception cref="IOException">It cannot be written; nothing changed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; nothing changed.</exception>
    internal static bool Replace(
        string path, Action<Stream> write, Func<string, bool> mayReplace, Func<string, bool> wasExpected)
    {
        var temporary = TemporaryPath(path);
        try
        {
            using (var stream = OpenNew(temporary, path))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
                if (!mayReplace(temporary))
                {
                    return false;
                }
                // Under the lock of the open stream, so that nobody takes it for a stale one.
                if (!TakeName(temporary, path, wasExpected))
                {
                    return false;
                }
            }
            SyncFolder(path);
            return true;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Writes a file, or replaces whatever has the name, as the other one does.</summary>
    /// <exception cref="IOException">It cannot be written; nothing changed.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written; nothing changed.</exception>
    internal static void Replace(string path, Action<Stream> write) => Replace(path, write, _ => true, _ => true);

    /// <summary>Deletes the temporary files that crashed writers of this file left, not those of one that still runs.</summary>
    internal static void DeleteStale(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        try
        {
            foreach (var stale in Directory.EnumerateFiles(folder, $".{Path.GetFileName(path)}{TemporaryMark}*{TemporaryEnd}"))
            {
                using var unlocked = new FileStream(stale, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                File.Delete(stale);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // In use, gone already, or not ours to delete: it harms nobody.
        }
    }

    /// <summary>Brings a folder's entries to the disk, after a rename in it.</summary>
    internal static void SyncFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            // NTFS journals renames; there is no call for a folder.
            return;
        }
        var descriptor = open(Path.GetDirectoryName(path)!, OperatingSystem.IsLinux() ? OpenDirectory : 0);
        if (descriptor < 0)
        {
            throw new IOException("the folder cannot be opened", Marshal.GetLastPInvokeError());
        }
        // Some network file systems refuse this; the rename has happened all the same.
        _ = fsync(descriptor);
        _ = close(descriptor);
    }

    // Between the look at what is there and a plain rename another program may write, and its file would be gone.
    private static bool TakeName(string temporary, string path, Func<string, bool> wasExpected)
    {
        if (TryRename(temporary, path, Exchange, out var error))
        {
            if (wasExpected(temporary))
            {
                return true;
            }
            _ = TryRename(temporary, path, Exchange, out _);
            return false;
        }
        if (error == NotThere && (TryRename(temporary, path, NoReplace, out error) || error == IsThere))
        {
            return error == 0;
        }
        File.Move(temporary, path, overwrite: true);
        return true;
    }

    private static bool TryRename(string from, string to, uint flags, out int error)
    {
        error = 0;
        if (!OperatingSystem.IsLinux())
        {
            return false;
        }
        if (renameat2(WorkingFolder, from, WorkingFolder, to, flags) == 0)
        {
            return true;
        }
        error = Marshal.GetLastPInvokeError();
        return false;
    }

    private static string TemporaryPath(string path) => Path.Combine(
        Path.GetDirectoryName(path)!,
        $".{Path.GetFileName(path)}{TemporaryMark}{Convert.ToHexString(RandomNumberGenerator.GetBytes(8))}{TemporaryEnd}");

    private static FileStream OpenNew(string temporary, string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Delete,
            BufferSize = BufferBytes,
        };
        if (OperatingSystem.IsWindows())
        {
            return new FileStream(temporary, options);
        }
        options.UnixCreateMode = OwnerOnly;
        var stream = new FileStream(temporary, options);
        if (File.Exists(path))
        {
            File.SetUnixFileMode(stream.SafeFileHandle, File.GetUnixFileMode(path));
        }
        return stream;
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int renameat2(int fromFolder, string from, int toFolder, string to, uint flags);

    [LibraryImport("libc")]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc")]
    private static partial int close(int descriptor);
}
