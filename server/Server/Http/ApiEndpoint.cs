using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Contracts;
using Contracts.Wire;
using Server.Members;

namespace Server.Http;

/// <summary>Who may ask at all. What more is needed stands in the SQL that acts.</summary>
internal enum Access
{
    /// <summary>Not signed.</summary>
    Anybody,

    /// <summary>A current member signed.</summary>
    Member,

    /// <summary>A current member signed, or one who was removed.</summary>
    FormerMember,
}

/// <summary>One row of the table in server/docs/api.md.</summary>
/// <param name="Method">Such as PUT.</param>
/// <param name="Pattern">The path, with names in braces for what varies.</param>
/// <param name="Access">Who may ask.</param>
/// <param name="HandleAsync">Does it.</param>
/// <param name="Body">What comes in, where something does.</param>
/// <param name="Result">What goes out, where something does.</param>
/// <param name="LooksAtCaller">
/// Whether the transaction that acts looks itself whether the caller is a member with this key: then a key that was seen lately will do to
/// verify with, and the database is not asked for it.
/// </param>
internal sealed record ApiEndpoint(
    string Method,
    string Pattern,
    Access Access,
    Func<Call, Task<Answer>> HandleAsync,
    Type? Body = null,
    Type? Result = null,
    bool LooksAtCaller = false);

/// <summary>One request, once it is known whose it is and its body is the one that was signed.</summary>
internal sealed class Call(HttpContext http, Caller? caller, byte[] body, CancellationToken cancellationToken)
{
    /// <summary>Ends with the request, or when it takes too long.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Who signed. Only there where the endpoint asks for a member.</summary>
    public Caller Caller => caller ?? throw new InvalidOperationException("nobody signed");

    public HttpContext Http => http;

    /// <summary>The bytes that were sent.</summary>
    public ReadOnlyMemory<byte> Body => body;

    /// <summary>An id in the path.</summary>
    public Id Id(string name) => Contracts.Id.TryParse(Value(name)) ?? throw ApiException.Malformed("a part of the path is no id");

    /// <summary>A number in the path.</summary>
    public long Number(string name) => ParseNumber(Value(name));

    /// <summary>The number in the query <c>from</c>.</summary>
    /// <returns>The default if there is no query.</returns>
    public long From(long otherwise) => http.Request.QueryString.Value switch
    {
        null or "" => otherwise,
        var query when query.StartsWith("?from=", StringComparison.Ordinal) => ParseNumber(query["?from=".Length..]),
        _ => throw ApiException.Malformed("the query is not from=NUMBER"),
    };

    /// <summary>The value in the body.</summary>
    /// <exception cref="ContractException">The body is none.</exception>
    public T Read<T>(JsonTypeInfo<T> type) where T : class => WireJson.Read(body, type);

    private string Value(string name) => (string)http.Request.RouteValues[name]!;

    private static long ParseNumber(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number < Limits.NumbersBelow
        && number.ToString(CultureInfo.InvariantCulture) == text
            ? number
            : throw ApiException.Malformed("a number in path or query is none, or out of range");
}
