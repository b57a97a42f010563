using Npgsql;
using NUnit.Framework;
using Suite.Serving;

namespace Suite;

/// <summary>A PostgreSQL of the tests' own: made when the first test asks for it, gone at the end.</summary>
[SetUpFixture]
public sealed class PostgresCluster
{
    private static readonly Lazy<PostgresServer> Server = new(() => PostgresServer.Start(isDurable: false));

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    internal static string NewDatabase() => Server.Value.NewDatabase();

    /// <summary>Lets nobody into a database any more, and ends who is in it.</summary>
    internal static void Close(string connectionString)
    {
        var name = NameIn(connectionString);
        Server.Value.Command($"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        Server.Value.Command($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    }

    /// <summary>Lets them in again.</summary>
    internal static void Open(string connectionString) => Server.Value.Command($"ALTER DATABASE {NameIn(connectionString)} ALLOW_CONNECTIONS true");

    [OneTimeTearDown]
    public void Stop()
    {
        if (Server.IsValueCreated)
        {
            Server.Value.Dispose();
        }
    }

    private static string? NameIn(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString).Database;
}
