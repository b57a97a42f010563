using System.Security.Cryptography;

namespace Vault.Crypto;

/// <summary>
/// Bytes that must not outlive their use, outside the garbage collector's reach: libsodium's guarded memory, locked, excluded from
/// core dumps, zeroed on dispose. Keep few and short: 8 MiB is the usual limit of locked memory. Short ones lie in buffers that are kept for the
/// next: to map, lock and guard one takes longer than most of what is done with it, and stops all cores.
/// </summary>
public sealed unsafe class SecretBytes : IDisposable
{
    private const int ShortLength = 512, MostKept = 16;

    private static readonly Stack<nint> Kept = new(MostKept);

    private byte* _memory;

    /// <summary>Makes a buffer of zeros.</summary>
    /// <exception cref="MissingLibraryException">libsodium is not installed.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for it.</exception>
    public SecretBytes(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Sodium.Require();
        Length = length;
        lock (Kept)
        {
            if (length <= ShortLength && Kept.TryPop(out var kept))
            {
                _memory = (byte*)kept; // zeros
                return;
            }
        }
        _memory = (byte*)Sodium.sodium_malloc((nuint)MemoryLength);
        if (_memory is null)
        {
            throw new InsufficientMemoryException("no guarded memory left");
        }
        // It comes filled with a marker.
        CryptographicOperations.ZeroMemory(new Span<byte>(_memory, MemoryLength));
    }

    /// <summary>Frees what was forgotten; the owner is meant to dispose.</summary>
    ~SecretBytes() => Free();

    /// <summary>Copies bytes, which the caller clears.</summary>
    public static SecretBytes CopyOf(ReadOnlySpan<byte> bytes)
    {
        var copy = new SecretBytes(bytes.Length);
        bytes.CopyTo(copy.Span);
        return copy;
    }

    /// <summary>Copies bytes and zeroes the source.</summary>
    public static SecretBytes Take(Span<byte> bytes)
    {
        try
        {
            return CopyOf(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>How many bytes.</summary>
    public int Length { get; }

    /// <summary>The bytes. Do not keep the span beyond <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">They were zeroed already.</exception>
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory is null, this);
            // At the end: whoever reads or writes beyond meets the guard.
            return new Span<byte>(_memory + MemoryLength - Length, Length);
        }
    }

    private int MemoryLength => Math.Max(Length, ShortLength);

    /// <summary>Zeroes and frees.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_memory is null)
        {
            return;
        }
        var memory = _memory;
        _memory = null;
        if (Length <= ShortLength)
        {
            CryptographicOperations.ZeroMemory(new Span<byte>(memory, ShortLength));
            lock (Kept)
            {
                if (Kept.Count < MostKept)
                {
                    Kept.Push((nint)memory);
                    return;
                }
            }
        }
        Sodium.sodium_free(memory);
    }
}
