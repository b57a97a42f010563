using System.Net;
using Server.Backup;
using Server.Http;
using Server.Storage;

namespace Server.Health;

/// <summary>For whoever runs the server: does it answer, can it write, what does it do.</summary>
internal sealed class HealthEndpoints(Database database, Metrics metrics, Settings settings)
{
    public IEnumerable<ApiEndpoint> Endpoints =>
    [
        new("GET", "/livez", Access.Anybody, _ => Task.FromResult(Answer.Text("alive\n", "text/plain"))),
        new("GET", "/readyz", Access.Anybody, IsReadyAsync),
        new("GET", "/metrics", Access.Anybody, GetMetricsAsync),
    ];

    private async Task<Answer> IsReadyAsync(Call call)
    {
        await database.WriteAsync(session => session.RunAsync("UPDATE server SET probe = probe + 1 WHERE one = 1"), call.CancellationToken);
        return Answer.Text("ready\n", "text/plain");
    }

    private Task<Answer> GetMetricsAsync(Call call) =>
        call.Http.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
            ? Task.FromResult(Answer.Text(metrics.Write(NewestBackup), "text/plain; version=0.0.4"))
            : throw ApiException.NotThere();

    private DateTimeOffset? NewestBackup =>
        Backups.In(Backups.FolderIn(settings.DataFolder)) is [var newest, ..] ? Backups.TimeOf(newest) : null;
}
