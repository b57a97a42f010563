using System.Data.Common;
using System.Diagnostics;
using Contracts;
using Contracts.Wire;
using Microsoft.AspNetCore.Http.Features;
using Server.Members;

namespace Server.Http;

/// <summary>What happens to every request, in order: rate, signature, body, the work, the answer. The one place where failures become answers.</summary>
internal sealed class Pipeline(Signatures signatures, RateLimits rates, TransportLimits transport, Metrics metrics, ILogger<Pipeline> logger)
{
    /// <summary>Maps endpoints.</summary>
    public void Map(IEndpointRouteBuilder routes, IEnumerable<ApiEndpoint> endpoints)
    {
        foreach (var endpoint in endpoints)
        {
            routes.MapMethods(endpoint.Pattern, [endpoint.Method], http => RunAsync(http, endpoint));
        }
    }

    /// <summary>Gives what no endpoint answered the form that errors have.</summary>
    public static async Task NothingElseAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (http.GetEndpoint() is null || (http.Response.StatusCode == StatusCodes.Status405MethodNotAllowed && !http.Response.HasStarted))
        {
            var path = http.Request.Path.Value ?? "";
            await WriteAsync(
                http,
                http.Response.StatusCode == StatusCodes.Status405MethodNotAllowed ? ApiException.NoSuchMethod()
                : path.StartsWith("/v", StringComparison.Ordinal) && path.Length > 2 && char.IsAsciiDigit(path[2]) && !path.StartsWith("/v1/", StringComparison.Ordinal)
                    ? ApiException.UpdateNeeded()
                : ApiException.NotThere());
        }
    }

    private async Task RunAsync(HttpContext http, ApiEndpoint endpoint)
    {
        var started = Stopwatch.GetTimestamp();
        Caller? caller = null;
        try
        {
            Answer answer;
            using (var limit = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted))
            {
                limit.CancelAfter(transport.Request);
                caller = await AdmitAsync(http, endpoint, limit.Token);
                var body = await ReadBodyAsync(http, endpoint, limit.Token);
                if (caller is not null)
                {
                    Signatures.CheckBody(http, body);
                }
                answer = await endpoint.HandleAsync(new Call(http, caller, body, limit.Token));
            }
            // An answer may last longer than a request may.
            await answer.WriteAsync(http, http.RequestAborted);
        }
        catch (ApiException failure)
        {
            await WriteAsync(http, failure);
        }
        catch (ContractException failure)
        {
            await WriteAsync(http, ApiException.Of(failure));
        }
        catch (BadHttpRequestException failure)
        {
            await WriteAsync(http, failure.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => ApiException.TooLarge("the body is too long"),
                StatusCodes.Status408RequestTimeout => ApiException.TooSlow(),
                _ => ApiException.Malformed("the request ended early, or is none"),
            });
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for an answer any more.
        }
        catch (Exception failure) when (failure is DbException or OperationCanceledException)
        {
            Log.DatabaseFailed(logger, endpoint.Pattern, failure.GetType().Name, (failure as DbException)?.SqlState ?? "", (failure as DbException)?.ErrorCode ?? 0);
            await WriteAsync(http, ApiException.Unavailable());
        }
#pragma warning disable CA1031 // Where every failure becomes an answer.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.RequestFailed(logger, endpoint.Method, endpoint.Pattern, failure);
            await WriteAsync(http, ApiException.Internal());
        }
        var elapsed = Stopwatch.GetElapsedTime(started);
        metrics.Count(endpoint, http.Response.StatusCode, elapsed);
        Log.RequestDone(logger, endpoint.Method, endpoint.Pattern, http.Response.StatusCode, (long)elapsed.TotalMilliseconds, caller?.Member.ToString() ?? "");
    }

    private async Task<Caller?> AdmitAsync(HttpContext http, ApiEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (endpoint.Access == Access.Anybody)
        {
            rates.Count(http.Connection.RemoteIpAddress);
            return null;
        }
        try
        {
            var caller = await signatures.VerifyAsync(http, endpoint, cancellationToken);
            rates.Count(caller.Member);
            return caller;
        }
        catch (ApiException failure) when (failure.Status == StatusCodes.Status401Unauthorized)
        {
            rates.Count(http.Connection.RemoteIpAddress);
            throw;
        }
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext http, ApiEndpoint endpoint, CancellationToken cancellationToken)
    {
        if (endpoint.Body is null)
        {
            return [];
        }
        var most = endpoint.Access == Access.Anybody ? Limits.UnsignedBodyBytes : Limits.BodyBytes;
        if (http.Request.ContentLength > most)
        {
            throw ApiException.TooLarge("the body is too long");
        }
        if (http.Request.ContentType is not "application/json")
        {
            throw ApiException.Malformed("the body is not application/json");
        }
        // Kestrel counts along and stops there. Memory grows with what has come, not with what was announced.
        http.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = most;
        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, cancellationToken);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            throw ApiException.TooSlow();
        }
        return body.ToArray();
    }

    private static async Task WriteAsync(HttpContext http, ApiException failure)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return;
        }
        http.Response.Clear();
        http.Response.StatusCode = failure.Status;
        if (failure.RetryAfterSeconds is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        if (failure.Status is StatusCodes.Status413PayloadTooLarge or StatusCodes.Status408RequestTimeout)
        {
            // What is still to come is not read.
            http.Response.Headers.Connection = http.Request.Protocol == "HTTP/1.1" ? "close" : default;
        }
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(WireJson.Write(failure.Error, WireJson.Default.WireError), CancellationToken.None);
    }
}
