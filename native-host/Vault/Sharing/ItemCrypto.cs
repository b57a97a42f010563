using System.Security.Cryptography;
using Contracts;

namespace Vault.Sharing;

/// <summary>
/// What only whoever has a key can do with an item: wrap and unwrap its key, seal and open its content. Records and envelopes are
/// judged before, by <see cref="MembershipLog"/> and <see cref="ItemChain"/>.
/// </summary>
public static class ItemCrypto
{
    /// <summary>How many bytes an item key has.</summary>
    public const int KeyBytes = Seal.KeyBytes;

    /// <summary>Makes a new item key, which the caller clears.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(KeyBytes);

    /// <summary>Wraps an item key for a member.</summary>
    public static KeyWrap WrapFor(MemberRecord member, Id office, Id item, long epoch, ReadOnlySpan<byte> itemKey) =>
        WrapFor(member.AgreementKey, office, item, epoch, member.Member, groupEpoch: 0, itemKey);

    /// <summary>Wraps an item key for a group, which must not be waiting for a new key (<see cref="Group.NeedsKey"/>).</summary>
    public static KeyWrap WrapFor(GroupRekeyEntry group, Id office, Id item, long epoch, ReadOnlySpan<byte> itemKey) =>
        WrapFor(group.AgreementKey, office, item, epoch, group.Group, group.Epoch, itemKey);

    /// <summary>Unwraps an item key and holds it against the commitment of the access record.</summary>
    /// <param name="ourKey">Ours, or that of a group that we are in.</param>
    /// <param name="record">A record of the key's epoch that counts.</param>
    /// <param name="item">The item, which version 1 of a record does not name.</param>
    /// <param name="wrap">What the server delivered.</param>
    /// <returns>The 32 bytes, which the caller clears, or <see langword="null"/> if the wrap is not for this key and place, or holds another key.</returns>
    public static byte[]? Unwrap(AgreementKey ourKey, AccessRecord record, Id item, KeyWrap wrap)
    {
        var info = Binding.ItemWrap(record.Office, item, record.Epoch, wrap.Principal, wrap.GroupEpoch);
        var itemKey = Wrap.Open(ourKey, info, wrap.Bytes.Span);
        if (itemKey is null || Binding.Commitment(record.Office, record.Epoch, itemKey) == record.Commitment)
        {
            return itemKey;
        }
        CryptographicOperations.ZeroMemory(itemKey);
        return null;
    }

    /// <summary>Wraps the private half of a group's key for a member.</summary>
    public static KeyWrap WrapGroupKey(AgreementKey groupKey, Id office, Id group, long groupEpoch, MemberRecord member)
    {
        var exported = groupKey.Export();
        try
        {
            var info = Binding.GroupWrap(office, group, groupEpoch, member.Member);
            return new() { Principal = member.Member, GroupEpoch = groupEpoch, Bytes = Wrap.For(member.AgreementKey, info, exported) };
        }
        finally
        {
            CryptographicOperations.ZeroMemory(exported);
        }
    }

    /// <summary>Unwraps the private half of a group's key and holds it against the log.</summary>
    /// <returns>The key, which the caller disposes, or <see langword="null"/> if the wrap is not for us, or does not yield the key of the entry.</returns>
    public static AgreementKey? UnwrapGroupKey(AgreementKey ourKey, Id office, GroupRekeyEntry entry, KeyWrap wrap)
    {
        var info = Binding.GroupWrap(office, entry.Group, entry.Epoch, wrap.Principal);
        if (Wrap.Open(ourKey, info, wrap.Bytes.Span) is not { } exported)
        {
            return null;
        }
        try
        {
            var key = AgreementKey.Import(exported);
            if (key.Public.Equals(entry.AgreementKey))
            {
                return key;
            }
            key.Dispose();
            return null;
        }
        catch (CryptographicException)
        {
            // What was wrapped is no private key of P-256.
            return null;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(exported);
        }
    }

    /// <summary>Seals content and signs the envelope around it.</summary>
    /// <param name="draft">Everything but the hash of the content.</param>
    /// <param name="itemKey">The item key of the draft's epoch.</param>
    /// <param name="content">UTF-8 JSON.</param>
    /// <param name="ourKey">That of the draft's author.</param>
    /// <returns>The envelope, and the sealed content that travels beside it.</returns>
    /// <exception cref="ContractException">The content is too large.</exception>
    public static (SignedRecord<Envelope> Envelope, byte[] SealedContent) SealContent(
        Envelope draft, ReadOnlySpan<byte> itemKey, ReadOnlySpan<byte> content, SigningKey ourKey)
    {
        var sealedContent = Seal.Close(itemKey, draft.Context, content);
        return (SignedRecord.Sign(draft with { Content = Hash.Of(sealedContent) }, ourKey), sealedContent);
    }

    /// <summary>Opens the content of an envelope that counts.</summary>
    /// <returns>The content, which the caller clears, or <see langword="null"/> if it is not the one that was signed, or the key is another.</returns>
    public static byte[]? OpenContent(Envelope envelope, ReadOnlySpan<byte> itemKey, ReadOnlySpan<byte> sealedContent) =>
        envelope.Content == Hash.Of(sealedContent) ? Seal.Open(itemKey, envelope.Context, sealedContent) : null;

    private static KeyWrap WrapFor(
        PublicKey theirKey, Id office, Id item, long epoch, Id principal, long groupEpoch, ReadOnlySpan<byte> itemKey)
    {
        var info = Binding.ItemWrap(office, item, epoch, principal, groupEpoch);
        return new() { Principal = principal, GroupEpoch = groupEpoch, Bytes = Wrap.For(theirKey, info, itemKey) };
    }
}
