using System.Security.Cryptography;
using Vault.Crypto;

namespace Vault.Kdbx;

/// <summary>Gives the transformed key for a derivation, from memory if it is known there.</summary>
internal delegate SecretBytes KeyProvider(KdfParameters kdf);

/// <summary>
/// Opens the bytes of a file: header, keys, checks, cipher, compression, inner header. The order is that of trust: in KDBX 4
/// every byte is authenticated before anything is decrypted or expanded.
/// </summary>
internal static class PayloadReader
{
    private const int AesBlockBytes = 16;

    private enum InnerField : byte
    {
        End = 0,
        StreamId = 1,
        StreamKey = 2,
        Attachment = 3,
    }

    /// <summary>Reads a vault.</summary>
    /// <param name="file">The whole file; what it holds is destroyed.</param>
    /// <param name="transform">Where the transformed key comes from.</param>
    /// <exception cref="VaultException">The key is wrong, or the file damaged, unsupported or beyond the caps.</exception>
    internal static (KdbxHeader Header, VaultTree Tree) Read(NativeBuffer file, KeyProvider transform)
    {
        var header = KdbxHeader.Read(file.Span);
        var (bytes, length) = header.Major == 4 ? Expand4(file, header, transform) : Expand3(file, header, transform);
        if (header.Major == 3)
        {
            var headerHash = SHA256.HashData(file.Span[..header.Length]);
            return (header, Read3(header, bytes, length, headerHash));
        }
        return (header, Read4(bytes, length));
    }

    private static (byte[] Bytes, int Length) Expand4(NativeBuffer file, KdbxHeader header, KeyProvider transform)
    {
        var reader = new SpanReader(file.Span, "its header");
        var headerBytes = reader.Take(header.Length);
        Span<byte> check = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(headerBytes, check);
        if (!check.SequenceEqual(reader.Take(SHA256.HashSizeInBytes)))
        {
            throw Failures.Damaged("its header was altered");
        }
        var mac = reader.Take(KdbxKeys.MacBytes);

        using var transformedKey = transform(header.Kdf);
        using var keys = new KdbxKeys(header.MasterSeed, transformedKey.Span);
        keys.HeaderMac(headerBytes, check);
        if (!CryptographicOperations.FixedTimeEquals(check, mac))
        {
            throw Failures.WrongKey();
        }
        var start = reader.Position;
        var payload = file.Span[start..];
        var length = PayloadBlocks.JoinAuthenticated(payload, keys);
        length = Decrypt(header, keys.CipherKey, payload[..length]);
        return Expand(file, header, start, length);
    }

    private static (byte[] Bytes, int Length) Expand3(NativeBuffer file, KdbxHeader header, KeyProvider transform)
    {
        using var transformedKey = transform(header.Kdf);
        using var keys = new KdbxKeys(header.MasterSeed, transformedKey.Span);
        var payload = file.Span[header.Length..];
        CheckStreamStart(header, keys.CipherKey, payload);
        var length = Decrypt(header, keys.CipherKey, payload) - KdbxHeader.SeedBytes;
        if (length < 0)
        {
            throw Failures.Truncated("its payload");
        }
        length = PayloadBlocks.JoinHashed(payload.Slice(KdbxHeader.SeedBytes, length));
        return Expand(file, header, header.Length + KdbxHeader.SeedBytes, length);
    }

