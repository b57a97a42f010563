using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using Vault;
using Vault.Crypto;

namespace Office.Store;

/// <summary>
/// An append-only file of sealed entries: what was appended is on the disk when the call returns, unless it said that more comes. What a crash cut short is dropped
/// when the file is opened, as nobody was told that it was kept; anything else that does not open is damage, and said. See
/// native-host/docs/office.md, "Journals".
/// </summary>
/// <remarks>
/// Entries that are appended together stand in frames, each entry behind its 4-byte length. A frame: 4-byte length of what follows the next 4 bytes, which are its complement, salt (16),
/// ciphertext, tag (16). Its key is HKDF-SHA256 of the journal's key with that salt, so a frame that is written anew in the place of one cut short has another; its number is
/// additional data, so none can be moved or left out. Not safe for several threads.
/// </remarks>
public sealed class Journal : IDisposable
{
    /// <summary>How long an entry may be: the contents of one item twice, with room.</summary>
    public const int MaxEntryBytes = 8 * 1024 * 1024;

    /// <summary>A frame takes no more entries when it has so many bytes: sealing costs by the frame, and frames are sealed side by side.</summary>
    private const int FrameBytes = 32 * 1024;

    private const int MaxFrameBytes = FrameBytes + LengthBytes + MaxEntryBytes;
    private const int EntriesAtOnce = 100;
    private const int KeyBytes = 32;
    private const int LengthBytes = sizeof(int);
    private const int PrefixBytes = 2 * LengthBytes;
    private const int SaltBytes = 16;
    private const int TagBytes = 16;
    private static readonly TimeSpan LongestUse = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(20);
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static ReadOnlySpan<byte> Label => "latchkey/journal/2"u8;

    private readonly FileStream _file;
    private readonly SealedSecret _key;
    private long _frames;

    private Journal(FileStream file, ReadOnlySpan<byte> key)
    {
        (_file, Path) = (file, file.Name);
        _key = new SealedSecret(key);
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; private set; }

