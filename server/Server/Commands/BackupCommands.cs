using System.CommandLine;
using Server.Backup;

namespace Server.Commands;

/// <summary>`backup create | verify | restore`.</summary>
internal static class BackupCommands
{
    public static Command Make() => new("backup", "Make, check and restore backups.") { Create(), Verify(), Restore() };

    private static Command Create()
    {
        var data = ServerOptions.Data();
        var database = ServerOptions.Database();
        var to = new Option<string?>("--to") { Description = "the folder to write to; without it backups in the data folder", HelpName = "DIR" };
        var command = new Command("create", "Write a backup; the server may run meanwhile.") { data, database, to };
        command.SetAction((parsed, cancellationToken) => ServerOptions.RunAsync(async () =>
        {
            var settings = SettingsOf(parsed.GetRequiredValue(data), parsed.GetValue(database));
            await using var opened = ShareServer.Open(settings);
            var path = await Backups.CreateAsync(
                opened, parsed.GetValue(to) ?? Backups.FolderIn(settings.DataFolder), TimeProvider.System.GetUtcNow(), cancellationToken);
            Console.WriteLine($"backup: {path}");
        }));
        return command;
    }

    private static Command Verify()
    {
        var file = new Argument<string>("FILE") { Description = "the backup" };
        var command = new Command("verify", "Read a backup whole, and judge the membership log in it.") { file };
        command.SetAction((parsed, _) => ServerOptions.RunAsync(async () =>
        {
            var (rows, head) = await Backups.VerifyAsync(parsed.GetRequiredValue(file));
            Console.WriteLine($"good: {rows} rows, membership log up to entry {head}");
        }));
        return command;
    }

    private static Command Restore()
    {
        var data = ServerOptions.Data();
        var database = ServerOptions.Database();
        var file = new Argument<string>("FILE") { Description = "the backup" };
        var command = new Command("restore", "Put a backup into an empty database, while no server runs. Hosts then put back what is newer.")
        {
            file, data, database,
        };
        command.SetAction((parsed, cancellationToken) => ServerOptions.RunAsync(async () =>
        {
            var settings = SettingsOf(parsed.GetRequiredValue(data), parsed.GetValue(database));
            Storage.PrivateFile.MakeFolder(settings.DataFolder);
            await using var opened = ShareServer.Open(settings);
            await Backups.RestoreAsync(opened, parsed.GetRequiredValue(file), settings.Name, TimeProvider.System, cancellationToken);
            Console.WriteLine("restored: start the server; hosts put back what is newer than the backup");
        }));
        return command;
    }

    private static Settings SettingsOf(string data, string? database) =>
        new() { DataFolder = Path.GetFullPath(data), ConnectionString = ServerOptions.ConnectionStringOf(database) };
}