    // KDBX 3.1 has no other check of the key than 32 known bytes at the front of the payload.
    private static void CheckStreamStart(KdbxHeader header, ReadOnlySpan<byte> key, ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 2 * KdbxHeader.SeedBytes)
        {
            throw Failures.Truncated("its payload");
        }
        Span<byte> start = stackalloc byte[KdbxHeader.SeedBytes];
        if (header.Cipher == OuterCipher.Aes256)
        {
            using var aes = Aes.Create();
            aes.SetKey(key);
            aes.DecryptCbc(payload[..start.Length], header.Nonce, start, PaddingMode.None);
        }
        else
        {
            payload[..start.Length].CopyTo(start);
            using var stream = KeyStream.ChaCha20(key, header.Nonce);
            stream.Xor(0, start);
        }
        if (!CryptographicOperations.FixedTimeEquals(start, header.StreamStart))
        {
            throw Failures.WrongKey();
        }
    }

    private static int Decrypt(KdbxHeader header, ReadOnlySpan<byte> key, Span<byte> payload)
    {
        if (header.Cipher == OuterCipher.ChaCha20)
        {
            using var stream = KeyStream.ChaCha20(key, header.Nonce);
            stream.Xor(0, payload);
            return payload.Length;
        }
        if (payload.Length % AesBlockBytes != 0)
        {
            throw Failures.Truncated("its payload");
        }
        try
        {
            using var aes = Aes.Create();
            aes.SetKey(key);
            return aes.DecryptCbc(payload, header.Nonce, payload, PaddingMode.PKCS7);
        }
        catch (CryptographicException)
        {
            throw Failures.Damaged("the end of its payload was altered");
        }
    }

    private static (byte[] Bytes, int Length) Expand(NativeBuffer file, KdbxHeader header, int start, int length)
    {
        var payload = file.Span.Slice(start, length);
        if (!header.IsCompressed)
        {
            return (payload.ToArray(), length);
        }
        using var input = file.Stream(start, length);
        return Expander.Expand(input, Expander.LengthHint(payload), length);
    }

    private static VaultTree Read3(KdbxHeader header, byte[] bytes, int length, byte[] headerHash)
    {
        var source = new SliceSource(bytes, InnerStream(header.InnerStreamId, header.InnerKey)) { HasTextTimes = true };
        try
        {
            var tree = DocumentReader.Read(source, 0, length, []);
            Version3.Adopt(tree, headerHash);
            return tree;
        }
        catch
        {
            source.Stream.Dispose();
            throw;
        }
    }

    private static VaultTree Read4(byte[] bytes, int length)
    {
        var reader = new SpanReader(bytes.AsSpan(0, length), "its inner header");
        var attachments = new List<PooledAttachment>();
        uint? streamId = null;
        Span<byte> streamKey = [];
        while (true)
        {
            var id = (InnerField)reader.Byte();
            var count = reader.Length32();
            var start = reader.Position;
            var value = reader.Take(count);
            switch (id)
            {
                case InnerField.End:
                    var stream = InnerStream(streamId, streamKey);
                    CryptographicOperations.ZeroMemory(streamKey);
                    return ReadDocument(new SliceSource(bytes, stream), reader.Position, length, attachments);
                case InnerField.StreamId:
                    streamId = count == sizeof(uint) ? BitConverter.ToUInt32(value) : null;
                    break;
                case InnerField.StreamKey:
                    streamKey = bytes.AsSpan(start, count);
                    break;
                case InnerField.Attachment:
                    attachments.Add(count > 0
                        ? new PooledAttachment(bytes.AsMemory(start + 1, count - 1), value[0])
                        : throw Failures.Damaged("an attachment in its inner header is not whole"));
                    break;
                default:
                    throw Failures.Unsupported("the vault's inner header has a field that is not known here");
            }
        }
    }

    private static VaultTree ReadDocument(SliceSource source, int start, int length, List<PooledAttachment> attachments)
    {
        try
        {
            return DocumentReader.Read(source, start, length - start, attachments);
        }
        catch
        {
            source.Stream.Dispose();
            throw;
        }
    }

    private static KeyStream InnerStream(uint? id, ReadOnlySpan<byte> key)
    {
        if (id is null || key.IsEmpty)
        {
            throw Failures.Damaged("its inner stream is not named");
        }
        var kind = (KeyStreamKind)id;
        return Enum.IsDefined(kind)
            ? KeyStream.ForInner(kind, key)
            : throw Failures.Unsupported("the vault protects values with a stream cipher that is not known here");
    }
}
