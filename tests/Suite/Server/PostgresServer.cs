using System.Diagnostics;
using Npgsql;

namespace Suite.Serving;

/// <summary>A PostgreSQL of our own: made in a temporary folder, reached by a socket in it, gone when disposed.</summary>
internal sealed class PostgresServer : IDisposable
{
    private const string Account = "postgres";

    private readonly string _folder;
    private int _databases;

    private PostgresServer(string folder) => _folder = folder;

    /// <summary>Starts one.</summary>
    /// <param name="isDurable">Whether what is committed survives a loss of power; without it tests are quicker.</param>
    /// <exception cref="InvalidOperationException">PostgreSQL is not installed, or does not start.</exception>
    public static PostgresServer Start(bool isDurable)
    {
        var folder = Directory.CreateTempSubdirectory("latchkey-pg").FullName;
        if (Environment.UserName == "root")
        {
            // The server refuses to run as root, and its account must reach the folder.
            RunAs(null, "chown", Account, folder);
        }
        var data = Path.Combine(folder, "data");
        Control("-D", data, "-o", $"-A trust -U {Account} --no-sync", "init");
        Control(
            "-D", data, "-l", Path.Combine(folder, "log"), "-w",
            "-o", $"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync={(isDurable ? "on" : "off")} -c max_connections=200", "start");
        return new PostgresServer(folder);
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>Its connection string.</returns>
    public string NewDatabase()
    {
        var name = $"office{Interlocked.Increment(ref _databases)}";
        Command($"CREATE DATABASE {name}");
        return ConnectionStringOf(name);
    }

    /// <summary>Runs a statement as the account that may do everything.</summary>
    public void Command(string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionStringOf("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        NpgsqlConnection.ClearAllPools();
        Control("-D", Path.Combine(_folder, "data"), "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private string ConnectionStringOf(string database) => $"Host={_folder};Username={Account};Database={database};Maximum Pool Size=20";

    /// <summary>Runs pg_ctl, silently unless it fails.</summary>
    private static void Control(params string[] arguments)
    {
        var files = Directory.GetFiles("/usr/lib/postgresql", "pg_ctl", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 });
        RunAs(Environment.UserName == "root" ? Account : null, files.Order().Last(), ["-s", .. arguments]);
    }

    private static void RunAs(string? account, string program, params string[] arguments)
    {
        var start = account is null ? new ProcessStartInfo(program, arguments) : new ProcessStartInfo("runuser", ["-u", account, "--", program, .. arguments]);
        // Not a pipe: the server that pg_ctl leaves behind would hold it open.
        start.RedirectStandardOutput = false;
        start.WorkingDirectory = "/";
        using var process = Process.Start(start)!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} failed");
        }
    }
}
