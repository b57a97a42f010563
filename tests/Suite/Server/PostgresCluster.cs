using System.Diagnostics;
using Npgsql;
using NUnit.Framework;

namespace Suite.Serving;

/// <summary>A PostgreSQL of the tests' own: made when the first test asks for it, reached by a socket in its folder, gone at the end.</summary>
[SetUpFixture]
public sealed class PostgresCluster
{
    private const string Account = "postgres";

    private static readonly Lazy<string> Folder = new(Start);
    private static int _databases;

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    internal static string NewDatabase()
    {
        var name = $"office{Interlocked.Increment(ref _databases)}";
        Command($"CREATE DATABASE {name}");
        return ConnectionStringOf(name);
    }

    /// <summary>Lets nobody into a database any more, and ends who is in it.</summary>
    internal static void Close(string connectionString)
    {
        var name = new NpgsqlConnectionStringBuilder(connectionString).Database;
        Command($"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        Command($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
    }

    /// <summary>Lets them in again.</summary>
    internal static void Open(string connectionString) =>
        Command($"ALTER DATABASE {new NpgsqlConnectionStringBuilder(connectionString).Database} ALLOW_CONNECTIONS true");

    [OneTimeTearDown]
    public void Stop()
    {
        if (Folder.IsValueCreated)
        {
            NpgsqlConnection.ClearAllPools();
            Run(Tool("pg_ctl"), "-D", Path.Combine(Folder.Value, "data"), "-m", "immediate", "stop");
            Directory.Delete(Folder.Value, recursive: true);
        }
    }

    private static void Command(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionStringOf("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    private static string ConnectionStringOf(string database) => $"Host={Folder.Value};Username={Account};Database={database};Maximum Pool Size=20";

    private static string Start()
    {
        var folder = Directory.CreateTempSubdirectory("latchkey-pg").FullName;
        if (Environment.UserName == "root")
        {
            // The server refuses to run as root, and its account must reach the folder.
            RunAs(null, "chown", Account, folder);
        }
        var data = Path.Combine(folder, "data");
        Run(Tool("initdb"), "-D", data, "-A", "trust", "-U", Account, "--no-sync");
        Run(
            Tool("pg_ctl"), "-D", data, "-l", Path.Combine(folder, "log"), "-w",
            "-o", $"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off -c max_connections=200", "start");
        return folder;
    }

    private static string Tool(string name) =>
        Directory.GetFiles("/usr/lib/postgresql", name, new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 }).Order().Last();

    private static void Run(string program, params string[] arguments) =>
        RunAs(Environment.UserName == "root" ? Account : null, program, arguments);

    private static void RunAs(string? account, string program, params string[] arguments)
    {
        var start = account is null ? new ProcessStartInfo(program, arguments) : new ProcessStartInfo("runuser", ["-u", account, "--", program, .. arguments]);
        // Not a pipe: the server that pg_ctl leaves behind would hold it open.
        start.RedirectStandardOutput = false;
        start.WorkingDirectory = "/";
        using var process = Process.Start(start)!;
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"{program} failed");
    }
}
