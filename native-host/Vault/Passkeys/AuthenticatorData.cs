using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Vault.Passkeys;

/// <summary>The flags of authenticator data (WebAuthn Level 3 section 6.1).</summary>
[Flags]
public enum AuthenticatorBits
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>UP: a person was there.</summary>
    UserPresent = 1,

    /// <summary>UV: it was the right one.</summary>
    UserVerified = 1 << 2,

    /// <summary>BE: the passkey can be on more than one device.</summary>
    BackupEligible = 1 << 3,

    /// <summary>BS: it is.</summary>
    BackedUp = 1 << 4,

    /// <summary>AT: a new credential follows.</summary>
    Attested = 1 << 6,
}

/// <summary>What an authenticator says and signs (WebAuthn Level 3 sections 6.1 and 6.5). The signature counter is 0, as for every passkey that is in more than one place.</summary>
public static class AuthenticatorData
{
    private const int HashBytes = 32;
    private const int CounterBytes = sizeof(uint);
    private const int AaguidBytes = 16;

    /// <summary>The authenticator data of a use.</summary>
    public static byte[] Of(string relyingParty, AuthenticatorBits flags)
    {
        var data = new byte[HashBytes + 1 + CounterBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(relyingParty), data);
        data[HashBytes] = (byte)flags;
        return data;
    }

    /// <summary>The authenticator data of a new passkey.</summary>
    /// <param name="relyingParty">The id of the relying party.</param>
    /// <param name="flags">The flags besides <see cref="AuthenticatorBits.Attested"/>.</param>
    /// <param name="aaguid">16 bytes that name the kind of authenticator.</param>
    /// <param name="credentialId">At most 1023 bytes.</param>
    /// <param name="coseKey">The public key as <see cref="PasskeyKey.PublicCoseKey"/> gives it.</param>
    public static byte[] WithCredential(string relyingParty, AuthenticatorBits flags, ReadOnlySpan<byte> aaguid, ReadOnlySpan<byte> credentialId, ReadOnlySpan<byte> coseKey)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(aaguid.Length, AaguidBytes);
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)credentialId.Length));
        return [.. Of(relyingParty, flags | AuthenticatorBits.Attested), .. aaguid, .. length, .. credentialId, .. coseKey];
    }

    /// <summary>The attestation object that attests nothing (section 8.7).</summary>
    public static byte[] Attestation(ReadOnlySpan<byte> authenticatorData) =>
        new CborWriter().Map(3)
            .Text("fmt").Text("none")
            .Text("attStmt").Map(0)
            .Text("authData").Bytes(authenticatorData)
            .ToArray();

    /// <summary>The bytes that an assertion signs (section 6.3.3 step 11).</summary>
    public static byte[] ToSign(ReadOnlySpan<byte> authenticatorData, ReadOnlySpan<byte> clientData) =>
        [.. authenticatorData, .. SHA256.HashData(clientData)];
}
