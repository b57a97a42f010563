using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using NUnit.Framework;
using Vault.Matching;
using Vault.Passkeys;

namespace Suite.Unit.Passkeys;

/// <summary>The vectors of WebAuthn Level 3 section 16: made here of the same keys, our bytes are theirs.</summary>
public class WebAuthnVectorTests
{
    private const string RelyingPartyId = "example.org";
    private static readonly Origin Page = Origin.TryParse("https://example.org")!;
    private static readonly Origin Top = Origin.TryParse("https://example.com")!;

    [Test]
    public void New_es256_credential_without_attestation()
    {
        using var key = PasskeyKey.Import(PasskeyAlgorithm.Es256, Hex("6e68e7a58484a3264f66b77f5d6dc5bc36a47085b615c9727ab334e8c369c2ee"));

        var data = AuthenticatorData.WithCredential(
            RelyingPartyId,
            AuthenticatorBits.UserPresent | AuthenticatorBits.BackupEligible | AuthenticatorBits.BackedUp,
            Hex("8446ccb9ab1db374750b2367ff6f3a1f"),
            Hex("f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94ff3ec330084be4"),
            key.PublicCoseKey());

        Assert.That(Text(AuthenticatorData.Attestation(data)), Is.EqualTo(
            "a363666d74646e6f6e656761747453746d74a068617574684461746158a4bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b5"
            + "59000000008446ccb9ab1db374750b2367ff6f3a1f0020f91f391db4c9b2fde0ea70189cba3fb63f579ba6122b33ad94ff3ec330084be4a501020326200121"
            + "5820afefa16f97ca9b2d23eb86ccb64098d20db90856062eb249c33a9b672f26df61225820930a56b87a2fca66334b03458abf879717c12cc68ed73290af2e"
            + "2664796b9220"));
    }

    [Test]
    public void Credential_id_of_1023_bytes_needs_longer_heads()
    {
        using var key = PasskeyKey.Import(PasskeyAlgorithm.Es256, Hex("6fd2149bb5f1597fe549b138794bde61893b2dc32ca316de65f04808dac211dc"));
        var id = Derived("none.ES256.long-credential-id", salt: 4, length: 1023);

        var data = AuthenticatorData.WithCredential(
            RelyingPartyId, AuthenticatorBits.UserPresent | AuthenticatorBits.BackupEligible, Hex("8f3360c2cd1b0ac14ffe0795c5d2638e"), id, key.PublicCoseKey());

        Assert.That(Text(id), Does.StartWith("3a761a4e1674ad6c4305869435c0eee9").And.EndsWith("58f995bdbd41cefdb"));
        Assert.That(Text(AuthenticatorData.Attestation(data)), Is.EqualTo(
            "a363666d74646e6f6e656761747453746d74a0686175746844617461590483bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b5"
            + "49000000008f3360c2cd1b0ac14ffe0795c5d2638e03ff" + Text(id)
            + "a50102032620012158203b8176b7504489cc593046d7988abb7905a742de6ac2cdc748a873c663e90cb12258201436d5edc9a75f23999eef9d5950a5c2455514"
            + "ee1014084720f841a06b828a11"));
    }

    [Test]
    public void New_ed25519_credential_has_their_authenticator_data()
    {
        using var key = PasskeyKey.Import(PasskeyAlgorithm.EdDsa, Derived("packed.EdDSA", salt: 1, length: 32));

        var data = AuthenticatorData.WithCredential(
            RelyingPartyId, AuthenticatorBits.UserPresent, Hex("d5aa33581e8ca478e20fe713f5d32ff2"),
            Hex("ce9f840ed96599580cd140fbc7bb3230633f50f61041aff73308ae71caa8a2bd"), key.PublicCoseKey());

        Assert.That(Text(data), Is.EqualTo(
            "bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b54100000000d5aa33581e8ca478e20fe713f5d32ff20020ce9f840ed9659958"
            + "0cd140fbc7bb3230633f50f61041aff73308ae71caa8a2bda401010327200621582044e06ddd331c36a8dc667bab52bcae63486c916aa5e339e6acebaa84934bf832"));
    }

