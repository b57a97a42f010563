using System.Globalization;
using System.Text;
using System.Xml.Linq;
using NUnit.Framework;
using Vault;
using Vault.Crypto;
using Vault.Kdbx;
using Vault.Matching;

namespace Suite.Unit.Vault.File;

/// <summary>Proof against the other program: its files open here, ours open there, and what it saves of ours opens here again.</summary>
public class KeePassXcTests
{
    private static readonly ItemDraft Bank = new()
    {
        Fields =
        [
            NewField.Clear(FieldName.Title, "Bank <&> Büro 🔑"),
            NewField.Clear(FieldName.UserName, "änna"),
            TestVault.Secret(FieldName.Password, "pä$$ <wörd> ]]> &amp;"),
            NewField.Clear(FieldName.Notes, "first\nsecond\n\tthird"),
            NewField.Clear("Customer no.", "4711"),
            TestVault.Secret("PIN", "0815"),
            TestVault.Secret(FieldName.Otp, "otpauth://totp/Bank:anna?secret=GEZDGNBVGY3TQOJQ&period=30&digits=6"),
        ],
        Urls = [new ItemUrl("https://bank.example"), new ItemUrl("https://login.bank.example", MatchKind.Origin)],
        Tags = ["money", "büro"],
        Folder = "Office/Geld",
    };

    [TestCase(KdfKind.Argon2id, nameof(OuterCipher.Aes256))]
    [TestCase(KdfKind.Argon2id, nameof(OuterCipher.ChaCha20))]
    [TestCase(KdfKind.Argon2d, nameof(OuterCipher.Aes256))]
    [TestCase(KdfKind.Argon2d, nameof(OuterCipher.ChaCha20))]
    public void Our_file_opens_there_is_changed_there_and_opens_here_again(KdfKind kdf, string cipher)
    {
        using var test = new TestVault();
        var id = CreateWithHistory(test, kdf, cipher);
        List<string> before;
        using (var vault = test.Open())
        {
            before = Describe(vault);
        }

        var shown = Run(test, "show", "-s", "-a", "Password", "-a", "PIN", "-a", "UserName", "-a", "Notes",
            test.Path, "Office/Geld/Bank <&> Büro 🔑");
        var there = Path.Combine(test.Folder.FullName, "letter.bin");
        System.IO.File.WriteAllBytes(there, [0, 1, 2, 255, 10, 13]);
        Run(test, "add", "-u", "bob", "--url", "https://x.example", test.Path, "Added there");
        Run(test, "attachment-import", test.Path, "Added there", "letter.bin", there);

        using var again = test.Open();
        var added = again.Items.Single(item => item.Title == "Added there");
        Assert.Multiple(() =>
        {
            Assert.That(shown, Is.EqualTo("new pä$$\n0815\nänna\nfirst\nsecond\n\tthird\n"));
            Assert.That(Describe(again).Where(line => !line.StartsWith(added.Id.ToString(), StringComparison.Ordinal)),
                Is.EqualTo(before));
            Assert.That(added.UserName, Is.EqualTo("bob"));
            Assert.That(again.ReadAttachment(added.Id, "letter.bin"), Is.EqualTo(new byte[] { 0, 1, 2, 255, 10, 13 }));
            Assert.That(again.Get(id)!.Revisions, Is.EqualTo(1));
            Assert.That(HeaderOf(test).Kdf.Settings.Kind, Is.EqualTo(kdf));
            Assert.That(HeaderOf(test).Cipher.ToString(), Is.EqualTo(cipher));
        });
    }

