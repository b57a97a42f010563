using Host.Protocol;

namespace Host.Commands;

/// <summary>Finds the one item that a person names: by id, by title, or by a search that only one item fits.</summary>
internal static class ItemLookup
{
    private const int IdCharacters = 22;
    private const int MostNamed = 5;

    /// <summary>Reads the item.</summary>
    /// <exception cref="ProtocolException">Kind <c>notFound</c> or <c>ambiguous</c>.</exception>
    public static async Task<Details> FindAsync(Invocation invocation, IHostConnection connection, string name)
    {
        if (name.Length == IdCharacters && await ByIdAsync(invocation, connection, name) is { } details)
        {
            return details;
        }
        var found = await invocation.AskAsync<Found>(connection, new Search(name, Listing.MaxPage));
        var sameTitle = found.Items.Where(item => item.Title.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        var fitting = sameTitle.Count > 0 ? sameTitle : found.Items;
        return fitting.Count switch
        {
            0 => throw Failure.Of("notFound", $"no item fits '{name}'", "look for it with \"latchkey search\""),
            1 => await invocation.AskAsync<Details>(connection, new GetItem(fitting[0].Id)),
            _ => throw Failure.Of("ambiguous", $"{fitting.Count} items fit '{name}'", $"name one by its id: {Names(fitting)}"),
        };
    }

    private static async Task<Details?> ByIdAsync(Invocation invocation, IHostConnection connection, string id)
    {
        try
        {
            return await invocation.AskAsync<Details>(connection, new GetItem(id));
        }
        catch (ProtocolException exception) when (exception.Error.Kind is "notFound" or "badMessage")
        {
            return null; // a title may have 22 characters too
        }
    }

    private static string Names(IReadOnlyList<ListedItem> items)
    {
        var names = string.Join(", ", items.Take(MostNamed).Select(item => $"{item.Id} ({item.Title}, {item.Username})"));
        return items.Count > MostNamed ? $"{names}, …" : names;
    }
}
