using Host.Native;
using Host.Protocol;

namespace Host.Service;

/// <summary>Answers about the vaults themselves: <c>vaults</c>, <c>removeVault</c>, <c>changeVault</c>.</summary>
internal static class VaultAnswers
{
    private const string IsOpen = "open", IsHidden = "hidden", HasFailed = "failed";

    public static Vaults List(SeenVaults seen) => new(
        [OwnOf(seen), .. seen.Listed.Further.Select(one => Of(seen, one)), .. seen.Listed.Shares.Select((share, number) => Of(seen, share, number))]);

    /// <summary>A further vault as lists have it.</summary>
    public static ListedVault Of(SeenVaults seen, FurtherVault one)
    {
        var id = seen.Listed.IdOf(one);
        var open = one.Open is { } file && seen.Sees(id) ? file : null;
        return new ListedVault(
            id, NameOf(one), one.Entry.Path, seen.Own.VaultSettings.ColourOf(id, PositionOf(seen.Listed, one)), Own: false,
            // One that waits to be opened is about to be: it is open, with nothing to count yet.
            one.Error is not null ? HasFailed : seen.Sees(id) ? IsOpen : IsHidden,
            TakesNew: open is not null && open == seen.TakesNew, open?.Matches.Count, open is null ? null : ReadOnlyOf(open),
            one.Error is { } error ? error with { Reason = null } : null);
    }

    /// <summary>The vault of an office as lists have it.</summary>
    private static ListedVault Of(SeenVaults seen, OpenShare share, int number) => new(
        share.Id, share.Name, share.File.Path, seen.Own.VaultSettings.ColourOf(share.Id, 1 + seen.Listed.Further.Count + number), Own: false, IsOpen,
        TakesNew: false, share.Matches.Count, Office: share.Client.Us.Office.ToString());

    /// <summary>Takes a vault off the list: the item that names it goes into the recycle bin, and who was let in is forgotten.</summary>
    public static Done Remove(OpenVaults vaults, FurtherVault one)
    {
        var (own, item) = (vaults.Own, one.Entry.Item);
        own.CommitItem(() =>
        {
            var named = own.File.Find(item)!;
            own.File.Remove(item);
            own.VaultSettings.Remove(vaults.IdOf(one));
            return named;
        });
        return new Done();
    }

    public static ListedVault Change(SeenVaults seen, ChangeVault request)
    {
        var own = seen.Own;
        var one = request.Vault == own.Id ? null : seen.Listed.Require(request.Vault);
        own.Commit(() =>
        {
            if (request.Set.Colour is { } colour)
            {
                own.VaultSettings.SetColour(request.Vault, colour);
            }
            if (request.Set.TakesNew is true)
            {
                own.VaultSettings.SetTakesNew(one is null ? null : request.Vault);
            }
        });
        return one is null ? OwnOf(seen) : Of(seen, one);
    }

    /// <summary>Tells whether a vault cannot be written: a write renames a new file into the place of the old one.</summary>
    public static bool IsReadOnly(OpenVault vault) =>
        Libc.access(vault.File.Path, Libc.MayWrite) != 0 || Libc.access(Path.GetDirectoryName(vault.File.Path)!, Libc.MayWrite) != 0;

    private static ListedVault OwnOf(SeenVaults seen) => new(
        seen.Own.Id, seen.Own.File.Name, seen.Own.File.Path, seen.Own.VaultSettings.ColourOf(seen.Own.Id, 0), Own: true, IsOpen,
        TakesNew: seen.TakesNew == seen.Own, seen.Listed.OwnItems, ReadOnlyOf(seen.Own));

    private static string NameOf(FurtherVault one) =>
        one.Entry.Name.Length > 0 ? one.Entry.Name : one.Open?.File.Name ?? Path.GetFileNameWithoutExtension(one.Entry.Path);

    private static int PositionOf(OpenVaults vaults, FurtherVault one) => vaults.Further.TakeWhile(each => each != one).Count() + 1;

    private static bool? ReadOnlyOf(OpenVault vault) => IsReadOnly(vault) ? true : null;
}
