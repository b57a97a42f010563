using System.Collections.Concurrent;
using Contracts;
using Contracts.Requests;
using Microsoft.AspNetCore.Http.Features;
using Server.Http;
using Server.Storage;

namespace Server.Members;

/// <summary>Finds out who signed a request (sharing.md, "Requests"), before a byte of its body is read.</summary>
internal sealed class Signatures(Database database, TimeProvider clock)
{
    private const string OfficeField = "Latchkey-Office";

    /// <summary>The keys that requests came with lately: importing one costs more than verifying with it.</summary>
    private readonly ConcurrentDictionary<(Id Office, Id Member), PublicKey> _keys = new();

    /// <summary>Reads and verifies the signature.</summary>
    /// <param name="http">The request.</param>
    /// <param name="endpoint">What it asks for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ApiException">There is none, or it is not of somebody who may ask.</exception>
    public async Task<Caller> VerifyAsync(HttpContext http, ApiEndpoint endpoint, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var signature = RequestSignature.Read(HeadOf(http), now, out var refusal);
        if (signature is null)
        {
            throw refusal switch
            {
                RequestRefusal.NotSigned => ApiException.NotSigned(),
                RequestRefusal.Clock => ApiException.Clock(now),
                _ => ApiException.Malformed("the signature does not have the one form that it may have"),
            };
        }
        if (endpoint.LooksAtCaller && _keys.TryGetValue((signature.Office, signature.Member), out var known) && signature.IsBy(known))
        {
            return new Caller(signature.Member, known);
        }
        var caller = await FindKeyAsync(signature, cancellationToken) is { } key ? new Caller(signature.Member, key)
            : endpoint.Access == Access.FormerMember ? await FindFormerAsync(signature, cancellationToken)
            : null;
        return caller is not null && signature.IsBy(caller.Key) ? caller : throw ApiException.Signature();
    }

    /// <summary>Refuses a body that is not the one that was signed.</summary>
    public static void CheckBody(HttpContext http, ReadOnlySpan<byte> body)
    {
        if (HeadOf(http).ContentDigest is { } digest && !ContentDigest.Matches(digest, body))
        {
            throw ApiException.Signature();
        }
    }

    private async Task<PublicKey?> FindKeyAsync(RequestSignature signature, CancellationToken cancellationToken)
    {
        var bytes = await database.ReadOnceAsync(
            session => session.FindAsync(
                "SELECT m.signing_key FROM members m, server s WHERE m.member = @member AND s.one = 1 AND s.office = @office",
                row => row.Bytes(0),
                ("member", signature.Member), ("office", signature.Office)),
            cancellationToken);
        if (bytes is null)
        {
            _keys.TryRemove((signature.Office, signature.Member), out _);
            return null;
        }
        return _keys.TryGetValue((signature.Office, signature.Member), out var known) && known.Span.SequenceEqual(bytes)
            ? known
            : _keys[(signature.Office, signature.Member)] = new PublicKey(bytes);
    }

    private Task<Caller?> FindFormerAsync(RequestSignature signature, CancellationToken cancellationToken) => database.ReadOnceAsync(
        session => session.FindAsync(
            "SELECT f.signing_key, f.place FROM former_members f, server s WHERE f.member = @member AND s.one = 1 AND s.office = @office",
            row => new Caller(signature.Member, new PublicKey(row.Bytes(0)), row.Number(1)),
            ("member", signature.Member), ("office", signature.Office)),
        cancellationToken);

    private static RequestHead HeadOf(HttpContext http)
    {
        // As it came, not as the server would write it.
        var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var query = target.IndexOf('?', StringComparison.Ordinal);
        var headers = http.Request.Headers;
        return new RequestHead
        {
            Method = http.Request.Method,
            Path = query < 0 ? target : target[..query],
            Query = query < 0 ? "" : target[query..],
            Office = Joined(headers[OfficeField]),
            ContentDigest = Joined(headers["Content-Digest"]),
            SignatureInput = Joined(headers["Signature-Input"]),
            Signature = Joined(headers["Signature"]),
            HasBody = http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? false,
        };
    }

    private static string? Joined(Microsoft.Extensions.Primitives.StringValues lines) => lines.Count == 0 ? null : string.Join(", ", lines.ToArray());
}