    [Test]
    public void An_attachment_made_there_survives_a_save_here_and_opens_there()
    {
        using var test = new TestVault();
        CreateWithHistory(test, KdfKind.Argon2id, nameof(OuterCipher.Aes256));
        var letter = Path.Combine(test.Folder.FullName, "letter.bin");
        var content = Enumerable.Range(0, 100_000).Select(index => (byte)(index * 7)).ToArray();
        System.IO.File.WriteAllBytes(letter, content);
        Run(test, "attachment-import", test.Path, "Office/Geld/Bank <&> Büro 🔑", "letter ü.bin", letter);

        using (var vault = test.Open())
        {
            var id = vault.Items.Single().Id;
            vault.Update(id, new ItemDraft { Fields = [NewField.Clear(FieldName.UserName, "berta")] });
            vault.Write();
            Assert.That(vault.Get(id)!.Attachments, Is.EqualTo(new[] { new ItemAttachment("letter ü.bin", 100_000) }));
        }

        var exported = Path.Combine(test.Folder.FullName, "exported.bin");
        Run(test, "attachment-export", test.Path, "Office/Geld/Bank <&> Büro 🔑", "letter ü.bin", exported);
        Assert.That(System.IO.File.ReadAllBytes(exported), Is.EqualTo(content));
    }

    [Test]
    public void Its_file_of_KDBX_3_1_opens_here_and_is_saved_as_4_1()
    {
        using var test = new TestVault();
        Run(test, [TestVault.Passphrase], "db-create", "-t", "100", "-p", test.Path);
        Run(test, "mkdir", test.Path, "Gruppe");
        Run(test, [TestVault.Passphrase, "s3cr3t-ü"],
            "add", "-u", "alice", "--url", "https://a.example", "-p", test.Path, "Gruppe/T");
        Run(test, "edit", "-u", "alice2", test.Path, "Gruppe/T");
        var letter = Path.Combine(test.Folder.FullName, "letter.txt");
        System.IO.File.WriteAllText(letter, "hello");
        Run(test, "attachment-import", test.Path, "Gruppe/T", "letter.txt", letter);
        Assert.That(HeaderOf(test).Major, Is.EqualTo(3));
        Assert.That(HeaderOf(test).Kdf.Settings.Kind, Is.EqualTo(KdfKind.Aes));

        List<string> before;
        using (var vault = test.Open())
        {
            var item = vault.Items.Single();
            Assert.That((item.Title, item.UserName, item.Folder), Is.EqualTo(("T", "alice2", "Gruppe")));
            Assert.That(item.ModifiedAt, Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(2)));
            Assert.That(vault.ReadAttachment(item.Id, "letter.txt"), Is.EqualTo("hello"u8.ToArray()));
            before = Describe(vault);
            vault.SetSetting("k", "v");
            vault.Write();
        }

