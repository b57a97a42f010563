using System.Security.Cryptography;
using Vault.Crypto;

namespace Vault.Generate;

/// <summary>
/// How a password is made. Every password that a recipe allows is equally likely, so <see cref="Bits"/> is exact: the
/// binary logarithm of
/// their number. Random numbers are the operating system's; what is made is never a string.
/// </summary>
public abstract class Recipe
{
    private protected Recipe()
    {
    }

    /// <summary>The entropy of a password in bits.</summary>
    public abstract double Bits { get; }

    /// <summary>How many bytes a password has at the most.</summary>
    public abstract int MaxBytes { get; }

    /// <summary>Makes a password.</summary>
    /// <param name="destination">Takes the password as UTF-8; at least <see cref="MaxBytes"/> bytes. The caller zeroes
    /// it.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentException">The destination is too short.</exception>
    public int Make(Span<byte> destination)
    {
        if (destination.Length < MaxBytes)
        {
            throw new ArgumentException("shorter than MaxBytes", nameof(destination));
        }
        return Write(destination);
    }

    /// <summary>Makes a password.</summary>
    /// <returns>The password as UTF-8, which the caller disposes.</returns>
    public SecretBytes Make()
    {
        var bytes = GC.AllocateUninitializedArray<byte>(MaxBytes, pinned: true);
        try
        {
            return SecretBytes.CopyOf(bytes.AsSpan(0, Write(bytes)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Writes a password into a destination that is long enough.</summary>
    private protected abstract int Write(Span<byte> destination);
}
