using System.CommandLine;
using Server.Commands;

return await new RootCommand("The share server of Latchkey: stores, orders and delivers what members seal for each other.")
{
    ServeCommand.Make(),
    BackupCommands.Make(),
    OpenApiCommand.Make(),
}.Parse(args).InvokeAsync();
