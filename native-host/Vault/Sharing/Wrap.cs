using Contracts;

namespace Vault.Sharing;

/// <summary>
/// Puts a 32-byte key under a public key and back: HPKE in base mode (RFC 9180) with AES-256-GCM, one message, no further
/// context. A wrap proves nothing about who made it: hold the key against the commitment of a signed record.
/// </summary>
public static class Wrap
{
    /// <summary>How many bytes a wrapped key has: encapsulated key, key, tag.</summary>
    public const int Bytes = Hpke.EncapsulatedKeyBytes + KeyBytes + Hpke.TagBytes;

    private const int KeyBytes = 32;

    /// <summary>Wraps a key.</summary>
    /// <param name="theirKey">From the verified log, and from nowhere else.</param>
    /// <param name="info">What the wrap belongs to (<see cref="Binding"/>).</param>
    /// <param name="key">32 bytes.</param>
    public static byte[] For(PublicKey theirKey, ReadOnlySpan<byte> info, ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, KeyBytes);
        using var hpke = Hpke.ForSending(theirKey, info, out var encapsulatedKey);
        return [.. encapsulatedKey, .. hpke.Seal([], key)];
    }

    /// <summary>Unwraps a key.</summary>
    /// <returns>
    /// The 32 bytes, which the caller clears, or <see langword="null"/> if it was made for another key or info, or a byte was
    /// changed. Which of the three cannot be told.
    /// </returns>
    public static byte[]? Open(AgreementKey ourKey, ReadOnlySpan<byte> info, ReadOnlySpan<byte> wrap)
    {
        if (wrap.Length != Bytes)
        {
            return null;
        }
        try
        {
            using var hpke = Hpke.ForReceiving(ourKey, info, wrap[..Hpke.EncapsulatedKeyBytes]);
            return hpke.Open([], wrap[Hpke.EncapsulatedKeyBytes..]);
        }
        catch (ContractException)
        {
            // The encapsulated key is off the curve.
            return null;
        }
    }
}
