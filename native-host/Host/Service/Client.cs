namespace Host.Service;

/// <summary>Where events go.</summary>
internal interface IEventSink
{
    /// <summary>Sends an event, or gives up soon.</summary>
    void Send(string name, string? reason);
}

/// <summary>What the session knows of one connection. Guarded by the session's lock.</summary>
internal sealed class Client(IEventSink events)
{
    /// <summary>For how long a passphrase counts where one must have been given just now.</summary>
    public static readonly TimeSpan PassphraseIsFresh = TimeSpan.FromMinutes(5);

    /// <summary>Whether it has said hello.</summary>
    public bool SaidHello { get; set; }

    /// <summary>Whether the reply to its hello is out, so that events may follow.</summary>
    public bool HearsEvents { get; set; }

    /// <summary>Why the session ends when the reply is out, because this client asked for it; else <see langword="null"/>.</summary>
    public string? EndsSession { get; set; }

    /// <summary>Whether it takes answers in parts.</summary>
    public bool TakesParts { get; set; }

    /// <summary>Who it is; <see langword="null"/> for a command line.</summary>
    public Profile? Profile { get; set; }

    /// <summary>The browser's name, as it said itself; empty if it did not.</summary>
    public string Browser { get; set; } = "";

    /// <summary>The browser's process, as the kernel says; <see langword="null"/> if that is not known.</summary>
    public BrowserProcess? BrowserProcess { get; init; }

    /// <summary>The terminal's session that it is in, as the kernel says; <see langword="null"/> if in none.</summary>
    public TerminalSession? Terminal { get; init; }

    /// <summary>When it gave the passphrase on this connection, as a time stamp; <see langword="null"/> if it has not.</summary>
    public long? PassphraseAt { get; set; }

    /// <summary>Who asks, where limits count: the profile or the terminal's session, whatever its number of ports, or this connection.</summary>
    public object Asker => (object?)Profile?.Hash ?? (object?)Terminal ?? this;

    /// <summary>Where its events go.</summary>
    public IEventSink Events { get; } = events;
}
