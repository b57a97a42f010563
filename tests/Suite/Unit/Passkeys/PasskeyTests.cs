using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using Suite.Unit.Vault;
using Vault;
using Vault.Crypto;
using Vault.Matching;
using Vault.Passkeys;

namespace Suite.Unit.Passkeys;

/// <summary>A passkey in an item: what is written is read again, here and by KeePassXC; nonsense is none.</summary>
public class PasskeyTests
{
    private static readonly string[] Secrets = ["KPEX_PASSKEY_CREDENTIAL_ID", "KPEX_PASSKEY_USER_HANDLE", "KPEX_PASSKEY_PRIVATE_KEY_PEM"];
    private static readonly DateTimeOffset Time = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A key as other programs make it, made once.</summary>
    private static readonly RSA Rsa = RSA.Create(2048);

    private static readonly Passkey Example = new(
        "shop.test", "änna", [1, 2, 3, 0xfb, 0xff], [0x75, 0xfe], AuthenticatorBits.BackupEligible | AuthenticatorBits.BackedUp, Time);

    [TestCase("https://shop.test", "shop.test", true)]
    [TestCase("https://shop.test:8443", "shop.test", true)]
    [TestCase("https://login.shop.test", "shop.test", true)]
    [TestCase("https://a.b.shop.test", "b.shop.test", true)]
    [TestCase("http://localhost:8080", "localhost", true)]
    [TestCase("http://app.localhost", "app.localhost", true)]
    [TestCase("https://github.io", "github.io", true, TestName = "A public suffix may speak for itself")]
    [TestCase("https://evil.test", "shop.test", false)]
    [TestCase("https://evilshop.test", "shop.test", false)]
    [TestCase("https://shop.test", "login.shop.test", false)]
    [TestCase("https://shop.test", "test", false)]
    [TestCase("https://shop.co.uk", "co.uk", false)]
    [TestCase("https://anna.github.io", "github.io", false)]
    [TestCase("https://a.b.kawasaki.jp", "kawasaki.jp", false)]
    [TestCase("https://app.localhost", "localhost", false)]
    [TestCase("https://shop.test", "Shop.test", false)]
    [TestCase("https://shop.test", "shop.test.", false)]
    [TestCase("https://shop.test.", "shop.test", false)]
    [TestCase("https://shop.test", "", false)]
    [TestCase("https://shop.test", ".shop.test", false)]
    [TestCase("https://login.shop.test", ".test", false)]
    [TestCase("https://login.xn--bcher-kva.test", "bücher.test", false)]
    [TestCase("https://127.0.0.1", "127.0.0.1", false)]
    [TestCase("http://127.0.0.1", "127.0.0.1", false)]
    [TestCase("https://10.0.0.1", "0.0.1", false)]
    [TestCase("https://[::1]", "[::1]", false)]
    [TestCase("http://shop.test", "shop.test", false)]
    [TestCase("ftp://shop.test", "shop.test", false)]
    [TestCase("moz-extension://shop.test", "shop.test", false)]
    public void Page_speaks_for_its_own_name_and_those_above_it_on_its_site(string page, string relyingParty, bool may) =>
        Assert.That(RelyingParty.MayClaim(Origin.TryParse(page)!, relyingParty), Is.EqualTo(may));

    [TestCase(PasskeyAlgorithm.Es256)]
    [TestCase(PasskeyAlgorithm.EdDsa)]
    public void What_is_written_is_read_again_and_its_secrets_are_protected(PasskeyAlgorithm algorithm)
    {
        using var test = new TestVault();
        using var key = PasskeyKey.New(algorithm);
        ItemId id;
        using (var vault = test.Create())
        {
            id = Add(vault, key);
            vault.Write();
        }

        using var again = test.Open();
        var item = again.Get(id)!;
        var read = Passkey.TryRead(field => again.OpenField(id, field))!;
        using var pem = again.OpenField(id, PasskeyField.PrivateKey)!;
        using var keyAgain = PasskeyKey.TryReadPem(pem.Span)!;

        Assert.That(read with { CredentialId = [], UserHandle = [] }, Is.EqualTo(Example with { CredentialId = [], UserHandle = [] }));
        Assert.That((read.CredentialId, read.UserHandle), Is.EqualTo((Example.CredentialId, Example.UserHandle)));
        Assert.That(keyAgain.PublicInfo(), Is.EqualTo(key.PublicInfo()));
        Assert.That(again.Find(id)!.PasskeyFor, Is.EqualTo("shop.test"));
        Assert.That(item.Fields.Where(field => field.IsProtected).Select(field => field.Name), Is.SupersetOf(Secrets));
    }