    /// <summary>Opens a journal, or makes an empty one, and reads every entry in order.</summary>
    /// <param name="path">Where; its folder must be there.</param>
    /// <param name="key">32 bytes, used for no other file.</param>
    /// <param name="take">Given each entry, which is cleared afterwards.</param>
    /// <exception cref="VaultException">It is damaged, in use, or cannot be read or written.</exception>
    public static Journal Open(string path, ReadOnlySpan<byte> key, Action<ReadOnlySpan<byte>> take)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeyBytes);
        var journal = new Journal(OpenFile(path), key);
        try
        {
            journal._frames = journal.ReadAll(take);
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Appends an entry and brings it to the disk.</summary>
    /// <exception cref="VaultException">It could not be written: then it is not there.</exception>
    public void Append(byte[] entry) => Append([entry]);

    /// <summary>Appends entries, all or, after a crash, the first of them.</summary>
    /// <param name="entries">The entries.</param>
    /// <param name="isLast">Whether they are to be on the disk when the call returns; else they are once a later call is told so.</param>
    /// <exception cref="VaultException">They could not be written: then none is there.</exception>
    public void Append(IReadOnlyList<byte[]> entries, bool isLast = true)
    {
        var start = _file.Length;
        try
        {
            _file.Position = start;
            var frames = Seal(entries);
            foreach (var frame in frames)
            {
                _file.Write(frame);
            }
            _file.Flush(flushToDisk: isLast);
            _frames += frames.Length;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _file.SetLength(start);
            throw Failed(failure, Path);
        }
    }

    /// <summary>Drops every entry.</summary>
    /// <exception cref="VaultException">The file cannot be written.</exception>
    public void Clear()
    {
        try
        {
            _file.SetLength(0);
            _file.Flush(flushToDisk: true);
            _frames = 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Failed(failure, Path);
        }
    }

    /// <summary>Writes a journal anew with some of its entries, in their order. This one is closed then; until the new one is whole, a crash leaves the old one.</summary>
    /// <param name="keeps">Given the number of each entry, from 0: whether it is kept.</param>
    /// <returns>The new journal, in the place of this one.</returns>
    /// <exception cref="VaultException">It cannot be written, or is damaged: nothing has changed, and this one goes on.</exception>
    public Journal Rewrite(Func<long, bool> keeps)
    {
        var (path, fresh) = (Path, Path + ".new");
        Journal? journal = null;
        try
        {
            File.Delete(fresh);
            using (var key = _key.Open())
            {
                journal = Open(fresh, key.Span, _ => { });
            }
            var kept = new List<byte[]>();
            var number = 0L;
            ReadAll(entry =>
            {
                if (keeps(number++))
                {
                    kept.Add(entry.ToArray());
                }
                if (kept.Count == EntriesAtOnce)
                {
                    journal.AppendAndClear(kept);
                }
            });
            journal.AppendAndClear(kept);
            File.Move(fresh, path, overwrite: true);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            journal?.Dispose();
            throw Failed(failure, fresh);
        }
        catch
        {
            journal?.Dispose();
            throw;
        }
        journal.Path = path;
        Dispose();
        return journal;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file.Dispose();
        _key.Clear();
    }

    private void AppendAndClear(List<byte[]> entries)
    {
        Append(entries);
        entries.ForEach(entry => CryptographicOperations.ZeroMemory(entry));
        entries.Clear();
    }

    /// <summary>Gives every entry in order. What a crash cut short is cut off.</summary>
    /// <returns>How many frames there are.</returns>
    private long ReadAll(Action<ReadOnlySpan<byte>> take)
    {
        _file.Position = 0;
        var frames = 0L;
        for (; _file.Position < _file.Length; frames++)
        {
            var place = _file.Position;
            var sealedFrame = ReadSealed();
            if (sealedFrame is null || !TryOpen(sealedFrame, frames, out var entries))
            {
                if (sealedFrame is not null && _file.Position < _file.Length)
                {
                    throw Damaged(Path);
                }
                _file.SetLength(place);
                return frames;
            }
            try
            {
                for (ReadOnlySpan<byte> rest = entries; !rest.IsEmpty;)
                {
                    // Only we seal: what opens has the lengths that we wrote.
                    var length = BinaryPrimitives.ReadInt32BigEndian(rest);
                    take(rest.Slice(LengthBytes, length));
                    rest = rest[(LengthBytes + length)..];
                }
            }
            finally
            {
                CryptographicOperations.ZeroMemory(entries);
            }
        }
        return frames;
    }

    /// <summary>Reads what stands at the position.</summary>
    /// <returns><see langword="null"/> if it ends early.</returns>
    /// <exception cref="VaultException">The length is damaged: nobody could say then whether what follows was cut short.</exception>
    private byte[]? ReadSealed()
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        if (_file.ReadAtLeast(prefix, PrefixBytes, throwOnEndOfStream: false) < PrefixBytes)
        {
            return null;
        }
        var length = BinaryPrimitives.ReadInt32BigEndian(prefix);
        if (BinaryPrimitives.ReadInt32BigEndian(prefix[LengthBytes..]) != ~length
            || length is < SaltBytes + TagBytes or > MaxFrameBytes + SaltBytes + TagBytes)
        {
            // A crash may leave a file that is longer than what was written, and empty there.
            return prefix.ContainsAnyExcept((byte)0) || !IsEmptyFromHere() ? throw Damaged(Path) : null;
        }
        if (length > _file.Length - _file.Position)
        {
            return null;
        }
        var sealedFrame = new byte[length];
        _file.ReadExactly(sealedFrame);
        return sealedFrame;
    }

    private bool IsEmptyFromHere()
    {
        Span<byte> bytes = stackalloc byte[1024];
        for (int count; (count = _file.Read(bytes)) > 0;)
        {
            if (bytes[..count].ContainsAnyExcept((byte)0))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Seals entries in as many frames as they need, on all cores.</summary>
    private byte[][] Seal(IReadOnlyList<byte[]> entries)
    {
        var parts = new List<Range>();
        var (start, bytes) = (0, 0);
        for (var number = 0; number < entries.Count; number++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(entries[number].Length, MaxEntryBytes);
            bytes += LengthBytes + entries[number].Length;
            if (bytes >= FrameBytes || number == entries.Count - 1)
            {
                parts.Add(start..(number + 1));
                (start, bytes) = (number + 1, 0);
            }
        }
        var frames = new byte[parts.Count][];
        using var key = _key.Open();
        Parallel.For(0, parts.Count, number => frames[number] = Seal(entries, parts[number], _frames + number, key));
        return frames;
    }

    private static byte[] Seal(IReadOnlyList<byte[]> entries, Range part, long number, SecretBytes key)
    {
        var bytes = 0;
        for (var entry = part.Start.Value; entry < part.End.Value; entry++)
        {
            bytes += LengthBytes + entries[entry].Length;
        }
        var frame = new byte[PrefixBytes + SaltBytes + bytes + TagBytes];
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length - PrefixBytes);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(LengthBytes), ~(frame.Length - PrefixBytes));
        var salt = frame.AsSpan(PrefixBytes, SaltBytes);
        RandomNumberGenerator.Fill(salt);
        var content = frame.AsSpan(PrefixBytes + SaltBytes, bytes);
        var at = 0;
        for (var entry = part.Start.Value; entry < part.End.Value; entry++)
        {
            BinaryPrimitives.WriteInt32BigEndian(content[at..], entries[entry].Length);
            entries[entry].CopyTo(content[(at + LengthBytes)..]);
            at += LengthBytes + entries[entry].Length;
        }
        using var aead = KeyFor(salt, key);
        aead.Encrypt(Nonce, content, content, frame.AsSpan(frame.Length - TagBytes), Numbered(number)); // where they stand
        return frame;
    }

    private bool TryOpen(ReadOnlySpan<byte> sealedFrame, long number, out byte[] entries)
    {
        entries = new byte[sealedFrame.Length - SaltBytes - TagBytes];
        using var key = _key.Open();
        using var aead = KeyFor(sealedFrame[..SaltBytes], key);
        try
        {
            aead.Decrypt(Nonce, sealedFrame[SaltBytes..^TagBytes], sealedFrame[^TagBytes..], entries, Numbered(number));
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    // The key is new for each frame, so it meets this nonce once.
    private static ReadOnlySpan<byte> Nonce => [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    private static AesGcm KeyFor(ReadOnlySpan<byte> salt, SecretBytes key)
    {
        Span<byte> derived = stackalloc byte[KeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Span, derived, salt, Label);
        try
        {
            return new AesGcm(derived, TagBytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(derived);
        }
    }

    private static byte[] Numbered(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return bytes;
    }

    /// <summary>Opens the file for nobody else. Whoever has it may be about to end, as an exchange does after the vault was locked.</summary>
    private static FileStream OpenFile(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }
        var waited = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException failure) when (IsInUse(failure) && waited.Elapsed < LongestUse)
            {
                // It may be another program's: nothing tells when a lock of a file is gone.
                Thread.Sleep(LookAgainAfter);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                throw Failed(failure, path);
            }
        }
    }

    private static bool IsInUse(IOException failure)
    {
        const int WouldBlock = 11, SharingViolation = unchecked((int)0x80070020); // EWOULDBLOCK of flock, ERROR_SHARING_VIOLATION
        return failure.HResult is WouldBlock or SharingViolation;
    }

    /// <summary>What to say of a file that cannot be read or written.</summary>
    internal static VaultException Failed(Exception failure, string path)
    {
        const int DiskFull = 28; // ENOSPC
        return failure.HResult == DiskFull
            ? new VaultException(VaultError.DiskFull, $"no space is left for {path}", "free some space, then try again")
            : new VaultException(VaultError.ReadOnly, $"{path} cannot be written, or another program has it open", "look at its folder's permissions");
    }

    private static VaultException Damaged(string path) => new(
        VaultError.Damaged, $"{path} is damaged", "move it away: what the server has is fetched again, changes not sent yet are lost");
}
