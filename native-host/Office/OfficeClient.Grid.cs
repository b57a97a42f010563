using Contracts;
using Office.State;

namespace Office;

/// <summary>A grant, and who gave it as it is.</summary>
public sealed record GivenGrant(Grant Grant, Id By);

/// <summary>Who may do what with an item, as a row of the office's grid.</summary>
/// <param name="Item">The item, or the folder.</param>
/// <param name="Folder">The folder that it is, if it is one.</param>
/// <param name="Home">The folder that it lies in; <see langword="null"/> at the top.</param>
/// <param name="Right">Ours.</param>
/// <param name="Version">Of the record that counts.</param>
/// <param name="Author">Who signed it.</param>
/// <param name="Grants">What it gives to those who are there still.</param>
public sealed record GridRow(Id Item, OfficeFolder? Folder, Id? Home, Right Right, long Version, Id Author, IReadOnlyList<GivenGrant> Grants);

/// <summary>The grid: what is known of everybody's access, as it was checked.</summary>
public sealed partial class OfficeClient
{
    /// <summary>Rows in the order of their ids.</summary>
    /// <param name="after">The last row that is known; <see langword="null"/> for the first ones.</param>
    /// <param name="items">How many rows at the most.</param>
    /// <param name="grants">How many grants at the most, but one row.</param>
    /// <returns>The rows, and whether there are more.</returns>
    public (IReadOnlyList<GridRow> Rows, bool More) Grid(Id? after, int items, int grants)
    {
        lock (_gate)
        {
            var now = Now;
            var rows = new List<GridRow>();
            foreach (var item in _state.Items.Where(item => after is null || item.Id.CompareTo(after.Value) > 0).OrderBy(item => item.Id))
            {
                if (_state.RightOf(item, now) is var right && right == Right.None
                    || _state.StatusOf(item, now) is ItemStatus.Lost or ItemStatus.Removed or ItemStatus.Empty
                    || item.Chain.CountingRecord is not { Record: var record })
                {
                    continue;
                }
                if (rows.Count == items || (grants < record.Grants.Count && rows.Count > 0))
                {
                    return (rows, true);
                }
                grants -= record.Grants.Count;
                rows.Add(new GridRow(
                    item.Id, _folders.GetValueOrDefault(item.Id), HomeOf(item), right, record.Version, record.Author,
                    [.. record.Grants.Where(grant => IsPrincipal(grant.Principal)).Select(grant => new GivenGrant(grant, GiverOf(item, grant)))]));
            }
            return (rows, false);
        }
    }

    /// <summary>The folder that an item lies in, as far as we see it.</summary>
    private Id? HomeOf(SharedItem item) => FolderOf(item) is { } folder && _folders.ContainsKey(folder) ? folder : null;

    /// <summary>Who signed the record since which a grant is as it is.</summary>
    private static Id GiverOf(SharedItem item, Grant grant)
    {
        var giver = item.Chain.CountingRecord!.Record.Author;
        for (var version = (int)item.Chain.CountingRecord.Record.Version - 1; version > 0; version--)
        {
            var record = item.Chain.Records[version - 1].Record;
            if (!record.Grants.Contains(grant))
            {
                break;
            }
            giver = record.Author;
        }
        return giver;
    }
}
