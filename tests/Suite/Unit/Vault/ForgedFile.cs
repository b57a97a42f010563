using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Vault.Kdbx;

namespace Suite.Unit.Vault;

/// <summary>Files that somebody with the right key made to harm whoever opens them.</summary>
internal static class ForgedFile
{
    internal const string Root = "<UUID>AQIDBAUGBwgJCgsMDQ4PEA==</UUID><Name>Root</Name>";

    /// <summary>Writes a file around XML.</summary>
    internal static void WriteXml(TestVault test, string xml) => Write(test, payload =>
    {
        WriteInnerHeader(payload);
        payload.Write(Encoding.UTF8.GetBytes(xml));
    });

    /// <summary>Writes a file with these elements in the root group.</summary>
    internal static void WriteGroup(TestVault test, string elements) =>
        WriteXml(test, $"<KeePassFile><Meta/><Root><Group>{Root}{elements}</Group></Root></KeePassFile>");

    /// <summary>Writes a file around any payload.</summary>
    internal static void Write(TestVault test, Action<Stream> writePayload)
    {
        using var key = TestVault.Key();
        var kdf = KdfParameters.New(TestVault.Cheap);
        using var transformed = kdf.Transform(key.Span);
        using var output = System.IO.File.Create(test.Path);
        PayloadWriter.Write(output, KdbxHeader.New(kdf, OuterCipher.Aes256), transformed.Span, writePayload);
    }

    /// <summary>Changes bytes of a vault's header behind a name, and makes the header's hash agree again.</summary>
    internal static void PatchHeader(string path, ReadOnlySpan<byte> behind, ReadOnlySpan<byte> value)
    {
        var file = System.IO.File.ReadAllBytes(path);
        var length = KdbxHeader.Read(file).Length;
        value.CopyTo(file.AsSpan(file.AsSpan().IndexOf(behind) + behind.Length));
        SHA256.HashData(file.AsSpan(0, length), file.AsSpan(length));
        System.IO.File.WriteAllBytes(path, file);
    }

    internal static void WriteInnerHeader(Stream payload)
    {
        Field(payload, 1, [3, 0, 0, 0]);
        Field(payload, 2, new byte[64]);
        Field(payload, 0, []);
    }

    internal static void Field(Stream payload, byte id, ReadOnlySpan<byte> value)
    {
        Span<byte> prefix = stackalloc byte[5];
        prefix[0] = id;
        BinaryPrimitives.WriteInt32LittleEndian(prefix[1..], value.Length);
        payload.Write(prefix);
        payload.Write(value);
    }
}
