using System.Security.Cryptography;

namespace Vault.Crypto;

/// <summary>
/// Bytes that must not outlive their use, outside the garbage collector's reach: libsodium's guarded memory, locked, excluded from
/// core dumps, zeroed on dispose. Keep few and short: 8 MiB is the usual limit of locked memory.
/// </summary>
public sealed unsafe class SecretBytes : IDisposable
{
    private byte* _bytes;

    /// <summary>Makes a buffer of zeros.</summary>
    /// <exception cref="MissingLibraryException">libsodium is not installed.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for it.</exception>
    public SecretBytes(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Sodium.Require();
        // The memory comes filled with a marker, not with zeros.
        _bytes = (byte*)Sodium.sodium_malloc((nuint)length);
        if (_bytes is null)
        {
            throw new InsufficientMemoryException("no guarded memory left");
        }
        Length = length;
        Span.Clear();
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
            ObjectDisposedException.ThrowIf(_bytes is null, this);
            return new Span<byte>(_bytes, Length);
        }
    }

    /// <summary>Zeroes and frees.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (_bytes is not null)
        {
            Sodium.sodium_free(_bytes);
            _bytes = null;
        }
    }
}
