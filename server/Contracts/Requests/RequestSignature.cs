using System.Globalization;

namespace Contracts.Requests;

/// <summary>Why a request is refused before anything is looked up or done.</summary>
public enum RequestRefusal
{
    /// <summary>It is not refused so far.</summary>
    None,

    /// <summary>No signature, no office, or no digest of its body.</summary>
    NotSigned,

    /// <summary>There is a signature, but not exactly one in exactly the form that is asked for.</summary>
    Malformed,

    /// <summary>Made too long ago or too far in the future: answer with the server's time.</summary>
    Clock,
}

/// <summary>
/// One signature over a request (RFC 9421) with the label <c>latchkey</c>: it covers method, path, query, office and, with a body,
/// its digest. Exactly one spelling of it exists, so there is nothing to negotiate. See server/docs/sharing.md, "Requests".
/// </summary>
public sealed class RequestSignature
{
    private const string Label = "latchkey=";
    private const string KeyId = ";keyid=\"";
    private const string Tag = "\";tag=\"latchkey/1\"";
    private const string Created = ";created=";

    /// <summary>An integer of a structured field has at most so many digits (RFC 9651, section 3.3.1).</summary>
    private const int MaxCreatedDigits = 15;

    private readonly byte[] _base;
    private readonly byte[] _signature;

    private RequestSignature(Id office, Id member, byte[] signatureBase, byte[] signature)
    {
        Office = office;
        Member = member;
        _base = signatureBase;
        _signature = signature;
    }

    /// <summary>The office that the request names. Not proven before <see cref="IsBy"/>.</summary>
    public Id Office { get; }

    /// <summary>The member who claims to have signed (<c>keyid</c>). Not proven before <see cref="IsBy"/>.</summary>
    public Id Member { get; }

    /// <summary>Signs a request.</summary>
    /// <param name="head">Method, path and query; the rest is filled in.</param>
    /// <param name="body">The body, or <see langword="null"/> if there is none.</param>
    /// <param name="office">The office.</param>
    /// <param name="member">Who we are there.</param>
    /// <param name="now">Our clock, corrected by what the server said of its own.</param>
    /// <param name="ourKey">Our signing key in this office.</param>
    /// <returns>The head with its four fields.</returns>
    /// <exception cref="ArgumentException">Method, path or query hold what a proxy might rewrite.</exception>
    public static RequestHead Sign(RequestHead head, byte[]? body, Id office, Id member, DateTimeOffset now, SigningKey ourKey)
    {
        if (!head.IsTargetPlain)
        {
            throw new ArgumentException("the target of a request holds unreserved characters only", nameof(head));
        }
        var filled = head with
        {
            Office = office.ToString(),
            ContentDigest = body is null ? null : Requests.ContentDigest.Of(body),
            HasBody = body is not null,
        };
        var components = ComponentsOf(filled);
        var parameters = ParametersOf(components, now.ToUnixTimeSeconds(), member);
        var signature = ourKey.Sign(SignatureBase.Of(components, parameters));
        return filled with { SignatureInput = Label + parameters, Signature = $"{Label}:{Convert.ToBase64String(signature)}:" };
    }

    /// <summary>Reads the signature of a request that came in, without judging who made it.</summary>
    /// <param name="head">The request, without its body: hold the body against <see cref="ContentDigest.Matches"/> afterwards.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="refusal">Why there is none.</param>
    /// <returns>The signature, or <see langword="null"/> with a reason.</returns>
    public static RequestSignature? Read(RequestHead head, DateTimeOffset now, out RequestRefusal refusal)
    {
        if (head.SignatureInput is null || head.Signature is null || head.Office is null || (head.HasBody && head.ContentDigest is null))
        {
            refusal = RequestRefusal.NotSigned;
            return null;
        }
        refusal = RequestRefusal.Malformed;
        if (!head.IsTargetPlain
            || head.HasBody != head.ContentDigest is not null
            || (head.ContentDigest is not null && !Requests.ContentDigest.IsWellFormed(head.ContentDigest))
            || Id.TryParse(head.Office) is not { } office
            || ReadSignature(head.Signature) is not { } signature)
        {
            return null;
        }
        var components = ComponentsOf(head);
        if (ReadParameters(head.SignatureInput, components) is not var (parameters, created, member))
        {
            return null;
        }
        if (Math.Abs(now.ToUnixTimeSeconds() - created) > Limits.RequestWindowSeconds)
        {
            refusal = RequestRefusal.Clock;
            return null;
        }
        refusal = RequestRefusal.None;
        return new RequestSignature(office, member, SignatureBase.Of(components, parameters), signature);
    }

    /// <summary>Whether this key made it: that of <see cref="Member"/> in <see cref="Office"/>, by the log.</summary>
    public bool IsBy(PublicKey theirKey) => theirKey.Verifies(_base, _signature);

    private static List<(string Name, string Value)> ComponentsOf(RequestHead head)
    {
        List<(string, string)> components =
        [
            ("@method", head.Method),
            ("@path", head.Path),
            // An absent query stands as a question mark (RFC 9421, section 2.2.7).
            ("@query", head.Query.Length == 0 ? "?" : head.Query),
            ("latchkey-office", head.Office!),
        ];
        if (head.ContentDigest is not null)
        {
            components.Add(("content-digest", head.ContentDigest));
        }
        return components;
    }

    private static string ParametersOf(List<(string, string)> components, long created, Id member) =>
        SignatureBase.Parameters(components, string.Create(CultureInfo.InvariantCulture, $"{Created}{created}{KeyId}{member}{Tag}"));

    /// <summary>Takes the two values out of their places and compares the whole with what they would give.</summary>
    private static (string Parameters, long Created, Id Member)? ReadParameters(string field, List<(string, string)> components)
    {
        var createdAt = field.IndexOf(Created, StringComparison.Ordinal) + Created.Length;
        var keyIdAt = field.IndexOf(KeyId, StringComparison.Ordinal);
        if (createdAt < Created.Length
            || keyIdAt <= createdAt
            || keyIdAt - createdAt > MaxCreatedDigits
            || field.Length < keyIdAt + KeyId.Length + Id.Characters
            || !long.TryParse(field.AsSpan(createdAt..keyIdAt), NumberStyles.None, CultureInfo.InvariantCulture, out var created)
            || Id.TryParse(field.AsSpan(keyIdAt + KeyId.Length, Id.Characters)) is not { } member)
        {
            return null;
        }
        var parameters = ParametersOf(components, created, member);
        return field == Label + parameters ? (parameters, created, member) : null;
    }

    private static byte[]? ReadSignature(string field)
    {
        var signature = new byte[SigningKey.SignatureBytes];
        var start = Label.Length + 1;
        return field.Length > start
            && Convert.TryFromBase64Chars(field.AsSpan(start..^1), signature, out var written)
            && written == signature.Length
            && field == $"{Label}:{Convert.ToBase64String(signature)}:"
            ? signature
            : null;
    }
}
