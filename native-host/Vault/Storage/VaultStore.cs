using System.Globalization;
using Vault.Kdbx;

namespace Vault.Storage;

/// <summary>One vault's file: reads it, and replaces it when what is there is still what was read.</summary>
internal sealed class VaultStore(string path, VaultKeys keys, VaultOptions options)
{
    // A program that replaces a file by deleting it first leaves none there for a moment.
    private const int LooksForFile = 5;
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(100);

    private KdbxHeader? _header;
    private FileStamp? _stamp;
    private string? _besidePath;

    /// <summary>Where the file is.</summary>
    internal string Path { get; } = path;

    /// <summary>The derivation of the file as it was read or last written.</summary>
    internal KdfParameters Kdf => _header!.Kdf;

    /// <summary>Whether the file is one of an older KeePass, which a write raises to KDBX 4.1 with Argon2id.</summary>
    internal bool IsOlder => _header!.IsOlder;

    /// <summary>What is known of the file on the disk, to go back to.</summary>
    internal FileKnowledge Knowledge
    {
        get => new(_header, _stamp);
        set => (_header, _stamp) = (value.Header, value.Stamp);
    }

    /// <summary>The path with every symbolic link in its last part resolved, so that a write replaces the file and not the link.</summary>
    internal static string Resolve(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        var file = new FileInfo(full);
        return file.LinkTarget is null ? full : file.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? full;
    }

    /// <summary>Prepares the first write of a new file.</summary>
    /// <exception cref="VaultException">A file is there.</exception>
    internal void Begin(KdfSettings kdf, OuterCipher cipher)
    {
        if (File.Exists(Path))
        {
            throw new VaultException(VaultError.Exists, $"a file is already at {Path}", "name another place, or open that vault");
        }
        _header = KdbxHeader.New(KdfParameters.New(Raised(kdf)), cipher);
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="VaultException">It is not there, the key is wrong, or it is damaged, unsupported or beyond the caps.</exception>
    internal VaultTree Read()
    {
        SafeFile.DeleteStale(Path);
        var (header, tree, stamp) = ReadNow();
        _header = header;
        _stamp = stamp;
        return tree;
    }

    /// <summary>Writes the tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <returns>Whether it was written; otherwise the file is not the one that was read: <see cref="ReadOther"/> it.</returns>
    /// <exception cref="VaultException">It cannot be written, or the file that was read is not there any more; nothing changed.</exception>
    internal bool TryWrite(VaultTree tree)
    {
        try
        {
            if (!IsUnchanged())
            {
                return false;
            }
            if (options.IsBackedUp && IsOlder)
            {
                Backups.Make(Path, options.Clock.GetUtcNow()); // what the write raises is kept as it was, whatever there is of this day
            }
            else if (options.IsBackedUp)
            {
                Backups.MakeDaily(Path, options.Clock.GetUtcNow());
            }
            var header = NextHeader();
            FileStamp? written = null;
            var isReplaced = SafeFile.Replace(
                Path,
                output => WriteTo(output, header, tree),
                temporary =>
                {
                    // Of what we wrote, and not of what lies there a moment later: that may be somebody else's already.
                    written = FileStamp.Read(temporary);
                    return IsUnchanged();
                },
                replaced => FileStamp.Read(replaced) == _stamp);
            if (isReplaced)
            {
                _header = header;
                _stamp = written;
            }
            return isReplaced;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.OfWrite(failure, Path);
        }
    }

    /// <summary>Whether the file is another than the one that was read or written last. One that is not there is none.</summary>
    /// <exception cref="VaultException">It may not be read.</exception>
    internal bool IsReplaced()
    {
        try
        {
            return FileStamp.Read(Path) is { } now && now != _stamp;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.OfRead(failure, Path);
        }
    }

    /// <summary>Reads what another program wrote.</summary>
    /// <exception cref="VaultException">It cannot be opened.</exception>
    internal OtherFile ReadOther()
    {
        var (header, tree, stamp) = ReadNow();
        return new OtherFile(header, tree, stamp);
    }

    /// <summary>Keeps a backup of what another program wrote, and from now on counts it as what was read.</summary>
    /// <exception cref="VaultException">The backup cannot be written.</exception>
    internal void Accept(OtherFile other)
    {
        if (options.IsBackedUp)
        {
            Backup();
        }
        _header = other.Header;
        _stamp = other.Stamp;
    }

    /// <summary>Copies the file as it is now, before something that a person may want to take back.</summary>
    internal void Backup()
    {
        try
        {
            Backups.Make(Path, options.Clock.GetUtcNow());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.OfWrite(failure, Path);
        }
    }

    /// <summary>Writes the tree beside the file, which is another vault now.</summary>
    /// <returns>Where.</returns>
    /// <exception cref="VaultException">It cannot be written.</exception>
    internal string WriteBeside(VaultTree tree)
    {
        var time = options.Clock.GetUtcNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
        var name = $"{System.IO.Path.GetFileNameWithoutExtension(Path)}.latchkey-{time}.kdbx";
        // One per session: a host that tries again does not fill the disk.
        _besidePath ??= System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, name);
        try
        {
            var header = NextHeader();
            SafeFile.Replace(_besidePath, output => WriteTo(output, header, tree));
            return _besidePath;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.OfWrite(failure, _besidePath);
        }
    }