        Assert.That(HeaderOf(test).Major, Is.EqualTo(4));
        Assert.That(HeaderOf(test).Kdf.Settings, Is.EqualTo(TestVault.Cheap));
        using (var again = test.Open())
        {
            Assert.That(Describe(again), Is.EqualTo(before));
        }
        Assert.That(Run(test, "show", "-s", "-a", "Password", test.Path, "Gruppe/T"), Is.EqualTo("s3cr3t-ü\n"));
        var exported = Path.Combine(test.Folder.FullName, "exported.txt");
        Run(test, "attachment-export", test.Path, "Gruppe/T", "letter.txt", exported);
        Assert.That(System.IO.File.ReadAllText(exported), Is.EqualTo("hello"));
    }

    [Test]
    public void Its_file_of_KDBX_4_with_AES_KDF_opens_here_and_its_recycle_bin_is_ours()
    {
        using var test = new TestVault();
        Run(test, [TestVault.Passphrase], "db-create", "-t", "100", "-p", test.Path);
        Run(test, [TestVault.Passphrase, "s3cr3t"], "add", "-u", "alice", "-p", test.Path, "T");
        Run(test, "add", "-u", "gone", test.Path, "Gone");
        Run(test, "rm", test.Path, "Gone"); // keeps where it was, which only KDBX 4.1 can
        Assert.That((HeaderOf(test).Major, HeaderOf(test).Kdf.Settings.Kind), Is.EqualTo((4, KdfKind.Aes)));

        using var vault = test.Open();

        var item = vault.Items.Single();
        Assert.That(item.Title, Is.EqualTo("T"));
        Assert.That(TestVault.Read(vault, item.Id, FieldName.Password), Is.EqualTo("s3cr3t"));
    }

    [TestCase("v2")]
    [TestCase("v1")]
    [TestCase("32 bytes")]
    [TestCase("64 hex")]
    [TestCase("any")]
    public void A_key_file_means_the_same_there(string form)
    {
        using var test = new TestVault();
        var keyFile = KeyFileOf(form);
        var keyPath = Path.Combine(test.Folder.FullName, "key");
        System.IO.File.WriteAllBytes(keyPath, keyFile);
        using (var key = CompositeKey.From(Encoding.UTF8.GetBytes(TestVault.Passphrase), keyFile))
        using (var vault = VaultFile.Create(test.Path, key, TestVault.Cheap, test.Options))
        {
            vault.Add(Bank);
            vault.Write();
        }

        var listed = Run(test, "ls", "-k", keyPath, "-f", "-R", test.Path);

        Assert.That(listed, Does.Contain("Office/Geld/Bank <&> Büro 🔑"));
    }

    [Test]
    public void A_key_file_alone_means_the_same_there()
    {
        using var test = new TestVault();
        var keyPath = Path.Combine(test.Folder.FullName, "key");
        System.IO.File.WriteAllBytes(keyPath, KeyFileOf("v2"));
        using (var key = CompositeKey.From([], KeyFileOf("v2")))
        using (var vault = VaultFile.Create(test.Path, key, TestVault.Cheap, test.Options))
        {
            vault.Add(Bank);
            vault.Write();
        }

        Assert.That(Run(test, [], "ls", "--no-password", "-k", keyPath, test.Path), Does.Contain("Office/"));
    }

    [Test]
    public void Its_export_says_of_our_file_what_we_say()
    {
        using var test = new TestVault();
        var id = CreateWithHistory(test, KdfKind.Argon2id, nameof(OuterCipher.Aes256));

        var xml = XDocument.Parse(Run(test, "export", "-f", "xml", test.Path));

        var entry = xml.Descendants("Group").Single(group => (string?)group.Element("Name") == "Geld").Element("Entry")!;
        var fields = entry.Elements("String").ToDictionary(field => (string)field.Element("Key")!, field => (string)field.Element("Value")!);
        using var vault = test.Open();
        Assert.That(fields, Is.EquivalentTo(vault.Get(id)!.Fields.ToDictionary(field => field.Name, field => TestVault.Read(vault, id, field.Name))));
        Assert.That(((string)entry.Element("Tags")!).Split(',', ';'), Is.EquivalentTo(["money", "büro"]));
        Assert.That(entry.Element("History")!.Elements("Entry").Count(), Is.EqualTo(1));
        Assert.That(entry.Element("CustomData")!.Elements("Item").Select(item => (string)item.Element("Value")!),
            Does.Contain("origin https://login.bank.example"));
        Assert.That((string?)entry.Element("Times")!.Element("CreationTime"), Is.Not.Null);
    }

    [Test]
    public void Our_recycle_bin_and_a_restored_revision_survive_a_save_there()
    {
        using var test = new TestVault();
        var id = CreateWithHistory(test, KdfKind.Argon2id, nameof(OuterCipher.Aes256));
        ItemId removed, deleted;
        using (var vault = test.Open())
        {
            (removed, deleted) = (vault.Add(Bank with { Folder = "Office/Removed" }).Id, vault.Add(Bank).Id);
            vault.Remove(removed);
            vault.Remove(deleted);
            vault.Delete(deleted);
            test.Clock.Advance(TimeSpan.FromMinutes(1));
            vault.Restore(id, 1);
            vault.Write();
        }

        var listed = Run(test, "ls", "-R", "-f", test.Path);
        Run(test, "add", "-u", "bob", test.Path, "Added there");

        Assert.That(listed, Does.Contain("Recycle Bin/Bank"));
        using var again = test.Open();
        Assert.That(again.Revisions(id)!.Select(one => one.Number), Is.EqualTo(new[] { 2, 1 }));
        Assert.That(TestVault.Read(again, id, FieldName.Password), Is.EqualTo("pä$$ <wörd> ]]> &amp;"));
        Assert.That(again.Removed.Single(), Is.EqualTo(new RemovedItem(again.FindRemoved(removed)!, test.Clock.GetUtcNow() - TimeSpan.FromMinutes(1))));
        Assert.That((again.Get(deleted), again.Tree.Deleted.ContainsKey(deleted)), Is.EqualTo(((Item?)null, true)));
        Assert.That(again.Restore(removed)?.Folder, Is.EqualTo("Office/Removed"));
    }

    private static ItemId CreateWithHistory(TestVault test, KdfKind kdf, string cipher)
    {
        var options = test.Options with { Cipher = Enum.Parse<OuterCipher>(cipher) };
        using var vault = test.Create(TestVault.Cheap with { Kind = kdf }, options);
        var id = vault.Add(Bank).Id;
        test.Clock.Advance(TimeSpan.FromMinutes(1));
        vault.Update(id, new ItemDraft { Fields = [TestVault.Secret(FieldName.Password, "new pä$$")] });
        vault.SetSetting("Latchkey.Test", "value");
        vault.Write();
        return id;
    }

    private static string Run(TestVault test, params string[] arguments) => Run(test, [TestVault.Passphrase], arguments);

    private static string Run(TestVault test, string[] input, params string[] arguments) =>
        KeePassXc.Run(test.Folder, input is [TestVault.Passphrase] && arguments[0] == "db-create" ? [.. input, .. input] : input,
            [arguments[0], "-q", .. arguments[1..]]);

    private static KdbxHeader HeaderOf(TestVault test) => KdbxHeader.Read(System.IO.File.ReadAllBytes(test.Path));

    // Everything that the front door says of every item, in a line each, secrets opened.
    private static List<string> Describe(VaultFile vault) =>
    [
        .. vault.Items.OrderBy(item => item.Id.ToString(), StringComparer.Ordinal).SelectMany(summary => DescribeItem(vault, summary)),
        $"setting {vault.Setting("Latchkey.Test")}",
    ];

    private static IEnumerable<string> DescribeItem(VaultFile vault, ItemSummary summary)
    {
        var item = vault.Get(summary.Id)!;
        var urls = string.Join(' ', summary.Urls);
        yield return string.Create(CultureInfo.InvariantCulture,
            $"{summary.Id} {summary.Kind} {summary.Folder} {summary.Title} {urls} {summary.ModifiedAt:u} {item.CreatedAt:u} {item.Revisions}");
        yield return $"{summary.Id} {string.Join(' ', summary.Tags.Order(StringComparer.Ordinal))} {summary.HasCode} {summary.HasPassword}";
        foreach (var field in item.Fields.OrderBy(field => field.Name, StringComparer.Ordinal))
        {
            yield return $"{summary.Id} {field.Name} {field.IsProtected} {TestVault.Read(vault, summary.Id, field.Name)}";
        }
        foreach (var attachment in item.Attachments)
        {
            yield return $"{summary.Id} {Convert.ToHexString(vault.ReadAttachment(summary.Id, attachment.Name)!)}";
        }
    }

    private static byte[] KeyFileOf(string form)
    {
        const string Hex = "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F";
        var raw = Convert.FromHexString(Hex);
        // The check is the start of SHA-256 of those 32 bytes.
        return form switch
        {
            "v2" => Encoding.UTF8.GetBytes($"""
                <?xml version="1.0" encoding="utf-8"?>
                <KeyFile><Meta><Version>2.0</Version></Meta>
                <Key><Data Hash="630DCD29">{Hex[..16]} {Hex[16..32]}
                    {Hex[32..]}</Data></Key></KeyFile>
                """),
            "v1" => Encoding.UTF8.GetBytes($"""
                <?xml version="1.0" encoding="utf-8"?>
                <KeyFile><Meta><Version>1.00</Version></Meta><Key><Data>{Convert.ToBase64String(raw)}</Data></Key></KeyFile>
                """),
            "32 bytes" => raw,
            "64 hex" => Encoding.ASCII.GetBytes(Hex),
            _ => Encoding.UTF8.GetBytes("<KeyFile>any text, as long as it is always the same"),
        };
    }
}
