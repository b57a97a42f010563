using System.Security.Cryptography;

namespace Vault.Storage;

/// <summary>
/// By what we know a file again: its length, and a hash of its start. Every program that writes KDBX takes a new master seed
/// for each write, and it lies there; times and inode numbers would say less, as copying and syncing change them.
/// </summary>
internal sealed record FileStamp(long Length, string StartHash)
{
    private const int StartBytes = 4096;

    /// <summary>The stamp of a file's bytes.</summary>
    internal static FileStamp Of(ReadOnlySpan<byte> file) => Of(file.Length, file[..Math.Min(StartBytes, file.Length)]);

    /// <summary>The stamp of the file that is there now.</summary>
    /// <returns>The stamp, or <see langword="null"/> if there is no file.</returns>
    internal static FileStamp? Read(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            Span<byte> start = stackalloc byte[StartBytes];
            var count = RandomAccess.Read(file, start, 0);
            return Of(RandomAccess.GetLength(file), start[..count]);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static FileStamp Of(long length, ReadOnlySpan<byte> start) => new(length, Convert.ToHexString(SHA256.HashData(start)));
}
