using System.CommandLine;

namespace Server.Commands;

/// <summary>What several commands take, and how a person is told what went wrong.</summary>
internal static class ServerOptions
{
    private const string DatabaseVariable = "LATCHKEY_DATABASE";

    public static Option<string> Data() => new("--data")
    {
        Description = "the data folder: root key, database, backups",
        HelpName = "DIR",
        DefaultValueFactory = _ => UsualDataFolder(),
    };

    public static Option<string?> Database() => new("--database")
    {
        Description = $"a file with the connection string of a PostgreSQL database (or set {DatabaseVariable}); without it SQLite in the data folder",
        HelpName = "FILE",
    };

    /// <summary>The connection string, from a file or the environment: an argument could be read by every program of the machine.</summary>
    public static string? ConnectionStringOf(string? file) =>
        file is not null ? File.ReadAllText(file).Trim()
        : Environment.GetEnvironmentVariable(DatabaseVariable) is { Length: > 0 } variable ? variable
        : null;

    /// <summary>Runs a command, and says in two lines what hinders it.</summary>
    public static async Task<int> RunAsync(Func<Task> command)
    {
        try
        {
            await command();
            return 0;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException or System.Data.Common.DbException)
        {
            // Messages of databases may name hosts and people, never passwords; they go to who started the command.
            await Console.Error.WriteLineAsync($"error: {failure.Message}\nhint: {HintFor(failure)}");
            return 1;
        }
    }

    private static string HintFor(Exception failure) => failure switch
    {
        { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } => "end the program that has the port, or choose another with --port",
        System.Data.Common.DbException => "look whether the database runs and its connection string is right; server/docs/operations.md has the rest",
        UnauthorizedAccessException => "run it as the account that owns the data folder, or name another with --data",
        _ => "server/docs/operations.md says what belongs where",
    };

    private static string UsualDataFolder() => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } folder
            ? folder
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share"),
        "latchkey-server");
}
