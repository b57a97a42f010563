using System.Data.Common;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Benchmarks;

/// <summary>
/// The least that a server can be: Kestrel with HTTPS which answers one read, or does one durable write, and knows nobody. What the share server
/// is measured against, in the same run. A role of this program, so that it is a process of its own.
/// </summary>
internal static class OfficeFloor
{
    /// <summary>The argument that makes this program the bare server.</summary>
    public const string Word = "bare-server";

    public const int Rows = 10_000;

    /// <summary>About what the answer to a signed read of one item has.</summary>
    public const int RowBytes = 2048;

    /// <summary>The row with a number.</summary>
    public static Id RowOf(int number) => new(SHA256.HashData(BitConverter.GetBytes(number)).AsSpan(0, Id.Bytes));

    /// <summary>Serves until the process is ended.</summary>
    /// <param name="port">The port of this machine.</param>
    /// <param name="path">The SQLite database, unless the environment names one of PostgreSQL.</param>
    public static async Task ServeAsync(int port, string path)
    {
        DbConnection Connect() => Environment.GetEnvironmentVariable("LATCHKEY_DATABASE") is { Length: > 0 } postgres
            ? new NpgsqlConnection(postgres)
            : new SqliteConnection($"Data Source={path}");
        var isSqlite = Connect() is SqliteConnection;
        await FillAsync(Connect);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, port, options => options.UseHttps(Certificate())));
        await using var web = builder.Build();
        using var oneWriter = new SemaphoreSlim(1);
        web.MapGet("/read/{row}", async http =>
        {
            await using var connection = Connect();
            await connection.OpenAsync();
            await using var command = CommandOf(connection, "SELECT content FROM bare WHERE row_id = @row", ("row", RowIn(http)));
            var content = (byte[])(await command.ExecuteScalarAsync())!;
            http.Response.ContentLength = content.Length;
            await http.Response.Body.WriteAsync(content);
        });
        web.MapPut("/write/{row}", async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            // SQLite has one writer; who does not wait for it in turn sleeps and tries again.
            if (isSqlite)
            {
                await oneWriter.WaitAsync();
            }
            await using (var connection = Connect())
            {
                await connection.OpenAsync();
                if (isSqlite)
                {
                    // Without it, what was answered may be lost with the power.
                    await using var durable = CommandOf(connection, "PRAGMA synchronous = FULL");
                    await durable.ExecuteNonQueryAsync();
                }
                await using var command = CommandOf(
                    connection, "INSERT INTO bare (row_id, content) VALUES (@row, @content)", ("row", RowIn(http)), ("content", body.ToArray()));
                await command.ExecuteNonQueryAsync();
            }
            if (isSqlite)
            {
                oneWriter.Release();
            }
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        web.MapGet("/idle", async http =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync(":\n\n");
            await http.Response.Body.FlushAsync();
            var gone = new TaskCompletionSource();
            using var waiting = http.RequestAborted.Register(gone.SetResult);
            await gone.Task;
        });
        await web.StartAsync();
        Console.WriteLine("bare server");
        await web.WaitForShutdownAsync();
    }

    private static async Task FillAsync(Func<DbConnection> connect)
    {
        await using var connection = connect();
        await connection.OpenAsync();
        if (connection is SqliteConnection)
        {
            await using var log = CommandOf(connection, "PRAGMA journal_mode = WAL");
            await log.ExecuteNonQueryAsync();
        }
        var bytes = connection is SqliteConnection ? "BLOB" : "BYTEA";
        // One that served beside the same office before left it.
        await using var old = CommandOf(connection, "DROP TABLE IF EXISTS bare");
        await old.ExecuteNonQueryAsync();
        await using var table = CommandOf(connection, $"CREATE TABLE bare (row_id {bytes} PRIMARY KEY, content {bytes} NOT NULL)");
        await table.ExecuteNonQueryAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        for (var number = 0; number < Rows; number++)
        {
            await using var command = CommandOf(
                connection,
                "INSERT INTO bare (row_id, content) VALUES (@row, @content)",
                ("row", RowOf(number).ToArray()), ("content", RandomNumberGenerator.GetBytes(RowBytes)));
            command.Transaction = transaction;
            await command.ExecuteNonQueryAsync();
        }
        await transaction.CommitAsync();
    }

    private static DbCommand CommandOf(DbConnection connection, string sql, params (string Name, byte[] Value)[] parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        return command;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static byte[] RowIn(HttpContext http) => Id.TryParse((string)http.Request.RouteValues["row"]!)!.Value.ToArray();
}
