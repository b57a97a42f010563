using Host.Protocol;

namespace Host.Commands;

/// <summary>The three ways in which a command reaches a host. None of them has said <c>hello</c> yet.</summary>
/// <param name="OpenAsync">
/// For a vault's file (<see langword="null"/>: the own vault): the running host if it has that vault open, else a session in this process.
/// </param>
/// <param name="StartAsync">The running host, started first if there is none.</param>
/// <param name="FindAsync">The running host, or <see langword="null"/>.</param>
internal sealed record HostAccess(
    Func<string?, CancellationToken, Task<IHostConnection>> OpenAsync,
    Func<CancellationToken, Task<IHostConnection>> StartAsync,
    Func<CancellationToken, Task<IHostConnection?>> FindAsync);
