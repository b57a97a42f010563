using System.Security.Cryptography;
using Contracts;
using Office.Content;
using Vault.Sharing;

namespace Office.State;

/// <summary>What we may do with items, how they stand, and what is in them.</summary>
public sealed partial class OfficeState
{
    /// <summary>What we may do with an item at a time.</summary>
    public Right RightOf(SharedItem item, long now) => AreMember ? item.Chain.RightOf(_us.Member, now, NewestSigned) : Right.None;

    /// <summary>What we may do with an item at a time, and for how long that holds.</summary>
    public HeldRight HeldRightOf(SharedItem item, long now)
    {
        var right = RightOf(item, now);
        if (item.Chain.CountingRecord is not { Record.Grants: var grants } || !AreMember || !grants.Any(IsLimitedAndOurs))
        {
            return HeldRight.Always(right);
        }
        var ends = grants.Where(grant => IsLimitedAndOurs(grant) && grant.NotAfter != 0 && grant.IsOpenAt(now)).Select(grant => grant.NotAfter);
        return new HeldRight(right, item.Chain.UnlimitedRightOf(_us.Member), From: NewestSigned, Until: ends.DefaultIfEmpty(long.MaxValue).Min());
    }

    /// <summary>The items that we hold by a grant with limits, now or at another time.</summary>
    public IEnumerable<SharedItem> LimitedItems =>
        _limited.Where(item => item.Chain.CountingRecord?.Record.Grants.Any(IsLimitedAndOurs) == true);

    /// <summary>When what somebody may do changes next by the clock alone: a grant to us begins, or has ended.</summary>
    /// <returns>Milliseconds since 1970; <see langword="null"/> if nothing will.</returns>
    public long? NextLimit(long now)
    {
        var limits = LimitedItems.SelectMany(item => item.Chain.CountingRecord!.Record.Grants).Where(IsLimitedAndOurs)
            .SelectMany(grant => new[] { grant.NotBefore, grant.NotAfter == 0 ? 0 : grant.NotAfter + 1 }).Where(limit => limit > now).ToList();
        return limits.Count > 0 ? limits.Min() : null;
    }

    private bool IsLimitedAndOurs(Grant grant) => (grant.NotBefore != 0 || grant.NotAfter != 0)
        && (grant.Principal == _us.Member || Log.FindGroup(grant.Principal)?.Members.Contains(_us.Member) == true);

    /// <summary>How an item stands, before its content is opened.</summary>
    public ItemStatus StatusOf(SharedItem item, long now)
    {
        if (item.Chain.Envelope is { Record.IsRemoval: true } && item.Chain.EnvelopeCounts)
        {
            return ItemStatus.Removed;
        }
        if (RightOf(item, now) == Right.None)
        {
            return item.Failure is null || !AreMember ? ItemStatus.Lost : ItemStatus.Frozen;
        }
        if (item.Failure is not null)
        {
            return ItemStatus.Frozen;
        }
        if (item.Chain.Envelope is null)
        {
            return ItemStatus.Empty;
        }
        return item.Chain is { RecordCounts: true, EnvelopeCounts: true } ? ItemStatus.Shown : ItemStatus.Waits;
    }

    /// <summary>Opens the newest content, once all that needs no key is checked: wrap, commitment, seal, context, form.</summary>
    /// <returns>The content, which the caller disposes; <see langword="null"/> with the failure set if a check fails.</returns>
    public ItemContent? OpenContent(SharedItem item)
    {
        var (content, failure) = TryOpenContent(item);
        SetFailure(item, failure, _pending);
        return content;
    }

    /// <summary>As <see cref="OpenContent"/> for several items, on all cores.</summary>
    /// <returns>The contents, in the order of the items.</returns>
    public IReadOnlyList<ItemContent?> OpenContents(IReadOnlyList<SharedItem> items)
    {
        var opened = new (ItemContent? Content, string? Failure)[items.Count];
        Parallel.For(0, items.Count, number => opened[number] = TryOpenContent(items[number]));
        for (var number = 0; number < items.Count; number++)
        {
            SetFailure(items[number], opened[number].Failure, _pending);
        }
        return [.. opened.Select(one => one.Content)];
    }

    /// <summary>Unwraps the key of an item's newest epoch, for us or for one of our groups.</summary>
    /// <returns>The 32 bytes, which the caller clears, or <see langword="null"/> if no wrap holds the key that the record commits to.</returns>
    public byte[]? OpenKey(SharedItem item)
    {
        if (item.Chain.CountingRecord is not { Record: var record } || item.WrapsEpoch != record.Epoch)
        {
            return null;
        }
        foreach (var wrap in item.Wraps)
        {
            var ours = wrap.Principal == _us.Member ? _us.Agreement : _groupKeys.GetValueOrDefault((wrap.Principal, wrap.GroupEpoch));
            if (ours is not null && ItemCrypto.Unwrap(ours, record, item.Id, wrap) is { } key)
            {
                return key;
            }
        }
        return null;
    }

    /// <summary>The private half of a group's newest key.</summary>
    /// <returns><see langword="null"/> if we are not in the group, or were given none.</returns>
    public AgreementKey? KeyOf(Group group) => _groupKeys.GetValueOrDefault((group.Id, group.Epoch));

    private (ItemContent? Content, string? Failure) TryOpenContent(SharedItem item)
    {
        if (OpenKey(item) is not { } key)
        {
            return (null, KeyFailure);
        }
        try
        {
            var bytes = item.Sealed is { } sealedContent ? ItemCrypto.OpenContent(item.Chain.Envelope!.Record, key, sealedContent) : null;
            if (bytes is null)
            {
                return (null, "content");
            }
            var content = ContentJson.TryRead(bytes);
            CryptographicOperations.ZeroMemory(bytes);
            return (content, content is null ? "form" : null);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}
