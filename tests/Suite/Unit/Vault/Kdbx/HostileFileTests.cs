using NUnit.Framework;
using Vault;
using Vault.Kdbx;

namespace Suite.Unit.Vault.Kdbx;

/// <summary>Files that are broken or made to harm: each is refused with the right word, and nothing crashes.</summary>
public class HostileFileTests
{
    private static readonly string Vector3 = Repository.PathOf("tests", "vectors", "kdbx", "keepassxc-2.7.4-kdbx-3.1.kdbx");

    private static readonly string[] Both = ["first", "second"];

    private static readonly VaultError[] InHeader = [VaultError.Damaged, VaultError.Unsupported, VaultError.TooCostly];

    [Test]
    public void A_bit_flipped_anywhere_is_refused_with_the_word_for_its_region()
    {
        using var test = new TestVault();
        Fill(test);
        var file = System.IO.File.ReadAllBytes(test.Path);
        var header = KdbxHeader.Read(file).Length;
        for (var index = 0; index < file.Length; index++)
        {
            var flipped = file.ToArray();
            flipped[index] ^= (byte)(1 << (index % 8));
            System.IO.File.WriteAllBytes(test.Path, flipped);

            var error = Assert.Throws<VaultException>(() => test.Open(), $"byte {index}")!.Error;

            VaultError[] expected = index < header ? InHeader
                : index < header + 32 ? [VaultError.Damaged]
                : index < header + 64 ? [VaultError.WrongKey]
                : [VaultError.Damaged];
            Assert.That(expected, Does.Contain(error), $"byte {index}");
        }
    }

    [Test]
    public void A_file_cut_anywhere_is_refused()
    {
        using var test = new TestVault();
        Fill(test);
        var file = System.IO.File.ReadAllBytes(test.Path);
        for (var length = 0; length < file.Length; length += 3)
        {
            System.IO.File.WriteAllBytes(test.Path, file[..length]);

            var error = Assert.Throws<VaultException>(() => test.Open(), $"{length} bytes")!.Error;

            Assert.That(error, Is.EqualTo(length < 12 ? VaultError.Unsupported : VaultError.Damaged), $"{length} bytes");
        }
    }

    [Test]
    public void The_vector_of_KDBX_3_1_opens()
    {
        using var key = TestVault.Key("latchkey");
        using var vault = VaultFile.Open(Vector3, key);

        var item = vault.Items.Single();
        Assert.That((item.Title, item.UserName), Is.EqualTo(("Alice's mail", "alice")));
        Assert.That(TestVault.Read(vault, item.Id, FieldName.Password), Is.EqualTo("s3cr3t"));
        Assert.That(vault.ReadAttachment(item.Id, "letter.txt"), Is.EqualTo("hello"u8.ToArray()));
    }

    [Test]
    public void A_bit_flipped_in_a_file_of_KDBX_3_1_is_refused()
    {
        using var test = new TestVault();
        var file = System.IO.File.ReadAllBytes(Vector3);
        var header = KdbxHeader.Read(file).Length;
        using var key = TestVault.Key("latchkey");
        // Every one costs a derivation, so a sample; the rounds themselves are left out, as more of them only take longer.
        for (var index = header - 20; index < file.Length; index += 37)
        {
            var flipped = file.ToArray();
            flipped[index] ^= (byte)(1 << (index % 8));
            System.IO.File.WriteAllBytes(test.Path, flipped);

            var error = Assert.Throws<VaultException>(() => VaultFile.Open(test.Path, key, test.Options), $"byte {index}")!.Error;

            Assert.That(error, Is.EqualTo(VaultError.Damaged).Or.EqualTo(VaultError.WrongKey), $"byte {index}");
        }
    }

    // The key of the variant dictionary, its type and length before, as it stands in the header: "M" with 8 bytes.
    [TestCase("M", 8, 1L << 36, VaultError.TooCostly)]
    [TestCase("M", 8, (1L << 30) + 1024, VaultError.TooCostly)]
    [TestCase("M", 8, -1L, VaultError.TooCostly)]
    [TestCase("M", 8, 0L, VaultError.Damaged)]
    [TestCase("I", 8, 101L, VaultError.TooCostly)]
    [TestCase("I", 8, -1L, VaultError.TooCostly)]
    [TestCase("I", 8, 0L, VaultError.Damaged)]
    [TestCase("P", 4, 65L, VaultError.TooCostly)]
    [TestCase("P", 4, 0L, VaultError.Damaged)]
    [TestCase("V", 4, 0x14L, VaultError.Damaged)]
    public void An_absurd_derivation_is_refused_before_it_begins(string parameter, int length, long value, VaultError expected)
    {
        using var test = new TestVault();
        Fill(test);
        byte[] name = [1, 0, 0, 0, (byte)parameter[0], (byte)length, 0, 0, 0];
        ForgedFile.PatchHeader(test.Path, name, BitConverter.GetBytes(value).AsSpan(0, length));

        Assert.That(() => test.Open(), Throws.TypeOf<VaultException>().With.Property("Error").EqualTo(expected));
    }

    [Test]
    public void A_payload_that_expands_without_end_is_refused()
    {
        using var test = new TestVault();
        ForgedFile.Write(test, payload =>
        {
            ForgedFile.WriteInnerHeader(payload);
            var zeros = new byte[1 << 20];
            for (var index = 0; index < 100; index++)
            {
                payload.Write(zeros);
            }
        });

        Assert.That(() => test.Open(), Throws.TypeOf<VaultException>().With.Property("Error").EqualTo(VaultError.TooLarge));
    }

