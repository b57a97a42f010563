namespace Vault.Crypto;

/// <summary>
/// Bytes that must not outlive their use, outside the garbage collector's reach: libsodium's guarded memory, locked, excluded from
/// core dumps, zeroed on dispose. Keep few and short: 8 MiB is the usual limit of locked memory.
/// </summary>
public sealed class SecretBytes : IDisposable
{
    /// <summary>Makes a buffer of zeros.</summary>
    public SecretBytes(int length) => throw new NotImplementedException();

    /// <summary>Copies bytes, which the caller clears.</summary>
    public static SecretBytes CopyOf(ReadOnlySpan<byte> bytes) => throw new NotImplementedException();

    /// <summary>Copies bytes and zeroes the source.</summary>
    public static SecretBytes Take(Span<byte> bytes) => throw new NotImplementedException();

    /// <summary>How many bytes.</summary>
    public int Length => throw new NotImplementedException();

    /// <summary>The bytes. Do not keep the span beyond <see cref="Dispose"/>.</summary>
    public Span<byte> Span => throw new NotImplementedException();

    /// <summary>Zeroes and frees.</summary>
    public void Dispose() => throw new NotImplementedException();
}
