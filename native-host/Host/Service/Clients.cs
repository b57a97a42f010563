namespace Host.Service;

/// <summary>Who is connected, and which browsers were. Guarded by the session's gate, but for <see cref="Tell"/>, which takes it.</summary>
internal sealed class Clients(Gate gate)
{
    private readonly List<Client> _clients = [];
    private readonly HashSet<BrowserProcess> _browsers = [];

    /// <summary>Whether nobody is left who would use or lock the vault: no port of an extension, and no browser that had one.</summary>
    public bool HasNoBrowser
    {
        get
        {
            _browsers.RemoveWhere(browser => !browser.IsRunning);
            return _browsers.Count == 0 && _clients.TrueForAll(client => client.Profile is null);
        }
    }

    /// <summary>Whether a browser's process is known whose end would not be noticed by its port.</summary>
    public bool WatchesBrowsers => _browsers.Count > 0;

    /// <summary>Those for whom something holds.</summary>
    public Client[] Where(Predicate<Client> holds) => [.. _clients.FindAll(holds)];

    /// <summary>Adds one that has said hello.</summary>
    public void Add(Client client)
    {
        _clients.Add(client);
        if (client is { Profile: not null, BrowserProcess: { } browser })
        {
            _browsers.Add(browser);
        }
    }

    /// <summary>Removes one.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(Client client) => _clients.Remove(client);

    /// <summary>Sends an event to those it concerns: outside the gate, because a browser that does not read may take seconds.</summary>
    public void Tell(string name, string? reason, Func<Client, bool> concerns)
    {
        Client[] clients;
        lock (gate)
        {
            clients = Where(client => client.HearsEvents && concerns(client));
        }
        foreach (var client in clients)
        {
            client.Events.Send(name, reason);
        }
    }
}