    [Test]
    public void KeePassXc_has_the_fields_by_its_own_names()
    {
        using var test = new TestVault();
        using var key = PasskeyKey.New(PasskeyAlgorithm.Es256);
        using (var vault = test.Create())
        {
            Add(vault, key);
            vault.Write();
        }

        var shown = KeePassXc.Run(
            test.Folder, [TestVault.Passphrase], "show", "-q", "-s", "--all", test.Path, "Shop").ReplaceLineEndings("\n");
        using var pem = key.ToPem();

        Assert.That(shown, Does.Contain("KPEX_PASSKEY_RELYING_PARTY: shop.test\n"));
        Assert.That(shown, Does.Contain("KPEX_PASSKEY_USERNAME: änna\n"));
        Assert.That(shown, Does.Contain("KPEX_PASSKEY_CREDENTIAL_ID: AQID-_8\n"));
        Assert.That(shown, Does.Contain("KPEX_PASSKEY_USER_HANDLE: df4\n"));
        Assert.That(shown, Does.Contain("KPEX_PASSKEY_FLAG_BE: 1\n"));
        Assert.That(shown, Does.Contain("KPEX_PASSKEY_FLAG_BS: 1\n"));
        Assert.That(shown, Does.Contain("KPEX_PASSKEY_PRIVATE_KEY_PEM: " + Encoding.ASCII.GetString(pem.Span)));
    }

    [Test]
    public void Item_with_nothing_but_a_passkey_is_a_login_and_what_takes_it_away_leaves_none()
    {
        using var test = new TestVault();
        using var key = PasskeyKey.New(PasskeyAlgorithm.Es256);
        using var vault = test.Create();
        var id = Add(vault, key);

        Assert.That(vault.Find(id)!.Kind, Is.EqualTo(ItemKind.Login));
        vault.Update(id, new ItemDraft { Fields = Passkey.Without(vault.Get(id)!) });

        Assert.That(vault.Find(id)!.PasskeyFor, Is.Null);
        Assert.That(vault.Get(id)!.Fields.Where(field => PasskeyField.Is(field.Name)), Is.Empty);
    }

    [TestCase("")]
    [TestCase("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n")]
    [TestCase("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n")]
    [TestCase("-----BEGIN PRIVATE KEY-----\nnot base64\n-----END PRIVATE KEY-----\n")]
    [TestCase("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n", TestName = "An Ed25519 key without its bytes")]
    public void What_is_no_key_of_a_passkey_is_none(string pem) => Assert.That(PasskeyKey.TryReadPem(Encoding.UTF8.GetBytes(pem)), Is.Null);

    [Test]
    public void Key_of_another_curve_or_of_too_few_bits_is_none()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var rsa = RSA.Create(1024);

