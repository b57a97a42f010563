namespace Vault.Matching;

/// <summary>An order of ids that means nothing and is always the same: the last word between equals, so that lists do
/// not jump.</summary>
internal static class IdOrder
{
    /// <summary>Compares the bytes.</summary>
    public static int Compare(ItemId left, ItemId right)
    {
        Span<byte> first = stackalloc byte[ItemId.Bytes];
        Span<byte> second = stackalloc byte[ItemId.Bytes];
        left.CopyTo(first);
        right.CopyTo(second);
        return first.SequenceCompareTo(second);
    }
}
