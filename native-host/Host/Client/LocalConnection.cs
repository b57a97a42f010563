using Host.Protocol;
using Host.Service;

namespace Host.Client;

/// <summary>A session in this process: for a command, when no host has its vault open.</summary>
internal sealed class LocalConnection : IHostConnection, IEventSink
{
    private readonly Session _session;
    private readonly Service.Client _client;

    public LocalConnection(SessionOptions options)
    {
        _session = new Session(options);
        _client = new Service.Client(this);
    }

    /// <inheritdoc/>
    public async Task<Reply> AskAsync(Request request, CancellationToken cancellationToken = default)
    {
        // Key derivation takes a second: the caller's thread stays free to hear Ctrl-C.
        return await Task.Run(
            () =>
            {
                var reply = _session.Handle(_client, request);
                _session.AfterReply(_client);
                return reply;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Send(string name, string? reason)
    {
        // The only client there is causes every event itself.
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _session.Dispose();
        return ValueTask.CompletedTask;
    }
}