        Assert.That(PasskeyKey.TryReadPem(Encoding.ASCII.GetBytes(other.ExportPkcs8PrivateKeyPem())), Is.Null);
        Assert.That(PasskeyKey.TryReadPem(Encoding.ASCII.GetBytes(rsa.ExportPkcs8PrivateKeyPem())), Is.Null);
    }

    [Test]
    public void Rsa_key_of_another_program_is_used_after_KeePassXc_wrote_the_file_and_none_is_made()
    {
        using var test = new TestVault();
        ItemId id;
        using (var vault = test.Create())
        {
            using var made = PasskeyKey.New(PasskeyAlgorithm.Es256);
            id = Add(vault, made);
            using var pem = SecretBytes.CopyOf(Encoding.ASCII.GetBytes(Rsa.ExportPkcs8PrivateKeyPem()));
            vault.Update(id, new ItemDraft { Fields = [NewField.Protected(PasskeyField.PrivateKey, pem)] });
            vault.Write();
        }
        KeePassXc.Run(test.Folder, [TestVault.Passphrase], "add", "-q", test.Path, "Added there");

        using var again = test.Open();
        var read = Passkey.TryRead(field => again.OpenField(id, field))!;
        using var kept = again.OpenField(id, PasskeyField.PrivateKey)!;
        using var key = PasskeyKey.TryReadPem(kept.Span)!;

        Assert.That((read.RelyingParty, read.CredentialId), Is.EqualTo((Example.RelyingParty, Example.CredentialId)));
        Assert.That(key.Algorithm, Is.EqualTo(PasskeyAlgorithm.Rs256));
        Assert.That(key.PublicInfo(), Is.EqualTo(Rsa.ExportSubjectPublicKeyInfo()));
        Assert.That(Rsa.VerifyData("signed"u8, key.Sign("signed"u8), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), Is.True);
        Assert.That(() => PasskeyKey.New(PasskeyAlgorithm.Rs256), Throws.TypeOf<ArgumentOutOfRangeException>());
    }

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public bool Damaged_rsa_key_is_a_key_that_signs_or_none(NonNegativeInt at, byte value)
    {
        var damaged = Encoding.ASCII.GetBytes(Rsa.ExportPkcs8PrivateKeyPem());
        damaged[at.Get % damaged.Length] = value;

        using var read = PasskeyKey.TryReadPem(damaged);
        return read is null || read.Sign([1, 2, 3]).Length == 256;
    }

    [TestCase("KPEX_PASSKEY_CREDENTIAL_ID", "not base64!")]
    [TestCase("KPEX_PASSKEY_CREDENTIAL_ID", "")]
    [TestCase("KPEX_PASSKEY_RELYING_PARTY", "")]
    [TestCase("KPEX_PASSKEY_USER_HANDLE", "a")]
    public void Item_whose_passkey_is_spoilt_has_none(string field, string value) =>
        Assert.That(Passkey.TryRead(Fields((field, value))), Is.Null);

    [TestCase("AQID-_8=", "1", AuthenticatorBits.BackupEligible)]
    [TestCase("AQID-_8", "true", AuthenticatorBits.None)]
    public void Passkey_of_another_program_is_read_with_padding_and_flags_as_they_are(string credential, string flag, AuthenticatorBits expected)
    {
        var read = Passkey.TryRead(Fields(("KPEX_PASSKEY_CREDENTIAL_ID", credential), ("KPEX_PASSKEY_FLAG_BE", flag)))!;

        Assert.That(read.CredentialId, Is.EqualTo(Example.CredentialId));
        Assert.That((read.Flags, read.CreatedAt), Is.EqualTo((expected, (DateTimeOffset?)null)));
    }

    [FsCheck.NUnit.Property(MaxTest = 2_000)]
    public bool Whatever_stands_in_the_fields_is_a_passkey_or_none(string relyingParty, string credential, string handle, string flag)
    {
        _ = Passkey.TryRead(Fields(
            ("KPEX_PASSKEY_RELYING_PARTY", relyingParty ?? ""), ("KPEX_PASSKEY_CREDENTIAL_ID", credential ?? ""),
            ("KPEX_PASSKEY_USER_HANDLE", handle ?? ""), ("KPEX_PASSKEY_FLAG_BE", flag ?? "")));
        return true;
    }

    [FsCheck.NUnit.Property(MaxTest = 1_000)]
    public bool Damaged_key_is_a_key_that_signs_or_none(NonNegativeInt at, byte value, bool isEdDsa)
    {
        using var key = PasskeyKey.New(isEdDsa ? PasskeyAlgorithm.EdDsa : PasskeyAlgorithm.Es256);
        using var pem = key.ToPem();
        var damaged = pem.Span.ToArray();
        damaged[at.Get % damaged.Length] = value;

        using var read = PasskeyKey.TryReadPem(damaged);
        return read is null || read.Sign([1, 2, 3]).Length >= 64;
    }

    private static ItemId Add(VaultFile vault, PasskeyKey key)
    {
        var secrets = new List<SecretBytes>();
        var id = vault.Add(new ItemDraft { Fields = [NewField.Clear(FieldName.Title, "Shop"), .. Example.Fields(key, secrets)] }).Id;
        secrets.ForEach(secret => secret.Dispose());
        return id;
    }

    private static Func<string, SecretBytes?> Fields(params (string Name, string Value)[] others)
    {
        var fields = new Dictionary<string, string>
        {
            ["KPEX_PASSKEY_RELYING_PARTY"] = "shop.test",
            ["KPEX_PASSKEY_CREDENTIAL_ID"] = "AQID-_8",
            ["KPEX_PASSKEY_USER_HANDLE"] = "df4",
        };
        foreach (var (name, value) in others)
        {
            fields[name] = value;
        }
        return name => fields.TryGetValue(name, out var value) ? SecretBytes.CopyOf(Encoding.UTF8.GetBytes(value)) : null;
    }
}
