using System.Buffers.Text;
using System.Text;
using Vault.Matching;

namespace Vault.Passkeys;

/// <summary>
/// What an assertion says about the page that asked (WebAuthn Level 3 section 5.8.1), in the very bytes of section 5.8.1.1. Nothing in it is
/// the page's own word but the challenge.
/// </summary>
public static class ClientData
{
    /// <summary>Of a new passkey.</summary>
    public static byte[] ForCreate(ReadOnlySpan<byte> challenge, Origin page, Origin? top) => Of("webauthn.create", challenge, page, top);

    /// <summary>Of the use of a passkey.</summary>
    public static byte[] ForGet(ReadOnlySpan<byte> challenge, Origin page, Origin? top) => Of("webauthn.get", challenge, page, top);

    /// <param name="type">Whether it is a new passkey or the use of one.</param>
    /// <param name="challenge">The site's bytes.</param>
    /// <param name="page">The origin that asked. Its characters need no escaping.</param>
    /// <param name="top">The origin of the tab if the page stands in one of another origin, else <see langword="null"/>.</param>
    private static byte[] Of(string type, ReadOnlySpan<byte> challenge, Origin page, Origin? top)
    {
        var text = new StringBuilder($$"""{"type":"{{type}}","challenge":"{{Base64Url.EncodeToString(challenge)}}","origin":"{{page}}","crossOrigin":""");
        text.Append(top is null ? "false" : $"true,\"topOrigin\":\"{top}\"").Append('}');
        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
