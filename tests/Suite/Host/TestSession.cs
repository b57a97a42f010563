using System.Text;
using Host;
using Host.Protocol;
using Host.Service;
using Suite.Unit.Vault;
using Vault;
using Vault.Matching;

namespace Suite.Hosting;

/// <summary>A session over a vault of its own in folders of its own, with time that moves when told.</summary>
internal sealed class TestSession : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchkey-host");
    private readonly TestVault _vault = new();
    private TaskCompletionSource<string> _ended = new();

    public TestSession(params ItemDraft[] items)
        : this(new ManualTime(), items)
    {
    }

    /// <summary>A session whose time is another's too.</summary>
    public TestSession(ManualTime time, params ItemDraft[] items)
    {
        Time = time;
        Paths = PathsIn(_folder.FullName);
        using (var file = _vault.Create())
        {
            Ids = [.. items.Select(item => file.Add(item).Id.ToString())];
            VaultId = file.RootGroup.ToString();
            file.Write();
        }
        Session = NewSession();
    }

    public Paths Paths { get; }

    public ManualTime Time { get; }

    public Session Session { get; private set; }

    /// <summary>The ids of the items, in order.</summary>
    public IReadOnlyList<string> Ids { get; }

    public string VaultPath => _vault.Path;

    /// <summary>The own vault's id on the wire.</summary>
    public string VaultId { get; }

    /// <summary>Why the session ended, or <see langword="null"/>.</summary>
    public string? EndedFor { get; private set; }

    /// <summary>Done when the session has ended, with the reason.</summary>
    public Task<string> HasEnded => _ended.Task;

    /// <summary>How sessions do from the next <see cref="Restart"/> on what nobody waits for: at once, unless told otherwise.</summary>
    public Action<Action> InBackground { get; set; } = work => work();

    /// <summary>The bus that sessions listen to from the next <see cref="Restart"/> on.</summary>
    public string? SystemBus { get; init; }

    public static Paths PathsIn(string folder) => new()
    {
        RuntimeFolder = Path.Combine(folder, "run"),
        StateFolder = Path.Combine(folder, "state"),
        ConfigFolder = Path.Combine(folder, "config"),
        DataFolder = Path.Combine(folder, "data"),
    };

    public static ItemDraft Login(string title, string url, MatchKind kind = MatchKind.Hostname, string userName = "anna", string? password = "s3cr3t") => new()
    {
        Kind = ItemKind.Login,
        Fields =
        [
            NewField.Clear(FieldName.Title, title),
            NewField.Clear(FieldName.UserName, userName),
            .. password is null ? Array.Empty<NewField>() : [TestVault.Secret(FieldName.Password, password)],
        ],
        Urls = [new ItemUrl(url, kind)],
    };

    /// <summary>Locks, and begins a new session over the same file, as a new host would.</summary>
    public void Restart()
    {
        Session.Dispose();
        EndedFor = null;
        _ended = new();
        Session = NewSession();
    }

    public TestClient Extension(
        char profile = 'A', string? browser = null, TerminalSession? terminal = null, BrowserProcess? process = null) =>
        new(Session, $"{new string(profile, 42)}A", browser ?? $"Browser {profile}", terminal, process);

    public TestClient CommandLine(TerminalSession? terminal = null) => new(Session, profile: null, terminal: terminal);

    /// <summary>An extension that has unlocked the vault.</summary>
    public TestClient Unlocked(char profile = 'A', string? browser = null)
    {
        var client = Extension(profile, browser);
        client.Unlock(VaultPath);
        return client;
    }

    /// <summary>Makes another vault beside the own one.</summary>
    public FurtherFile MakeFurther(string name, string passphrase, params ItemDraft[] items)
    {
        var path = Path.Combine(_vault.Folder.FullName, name + ".kdbx");
        using var key = TestVault.Key(passphrase);
        using var file = VaultFile.Create(path, key, TestVault.Cheap, _vault.Options);
        var ids = items.Select(item => $"{file.RootGroup}.{file.Add(item).Id}").ToList();
        file.Write();
        return new FurtherFile(path, passphrase, file.RootGroup.ToString(), ids);
    }

    /// <summary>Opens the own vault's file as another program would.</summary>
    public VaultFile OpenOwn()
    {
        using var key = TestVault.Key();
        return VaultFile.Open(VaultPath, key);
    }

    public void Dispose()
    {
        Session.Dispose();
        _vault.Dispose();
        _folder.Delete(recursive: true);
    }

    private Session NewSession() => new(new SessionOptions
    {
        Paths = Paths,
        Time = Time,
        Log = Log.None,
        IsHost = true,
        SystemBus = SystemBus,
        InBackground = InBackground,
        Files = new VaultOptions { KdfFloor = TestVault.Cheap, KdfDefault = TestVault.Cheap },
    })
    {
        Ended = reason =>
        {
            EndedFor = reason;
            _ended.SetResult(reason);
        },
    };
}

/// <summary>A vault beside the own one.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Passphrase">Its passphrase.</param>
/// <param name="Id">Its id on the wire.</param>
/// <param name="Items">The ids of its items on the wire.</param>
internal sealed record FurtherFile(string Path, string Passphrase, string Id, IReadOnlyList<string> Items)
{
    /// <summary>Opens the file as another program would.</summary>
    public VaultFile Open()
    {
        using var key = TestVault.Key(Passphrase);
        return VaultFile.Open(Path, key);
    }
}

/// <summary>A client of a session, with what it was told.</summary>
internal sealed class TestClient : IEventSink
{
    private readonly Session _session;
    private readonly global::Host.Service.Client _client;

    public TestClient(Session session, string? profile, string? browser = null, TerminalSession? terminal = null, BrowserProcess? process = null)
    {
        _session = session;
        _client = new global::Host.Service.Client(this) { Terminal = terminal, BrowserProcess = process };
        Welcome = Ask<Welcome>(new Hello(
            new VersionRange(1, 1), profile is null ? "cli" : "extension", "0.1.0", [], "en", profile is null ? null : SecretOf(profile), browser));
    }

    public Welcome Welcome { get; }

    /// <summary>The events so far, with their reasons.</summary>
    public List<string> Events { get; } = [];

    public static Secret SecretOf(string text) => new(Encoding.UTF8.GetBytes(text));

    public T Ask<T>(Request request)
        where T : Reply
    {
        var reply = _session.Handle(_client, request);
        _session.AfterReply(_client);
        return (T)reply;
    }

    /// <summary>Asks what will be refused.</summary>
    /// <returns>The error's kind, and its reason if it has one.</returns>
    public string Refusal(Request request)
    {
        try
        {
            _session.Handle(_client, request);
            return "";
        }
        catch (ProtocolException refusal)
        {
            return refusal.Error.Reason is { } reason ? $"{refusal.Error.Kind} {reason}" : refusal.Error.Kind;
        }
    }

    public Status Unlock(string path, string passphrase = TestVault.Passphrase) => Ask<Status>(new Unlock(SecretOf(passphrase), path));

    /// <summary>Closes the connection.</summary>
    public void Leave() => _session.Leave(_client);

    public void Send(string name, string? reason) => Events.Add(reason is null ? name : $"{name} {reason}");
}
