using Host.Protocol;
using Office;
using Office.Content;
using Office.Store;
using Vault;

namespace Host.Service;

/// <summary>
/// Answers <c>bring</c>: moves the items of chosen folders into an office. What was moved is in its folder no more, so whoever asks again goes on,
/// also after a crash, and what a crash left in both places is not added twice.
/// </summary>
internal static class BringAnswers
{
    /// <summary>Moves some, outside the gate.</summary>
    /// <exception cref="ProtocolException"><c>notFound</c>: there is no such vault.</exception>
    /// <exception cref="OfficeException">A grant is for nobody, or the person is no member: what was moved before stays moved.</exception>
    /// <exception cref="VaultException">A file cannot be written: likewise.</exception>
    public static Brought Bring(Gate gate, SeenVaults vaults, OpenShare share, BringItems request)
    {
        var refused = new List<NotBrought>();
        Queue<(HomedItem Item, FolderToBring Folder)> waiting;
        lock (gate)
        {
            waiting = new(Chosen(vaults, request.Folders, refused));
        }
        var moved = new List<ListedItem>();
        while (request.Preview is not true && moved.Count < request.Limit && waiting.TryDequeue(out var next))
        {
            try
            {
                if (Move(gate, share, next.Item, next.Folder.Grants, request.History is true) is { } item)
                {
                    moved.Add(item);
                }
            }
            catch (OfficeException failure) when (failure.Error == OfficeError.Refused)
            {
                refused.Add(new NotBrought(next.Item.Id, next.Item.Item.Title, "tooLarge"));
            }
        }
        return new Brought(moved, waiting.Count, refused);
    }

    /// <summary>The items of the folders that are no office's and can be shared, each with the deepest folder that it lies in.</summary>
    private static IEnumerable<(HomedItem Item, FolderToBring Folder)> Chosen(
        SeenVaults vaults, IReadOnlyList<FolderToBring> folders, List<NotBrought> refused)
    {
        var keys = vaults.Listed.Keys.ToHashSet();
        foreach (var ofVault in folders.GroupBy(folder => folder.Vault is { } id ? vaults.RequireVault(id) : vaults.Own).Where(group => group.Key is not OpenShare))
        {
            foreach (var item in ofVault.Key.File.Items.Where(item => !keys.Contains(item.Id)))
            {
                if (ofVault.Where(folder => Holds(folder.Folder, item.Folder)).MaxBy(folder => folder.Folder.Length) is not { } folder)
                {
                    continue;
                }
                var homed = new HomedItem(ofVault.Key, item);
                if (ofVault.Key.File.Get(item.Id)!.Attachments.Count > 0)
                {
                    refused.Add(new NotBrought(homed.Id, item.Title, "attachments"));
                    continue;
                }
                yield return (homed, folder);
            }
        }
    }

    private static bool Holds(string folder, string path) =>
        folder.Length == 0 || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>Moves one.</summary>
    /// <returns>The item in the office; <see langword="null"/> if it went from its vault meanwhile.</returns>
    private static ListedItem? Move(Gate gate, OpenShare share, HomedItem homed, IReadOnlyList<GrantToSet> grants, bool withHistory)
    {
        ItemContent whole;
        ItemId? there;
        lock (gate)
        {
            if (homed.Vault.IsClosed || homed.Vault.File.Find(homed.Item.Id) is null)
            {
                return null;
            }
            whole = ShareCopy.ReadWhole(homed.Vault.File, homed.Item.Id, share.Client.Us.Member)!;
            there = SameIn(share, whole, homed.Item);
        }
        using (whole)
        {
            there = there is { } same && share.Client.IsOurs(ShareCopy.IdOf(same))
                ? same
                : OfficeAnswers.Share(share, withHistory ? whole : whole with { History = [] }, grants);
        }
        lock (gate)
        {
            homed.Vault.CommitItem(() =>
            {
                homed.Vault.File.Remove(homed.Item.Id);
                return homed.Item;
            });
            return Words.Listed(new HomedItem(share, share.File.Find(there.Value)!));
        }
    }

    /// <summary>The item of the office that is just so: a crash may have come between adding it and removing it here.</summary>
    private static ItemId? SameIn(OpenShare share, ItemContent whole, ItemSummary item)
    {
        foreach (var other in share.File.Items.Where(other => other.Title == item.Title && other.UserName == item.UserName))
        {
            using var content = ShareCopy.ReadWhole(share.File, other.Id, share.Client.Us.Member)!;
            if (content.Kind == whole.Kind && ContentMerge.IsSame(content.Body, whole.Body))
            {
                return other.Id;
            }
        }
        return null;
    }
}
