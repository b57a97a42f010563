using NUnit.Framework;
using Vault;
using Vault.Matching;

namespace Suite.Unit.Vault.File;

public class RoundTripTests
{
    private static readonly ItemDraft Mail = new()
    {
        Kind = ItemKind.Login,
        Fields =
        [
            NewField.Clear(FieldName.Title, "Mail <&> \"Büro\" 🔑"),
            NewField.Clear(FieldName.UserName, "anna@example.com"),
            TestVault.Secret(FieldName.Password, "pä$$ <wörd>\r\n\u0001"),
            NewField.Clear(FieldName.Notes, "first\r\nsecond\rthird\n\tend "),
            TestVault.Secret("PIN", ""),
        ],
        Urls = [new ItemUrl("https://mail.example.com/in"), new ItemUrl("example.com", MatchKind.Site), new ItemUrl("http://x.test", MatchKind.Never)],
        Tags = ["work", "mail"],
        Folder = "Office/Post",
        ExpiresAt = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };

    [TestCase(KdfKind.Argon2id, "Aes256")]
    [TestCase(KdfKind.Argon2id, "ChaCha20")]
    [TestCase(KdfKind.Argon2d, "Aes256")]
    [TestCase(KdfKind.Argon2d, "ChaCha20")]
    public void What_was_added_is_there_when_the_file_is_opened_again(KdfKind kdf, string cipher)
    {
        using var test = new TestVault();
        var options = test.Options with { Cipher = Enum.Parse<global::Vault.Kdbx.OuterCipher>(cipher) };
        ItemId id;
        using (var vault = test.Create(TestVault.Cheap with { Kind = kdf }, options))
        {
            id = vault.Add(Mail).Id;
            Assert.That(vault.Write(), Is.EqualTo(WriteOutcome.Written));
        }

        using var again = test.Open();

        var summary = again.Items.Single();
        Assert.Multiple(() =>
        {
            Assert.That(summary.Id, Is.EqualTo(id));
            Assert.That(summary.Title, Is.EqualTo("Mail <&> \"Büro\" 🔑"));
            Assert.That(summary.UserName, Is.EqualTo("anna@example.com"));
            Assert.That(summary.Urls, Is.EqualTo(Mail.Urls));
            Assert.That(summary.Tags, Is.EqualTo(Mail.Tags));
            Assert.That(summary.Folder, Is.EqualTo("Office/Post"));
            Assert.That(summary.Kind, Is.EqualTo(ItemKind.Login));
            Assert.That(summary.HasPassword, Is.True);
            Assert.That(summary.HasCode, Is.False);
            Assert.That(summary.ExpiresAt, Is.EqualTo(Mail.ExpiresAt));
            Assert.That(summary.ModifiedAt, Is.EqualTo(test.Clock.GetUtcNow()));
            Assert.That(TestVault.Read(again, id, FieldName.Password), Is.EqualTo("pä$$ <wörd>\r\n\u0001"));
            Assert.That(TestVault.Read(again, id, FieldName.Notes), Is.EqualTo("first\r\nsecond\rthird\n\tend "));
            Assert.That(TestVault.Read(again, id, "PIN"), Is.Empty);
            Assert.That(TestVault.Read(again, id, "nothing"), Is.Null);
        });
    }

    [Test]
    public void An_update_keeps_what_it_does_not_name_and_puts_what_was_into_the_history()
    {
        using var test = new TestVault();
        using var vault = test.Create();
        var id = vault.Add(Mail).Id;
        test.Clock.Advance(TimeSpan.FromMinutes(5));

        var summary = vault.Update(id, new ItemDraft { Fields = [TestVault.Secret(FieldName.Password, "new")] });
        vault.Write();

        using var again = test.Open();
        var item = again.Get(id)!;
        Assert.Multiple(() =>
        {
            Assert.That(summary!.ModifiedAt, Is.EqualTo(test.Clock.GetUtcNow()));
            Assert.That(item.Revisions, Is.EqualTo(1));
            Assert.That(item.CreatedAt, Is.EqualTo(test.Clock.GetUtcNow() - TimeSpan.FromMinutes(5)));
            Assert.That(TestVault.Read(again, id, FieldName.Password), Is.EqualTo("new"));
            Assert.That(TestVault.Read(again, id, FieldName.UserName), Is.EqualTo("anna@example.com"));
            Assert.That(item.Fields.Select(field => (field.Name, field.IsProtected)), Is.EqualTo(new[]
            {
                ("Title", false), ("UserName", false), ("Password", true), ("URL", false), ("Notes", false), ("PIN", true),
                ("KP2A_URL", false), ("KP2A_URL_1", false),
            }));
        });
    }

