using System.Net;
using Server.Http;

namespace Server;

/// <summary>How one app server runs. Read once, then passed down.</summary>
internal sealed record Settings
{
    /// <summary>The port that is listened on unless another is named.</summary>
    public const int UsualPort = 7443;

    /// <summary>Root key, owner code, backups and, without <see cref="ConnectionString"/>, the database.</summary>
    public required string DataFolder { get; init; }

    /// <summary>0 for any that is free.</summary>
    public int Port { get; init; } = UsualPort;

    /// <summary>Where to listen; <see langword="null"/> for everywhere.</summary>
    public IPAddress? Listen { get; init; }

    /// <summary>How hosts reach the server; <see langword="null"/> for this machine's name and port.</summary>
    public string? Address { get; init; }

    /// <summary>Whether hosts know the server by a public authority's certificate for <see cref="Address"/>, which a proxy in front has, and not by a pin.</summary>
    public bool IsCertifiedPublicly { get; init; }

    /// <summary>Of a PostgreSQL database; <see langword="null"/> for SQLite in the data folder. Never logged: it may hold a password.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>This app server's name among several on one database: each has a chain of the audit.</summary>
    public string Name { get; init; } = Environment.MachineName;

    /// <summary>What is not as weighty is not logged.</summary>
    public LogLevel LeastLogged { get; init; } = LogLevel.Information;

    /// <summary>How often a backup is made; zero for never.</summary>
    public TimeSpan BackupEvery { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How many of these are kept.</summary>
    public int BackupsKept { get; init; } = 14;

    /// <summary>How much members and addresses may ask for.</summary>
    public RateSettings Rates { get; init; } = new();

    /// <summary>What may come in, and how slowly, before anything is known of who sends it.</summary>
    public TransportLimits Transport { get; init; } = new();
}
