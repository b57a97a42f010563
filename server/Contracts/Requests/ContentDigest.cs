using System.Security.Cryptography;

namespace Contracts.Requests;

/// <summary>The field <c>Content-Digest</c> (RFC 9530), always and only with SHA-256.</summary>
public static class ContentDigest
{
    private const string Before = "sha-256=:";
    private const string After = ":";
    private const int Characters = 9 + 44 + 1;

    /// <summary>The value for a body.</summary>
    public static string Of(ReadOnlySpan<byte> body) => Before + Convert.ToBase64String(SHA256.HashData(body)) + After;

    /// <summary>Whether a value is in the one form that <see cref="Of"/> gives.</summary>
    public static bool IsWellFormed(string value)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        return value.Length == Characters
            && value.StartsWith(Before, StringComparison.Ordinal)
            && value.EndsWith(After, StringComparison.Ordinal)
            && Convert.TryFromBase64Chars(value.AsSpan(Before.Length..^After.Length), hash, out var written)
            && written == hash.Length
            && Before + Convert.ToBase64String(hash) + After == value;
    }

    /// <summary>Whether a value is that of a body.</summary>
    public static bool Matches(string value, ReadOnlySpan<byte> body) => value == Of(body);
}
