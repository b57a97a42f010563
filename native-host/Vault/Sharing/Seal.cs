using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Contracts;

namespace Vault.Sharing;

/// <summary>
/// Seals content under an item key: padded, bound to a context, and committed to the key, so that no sealed bytes open under two
/// keys. One suite exists; any other suite byte does not open. See server/docs/sharing.md, "Seal".
/// </summary>
public static class Seal
{
    /// <summary>How many bytes a key has.</summary>
    public const int KeyBytes = 32;

    private const byte Suite = 1;
    private const int SaltBytes = 32;
    private const int CommitmentBytes = 32;
    private const int TagBytes = 16;
    private const int NonceBytes = 12;
    private const int LengthBytes = sizeof(int);

    /// <summary>The most that is sealed in one piece.</summary>
    internal const int MaxContentBytes = Limits.PaddedItemBytes - LengthBytes;

    /// <summary>A login fits into the smallest size, so that a sealed size says little.</summary>
    private const int SmallestBytes = 512;

    private static ReadOnlySpan<byte> Label => "latchkey/seal/1"u8;

    /// <summary>Seals content.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="context">Where the content belongs. A server that moves it elsewhere makes it impossible to open.</param>
    /// <param name="content">Anything up to the limit.</param>
    /// <returns>Suite (1 byte), salt (32), commitment (32), ciphertext (a power of two from 512 on), tag (16).</returns>
    /// <exception cref="ContractException">Padded it would be above <see cref="Limits.PaddedItemBytes"/>.</exception>
    public static byte[] Close(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, ReadOnlySpan<byte> content) =>
        Close(key, context, content, RandomNumberGenerator.GetBytes(SaltBytes));

    /// <summary>Opens what <see cref="Close(ReadOnlySpan{byte}, ReadOnlySpan{byte}, ReadOnlySpan{byte})"/> gave for this key and context.</summary>
    /// <returns>
    /// The content, which the caller clears, or <see langword="null"/> if the key or the context is another one, or a byte was
    /// changed. Which of the three cannot be told.
    /// </returns>
    public static byte[]? Open(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, ReadOnlySpan<byte> sealedBytes)
    {
        var paddedBytes = sealedBytes.Length - Limits.SealOverheadBytes;
        if (sealedBytes.Length > Limits.SealedItemBytes
            || paddedBytes < SmallestBytes
            || !BitOperations.IsPow2(paddedBytes)
            || sealedBytes[0] != Suite)
        {
            return null;
        }
        Span<byte> keys = stackalloc byte[KeyBytes + CommitmentBytes];
        var padded = new byte[paddedBytes];
        try
        {
            var rest = sealedBytes[1..];
            Derive(key, rest[..SaltBytes], context, keys);
            rest = rest[SaltBytes..];
            if (!CryptographicOperations.FixedTimeEquals(keys[KeyBytes..], rest[..CommitmentBytes]))
            {
                return null;
            }
            rest = rest[CommitmentBytes..];
            using var aead = new AesGcm(keys[..KeyBytes], TagBytes);
            aead.Decrypt(new byte[NonceBytes], rest[..^TagBytes], rest[^TagBytes..], padded, context);
            var length = BinaryPrimitives.ReadUInt32BigEndian(padded);
            return length <= paddedBytes - LengthBytes
                && PaddedBytes((int)length) == paddedBytes
                && !padded.AsSpan(LengthBytes + (int)length).ContainsAnyExcept((byte)0)
                ? padded.AsSpan(LengthBytes, (int)length).ToArray()
                : null;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(keys);
            CryptographicOperations.ZeroMemory(padded);
        }
    }

    /// <summary>The same with a salt of the caller's: for vectors. Twice the same salt under one key and context would be twice the same key and nonce.</summary>
    internal static byte[] Close(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, ReadOnlySpan<byte> content, ReadOnlySpan<byte> salt)
    {
        if (content.Length > MaxContentBytes)
        {
            throw new ContractException(ContractError.TooLarge, $"an item has at most {MaxContentBytes} bytes");
        }
        Span<byte> keys = stackalloc byte[KeyBytes + CommitmentBytes];
        var padded = new byte[PaddedBytes(content.Length)];
        try
        {
            BinaryPrimitives.WriteInt32BigEndian(padded, content.Length);
            content.CopyTo(padded.AsSpan(LengthBytes));
            Derive(key, salt, context, keys);

            var sealedBytes = new byte[padded.Length + Limits.SealOverheadBytes];
            sealedBytes[0] = Suite;
            salt.CopyTo(sealedBytes.AsSpan(1));
            keys[KeyBytes..].CopyTo(sealedBytes.AsSpan(1 + SaltBytes));
            var ciphertext = sealedBytes.AsSpan(1 + SaltBytes + CommitmentBytes, padded.Length);
            using var aead = new AesGcm(keys[..KeyBytes], TagBytes);
            // The key is new for each salt, so it meets this nonce once.
            aead.Encrypt(new byte[NonceBytes], padded, ciphertext, sealedBytes.AsSpan(sealedBytes.Length - TagBytes), context);
            return sealedBytes;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(keys);
            CryptographicOperations.ZeroMemory(padded);
        }
    }

    /// <summary>How long a content of that length is sealed.</summary>
    internal static int SealedBytes(int contentBytes) => PaddedBytes(contentBytes) + Limits.SealOverheadBytes;

    private static int PaddedBytes(int contentBytes) =>
        (int)Math.Max(SmallestBytes, BitOperations.RoundUpToPowerOf2((uint)(contentBytes + LengthBytes)));

    private static void Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> context, Span<byte> keys) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, keys, salt, [.. Label, .. SHA256.HashData(context)]);
}
