using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Vault.Kdbx;

namespace Vault.Crypto;

/// <summary>
/// Reads a key file: KeePass's XML of version 2.0 (hexadecimal, with a check of its own) or 1.0 (base64), 32 raw bytes,
/// 64 hexadecimal characters, and anything else by its SHA-256.
/// </summary>
internal static class KeyFile
{
    private const int KeyBytes = 32;
    private const int CheckBytes = 4;
    private const int MaxXmlBytes = 16 * 1024;

    /// <summary>Writes the 32 bytes that the file stands for.</summary>
    /// <exception cref="VaultException">It is an XML key file, but its key is not whole or does not agree with its check.</exception>
    internal static void Read(ReadOnlySpan<byte> file, Span<byte> key)
    {
        if (file.Length == KeyBytes)
        {
            file.CopyTo(key);
            return;
        }
        if (file.Length == 2 * KeyBytes && Convert.FromHexString(file, key, out _, out _) == System.Buffers.OperationStatus.Done)
        {
            return;
        }
        if (file.Length > MaxXmlBytes || !TryReadXml(file, key))
        {
            SHA256.HashData(file, key);
        }
    }

    private static bool TryReadXml(ReadOnlySpan<byte> file, Span<byte> key)
    {
        XmlKey found;
        try
        {
            XmlScanner.CheckCharacters(file);
            var scanner = new XmlScanner(file);
            if (!scanner.Read() || !scanner.Name.SequenceEqual("KeyFile"u8))
            {
                return false;
            }
            found = Find(ref scanner);
        }
        catch (VaultException)
        {
            // Any file may be a key file, also one that only looks like XML.
            return false;
        }
        try
        {
            if (!found.IsWhole(key))
            {
                throw new VaultException(
                    VaultError.Damaged, "the key file is damaged: its key does not agree with its own check",
                    "take the key file from a backup");
            }
            return true;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(found.Data);
        }
    }

    private static XmlKey Find(ref XmlScanner scanner)
    {
        var key = new XmlKey();
        var inVersion = false;
        var inData = false;
        while (scanner.Read())
        {
            switch (scanner.Token)
            {
                case XmlToken.Start:
                    inVersion = scanner.Depth == 3 && scanner.Name.SequenceEqual("Version"u8);
                    inData = scanner.Depth == 3 && scanner.Name.SequenceEqual("Data"u8);
                    if (inData && scanner.TryGetAttribute("Hash"u8, out var hash))
                    {
                        key.Hash = Encoding.ASCII.GetString(hash);
                    }
                    break;
                case XmlToken.Text when inVersion:
                    key.IsVersion2 = scanner.Text.StartsWith("2."u8);
                    break;
                case XmlToken.Text when inData:
                    key.Data = [.. key.Data, .. scanner.Text];
                    break;
                case XmlToken.End:
                    inVersion = inData = false;
                    break;
            }
        }
        return key;
    }

    private sealed class XmlKey
    {
        internal bool IsVersion2 { get; set; }

        internal string? Hash { get; set; }

        internal byte[] Data { get; set; } = [];

        internal bool IsWhole(Span<byte> key)
        {
            Span<byte> text = stackalloc byte[Data.Length];
            var length = 0;
            foreach (var character in Data)
            {
                if (!XmlText.IsSpace(character))
                {
                    text[length++] = character;
                }
            }
            text = text[..length];
            return IsVersion2 ? IsWholeVersion2(text, key) : IsWholeVersion1(text, key);
        }

        private static bool IsWholeVersion1(ReadOnlySpan<byte> text, Span<byte> key) =>
            Base64.DecodeFromUtf8(text, key, out _, out var written) == System.Buffers.OperationStatus.Done
            && written == KeyBytes;

        private bool IsWholeVersion2(ReadOnlySpan<byte> text, Span<byte> key)
        {
            if (text.Length != 2 * KeyBytes
                || Convert.FromHexString(text, key, out _, out _) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(key, hash);
            return string.Equals(Hash, Convert.ToHexString(hash[..CheckBytes]), StringComparison.OrdinalIgnoreCase);
        }
    }
}