    [Test]
    public void A_removed_item_leaves_the_list_and_stays_in_the_recycle_bin()
    {
        using var test = new TestVault();
        using var vault = test.Create();
        var id = vault.Add(Mail).Id;

        Assert.That(vault.Remove(id), Is.True);
        vault.Write();

        using var again = test.Open();
        Assert.That(again.Items, Is.Empty);
        Assert.That(again.Get(id)!.Summary.Folder, Is.EqualTo("Recycle Bin"));
        Assert.That(TestVault.Read(again, id, FieldName.Password), Is.EqualTo("pä$$ <wörd>\r\n\u0001"));
        Assert.That(again.Remove(ItemId.New()), Is.False);
    }

    [Test]
    public void A_touch_reaches_the_file_with_the_next_write_and_is_none_itself()
    {
        using var test = new TestVault();
        using var vault = test.Create();
        var id = vault.Add(Mail).Id;
        vault.Write();
        var before = System.IO.File.ReadAllBytes(test.Path);
        test.Clock.Advance(TimeSpan.FromHours(1));

        vault.Touch(id);
        vault.Write();
        Assert.That(System.IO.File.ReadAllBytes(test.Path), Is.EqualTo(before));
        vault.SetSetting("k", "v");
        vault.Write();

        using var again = test.Open();
        Assert.That(again.Items.Single().UsedAt, Is.EqualTo(test.Clock.GetUtcNow()));
        Assert.That(again.Items.Single().ModifiedAt, Is.LessThan(test.Clock.GetUtcNow()));
    }

    [Test]
    public void Settings_survive_and_can_be_removed()
    {
        using var test = new TestVault();
        using (var vault = test.Create())
        {
            vault.SetSetting("Latchkey.A", "ä <1>");
            vault.SetSetting("Latchkey.B", "2");
            vault.SetSetting("Latchkey.B", null);
            vault.Write();
        }

        using var again = test.Open();
        Assert.That(again.Setting("Latchkey.A"), Is.EqualTo("ä <1>"));
        Assert.That(again.Setting("Latchkey.B"), Is.Null);
    }

    [Test]
    public void A_write_of_the_same_vault_costs_no_derivation_and_repeats_no_seed()
    {
        using var test = new TestVault();
        using var vault = test.Create();
        var first = System.IO.File.ReadAllBytes(test.Path);
        vault.SetSetting("k", "v");
        vault.Write();
        var second = System.IO.File.ReadAllBytes(test.Path);

        var one = global::Vault.Kdbx.KdbxHeader.Read(first);
        var two = global::Vault.Kdbx.KdbxHeader.Read(second);
        Assert.That(two.Kdf.IsSameAs(one.Kdf), Is.True);
        Assert.That(two.MasterSeed, Is.Not.EqualTo(one.MasterSeed));
        Assert.That(two.Nonce, Is.Not.EqualTo(one.Nonce));
    }

    [Test]
    public void A_file_in_the_way_is_not_overwritten()
    {
        using var test = new TestVault();
        System.IO.File.WriteAllText(test.Path, "mine");

        Assert.That(() => test.Create(), Throws.TypeOf<VaultException>().With.Property("Error").EqualTo(VaultError.Exists));
        Assert.That(System.IO.File.ReadAllText(test.Path), Is.EqualTo("mine"));
    }

