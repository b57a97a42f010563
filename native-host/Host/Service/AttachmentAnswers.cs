using System.Buffers.Text;
using System.Security.Cryptography;
using Host.Protocol;

namespace Host.Service;

/// <summary>Answers <c>attachment</c>, which passes the caller's <c>release</c> first, and <c>attach</c>.</summary>
internal static class AttachmentAnswers
{
    private const int MaxNameCharacters = 255;

    /// <summary>Finds the file and lets it be released, under the gate.</summary>
    /// <returns>Reads it, outside the gate: an office's may have to be fetched.</returns>
    public static Func<Revealed> Read(SeenVaults vaults, GetAttachment request, Action<string> release)
    {
        var (vault, item) = vaults.Require(request.Item);
        vault.CheckMay(item.Id, Contracts.Right.Read);
        release(request.Item); // before it is in memory, where a refusal would leave it
        var read = vault.FindAttachment(item.Id, request.Name) ?? throw ErrorKind.NotFoundError("attachment");
        return () => RevealedOf(read());
    }

    private static Revealed RevealedOf(byte[] content)
    {
        try
        {
            if (content.Length > Limits.AttachmentBytes)
            {
                throw TooLarge();
            }
            return new Revealed(Secret.Base64Of(content));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    public static Saved Attach(SeenVaults vaults, Attach request)
    {
        var (vault, item) = vaults.Require(request.Item);
        if (request.Name.Length is 0 or > MaxNameCharacters || request.Name.Any(char.IsControl))
        {
            throw ErrorKind.BadMessageError($"the name of an attachment is not 1 to {MaxNameCharacters} characters");
        }
        ReadOnlyMemory<byte>? content = null; // not by a conditional: there null becomes an empty file
        if (request.Value is { } value)
        {
            content = ContentOf(value);
        }
        return new Saved(Words.Listed(new HomedItem(vault, vault.Attach(item.Id, request.Name, content))));
    }

    private static byte[] ContentOf(Secret base64)
    {
        if (base64.Utf8.Length > Base64.GetMaxEncodedToUtf8Length(Limits.AttachmentBytes))
        {
            throw TooLarge();
        }
        var content = base64.FromBase64() ?? throw ErrorKind.BadMessageError("the attachment is not base64");
        return content.Length <= Limits.AttachmentBytes ? content : throw TooLarge();
    }

    private static ProtocolException TooLarge() =>
        ErrorKind.Error(ErrorKind.AttachmentTooLarge, "the attachment is above 16 MiB", "keep it elsewhere");
}