    [TestCase("<!DOCTYPE a [<!ENTITY x \"y\">]><KeePassFile>&x;</KeePassFile>", VaultError.Damaged)]
    [TestCase("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><KeePassFile/>", VaultError.Damaged)]
    [TestCase("<KeePassFile/>", VaultError.Damaged)]
    [TestCase("<KeePassFile><Meta/><Root/></KeePassFile>", VaultError.Damaged)]
    [TestCase("<Other/>", VaultError.Damaged)]
    [TestCase("", VaultError.Damaged)]
    [TestCase("<KeePassFile><Meta/><Root><Group><Name>no id</Name></Group></Root></KeePassFile>", VaultError.Damaged)]
    public void XML_that_is_not_that_of_a_vault_is_refused(string xml, VaultError expected)
    {
        using var test = new TestVault();
        ForgedFile.WriteXml(test, xml);

        Assert.That(() => test.Open(), Throws.TypeOf<VaultException>().With.Property("Error").EqualTo(expected));
    }

    [TestCase("<Entry/>", TestName = "An_entry_without_an_id_is_refused")]
    [TestCase("<Entry><UUID>AAA=</UUID></Entry>", TestName = "An_entry_with_half_an_id_is_refused")]
    [TestCase("<Entry><UUID>EQIDBAUGBwgJCgsMDQ4PEA==</UUID><String><Key>Password</Key><Value Protected=\"True\">no!base64</Value></String></Entry>",
        TestName = "A_protected_value_that_is_not_base64_is_refused")]
    [TestCase("<Entry><UUID>EQIDBAUGBwgJCgsMDQ4PEA==</UUID><String><Key>a</Key><Value Protected=\"True\"><b/></Value></String></Entry>",
        TestName = "A_protected_value_with_an_element_in_it_is_refused")]
    public void Damaged(string entry)
    {
        using var test = new TestVault();
        ForgedFile.WriteGroup(test, entry);

        Assert.That(() => test.Open(), Throws.TypeOf<VaultException>().With.Property("Error").EqualTo(VaultError.Damaged));
    }

    [Test]
    public void Groups_nested_without_end_are_refused()
    {
        using var test = new TestVault();
        var deep = string.Concat(Enumerable.Repeat("<Group>", 100_000));
        ForgedFile.WriteGroup(test, deep);

        Assert.That(() => test.Open(), Throws.TypeOf<VaultException>().With.Property("Error").EqualTo(VaultError.TooLarge));
    }

    [Test]
    public void Of_two_entries_with_one_id_each_is_an_item_and_a_write_keeps_both()
    {
        using var test = new TestVault();
        ForgedFile.WriteGroup(test, Entry("first") + Entry("second"));
        using (var vault = test.Open())
        {
            Assert.That(vault.Items.Select(item => item.Title), Is.EqualTo(Both));
            Assert.That(vault.Items.Select(item => item.Id).Distinct().Count(), Is.EqualTo(2));
            Assert.That(vault.Items.Select(item => TestVault.Read(vault, item.Id, "Title")), Is.EqualTo(Both));
            vault.SetSetting("k", "v");
            vault.Write();
        }

        using var again = test.Open();
        Assert.That(again.Items.Select(item => item.Title), Is.EqualTo(Both));

        static string Entry(string title) =>
            $"<Entry><UUID>EQIDBAUGBwgJCgsMDQ4PEA==</UUID><String><Key>Title</Key><Value>{title}</Value></String></Entry>";
    }

    [Test]
    public void A_hundred_thousand_items_open()
    {
        using var test = new TestVault();
        var entries = string.Concat(Enumerable.Range(0, 100_000).Select(index =>
            $"<Entry><UUID>{Convert.ToBase64String([.. BitConverter.GetBytes(index), .. new byte[11], 1])}</UUID>"
            + $"<String><Key>Title</Key><Value>{index}</Value></String></Entry>"));
        ForgedFile.WriteGroup(test, entries);

        using var vault = test.Open();

        Assert.That(vault.Items, Has.Count.EqualTo(100_000));
        Assert.That(vault.Items[^1].Title, Is.EqualTo("99999"));
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public bool Any_change_to_a_payload_opens_or_is_refused((ushort At, byte Value)[] changes)
    {
        using var test = new TestVault();
        var xml = System.Text.Encoding.UTF8.GetBytes(
            $"<KeePassFile><Meta><CustomData/></Meta><Root><Group>{ForgedFile.Root}<Entry><UUID>EQIDBAUGBwgJCgsMDQ4PEA==</UUID>"
            + "<Times><Expires>True</Expires></Times><String><Key>Password</Key><Value Protected=\"True\">AAEC</Value></String>"
            + "<History><Entry><UUID>EQIDBAUGBwgJCgsMDQ4PEA==</UUID></Entry></History></Entry></Group><DeletedObjects/></Root></KeePassFile>");
        foreach (var (at, value) in changes)
        {
            xml[at % xml.Length] = value;
        }
        ForgedFile.Write(test, payload =>
        {
            ForgedFile.WriteInnerHeader(payload);
            payload.Write(xml);
        });
        try
        {
            using var vault = test.Open();
            foreach (var item in vault.Items)
            {
                vault.Get(item.Id);
                vault.Update(item.Id, new ItemDraft { Tags = ["t"] });
            }
            vault.SetSetting("k", "v");
            vault.Write();
            using var again = test.Open();
            return again.Items.Count == vault.Items.Count;
        }
        catch (VaultException failure)
        {
            return failure.Error is VaultError.Damaged or VaultError.TooLarge;
        }
    }

    private static void Fill(TestVault test)
    {
        using var vault = test.Create();
        vault.Add(new ItemDraft { Fields = [TestVault.Secret(FieldName.Password, "secret")] });
        vault.Write();
    }
}