    [Test]
    public void The_key_is_told_from_another()
    {
        using var test = new TestVault();
        using var vault = test.Create();
        using var right = TestVault.Key();
        using var wrong = TestVault.Key("another");

        Assert.That(vault.IsKey(right), Is.True);
        Assert.That(vault.IsKey(wrong), Is.False);
        Assert.That(() => VaultFile.Open(test.Path, wrong, test.Options),
            Throws.TypeOf<VaultException>().With.Property("Error").EqualTo(VaultError.WrongKey));
    }

    [Test]
    public void The_public_door_writes_at_the_floor_or_above()
    {
        using var test = new TestVault();
        using var key = TestVault.Key();
        using (VaultFile.Create(test.Path, key, new KdfSettings(KdfKind.Argon2d, 1 << 20, 1, 1)))
        {
        }

        var header = global::Vault.Kdbx.KdbxHeader.Read(System.IO.File.ReadAllBytes(test.Path));
        Assert.That(header.Kdf.Settings, Is.EqualTo(new KdfSettings(KdfKind.Argon2d, 64 << 20, 3, 1)));
    }

    [Test]
    public void Characters_that_XML_does_not_allow_are_left_out_of_clear_values()
    {
        using var test = new TestVault();
        using (var vault = test.Create())
        {
            vault.Add(new ItemDraft { Fields = [NewField.Clear(FieldName.Title, "a\u0001b\u001Fc\uFFFE\td")] });
            vault.Write();
        }

        using var again = test.Open();
        Assert.That(again.Items.Single().Title, Is.EqualTo("abc\td"));
    }

    [Test]
    public void Elements_that_we_do_not_know_survive_a_change_and_a_write()
    {
        using var test = new TestVault();
        ForgedFile.WriteXml(test, $"""
            <KeePassFile><Meta><NewMeta a="1">m &amp; m</NewMeta></Meta><Root>
            <Group>{ForgedFile.Root}<NewGroup><x/></NewGroup>
            <Entry kept="yes"><UUID>EQIDBAUGBwgJCgsMDQ4PEA==</UUID><NewEntry Protected="True">AAEC</NewEntry>
            <String new="2"><Key>Title</Key><Value>T</Value></String>
            <History><Entry><UUID>EQIDBAUGBwgJCgsMDQ4PEA==</UUID><Old/></Entry></History></Entry></Group>
            <DeletedObjects><DeletedObject><NewWho>b</NewWho><UUID>AQIDBAUGBwgJCgsMDQ4PEA==</UUID><DeletionTime>AAAA3A8AAAA=</DeletionTime></DeletedObject></DeletedObjects>
            <NewRoot/></Root><NewFile/></KeePassFile>
            """);
        using (var vault = test.Open())
        {
            vault.Update(vault.Items.Single().Id, new ItemDraft { Tags = ["t"] });
            vault.Write();
        }

        using var again = test.Open();
        var xml = System.Text.Encoding.UTF8.GetString(again.Tree.Source.Bytes);
        Assert.Multiple(() =>
        {
            Assert.That(xml, Does.Contain("<NewMeta a=\"1\">m &amp; m</NewMeta>"));
            Assert.That(xml, Does.Contain("<NewGroup><x/></NewGroup>"));
            Assert.That(xml, Does.Contain("<Entry kept=\"yes\"><UUID>"));
            Assert.That(xml, Does.Contain("<String new=\"2\"><Key>Title"));
            Assert.That(xml, Does.Contain("<Old/>"));
            Assert.That(xml, Does.Contain("<NewRoot/>"));
            Assert.That(xml, Does.Contain("<UUID>AQIDBAUGBwgJCgsMDQ4PEA==</UUID><DeletionTime>AAAA3A8AAAA=</DeletionTime><NewWho>b</NewWho>"));
            Assert.That(xml, Does.Contain("<NewFile/>"));
            Assert.That(xml.Split("<NewEntry Protected=\"True\">"), Has.Length.EqualTo(3), "now, and in the history");
            Assert.That(again.Get(again.Items.Single().Id)!.Revisions, Is.EqualTo(2));
        });
    }
}
