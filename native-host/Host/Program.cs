using Host;
using Host.Client;
using Host.Commands;
using Host.Relay;
using Host.Service;

Hardening.Apply();
return args switch
{
    [Roles.Relay, .. var caller] => Relay.Run(caller),
    [Roles.Host, .. var rest] => HostServer.Run(isAwaited: rest is [Roles.Awaited]),
    _ => RunCommand(args),
};

// A method of its own, so that a relay never loads what only commands need.
static int RunCommand(string[] args) => CommandLine.RunAsync(
    args,
    CommandStreams.OfProcess(),
    new HostAccess(HostConnector.OpenAsync, HostConnector.StartAsync, HostConnector.FindAsync)).GetAwaiter().GetResult();
