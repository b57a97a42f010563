using System.CommandLine;

namespace Server.Commands;

/// <summary>`serve`: makes what is missing and answers until it is told to end.</summary>
internal static class ServeCommand
{
    public static Command Make()
    {
        var data = ServerOptions.Data();
        var database = ServerOptions.Database();
        var port = new Option<int>("--port")
        {
            Description = "the port to listen on",
            HelpName = "N",
            DefaultValueFactory = _ => Settings.UsualPort,
        };
        var address = new Option<string?>("--address")
        {
            Description = "how hosts reach the server, such as https://vault.example.com:7443",
            HelpName = "URL",
        };
        var publicAuthority = new Option<bool>("--public-authority")
        {
            Description = "a proxy in front has a public authority's certificate for the address: hosts know the server by that, not by a pin",
        };
        var name = new Option<string>("--name")
        {
            Description = "this app server's name among several on one database",
            HelpName = "NAME",
            DefaultValueFactory = _ => Environment.MachineName,
        };
        var backupEvery = new Option<int>("--backup-every")
        {
            Description = "hours between backups into the data folder; 0 for none",
            HelpName = "HOURS",
            DefaultValueFactory = _ => 24,
        };
        var backupsKept = new Option<int>("--backups-kept")
        {
            Description = "how many of these are kept",
            HelpName = "N",
            DefaultValueFactory = _ => 14,
        };
        var command = new Command("serve", "Start an office, or go on with it.")
        {
            data, port, address, publicAuthority, database, name, backupEvery, backupsKept,
        };
        command.SetAction((parsed, cancellationToken) => ServerOptions.RunAsync(() => ServeAsync(
            new Settings
            {
                DataFolder = Path.GetFullPath(parsed.GetRequiredValue(data)),
                Port = parsed.GetRequiredValue(port),
                Address = parsed.GetValue(address),
                IsCertifiedPublicly = parsed.GetValue(publicAuthority),
                ConnectionString = ServerOptions.ConnectionStringOf(parsed.GetValue(database)),
                Name = parsed.GetRequiredValue(name),
                BackupEvery = TimeSpan.FromHours(Math.Max(0, parsed.GetRequiredValue(backupEvery))),
                BackupsKept = Math.Max(1, parsed.GetRequiredValue(backupsKept)),
            },
            cancellationToken)));
        return command;
    }

    private static async Task ServeAsync(Settings settings, CancellationToken cancellationToken)
    {
        await using var server = await ShareServer.StartAsync(settings, TimeProvider.System, cancellationToken);
        Console.WriteLine($"address: {server.Address}");
        Console.WriteLine(settings.IsCertifiedPublicly ? "certificate: a public authority's, at the proxy in front" : $"pin: {server.Pin}");
        if (server.OwnerCode is { } code)
        {
            Console.WriteLine($"owner code (good once, for whoever founds the office): {code}");
        }
        await server.WaitAsync(cancellationToken);
    }
}
