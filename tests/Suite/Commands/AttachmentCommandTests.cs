using System.Runtime.Versioning;
using System.Text.Json;
using NUnit.Framework;
using Suite.Unit.Vault;
using Vault;

namespace Suite.Commands;

/// <summary>Files that go into a vault and come out again, by the real executable.</summary>
[UnsupportedOSPlatform("windows")]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class AttachmentCommandTests : IDisposable
{
    private readonly Person _person = new();

    public void Dispose() => _person.Dispose();

    [SetUp]
    public void MakeVault() =>
        _person.MakeVault("v.kdbx", TestVault.Passphrase, new ItemDraft { Fields = [NewField.Clear(FieldName.Title, "Bank")] });

    [Test]
    public async Task File_comes_out_as_it_went_in()
    {
        var content = Enumerable.Range(0, 100_000).Select(number => (byte)number).ToArray();
        await WriteAsync("scan.pdf", content);

        var attached = await AskAsync("attach", "Bank", "scan.pdf");
        var shown = await AskAsync("get", "Bank");
        var written = await AskAsync("attachment", "Bank", "scan.pdf", "--to", "copy.pdf");

        Assert.That(attached.ExitCode, Is.Zero);
        Assert.That(shown.Data, Does.Contain("attachment: scan.pdf (100000 bytes)\n"));
        Assert.That(written.Data, Is.EqualTo($"written: {PathOf("copy.pdf")}\n"));
        Assert.That(await File.ReadAllBytesAsync(PathOf("copy.pdf")), Is.EqualTo(content));
        Assert.That(File.GetUnixFileMode(PathOf("copy.pdf")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Test]
    public async Task Standard_output_gets_exactly_the_file()
    {
        await WriteAsync("codes.txt", "one\ntwo"u8.ToArray());
        await AskAsync("attach", "Bank", "codes.txt", "--name", "recovery codes.txt");

        Assert.That((await AskAsync("attachment", "Bank", "recovery codes.txt")).Data, Is.EqualTo("one\ntwo"));
    }

    [Test]
    public async Task Document_has_the_content_or_the_file()
    {
        await WriteAsync("codes.txt", "one"u8.ToArray());
        await AskAsync("attach", "Bank", "codes.txt");

        var content = JsonDocument.Parse((await AskAsync("attachment", "Bank", "codes.txt", "--json")).Data).RootElement;
        var file = JsonDocument.Parse((await AskAsync("attachment", "Bank", "codes.txt", "--to", "copy", "--json")).Data).RootElement;

        Assert.That(content.GetProperty("value").GetBytesFromBase64(), Is.EqualTo("one"u8.ToArray()));
        Assert.That(content.TryGetProperty("file", out _), Is.False);
        Assert.That(file.GetProperty("file").GetString(), Is.EqualTo(PathOf("copy")));
        Assert.That(file.GetProperty("bytes").GetInt32(), Is.EqualTo(3));
        Assert.That(file.TryGetProperty("value", out _), Is.False);
    }

    [Test]
    public async Task Attachment_that_was_replaced_or_removed_comes_back_with_the_revision()
    {
        await WriteAsync("codes.txt", "first"u8.ToArray());
        await AskAsync("attach", "Bank", "codes.txt");
        await WriteAsync("codes.txt", "second"u8.ToArray());
        await AskAsync("attach", "Bank", "codes.txt");
        var replaced = await AskAsync("attachment", "Bank", "codes.txt");
        await AskAsync("detach", "Bank", "codes.txt");
        var removed = await AskAsync("attachment", "Bank", "codes.txt");
        await AskAsync("restore", "Bank", "--revision", "2");

        Assert.That(replaced.Data, Is.EqualTo("second"));
        Assert.That((removed.ExitCode, removed.Messages), Is.EqualTo(
            (5, "error: the item 'Bank' has no attachment 'codes.txt'\nhint: it has none\n")));
        Assert.That((await AskAsync("attachment", "Bank", "codes.txt")).Data, Is.EqualTo("first"));
    }

    [TestCase("attach Bank nothing.txt", 24, "error: {home}/nothing.txt cannot be read\n")]
    [TestCase("attach Bank .", 24, "error: {home} cannot be read\n")]
    [TestCase("attach Nobody codes.txt", 5, "error: no item fits 'Nobody'\n")]
    [TestCase("attach Bank large.bin", 21, "error: {home}/large.bin is above 16 MiB\n")]
    [TestCase("attachment Bank other.txt", 5, "error: the item 'Bank' has no attachment 'other.txt'\nhint: it has codes.txt\n")]
    [TestCase("attachment Bank codes.txt --to codes.txt", 10, "error: {home}/codes.txt is there already\n")]
    [TestCase("attachment Bank codes.txt --to nowhere/codes.txt", 13, "error: {home}/nowhere/codes.txt cannot be written\n")]
    [TestCase("detach Bank other.txt", 5, "error: the item 'Bank' has no attachment 'other.txt'\n")]
    public async Task What_cannot_be_done_is_an_error_and_changes_nothing(string command, int exitCode, string message)
    {
        await WriteAsync("codes.txt", "one"u8.ToArray());
        using (var key = TestVault.Key())
        using (var vault = VaultFile.Open(PathOf("v.kdbx"), key))
        {
            vault.Attach(vault.Items.Single().Id, "codes.txt", "one"u8.ToArray());
            vault.Write();
        }
        await using (var large = File.Create(PathOf("large.bin")))
        {
            large.SetLength((16 << 20) + 1);
        }

        var result = await AskAsync(command.Split(' '));

        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
        Assert.That(result.Messages, Does.StartWith(message.Replace("{home}", _person.Home, StringComparison.Ordinal)));
        Assert.That(await File.ReadAllTextAsync(PathOf("codes.txt")), Is.EqualTo("one"));
        using var again = TestVault.Key();
        using var unchanged = VaultFile.Open(PathOf("v.kdbx"), again);
        var item = unchanged.Items.Single();
        Assert.That(unchanged.Get(item.Id)!.Attachments.Select(each => each.Name), Is.EqualTo((string[])["codes.txt"]));
        Assert.That(unchanged.ReadAttachment(item.Id, "codes.txt"), Is.EqualTo("one"u8.ToArray()));
    }

    private string PathOf(string name) => Path.Combine(_person.Home, name);

    private Task WriteAsync(string name, byte[] content) => File.WriteAllBytesAsync(PathOf(name), content);

    private Task<CommandResult> AskAsync(params string[] args) => _person.RunAsync($"{TestVault.Passphrase}\n", [.. args, "--vault", "v.kdbx"]);
}
