using System.Globalization;
using Contracts;
using Server.Audit;
using Server.Storage;

namespace Server.Backup;

/// <summary>Makes, checks and restores backups, and keeps the newest of those that it makes by itself.</summary>
internal static class Backups
{
    private const string Extension = ".latchkey-backup";
    private const string TimeFormat = "yyyyMMdd-HHmmss'Z'";

    /// <summary>Where backups lie unless another place is named.</summary>
    public static string FolderIn(string dataFolder) => Path.Combine(dataFolder, "backups");

    /// <summary>The backups of a folder, the newest first.</summary>
    public static IReadOnlyList<string> In(string folder) =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*" + Extension).OrderDescending()] : [];

    /// <summary>When one was made, by its name.</summary>
    /// <returns><see langword="null"/> if the name says nothing of it.</returns>
    public static DateTimeOffset? TimeOf(string path) =>
        DateTimeOffset.TryParseExact(
            Path.GetFileNameWithoutExtension(path), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : null;

    /// <summary>Makes one, and reads it back.</summary>
    /// <returns>Its path.</returns>
    public static async Task<string> CreateAsync(Database database, string folder, DateTimeOffset now, CancellationToken cancellationToken)
    {
        PrivateFile.MakeFolder(folder);
        var path = Path.Combine(folder, now.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture) + Extension);
        var beside = path + ".new";
        File.Delete(beside);
        await using (var file = PrivateFile.Create(beside))
        {
            await Dump.WriteAsync(database, file, cancellationToken);
            file.Flush(flushToDisk: true);
        }
        await VerifyAsync(beside);
        File.Move(beside, path, overwrite: true);
        return path;
    }

    /// <summary>Reads a backup whole, and judges the membership log in it.</summary>
    /// <returns>How many rows it has, and the index of its log's head.</returns>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static async Task<(long Rows, long LogHead)> VerifyAsync(string path)
    {
        var rows = 0L;
        List<IReadOnlyList<object?>> entries = [];
        await using var file = File.OpenRead(path);
        await Dump.ReadAsync(file, (table, columns, values) =>
        {
            rows++;
            if (table == "log")
            {
                // Not looked at before the hash of all was.
                entries.Add([.. ((string[])["place", "bytes", "signature"]).Select(column => values[columns.ToList().IndexOf(column)])]);
            }
            return Task.CompletedTask;
        });
        MembershipLog? log = null;
        foreach (var values in entries.OrderBy(entry => entry[0] as long?))
        {
            if (values is not [long, byte[] bytes, byte[] signature])
            {
                throw new InvalidDataException("the backup holds a membership log of another form");
            }
            var entry = SignedRecord.Decode<LogEntry>(bytes, signature);
            log ??= new MembershipLog(Id.Of(entry.Hash));
            if (log.Append(entry) != LogVerdict.Accepted)
            {
                throw new InvalidDataException("the backup holds a membership log that is not whole");
            }
        }
        return (rows, log?.Head?.Index ?? -1);
    }

    /// <summary>Puts a backup into an empty database, as a new incarnation.</summary>
    /// <exception cref="InvalidDataException">The backup is damaged, or the database is not empty. Nothing was changed.</exception>
    public static async Task RestoreAsync(Database database, string path, string appServer, TimeProvider clock, CancellationToken cancellationToken)
    {
        await VerifyAsync(path);
        await Migrations.RunAsync(database, cancellationToken);
        await database.WriteAsync(
            async session =>
            {
                if (await session.HasAsync("SELECT 1 FROM log"))
                {
                    throw new InvalidDataException("the database has an office already; restore into an empty one");
                }
                await session.RunAsync("DELETE FROM server");
                await session.RunAsync("DELETE FROM audit_chains");
                await using var file = File.OpenRead(path);
                await Dump.ReadAsync(file, (table, columns, values) => session.RunAsync(
                    $"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select(column => "@" + column))})",
                    [.. columns.Zip(values, (column, value) => (column, value))]));
                await session.RunAsync(
                    "UPDATE server SET incarnation = @incarnation, restored = @restored WHERE one = 1",
                    ("incarnation", Id.New()), ("restored", clock.GetUtcNow().ToUnixTimeMilliseconds()));
            },
            cancellationToken);
        var chain = await AuditTrail.ChainOfAsync(database, appServer, cancellationToken);
        await database.WriteAsync(
            async session =>
            {
                var audit = new AuditTrail(session, chain, clock.GetUtcNow().ToUnixTimeMilliseconds());
                audit.Add(AuditKind.Restore, null, null, TimeOf(path)?.ToUnixTimeMilliseconds() ?? 0);
                await audit.StoreAsync();
            },
            cancellationToken);
    }
}
