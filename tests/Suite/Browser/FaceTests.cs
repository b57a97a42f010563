using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;
using Suite.Unit.Vault;

namespace Suite.Browser;

/// <summary>
/// Every failure has a face of its own, with the command that mends it: each is brought about as it happens to people, as far as a
/// test can, and its picture taken.
/// </summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class FaceTests(string name) : OwnBrowser(name)
{
    // Answers each frame with the same reply, as a host of another version would. $1 is put in for the request's id.
    private const string Answering = """
        #!/bin/bash
        while read -r length < <(head -c 4 | od -An -tu4) && ((length > 0)); do
          id=$(head -c "$length" | sed -E 's/.*"id":([0-9]+).*/\1/')
          reply='REPLY'
          reply=${reply/ID/$id}
          printf -v header '\\x%02x\\x%02x\\0\\0' $((${#reply} % 256)) $((${#reply} / 256))
          printf "$header%s" "$reply"
        done
        """;

    private IPage _page = null!;

    private string Launcher => Path.Combine(Person.Home, ".local", "share", "latchkey", "latchkey-relay");

    private string RuntimeFolder => Path.Combine(Person.Home, ".local", "state", "latchkey", "run");

    protected override BrowserSetup Setup => Looks.Setup(Name);

    [OneTimeSetUp]
    public async Task OpenPage()
    {
        _page = await Browser.NewPageAsync();
        await _page.GotoAsync($"{Person.Site.Secure("shop.test")}/no-login.html");
        var popup = await Browser.TriggerActionAsync(_page);
        await popup.UnlockAsync();
        await popup.CloseAsync();
    }

    [SetUp]
    public Task Lock() => Person.RunAsync("lock");

    [Test]
    public async Task Program_that_is_not_installed()
    {
        using var gone = new Aside(Person.ManifestOf(Browser));
        await ShowsAsync("notInstalled", "Latchkey’s program is not on this computer", "latchkey install");
    }

    [Test]
    public async Task Manifest_that_names_a_program_that_is_not_there()
    {
        using var gone = new Aside(Launcher);
        // Firefox says "An unexpected error occurred" and no more.
        await (Name == "chromium"
            ? ShowsAsync("notInstalled", "Latchkey’s program is not on this computer", "latchkey install")
            : ShowsAsync("stopped", "The program stopped unexpectedly", "latchkey doctor", picture: "launcher-gone"));
    }

    [Test]
    public Task Launcher_of_a_program_that_is_gone() => ShowsWithLauncherAsync(
        global::Host.Install.Launcher.Text(Path.Combine(Person.Home, "gone", "dist", "latchkey")),
        "programGone", "Latchkey’s program is not where it was", "bash native-host/build.sh");

    [Test]
    public async Task Manifest_for_another_extension()
    {
        var manifest = Person.ManifestOf(Browser);
        var text = await File.ReadAllTextAsync(manifest);
        using var changed = new Aside(manifest);
        await File.WriteAllTextAsync(manifest, Name == "chromium"
            ? text.Replace(Browser.ExtensionId, new string('a', 32), StringComparison.Ordinal)
            : text.Replace(Browser.ExtensionId, "other@latchkey.example", StringComparison.Ordinal));

        // Firefox says the same as for a missing one; the command is right for both.
        var face = Name == "chromium" ? "forbidden" : "notInstalled";
        var title = Name == "chromium" ? "This browser may not talk to Latchkey" : "Latchkey’s program is not on this computer";
        await ShowsAsync(face, title, "latchkey install", picture: "forbidden");
    }

    [Test]
    public Task Program_that_ends_without_a_word() =>
        // What ends before the first question is written is told by chance in one way or another.
        ShowsWithLauncherAsync("#!/bin/sh\nhead -c 1 >/dev/null\nexit 1\n", "stopped", "The program stopped unexpectedly", "latchkey doctor");

    [Test]
    public async Task Program_that_may_not_be_run()
    {
        File.SetUnixFileMode(Launcher, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        try
        {
            await Browser.KillBackgroundAsync();
            var popup = await Browser.TriggerActionAsync(_page);
            // It ended before it began. Whether Chromium had its first question written by then is chance, and decides which it says.
            await popup.WaitForAsync("() => ['stopped', 'badReply'].includes(document.querySelector('footer .mono')?.textContent)");
            var face = await popup.EvaluateAsync<string>("() => document.querySelector('footer .mono').textContent");
            var title = face == "stopped" ? "The program stopped unexpectedly" : "The program answered in a way this extension does not know";
            Assert.That(face == "stopped" || Name == "chromium");
            await IsFaceAsync(popup, face, title, "latchkey doctor", "may-not-run");
        }
        finally
        {
            File.SetUnixFileMode(Launcher, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Test]
    public Task Program_that_says_what_is_no_frame() => ShowsWithLauncherAsync(
        "#!/bin/sh\nprintf 'this is no frame'\ncat\n", "badReply", "The program answered in a way this extension does not know", "latchkey doctor");

    [Test]
    public Task Program_of_an_older_version() => ShowsWithLauncherAsync(
        Replying("""{"id":ID,"ok":{"protocol":1,"version":"0.0.1"}}"""),
        "hostTooOld", "Latchkey’s program is older than this extension", "latchkey --version");

    [Test]
    public Task Program_of_a_newer_version() => ShowsWithLauncherAsync(
        Replying("""{"id":ID,"error":{"kind":"protocolVersion","message":"host and client speak no common version"}}"""),
        "extensionTooOld", "This extension is older than Latchkey’s program", "latchkey --version");

    [Test]
    public Task Library_that_is_missing() => ShowsWithLauncherAsync(
        Replying("""{"id":ID,"error":{"kind":"libraryMissing","message":"a system library is not installed"}}"""),
        "libraryMissing", "A system library is missing", "sudo apt-get install libargon2-1 libsodium23");

    [Test]
    public async Task Runtime_folder_that_others_may_write()
    {
        var mode = File.GetUnixFileMode(RuntimeFolder);
        File.SetUnixFileMode(RuntimeFolder, mode | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite);
        try
        {
            await ShowsAsync("hostFailed", "The part that keeps your vault does not start", "latchkey doctor");
        }
        finally
        {
            File.SetUnixFileMode(RuntimeFolder, mode);
        }
    }

    [Test]
    public async Task Vault_that_was_moved_or_removed()
    {
        const string Backup = "moved.kdbx.backup-20261120-120000";
        using var other = await ChooseVaultAsync(Path.Combine(Person.Home, "moved.kdbx"));
        await File.WriteAllBytesAsync(Path.Combine(Person.Home, Backup), []);
        await ShowsAfterUnlockAsync(
            "vaultMissing", "moved.kdbx is not where it was", "latchkey unlock --vault FILE", $"Its newest backup is {Backup}, beside it.");
    }

    [Test]
    public async Task Disk_that_is_full()
    {
        using var disk = new SmallDisk();
        await SaysInTheFormAsync(disk, () => disk.Fill(), "The disk is full. The old file is untouched", "disk-full");
    }

    [Test]
    public async Task Vault_that_may_not_be_written()
    {
        using var disk = new SmallDisk();
        await SaysInTheFormAsync(disk, () => disk.Remount("ro"), "vault.kdbx cannot be written.", "read-only");
    }

    [Test]
    public async Task Vault_that_costs_more_than_anybody_should_pay()
    {
        // One KiB above the 1 GiB that are allowed: "M" with 8 bytes, as it stands in the header.
        using var aside = new Aside(Person.VaultPath);
        File.Copy(Person.VaultPath + ".aside", Person.VaultPath);
        ForgedFile.PatchHeader(Person.VaultPath, [1, 0, 0, 0, (byte)'M', 8, 0, 0, 0], BitConverter.GetBytes((1L << 30) + 1024));
        await ShowsAfterUnlockAsync(
            "vaultTooCostly", "Opening vault.kdbx costs more than Latchkey allows", "latchkey unlock --vault FILE");
    }

    [Test]
    public Task Vault_with_one_byte_changed() => ShowsWithVaultAsync(
        content => [.. content[..^64], (byte)(content[^64] ^ 1), .. content[^63..]],
        "vaultDamaged", "vault.kdbx is damaged", $"ls -l {Person.VaultPath}.backup-*");

    [Test]
    public Task File_that_is_no_vault() => ShowsWithVaultAsync(
        _ => [.. "shopping list"u8], "vaultUnsupported", "vault.kdbx is not a file that Latchkey can read", "latchkey unlock --vault FILE");

    [Test]
    public async Task Vault_that_another_program_has_open()
    {
        // .NET takes the same lock as the program, flock(2), where a file is shared with nobody.
        var held = Directory.GetFiles(RuntimeFolder, "vault-*.lock")
            .Select(path => File.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None)).ToList();
        try
        {
            await ShowsAfterUnlockAsync("vaultInUse", "Another program has vault.kdbx open", "latchkey status");
        }
        finally
        {
            held.ForEach(each => each.Dispose());
        }
    }

    private static string Replying(string reply) => Answering.Replace("REPLY", reply, StringComparison.Ordinal);

    private async Task ShowsWithLauncherAsync(string script, string face, string title, string command)
    {
        using var replaced = new Aside(Launcher);
        await File.WriteAllTextAsync(Launcher, script);
        File.SetUnixFileMode(Launcher, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await ShowsAsync(face, title, command);
    }

    /// <summary>An open vault on a disk that something happens to: the form that is saved then says what.</summary>
    private async Task SaysInTheFormAsync(SmallDisk disk, Action happens, string words, string picture)
    {
        var path = Path.Combine(disk.Folder, "vault.kdbx");
        File.Copy(Person.VaultPath, path);
        using var other = await ChooseVaultAsync(path);
        await Browser.KillBackgroundAsync();
        var popup = await Browser.TriggerActionAsync(_page);
        await popup.UnlockAsync();
        happens();
        await popup.ClickAsync("#new");
        await popup.HeadingAsync("New login");
        await popup.SetAsync("#username", "anna");
        await popup.PressButtonAsync("Save");
        await popup.ReadsAsync(words);
        await Looks.CheckAsync(popup, picture, Name);
        await popup.CloseAsync();
        await Person.RunAsync("lock"); // what is open keeps the disk
    }

    /// <summary>Another vault is the own one until this is disposed.</summary>
    private async Task<IDisposable> ChooseVaultAsync(string path)
    {
        var config = Path.Combine(Person.Home, ".config", "latchkey", "config.json");
        Directory.CreateDirectory(Path.GetDirectoryName(config)!);
        await File.WriteAllTextAsync(config, $$"""{"vault":"{{path}}"}""");
        return new Undo(() => File.Delete(config));
    }

    private async Task ShowsWithVaultAsync(Func<byte[], byte[]> change, string face, string title, string command)
    {
        var content = await File.ReadAllBytesAsync(Person.VaultPath);
        using var changed = new Aside(Person.VaultPath);
        await File.WriteAllBytesAsync(Person.VaultPath, change(content));
        await ShowsAfterUnlockAsync(face, title, command);
    }

    /// <summary>The popup of a background that starts anew shows the face.</summary>
    private async Task ShowsAsync(string face, string title, string command, string? picture = null)
    {
        await Browser.KillBackgroundAsync();
        var popup = await Browser.TriggerActionAsync(_page);
        await IsFaceAsync(popup, face, title, command, picture ?? face);
    }

    private async Task ShowsAfterUnlockAsync(string face, string title, string command, string hint = "")
    {
        await Browser.KillBackgroundAsync();
        var popup = await Browser.TriggerActionAsync(_page);
        await popup.TypePassphraseAsync();
        await popup.HeadingAsync(title);
        await popup.ReadsAsync(hint);
        await IsFaceAsync(popup, face, title, command, face);
    }

    private async Task IsFaceAsync(IView popup, string face, string title, string command, string picture)
    {
        await popup.HeadingAsync(title);
        var shown = await popup.EvaluateAsync<string[]>(
            "() => [document.querySelector('footer .mono').textContent, document.querySelector('.cmd code').textContent]");
        Assert.That(shown, Is.EqualTo((string[])[face, command]));
        await Looks.CheckAsync(popup, $"face-{picture}", Name);
        await popup.CloseAsync();
    }

    private sealed class Undo(Action undo) : IDisposable
    {
        public void Dispose() => undo();
    }

    /// <summary>A file that is out of its place until this is disposed; whatever took its place goes.</summary>
    private sealed class Aside : IDisposable
    {
        private readonly string _path;

        public Aside(string path)
        {
            _path = path;
            File.Move(path, path + ".aside");
        }

        public void Dispose() => File.Move(_path + ".aside", _path, overwrite: true);
    }
}