    private bool IsUnchanged()
    {
        for (var look = 1; look <= LooksForFile; look++)
        {
            // Of a new vault there is no stamp yet, and no file.
            var now = FileStamp.Read(Path);
            if (now is not null || _stamp is null)
            {
                return now == _stamp;
            }
            options.Wait(LookAgainAfter);
        }
        throw FileErrors.MovedAway(Path);
    }

    private (KdbxHeader Header, VaultTree Tree, FileStamp Stamp) ReadNow()
    {
        try
        {
            using var handle = File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var length = RandomAccess.GetLength(handle);
            if (length > Limits.MaxFileBytes)
            {
                throw Failures.TooLarge($"the file has {length >> 20} MiB; {Limits.MaxFileBytes >> 20} are allowed");
            }
            using var file = new NativeBuffer((int)length);
            for (var read = 0; read < length;)
            {
                var count = RandomAccess.Read(handle, file.Span[read..], read);
                read += count > 0 ? count : throw Failures.Truncated("the read, as another program writes it");
            }
            var stamp = FileStamp.Of(file.Span);
            var (header, tree) = PayloadReader.Read(file, keys.Transformed);
            return (header, tree, stamp);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.OfRead(failure, Path);
        }
    }

    private KdbxHeader NextHeader()
    {
        var settings = Raised(_header!.Kdf.Settings);
        return _header.Renew(settings == _header.Kdf.Settings ? _header.Kdf : KdfParameters.New(settings), options.IsCompressed);
    }

    private void WriteTo(Stream output, KdbxHeader header, VaultTree tree)
    {
        using var transformed = keys.Transformed(header.Kdf);
        PayloadWriter.Write(output, header, transformed.Span, tree);
    }

    // What is below the floor is raised to it when written. AES-KDF has no memory cost at all: it gives way to the default.
    private KdfSettings Raised(KdfSettings settings)
    {
        var floor = options.KdfFloor;
        if (settings.Kind == KdfKind.Aes)
        {
            return options.KdfDefault;
        }
        return settings with
        {
            MemoryBytes = Math.Max(settings.MemoryBytes, floor.MemoryBytes),
            Passes = Math.Max(settings.Passes, floor.Passes),
        };
    }
}

/// <summary>Which file was read or written last: its header, and how to know it again.</summary>
internal readonly record struct FileKnowledge(KdbxHeader? Header, FileStamp? Stamp);

/// <summary>A file that another program put in the place of ours, opened.</summary>
internal sealed record OtherFile(KdbxHeader Header, VaultTree Tree, FileStamp Stamp);
