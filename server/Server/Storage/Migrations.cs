using System.Globalization;
using System.Reflection;
using Contracts;

namespace Server.Storage;

/// <summary>
/// Brings a database to the tables that this code knows. Each migration is a file with a number and runs once, in order. App
/// servers of two versions live side by side: a migration only adds.
/// </summary>
internal static class Migrations
{
    private const string Folder = "Server.Storage.Migrations.";

    /// <summary>The number of the newest migration that this code has.</summary>
    public static int Newest => Files.Max(file => file.Number);

    private static IEnumerable<(int Number, string Resource)> Files =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(name => (int.Parse(name.AsSpan(Folder.Length, 4), CultureInfo.InvariantCulture), name))
            .Order();

    /// <summary>Runs what is missing.</summary>
    /// <exception cref="InvalidDataException">The database is newer than this code knows.</exception>
    public static async Task RunAsync(Database database, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            session => session.DefineAsync(Worded(database, "CREATE TABLE IF NOT EXISTS migrations (number NUMBER PRIMARY KEY) OPTIONS")),
            cancellationToken);
        await database.WriteAsync(
            async session =>
            {
                var done = await session.ListAsync("SELECT number FROM migrations", row => row.Number(0));
                if (done.Count > 0 && done.Max() > Newest)
                {
                    throw new InvalidDataException("the database was made by a newer server");
                }
                foreach (var (number, resource) in Files.Where(file => !done.Contains(file.Number)))
                {
                    await session.DefineAsync(Worded(database, Text(resource)));
                    await session.RunAsync("INSERT INTO migrations (number) VALUES (@number)", ("number", number));
                }
                await session.RunAsync(
                    "INSERT INTO server (one, incarnation, restored, swept, probe) VALUES (1, @incarnation, 0, 0, 0) ON CONFLICT (one) DO NOTHING",
                    ("incarnation", Id.New()));
            },
            cancellationToken);
    }

    private static string Worded(Database database, string sql) => sql
        .Replace(" BYTES", " " + database.BytesType, StringComparison.Ordinal)
        .Replace(" NUMBER", " " + database.NumberType, StringComparison.Ordinal)
        .Replace(") OPTIONS", ") " + database.TableOptions, StringComparison.Ordinal);

    private static string Text(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
