using Host.Native;

namespace Host.Service;

/// <summary>
/// The session of a terminal: a shell and what it started. Told by the kernel, never by who asks; named by its leader's id and start, so
/// that no later session is taken for it.
/// </summary>
/// <param name="Leader">The process id of the leader, which is the session's own.</param>
/// <param name="LeaderStartedAt">When the leader started, in ticks since the system did.</param>
internal sealed record TerminalSession(int Leader, ulong LeaderStartedAt)
{
    /// <summary>Finds the session of the process at the other end of a socket. To be asked as soon as it has connected.</summary>
    /// <returns>The session, or <see langword="null"/> if that process has no terminal, or its leader is gone.</returns>
    public static TerminalSession? OfPeer(int descriptor) =>
        UnixSocket.PeerProcess(descriptor) is { } peer ? Of(peer, ProcessFacts.Of) : null;

    /// <summary>Decides from what the kernel says.</summary>
    /// <param name="process">The process.</param>
    /// <param name="ask">What the kernel says about a process id.</param>
    internal static TerminalSession? Of(int process, Func<int, ProcessFacts?> ask)
    {
        if (ask(process) is not { Terminal: not 0 } facts || ask(facts.Session) is not { } leader)
        {
            return null;
        }
        var isLeader = leader.Session == leader.Id && leader.Terminal == facts.Terminal && leader.StartedAt <= facts.StartedAt;
        // Still the same process, now that its leader was looked at: an id is given again when its process has ended.
        return isLeader && ask(process) == facts ? new TerminalSession(leader.Id, leader.StartedAt) : null;
    }
}