    [Test]
    public void Ed25519_signature_is_theirs_to_the_byte()
    {
        using var key = PasskeyKey.Import(PasskeyAlgorithm.EdDsa, Derived("packed.EdDSA", salt: 1, length: 32));
        var clientData = ClientData.ForGet(Hex("895957e01c633a698348a2d8a31a54b7db27e8c1c43b2080d79ae2190267bfd2"), Page, top: null);
        var data = AuthenticatorData.Of(RelyingPartyId, AuthenticatorBits.UserPresent);

        Assert.That(Text(data), Is.EqualTo("bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b50100000000"));
        Assert.That(Text(key.Sign(AuthenticatorData.ToSign(data, clientData))), Is.EqualTo(
            "f5c59c7e46c34f6f8cc197101ddf9934fa2595f68eb1913a637e8419eb9ba4cfdfc48f85393bc0d40b011f0d6fecb097d6607525713223a0dc0d453993dae00b"));
    }

    [Test]
    public void Their_es256_signature_is_over_our_bytes()
    {
        using var key = PasskeyKey.Import(PasskeyAlgorithm.Es256, Hex("6e68e7a58484a3264f66b77f5d6dc5bc36a47085b615c9727ab334e8c369c2ee"));
        using var verifier = ECDsa.Create();
        verifier.ImportSubjectPublicKeyInfo(key.PublicInfo(), out _);
        var clientData = ClientData.ForGet(Hex("39c0e7521417ba54d43e8dc95174f423dee9bf3cd804ff6d65c857c9abf4d408"), Page, top: null);
        var data = AuthenticatorData.Of(
            RelyingPartyId, AuthenticatorBits.UserPresent | AuthenticatorBits.BackupEligible | AuthenticatorBits.BackedUp);
        var signed = AuthenticatorData.ToSign(data, clientData);

        Assert.That(Text(clientData), Is.EqualTo(
            "7b2274797065223a22776562617574686e2e676574222c226368616c6c656e6765223a224f63446e55685158756c5455506f334a5558543049393770767a7a"
            + "59425039745a63685879617630314167222c226f726967696e223a2268747470733a2f2f6578616d706c652e6f7267222c2263726f73734f726967696e223a"
            + "66616c73657d"));
        Assert.That(Text(data), Is.EqualTo("bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b51900000000"));
        Assert.That(Verifies(Hex(
            "3046022100f50a4e2e4409249c4a853ba361282f09841df4dd4547a13a87780218deffcd380221008480ac0f0b93538174f575bf11a1dd5d78c6e486013f93"
            + "7295ea13653e331e87")));
        Assert.That(Verifies(key.Sign(signed)));

        bool Verifies(byte[] signature) =>
            verifier.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    [Test]
    public void Client_data_in_a_frame_names_the_top_origin() => Assert.That(
        Text(ClientData.ForCreate(Base64Url.DecodeFromChars("Th9MYZhpnjPBTxkhU_Sdfg6ONXfVrEFsXzrckqQfJ-U"), Page, Top)), Is.EqualTo(
            "7b2274797065223a22776562617574686e2e637265617465222c226368616c6c656e6765223a225468394d595a68706e6a504254786b68555f53646667364f"
            + "4e58665672454673587a72636b7151664a2d55222c226f726967696e223a2268747470733a2f2f6578616d706c652e6f7267222c2263726f73734f72696769"
            + "6e223a747275652c22746f704f726967696e223a2268747470733a2f2f6578616d706c652e636f6d227d"));

    /// <summary>As the section makes its random bytes.</summary>
    private static byte[] Derived(string info, byte salt, int length) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, "WebAuthn test vectors"u8.ToArray(), length, [salt], Encoding.ASCII.GetBytes(info));

    private static byte[] Hex(string text) => Convert.FromHexString(text);

    private static string Text(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
