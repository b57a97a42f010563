using Contracts;
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
    /// <exception cref="OfficeException">A grant is for nobody, the person is no member, or the server is away: what was moved before stays moved.</exception>
    /// <exception cref="VaultException">A file cannot be written: likewise.</exception>
    public static Brought Bring(Gate gate, SeenVaults vaults, OpenShare share, BringItems request)
    {
        var refused = new List<NotBrought>();
        Queue<ItemToBring> waiting;
        lock (gate)
        {
            waiting = new(Chosen(vaults, request.Folders, refused));
        }
        int[] counts = [.. request.Folders.Select((_, place) => waiting.Count(item => item.Chosen == place))];
        var added = new List<(HomedItem From, ItemId There)>();
        var folders = new Dictionary<string, Id>();
        ILookup<(string, string), ItemId> known;
        lock (gate)
        {
            known = OwnItem.KnownIn(share);
        }
        try
        {
            while (request.Preview is not true && added.Count < request.Limit && waiting.TryDequeue(out var next))
            {
                try
                {
                    var grants = request.Folders[next.Chosen].Grants;
                    if (Add(gate, share, known, next.Item, FolderOf(share, request.Folders, next, folders), grants, request.History is true) is { } there)
                    {
                        added.Add((next.Item, there));
                    }
                }
                catch (OfficeException failure) when (failure.Error == OfficeError.TooLarge)
                {
                    refused.Add(new NotBrought(next.Item.Id, next.Item.Item.Title, "tooLarge"));
                }
            }
        }
        finally
        {
            Remove(gate, added);
        }
        lock (gate)
        {
            return new Brought(
                [.. added.Select(one => share.File.Find(one.There)).OfType<ItemSummary>().Select(item => Words.Listed(new HomedItem(share, item)))],
                waiting.Count, counts, refused);
        }
    }

    /// <summary>Puts what the office has now into the recycle bins of where it came from, each file written once.</summary>
    private static void Remove(Gate gate, List<(HomedItem From, ItemId There)> added)
    {
        lock (gate)
        {
            foreach (var home in added.GroupBy(one => one.From.Vault).Where(home => !home.Key.IsClosed))
            {
                home.Key.Remove([.. home.Select(one => one.From.Item.Id)]);
            }
        }
    }

    /// <summary>The items of the folders that are no office's and can be shared.</summary>
    private static IEnumerable<ItemToBring> Chosen(SeenVaults vaults, IReadOnlyList<FolderToBring> folders, List<NotBrought> refused)
    {
        var keys = vaults.Listed.Keys.ToHashSet();
        var homes = folders.Select(folder => folder.Vault is { } id ? vaults.RequireVault(id) : vaults.Own).ToList();
        foreach (var home in homes.Distinct().Where(home => home is not OpenShare))
        {
            foreach (var item in home.File.Items.Where(item => !keys.Contains(item.Id)))
            {
                List<int> holding =
                [
                    .. Enumerable.Range(0, folders.Count).Where(place => homes[place] == home && Holds(folders[place].Folder, item.Folder))
                        .OrderBy(place => folders[place].Folder.Length),
                ];
                if (holding.Count == 0)
                {
                    continue;
                }
                var homed = new HomedItem(home, item);
                if (!SharedFile.HaveRoom(home.File.Get(item.Id)!.Attachments.Select(attachment => attachment.Bytes)))
                {
                    refused.Add(new NotBrought(homed.Id, item.Title, "attachments"));
                    continue;
                }
                yield return new ItemToBring(homed, holding[0], holding[^1]);
            }
        }
    }

    /// <summary>The office's folder for an item: the chosen one and those below it are called there as here.</summary>
    private static Id? FolderOf(OpenShare share, IReadOnlyList<FolderToBring> folders, ItemToBring item, Dictionary<string, Id> known)
    {
        var vault = folders[item.Top].Vault;
        var path = item.Item.Item.Folder;
        var top = folders[item.Top].Folder;
        Id? at = null;
        for (var start = top.LastIndexOf('/') + 1; start < path.Length;)
        {
            var end = path.IndexOf('/', start) is var slash && slash < 0 ? path.Length : slash;
            var here = path[..end];
            var place = $"{vault} {here}";
            if (!known.TryGetValue(place, out var folder))
            {
                var grants = folders.Where(one => one.Vault == vault && Holds(one.Folder, here)).MaxBy(one => one.Folder.Length)!.Grants;
                known[place] = folder = share.Client.FolderIn(path[start..end], at, [.. grants.Select(OfficeAnswers.GrantOf)]);
            }
            at = folder;
            start = end + 1;
        }
        return at;
    }

    private static bool Holds(string folder, string path) =>
        folder.Length == 0 || path == folder || path.StartsWith(folder + "/", StringComparison.Ordinal);

    /// <summary>Adds one to the office.</summary>
    /// <returns>Its id there; <see langword="null"/> if it went from its vault meanwhile.</returns>
    private static ItemId? Add(
        Gate gate, OpenShare share, ILookup<(string, string), ItemId> known, HomedItem homed, Id? folder, IReadOnlyList<GrantToSet> grants, bool withHistory)
    {
        OwnItem whole;
        ItemId? there;
        lock (gate)
        {
            if (homed.Vault.IsClosed || homed.Vault.File.Find(homed.Item.Id) is null)
            {
                return null;
            }
            whole = OwnItem.Read(homed, share.Client.Us);
            there = whole.SameIn(share, known);
        }
        using (whole)
        {
            return there is { } same && share.Client.IsOurs(ShareCopy.IdOf(same))
                ? same
                : whole.AddTo(share, grants, withHistory, folder);
        }
    }

    /// <summary>An item to be moved.</summary>
    /// <param name="Item">The item.</param>
    /// <param name="Top">The place, in what was asked, of the topmost folder that holds it.</param>
    /// <param name="Chosen">That of the deepest one, whose grants it gets.</param>
    private sealed record ItemToBring(HomedItem Item, int Top, int Chosen);
}
