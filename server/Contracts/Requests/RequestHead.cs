using System.Buffers;

namespace Contracts.Requests;

/// <summary>What of a request is signed, as it came or goes: never decoded, joined or normalised.</summary>
public sealed record RequestHead
{
    private static readonly SearchValues<char> Methods = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ");

    // RFC 3986, section 2.3: no proxy has a reason to encode or decode these.
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static readonly SearchValues<char> PathCharacters = SearchValues.Create(Unreserved + "/");
    private static readonly SearchValues<char> QueryCharacters = SearchValues.Create(Unreserved + "=&");

    /// <summary>Such as <c>PUT</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The path, beginning with a slash.</summary>
    public required string Path { get; init; }

    /// <summary>The query with its question mark, or an empty text.</summary>
    public string Query { get; init; } = "";

    /// <summary>The field <c>Latchkey-Office</c>.</summary>
    public string? Office { get; init; }

    /// <summary>The field <c>Content-Digest</c>: there if, and only if, there is a body.</summary>
    public string? ContentDigest { get; init; }

    /// <summary>The field <c>Signature-Input</c>; several lines joined with ", ", as HTTP has it.</summary>
    public string? SignatureInput { get; init; }

    /// <summary>The field <c>Signature</c>, likewise.</summary>
    public string? Signature { get; init; }

    /// <summary>Whether a body comes, by its length or its transfer coding.</summary>
    public bool HasBody { get; init; }

    internal bool IsTargetPlain =>
        Method.Length is > 0 and <= 16
        && !Method.AsSpan().ContainsAnyExcept(Methods)
        && Path.Length + Query.Length <= Limits.TargetCharacters
        && Path.StartsWith('/')
        && !Path.AsSpan().ContainsAnyExcept(PathCharacters)
        && (Path == "/" || Path[1..].Split('/').All(segment => segment is not ("" or "." or "..")))
        && (Query.Length == 0 || (Query[0] == '?' && !Query.AsSpan(1).ContainsAnyExcept(QueryCharacters)));
}
