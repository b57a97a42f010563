using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using Contracts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging.Console;
using Server.Audit;
using Server.Backup;
using Server.Health;
using Server.Http;
using Server.Invitations;
using Server.Items;
using Server.Members;
using Server.Office;
using Server.Requests;
using Server.Storage;
using Server.Streams;
using Server.Tls;

namespace Server;

/// <summary>One app server that runs: everything put together, in the order in which it needs each other.</summary>
internal sealed class ShareServer : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly Database _database;
    private readonly OfficeCertificates _certificates;
    private readonly OwnerCodeHolder _ownerCode;

    private ShareServer(WebApplication web, Database database, OfficeCertificates certificates, OwnerCodeHolder ownerCode, string address)
    {
        _web = web;
        _database = database;
        _certificates = certificates;
        _ownerCode = ownerCode;
        Address = address;
    }

    /// <summary>How hosts reach it.</summary>
    public string Address { get; }

    /// <summary>By which root key they know it.</summary>
    public Hash Pin => _certificates.Pin;

    /// <summary>The owner code; <see langword="null"/> once the office is founded.</summary>
    public string? OwnerCode => _ownerCode.Code?.Text;

    /// <summary>The port that it listens on.</summary>
    public int Port { get; private set; }

    /// <summary>What it answers.</summary>
    public IReadOnlyList<ApiEndpoint> Endpoints { get; private set; } = [];

    /// <summary>What is done by the clock, to be done now.</summary>
    public Housekeeping Housekeeping => _web.Services.GetRequiredService<Housekeeping>();

    /// <summary>The backups that are made by the clock.</summary>
    public ScheduledBackups Backups => _web.Services.GetRequiredService<ScheduledBackups>();

    /// <summary>Makes what is missing in the data folder and the database, and begins to listen.</summary>
    /// <exception cref="InvalidDataException">What is in the data folder or the database is not for this server.</exception>
    public static async Task<ShareServer> StartAsync(Settings settings, TimeProvider clock, CancellationToken cancellationToken)
    {
        PrivateFile.MakeFolder(settings.DataFolder);
        var database = Open(settings);
        await Migrations.RunAsync(database, cancellationToken);
        var chain = await AuditTrail.ChainOfAsync(database, settings.Name, cancellationToken);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = settings.DataFolder });
        // Nothing from a settings file or the environment changes how it runs.
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders().SetMinimumLevel(settings.LeastLogged).AddFilter("Microsoft", LogLevel.Warning)
            // That it did not start is told to whoever started it.
            .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        LogTo(builder.Logging);
        if (settings is { IsCertifiedPublicly: true, Address: null })
        {
            throw new InvalidDataException("a public authority's certificate is for one address; name it with --address");
        }
        var port = settings.Port == 0 ? FreePort() : settings.Port;
        var address = settings.Address ?? $"https://{Dns.GetHostName().ToLowerInvariant()}:{port}";
        if (!ServerAddress.IsOne(address))
        {
            throw new InvalidDataException($"{address} is no address of a server: https, a host name in lower case, and the port unless it is 443");
        }
        var certificates = OfficeCertificates.Open(settings.DataFolder, NamesOf(address), clock);
        IReadOnlyList<Hash> pins = settings.IsCertifiedPublicly ? [] : [certificates.Pin];
        var ownerCode = new OwnerCodeHolder(await Office.OwnerCode.FindAsync(database, settings.DataFolder, address, pins, cancellationToken));
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Configure(kestrel, settings, port, certificates));
        Register(builder.Services, settings, database, chain, ownerCode, clock);
        var web = builder.Build();
        certificates.LeafMade = until => Log.LeafMade(web.Logger, until);
        var server = new ShareServer(web, database, certificates, ownerCode, address) { Port = port };
        server.Map();
        try
        {
            await web.StartAsync(cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        Log.Started(web.Logger, address, database.GetType().Name, Build.Version);
        return server;
    }

    /// <summary>The database that the settings name.</summary>
    public static Database Open(Settings settings) =>
        settings.ConnectionString is { } connectionString
            ? new PostgresDatabase(connectionString)
            : new SqliteDatabase(Path.Combine(settings.DataFolder, "office.db"));

    /// <summary>Runs until it is told to end.</summary>
    public Task WaitAsync(CancellationToken cancellationToken) => _web.WaitForShutdownAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _web.DisposeAsync();
        await _database.DisposeAsync();
        _ownerCode.Dispose();
        _certificates.Dispose();
    }

    private static void Configure(KestrelServerOptions kestrel, Settings settings, int port, OfficeCertificates certificates)
    {
        kestrel.AddServerHeader = false;
        settings.Transport.Apply(kestrel.Limits);
        void Secure(ListenOptions options) => options.UseHttps(new TlsHandshakeCallbackOptions
        {
            HandshakeTimeout = settings.Transport.Headers,
            OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificates.Current(),
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            }),
        });
        if (settings.Listen is null)
        {
            kestrel.ListenAnyIP(port, Secure);
        }
        else
        {
            kestrel.Listen(settings.Listen, port, Secure);
        }
    }

    /// <summary>To the standard error: what a person is told, address and code, is all that goes to the standard output.</summary>
    private static void LogTo(ILoggingBuilder logging) =>
        logging.AddJsonConsole().Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);

    private static void Register(
        IServiceCollection services, Settings settings, Database database, Id chain, OwnerCodeHolder ownerCode, TimeProvider clock)
    {
        services.AddRouting();
        services.AddSingleton(clock);
        services.AddSingleton(database);
        services.AddSingleton(ownerCode);
        services.AddSingleton(new RateLimits(settings.Rates));
        services.AddSingleton(settings.Transport);
        services.AddSingleton<Hints>();
        services.AddSingleton<Metrics>();
        services.AddSingleton<OfficeLog>();
        services.AddSingleton<Signatures>();
        services.AddSingleton<Pipeline>();
        services.AddSingleton(provider => new Writer(database, chain, provider.GetRequiredService<Hints>(), clock));
        services.AddSingleton<OfficeEndpoints>();
        services.AddSingleton<LogEndpoints>();
        services.AddSingleton<PeopleEndpoints>();
        services.AddSingleton<ItemEndpoints>();
        services.AddSingleton<PartEndpoints>();
        services.AddSingleton<StreamEndpoints>();
        services.AddSingleton<InvitationEndpoints>();
        services.AddSingleton<RequestEndpoints>();
        services.AddSingleton<AuditEndpoints>();
        services.AddSingleton<DependentsEndpoints>();
        services.AddSingleton<HealthEndpoints>();
        services.AddSingleton<Housekeeping>();
        services.AddHostedService(provider => provider.GetRequiredService<Housekeeping>());
        services.AddHostedService<IdleMemory>();
        services.AddSingleton(settings);
        services.AddSingleton<ScheduledBackups>();
        services.AddHostedService(provider => provider.GetRequiredService<ScheduledBackups>());
        if (database is PostgresDatabase postgres)
        {
            services.AddSingleton(postgres);
            services.AddHostedService<Notices>();
        }
    }

    private void Map()
    {
        var services = _web.Services;
        var pipeline = services.GetRequiredService<Pipeline>();
        Endpoints =
        [
            .. services.GetRequiredService<OfficeEndpoints>().Endpoints,
            .. services.GetRequiredService<LogEndpoints>().Endpoints,
            .. services.GetRequiredService<PeopleEndpoints>().Endpoints,
            .. services.GetRequiredService<ItemEndpoints>().Endpoints,
            .. services.GetRequiredService<PartEndpoints>().Endpoints,
            .. services.GetRequiredService<StreamEndpoints>().Endpoints,
            .. services.GetRequiredService<InvitationEndpoints>().Endpoints,
            .. services.GetRequiredService<RequestEndpoints>().Endpoints,
            .. services.GetRequiredService<AuditEndpoints>().Endpoints,
            .. services.GetRequiredService<DependentsEndpoints>().Endpoints,
            .. services.GetRequiredService<HealthEndpoints>().Endpoints,
        ];
        _web.Use(next => http => Pipeline.NothingElseAsync(http, next));
        pipeline.Map(_web, Endpoints);
    }

    /// <summary>The port stands in the address and so in what is signed, before anything listens.</summary>
    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private static HashSet<string> NamesOf(string address) =>
        [new Uri(address).Host, "localhost", IPAddress.Loopback.ToString(), IPAddress.IPv6Loopback.ToString()];
}
