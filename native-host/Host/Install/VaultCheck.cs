using System.Buffers.Binary;

namespace Host.Install;

/// <summary>What can be said of a vault's file without its passphrase: that it is there, can be read and is a KDBX file.</summary>
internal static class VaultCheck
{
    private const string Subject = "vault";
    private const string Name = "file";
    private const int HeaderBytes = 12;

    // KeePass's two signatures, then minor and major version, all little-endian (KDBX file format, "Signature").
    private const uint FirstSignature = 0x9AA2D903;
    private const uint SecondSignature = 0xB54BFB67;
    private const int OldestMajor = 3;
    private const int NewestMajor = 4;
    private const string Raised = ": the first change raises it to 4.1, and the file as it was stays beside it";

    /// <summary>Looks at a file.</summary>
    public static Check Of(string path)
    {
        var header = new byte[HeaderBytes];
        try
        {
            using var file = File.OpenRead(path);
            if (file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
            {
                return Check.Problem(Subject, Name, $"{path} is too short for a vault", "restore a backup from beside it");
            }
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Check.Problem(Subject, Name, $"there is no vault at {path}", "run \"latchkey init\", or \"latchkey unlock --vault FILE\"");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Check.Problem(Subject, Name, $"{path} cannot be read", "check its owner and mode");
        }
        if (Word(header, 0) != FirstSignature || Word(header, 4) != SecondSignature)
        {
            return Check.Problem(Subject, Name, $"{path} is not a KDBX file", "name another file with \"latchkey unlock --vault FILE\"");
        }
        var (major, minor) = (Word(header, 8) >> 16, Word(header, 8) & 0xFFFF);
        return major is >= OldestMajor and <= NewestMajor
            ? Check.Ok(Subject, Name, $"{path} (KDBX {major}.{minor}{(major == OldestMajor ? Raised : "")})")
            : Check.Problem(Subject, Name, $"{path} is KDBX {major}.{minor}, which is not read here", "open it with the program that wrote it");
    }

    /// <summary>Whether a file is one that the first change raises to KDBX 4.1, by its version.</summary>
    /// <returns>The version, such as <c>KDBX 3.1</c>; <see langword="null"/> if it is of today's, or no vault.</returns>
    public static string? OlderVersion(string path)
    {
        var header = new byte[HeaderBytes];
        try
        {
            using var file = File.OpenRead(path);
            file.ReadExactly(header);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        var (major, minor) = (Word(header, 8) >> 16, Word(header, 8) & 0xFFFF);
        return Word(header, 0) == FirstSignature && Word(header, 4) == SecondSignature && major == OldestMajor ? $"KDBX {major}.{minor}" : null;
    }

    private static uint Word(byte[] header, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(offset));
}
