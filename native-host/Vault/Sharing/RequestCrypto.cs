using System.Security.Cryptography;
using Contracts;

namespace Vault.Sharing;

/// <summary>
/// Puts a signed request for access under the key of who is asked, and back: a wrap of a key made for it, and behind it the request sealed
/// under that key. See server/docs/sharing.md, "Requests for access".
/// </summary>
public static class RequestCrypto
{
    /// <summary>Seals a request to who is asked.</summary>
    /// <param name="request">Signed by its author.</param>
    /// <param name="asked">Whom it asks, from the verified log.</param>
    /// <returns>At most <see cref="Limits.ReasonBytes"/> bytes.</returns>
    public static byte[] Close(SignedRecord<AccessRequest> request, MemberRecord asked)
    {
        var key = RandomNumberGenerator.GetBytes(Seal.KeyBytes);
        try
        {
            var binding = Binding.Request(request.Record.Office, request.Record.Request, asked.Member);
            return
            [
                .. Wrap.For(asked.AgreementKey, binding, key),
                .. Seal.Close(key, binding, [.. request.Signature, .. request.Bytes]),
            ];
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    /// <summary>Opens a request that asks us, and checks who signed it.</summary>
    /// <param name="ourKey">Ours.</param>
    /// <param name="office">The office.</param>
    /// <param name="request">The id under which the server delivered it.</param>
    /// <param name="us">Our id.</param>
    /// <param name="author">Whom the server names as its author, from the verified log.</param>
    /// <param name="closed">What the server delivered.</param>
    /// <returns>
    /// The request, or <see langword="null"/> if it is not for us, not of this office, id or author, not signed by the author's key, or not
    /// a request at all. Which of them cannot be told.
    /// </returns>
    public static AccessRequest? Open(AgreementKey ourKey, Id office, Id request, Id us, MemberRecord author, ReadOnlySpan<byte> closed)
    {
        var binding = Binding.Request(office, request, us);
        if (closed.Length < Wrap.Bytes || Wrap.Open(ourKey, binding, closed[..Wrap.Bytes]) is not { } key)
        {
            return null;
        }
        var opened = Seal.Open(key, binding, closed[Wrap.Bytes..]);
        CryptographicOperations.ZeroMemory(key);
        if (opened is null || opened.Length < SigningKey.SignatureBytes)
        {
            return null;
        }
        try
        {
            var signed = SignedRecord.Decode<AccessRequest>(opened.AsSpan(SigningKey.SignatureBytes), opened.AsSpan(0, SigningKey.SignatureBytes));
            var record = signed.Record;
            return record.Office == office && record.Request == request && record.To == us && record.Author == author.Member && signed.IsBy(author.SigningKey)
                ? record
                : null;
        }
        catch (ContractException)
        {
            // What was sealed is no request.
            return null;
        }
    }
}
