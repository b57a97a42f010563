using Host.Client;
using Host.Protocol;

namespace Host.Commands;

/// <summary>A connection to open vaults, and what they are called.</summary>
internal sealed class VaultsConnection(IHostConnection connection, IReadOnlyList<ListedVault> vaults) : IHostConnection
{
    private readonly bool _hasSeveral = vaults.Count(vault => vault.Items is not null) > 1;

    /// <summary>The vaults, the own one first; none if the host is of a build that knows only one.</summary>
    public IReadOnlyList<ListedVault> Vaults => vaults;

    /// <summary>Asks for the vaults of a connection that is unlocked, and says which of them this very command could not open.</summary>
    public static async Task<VaultsConnection> OfAsync(Invocation invocation, IHostConnection connection)
    {
        var vaults = await ListAsync(invocation, connection);
        foreach (var vault in vaults.Where(vault => connection is LocalConnection && vault.Error is not null))
        {
            invocation.Output.Note($"warning: the vault '{vault.Name}' is left out: {vault.Error!.Message}");
        }
        return new VaultsConnection(connection, vaults);
    }

    /// <summary>The vault that a person names: by its name or its id.</summary>
    /// <exception cref="ProtocolException">Kind <c>notFound</c> or <c>ambiguous</c>.</exception>
    public ListedVault Find(string name)
    {
        var fitting = vaults.Where(vault => vault.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).ToList();
        return vaults.FirstOrDefault(vault => vault.Id == name) ?? fitting switch
        {
            [var vault] => vault,
            [] => throw Failure.Of("notFound", $"there is no vault '{name}'", "look for it with \"latchkey vaults\""),
            _ => throw Failure.Of(
                "ambiguous", $"{fitting.Count} vaults are called '{name}'", $"name one by its id: {string.Join(", ", fitting.Select(vault => vault.Id))}"),
        };
    }

    /// <summary>The item with its vault's name in the place of that one's id, if there are several open.</summary>
    public ListedItem Named(ListedItem item) =>
        item with { Vault = _hasSeveral ? vaults.First(vault => item.Vault is null ? vault.Own : vault.Id == item.Vault).Name : null };

    /// <inheritdoc/>
    public Task<Reply> AskAsync(Request request, CancellationToken cancellationToken = default) => connection.AskAsync(request, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private static async Task<IReadOnlyList<ListedVault>> ListAsync(Invocation invocation, IHostConnection connection)
    {
        try
        {
            return (await invocation.AskAsync<Vaults>(connection, new GetVaults())).List;
        }
        catch (ProtocolException exception) when (exception.Error.Kind == ErrorKind.UnknownType)
        {
            return []; // the host is older, and serves on until it locks
        }
    }
}
