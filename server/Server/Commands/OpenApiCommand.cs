using System.CommandLine;
using Server.Http;

namespace Server.Commands;

/// <summary>`openapi`: prints what server/docs/openapi.json holds.</summary>
internal static class OpenApiCommand
{
    public static Command Make()
    {
        var command = new Command("openapi", "Print the OpenAPI document of this server.");
        command.SetAction((_, cancellationToken) => ServerOptions.RunAsync(async () =>
        {
            var folder = Directory.CreateTempSubdirectory("latchkey-openapi");
            try
            {
                await using var server = await ShareServer.StartAsync(
                    new Settings { DataFolder = folder.FullName, Port = 0, Listen = System.Net.IPAddress.Loopback, BackupEvery = TimeSpan.Zero },
                    TimeProvider.System,
                    cancellationToken);
                Console.Write(OpenApi.Write(server.Endpoints));
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }));
        return command;
    }
}
