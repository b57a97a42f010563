using Contracts;
using Contracts.Wire;
using Host.Protocol;
using Office;
using Office.Store;
using Vault;

namespace Host.Service;

/// <summary>Answers about an office's grid: from what this computer knows, also while the server is away.</summary>
/// <param name="options">The session's.</param>
/// <param name="gate">The session's, under which titles are read.</param>
internal sealed class GridAnswers(SessionOptions options, Gate gate)
{
    /// <summary>A page of it.</summary>
    public Grid Grid(OpenShare share, GetGrid request)
    {
        Id? after = request.After is { } last ? Id.TryParse(last) ?? throw ErrorKind.BadMessageError("after is no place in the grid") : null;
        var (rows, more) = share.Client.Grid(after, Protocol.Limits.MaxGridItems, Protocol.Limits.MaxGridGrants);
        var shown = ShownOf(share, rows);
        var people = after is null ? OfficeAnswers.Everybody(share) : null;
        return new Grid(
            [
                .. rows.Select((row, number) => new GridItem(
                    IdOf(share, row.Item), row.Folder is null ? "item" : "folder", shown[number].Title, WireWords.Of(row.Right), row.Version, row.Author.ToString(),
                    [.. row.Grants.Select(GrantOf)], row.Home is { } home ? IdOf(share, home) : null, shown[number].IsRemoved ? true : null)),
            ],
            more ? rows[^1].Item.ToString() : null, people?.Members, people?.Groups);
    }

    /// <summary>Begins a step; where nobody keeps up with the server, makes it.</summary>
    public AccessStep Set(OpenShare share, SetAccess request)
    {
        var step = OfficeAnswers.IdOf(request.Step, "step");
        List<AccessChange> changes =
        [
            .. request.Changes.Select(change => new AccessChange(
                ItemOf(share, change.Item), [.. change.Grants.Select(OfficeAnswers.GrantOf)], change.Folder is not null,
                change.Folder is { Length: > 0 } folder ? ItemOf(share, folder) : null)),
        ];
        if (changes.DistinctBy(change => change.Item).Count() < changes.Count)
        {
            throw ErrorKind.BadMessageError("an item is named twice");
        }
        share.Client.BeginStep(step, changes);
        if (!options.IsHost)
        {
            share.Client.RunSteps();
        }
        return Progress(share, step);
    }

    /// <summary>How a step stands.</summary>
    public static AccessStep Step(OpenShare share, GetAccessStep request)
    {
        var step = OfficeAnswers.IdOf(request.Step, "step");
        if (request.Cancel is true)
        {
            share.Client.CancelStep(step);
        }
        return Progress(share, step);
    }

    public static AddedFolder Add(OpenShare share, AddFolder request) => new(
        IdOf(share, share.Client.AddFolder(request.Name, request.Folder is { } parent ? ItemOf(share, parent) : null)));

    public static Done Rename(OpenShare share, RenameFolder request)
    {
        share.Client.RenameFolder(ItemOf(share, request.Folder), request.Name);
        return new Done();
    }

    public static Done Remove(OpenShare share, RemoveFolder request)
    {
        share.Client.RemoveFolder(ItemOf(share, request.Folder));
        return new Done();
    }

    private static AccessStep Progress(OpenShare share, Id id)
    {
        var progress = share.Client.ProgressOf(id) ?? throw ErrorKind.NotFoundError("step");
        var state = progress.IsCancelled ? "cancelled" : progress.IsOver ? "done" : share.Client.IsReached ? "running" : "waiting";
        return new AccessStep(
            state, progress.Total, progress.Done,
            [.. progress.Refused.Select(one => new RefusedItem(IdOf(share, one.Item), OfficeAnswers.WordOf(one.Error)))]);
    }

    private List<(string Title, bool IsRemoved)> ShownOf(OpenShare share, IReadOnlyList<GridRow> rows)
    {
        lock (gate)
        {
            return [.. rows.Select(row => row.Folder is { } folder ? (folder.Name, false) : ShownOf(share, ShareCopy.IdOf(row.Item)))];
        }
    }

    private static (string Title, bool IsRemoved) ShownOf(OpenShare share, ItemId item) =>
        share.IsClosed ? ("", false)
        : share.File.Find(item) is { } there ? (there.Title, false)
        : share.File.FindRemoved(item) is { } removed ? (removed.Title, true)
        : ("", false);

    private static GridGrant GrantOf(GivenGrant given) => new(
        given.Grant.Principal.ToString(), WireWords.Of(given.Grant.Right), given.By.ToString(), TimeOf(given.Grant.NotBefore), TimeOf(given.Grant.NotAfter));

    private static string? TimeOf(long milliseconds) => milliseconds == 0
        ? null
        : WireTime.Of(DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())));

    private static string IdOf(OpenShare share, Id item) => share.IdOf(ShareCopy.IdOf(item));

    /// <summary>An item or folder of this very office, by its id as clients have it.</summary>
    private static Id ItemOf(OpenShare share, string id) =>
        id.Split('.') is [var vault, var item] && vault == share.Id ? OfficeAnswers.IdOf(item, "item") : throw ErrorKind.NotFoundError("item");
}
