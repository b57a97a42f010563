using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using Vault.Crypto;

namespace Vault.Kdbx;

/// <summary>Writes a vault as KDBX 4.1, stage by stage into one stream: XML, gzip unless the header says none, cipher, authenticated blocks.</summary>
internal static class PayloadWriter
{
    private const byte InnerStreamId = 1;
    private const byte InnerStreamKey = 2;
    private const byte InnerAttachment = 3;
    private const byte InnerEnd = 0;

    /// <summary>Writes the whole file.</summary>
    internal static void Write(Stream output, KdbxHeader header, ReadOnlySpan<byte> transformedKey, VaultTree tree) =>
        Write(output, header, transformedKey, payload => WritePayload(payload, tree));

    /// <summary>Writes a file around any payload.</summary>
    internal static void Write(
        Stream output, KdbxHeader header, ReadOnlySpan<byte> transformedKey, Action<Stream> writePayload)
    {
        using var keys = new KdbxKeys(header.MasterSeed, transformedKey);
        var headerBytes = header.ToArray();
        Span<byte> check = stackalloc byte[KdbxKeys.MacBytes];
        output.Write(headerBytes);
        SHA256.HashData(headerBytes, check);
        output.Write(check);
        keys.HeaderMac(headerBytes, check);
        output.Write(check);

        using var blocks = new AuthenticatedBlockStream(output, keys);
        using (var cipher = Cipher(header, keys.CipherKey, blocks))
        using (var packed = header.IsCompressed ? new GZipStream(cipher, CompressionLevel.Fastest) : cipher)
        {
            writePayload(packed);
        }
        blocks.Finish();
    }

    private static Stream Cipher(KdbxHeader header, ReadOnlySpan<byte> key, Stream output)
    {
        if (header.Cipher == OuterCipher.ChaCha20)
        {
            return new KeyStreamStream(output, KeyStream.ChaCha20(key, header.Nonce));
        }
        using var aes = Aes.Create();
        aes.SetKey(key);
        aes.IV = header.Nonce;
        return new CryptoStream(output, aes.CreateEncryptor(), CryptoStreamMode.Write, leaveOpen: true);
    }

    private static void WritePayload(Stream output, VaultTree tree)
    {
        Span<byte> innerKey = stackalloc byte[KeyStream.InnerKeyBytes];
        RandomNumberGenerator.Fill(innerKey);
        using var inner = KeyStream.ForInner(KeyStreamKind.ChaCha20, innerKey);
        WriteField(output, InnerStreamId, BitConverter.GetBytes((uint)KeyStreamKind.ChaCha20), []);
        WriteField(output, InnerStreamKey, innerKey, []);
        CryptographicOperations.ZeroMemory(innerKey);
        foreach (var attachment in tree.Attachments)
        {
            WriteField(output, InnerAttachment, [attachment.Flags], attachment.Content.Span);
        }
        WriteField(output, InnerEnd, [], []);

        var xml = new XmlOutput(output, inner, 0);
        DocumentWriter.Write(xml, tree);
        xml.Flush();
    }

    private static void WriteField(Stream output, byte id, ReadOnlySpan<byte> start, ReadOnlySpan<byte> rest)
    {
        Span<byte> prefix = stackalloc byte[1 + sizeof(int)];
        prefix[0] = id;
        BinaryPrimitives.WriteInt32LittleEndian(prefix[1..], start.Length + rest.Length);
        output.Write(prefix);
        output.Write(start);
        output.Write(rest);
    }
}

/// <summary>Seals what passes with a key stream. Dispose leaves the output open.</summary>
internal sealed class KeyStreamStream(Stream output, KeyStream stream) : WriteOnlyStream
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private long _offset;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = Math.Min(buffer.Length, _buffer.Length);
            var part = _buffer.AsSpan(0, count);
            buffer[..count].CopyTo(part);
            stream.Xor(_offset, part);
            output.Write(part);
            _offset += count;
            buffer = buffer[count..];
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }
        base.Dispose(disposing);
    }
}
