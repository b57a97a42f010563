using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Contracts;
using Microsoft.Extensions.Logging;
using Server;
using Server.Backup;
using Server.Http;
using Server.Storage;

namespace Suite.Serving;

/// <summary>Which database a server stands on.</summary>
public enum DatabaseKind
{
    Sqlite,
    Postgres,
}

/// <summary>A clock that runs, set to another time.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    private TimeSpan _by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _by;

    public void Shift(TimeSpan by) => _by += by;
}

/// <summary>A share server of its own: a data folder, a database, Kestrel with its own certificates on a port of this machine.</summary>
internal sealed class ServerWorld : IAsyncDisposable
{
    private readonly DatabaseKind _database;
    private Settings _settings;

    private ServerWorld(DatabaseKind database, Settings settings)
    {
        _database = database;
        _settings = settings;
        Http = NewHttp();
    }

    public ShareServer Server { get; private set; } = null!;

    public ShiftedTime Clock { get; } = new();

    /// <summary>A client that knows the server by its pin, as hosts do.</summary>
    public HttpClient Http { get; }

    public string? ConnectionString => _settings.ConnectionString;

    public string DataFolder => _settings.DataFolder;

    /// <summary>Starts a server on a new database.</summary>
    public static async Task<ServerWorld> StartAsync(DatabaseKind database, RateSettings? rates = null, TransportLimits? transport = null)
    {
        var world = new ServerWorld(database, new Settings
        {
            DataFolder = Path.Combine(Directory.CreateTempSubdirectory("latchkey-server").FullName, "data"),
            Port = 0,
            Listen = IPAddress.Loopback,
            Address = "https://localhost:7443",
            ConnectionString = database == DatabaseKind.Postgres ? PostgresCluster.NewDatabase() : null,
            Name = "first",
            LeastLogged = LogLevel.Critical,
            Rates = rates ?? new RateSettings { MemberPerSecond = 100_000, MemberAtOnce = 100_000, AddressPerSecond = 100_000, AddressAtOnce = 100_000 },
            Transport = transport ?? new TransportLimits(),
        });
        world.Server = await ShareServer.StartAsync(world._settings, world.Clock, CancellationToken.None);
        return world;
    }

    /// <summary>Ends the server and starts another on what it left.</summary>
    public async Task RestartAsync()
    {
        await Server.DisposeAsync();
        Server = await ShareServer.StartAsync(_settings, Clock, CancellationToken.None);
    }

    /// <summary>Ends the server, puts a backup into a new database, and starts a server on that.</summary>
    public async Task RestoreAsync(string backup)
    {
        await Server.DisposeAsync();
        foreach (var file in Directory.GetFiles(DataFolder, "office.db*"))
        {
            File.Delete(file);
        }
        _settings = _settings with { ConnectionString = _database == DatabaseKind.Postgres ? PostgresCluster.NewDatabase() : null };
        await using (var empty = ShareServer.Open(_settings))
        {
            await Backups.RestoreAsync(empty, backup, _settings.Name, Clock, CancellationToken.None);
        }
        Server = await ShareServer.StartAsync(_settings, Clock, CancellationToken.None);
    }

    /// <summary>A second app server on the same data folder and database.</summary>
    public async Task<ServerWorld> SecondAsync()
    {
        var second = new ServerWorld(_database, _settings with { Name = "second" });
        second.Server = await ShareServer.StartAsync(second._settings, Clock, CancellationToken.None);
        return second;
    }

    /// <summary>The database, for looking into it.</summary>
    public Database OpenDatabase() => ShareServer.Open(_settings);

    /// <summary>The owner founds the office with the code of the first start.</summary>
    public async Task<OfficeMember> FoundAsync()
    {
        var owner = new OfficeMember(this);
        await owner.FoundAsync(Server.OwnerCode!);
        return owner;
    }

    public Uri UriOf(string target) => new($"https://127.0.0.1:{Server.Port}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        if (_settings.Name == "first")
        {
            Directory.Delete(Path.GetDirectoryName(_settings.DataFolder)!, recursive: true);
        }
    }

    /// <summary>A client of its own.</summary>
    public HttpClient NewHttp() => new(new SocketsHttpHandler
    {
        UseCookies = false,
        SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, leaf, _, _) => IsPinned((X509Certificate2)leaf!) },
    });

    private bool IsPinned(X509Certificate2 leaf)
    {
        using var root = OfficeRoot.Of(leaf);
        if (root is null || Hash.Of(root.PublicKey.ExportSubjectPublicKeyInfo()) != Server.Pin)
        {
            return false;
        }
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.Add(root);
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.VerificationTime = Clock.GetUtcNow().LocalDateTime;
        return own.Build(leaf);
    }
}
