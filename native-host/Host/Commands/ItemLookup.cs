using System.CommandLine;
using Host.Protocol;

namespace Host.Commands;

/// <summary>Finds the one item that a person names: by id, by title, or by a search that only one item fits.</summary>
internal static class ItemLookup
{
    private const int IdCharacters = 22, IdInFurtherVaultCharacters = 45;
    private const int MostNamed = 5;

    /// <summary>The argument that names the item.</summary>
    public static Argument<string> Argument() => new("ITEM") { Description = "an id, a title, or words that only one item fits" };

    /// <summary>Reads the item.</summary>
    /// <exception cref="ProtocolException">Kind <c>notFound</c> or <c>ambiguous</c>.</exception>
    public static async Task<Details> FindAsync(Invocation invocation, IHostConnection connection, string name)
    {
        if (name.Length is IdCharacters or IdInFurtherVaultCharacters && await ByIdAsync(invocation, connection, name) is { } details)
        {
            return details;
        }
        var found = await invocation.AskAsync<Found>(connection, new Search(name, Listing.MaxPage));
        var item = TheOne(found.Items, name) ?? throw Failure.Of("notFound", $"no item fits '{name}'", "look for it with \"latchkey search\"");
        return await invocation.AskAsync<Details>(connection, new GetItem(item.Id));
    }

    /// <summary>Finds the item in the recycle bin.</summary>
    /// <exception cref="ProtocolException">Kind <c>notFound</c> or <c>ambiguous</c>.</exception>
    public static async Task<ListedItem> FindRemovedAsync(Invocation invocation, IHostConnection connection, string name)
    {
        var removed = await Listing.AllAsync(invocation, connection, after => new GetTrash(Listing.MaxPage, after));
        return removed.FirstOrDefault(item => item.Id == name)
            ?? TheOne([.. removed.Where(item => item.Title.Contains(name, StringComparison.OrdinalIgnoreCase))], name)
            ?? throw Failure.Of("notFound", $"no item in the recycle bin fits '{name}'", "look for it with \"latchkey trash\"");
    }

    /// <summary>The item of that title, else the only one there is.</summary>
    private static ListedItem? TheOne(IReadOnlyList<ListedItem> items, string name)
    {
        var sameTitle = items.Where(item => item.Title.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        var fitting = sameTitle.Count > 0 ? sameTitle : items;
        return fitting switch
        {
            [] => null,
            [var item] => item,
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
