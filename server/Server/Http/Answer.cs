using System.Text.Json.Serialization.Metadata;
using Contracts.Wire;

namespace Server.Http;

/// <summary>What is sent for a request that was done.</summary>
internal abstract class Answer
{
    /// <summary>204, no body.</summary>
    public static readonly Answer Nothing = new Empty();

    /// <summary>200 with a value.</summary>
    public static Answer Of<T>(T value, JsonTypeInfo<T> type) => new Bytes(WireJson.Write(value, type), "application/json");

    /// <summary>200 with a text.</summary>
    public static Answer Text(string text, string contentType) => new Bytes(System.Text.Encoding.UTF8.GetBytes(text), contentType);

    public abstract Task WriteAsync(HttpContext http, CancellationToken cancellationToken);

    private sealed class Empty : Answer
    {
        public override Task WriteAsync(HttpContext http, CancellationToken cancellationToken)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }
    }

    private sealed class Bytes(byte[] body, string contentType) : Answer
    {
        public override async Task WriteAsync(HttpContext http, CancellationToken cancellationToken)
        {
            http.Response.ContentType = contentType;
            http.Response.ContentLength = body.Length;
            await http.Response.Body.WriteAsync(body, cancellationToken);
        }
    }
}
