using System.Runtime.Versioning;
using System.Text.Json;
using Host.Protocol;
using NUnit.Framework;

namespace Suite.Commands;

/// <summary>Breaks one link of the chain at a time and expects doctor to name it, and nothing else.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[SupportedOSPlatform("linux")]
public sealed class DoctorTests : IDisposable
{
    private readonly Person _person = new();

    [SetUp]
    public async Task InstallForPerson()
    {
        await _person.RunAsync("install");
        // The first twelve bytes of a KDBX 4.1 file are all that doctor can judge without a passphrase.
        await File.WriteAllBytesAsync(_person.OwnVault, [0x03, 0xD9, 0xA2, 0x9A, 0x67, 0xFB, 0x4B, 0xB5, 1, 0, 4, 0, 0]);
    }

    public void Dispose() => _person.Dispose();

    /// <summary>What to break, where doctor must find it, and words of what it says and advises.</summary>
    private static IEnumerable<TestCaseData> BrokenLinks()
    {
        yield return Link("launcher missing", "latchkey, launcher", "there is no launcher", "latchkey install",
            person => File.Delete(person.Launcher), "chromium, manifest", "firefox, manifest");
        yield return Link("launcher not executable", "latchkey, launcher", "not executable", "latchkey install",
            person => File.SetUnixFileMode(person.Launcher, UnixFileMode.UserRead), "chromium, handshake", "firefox, handshake");
        yield return Link("launcher of a build that is gone", "latchkey, launcher", "not there: /gone/latchkey", "latchkey install",
            person => Replace(person.Launcher, Person.Executable, "/gone/latchkey"), "chromium, handshake", "firefox, handshake");
        yield return Link("launcher of another build", "latchkey, launcher", "another build: /bin/true", "latchkey install",
            person => Replace(person.Launcher, Person.Executable, "/bin/true"), "chromium, handshake", "firefox, handshake");
        yield return Link("launcher changed by hand", "latchkey, launcher", "not a launcher of this version", "latchkey install",
            person => Replace(person.Launcher, "# Written by", "# Changed after"));
        yield return Link("no manifest", "chromium, manifest", "there is no", "latchkey install --browser chromium",
            person => File.Delete(person.ChromiumManifest));
        yield return Link("manifest not JSON", "firefox, manifest", "not valid JSON", "latchkey install --browser firefox",
            person => Replace(person.FirefoxManifest, "}", ""));
        yield return Link("manifest of another name", "firefox, manifest", "'org.other.host'", "latchkey install --browser firefox",
            person => Replace(person.FirefoxManifest, "org.latchkey.host", "org.other.host"));
        yield return Link("manifest of another type", "chromium, manifest", "'pipe'", "latchkey install --browser chromium",
            person => Replace(person.ChromiumManifest, "stdio", "pipe"));
        yield return Link("manifest with a relative path", "chromium, manifest", "without an absolute path", "latchkey install --browser chromium",
            person => Replace(person.ChromiumManifest, person.Launcher, "latchkey-relay"));
        yield return Link("manifest of a program that is gone", "firefox, manifest", "not there: /gone", "latchkey install --browser firefox",
            person => Replace(person.FirefoxManifest, person.Launcher, "/gone"));
        yield return Link("manifest for another extension", "chromium, manifest", "does not allow", "latchkey install --browser chromium",
            person => Replace(person.ChromiumManifest, Callers.ChromiumId, new string('a', 32)));
        yield return Link("manifest for another add-on", "firefox, manifest", "does not allow", "latchkey install --browser firefox",
            person => Replace(person.FirefoxManifest, Callers.FirefoxId, "other@example.com"));
        yield return Link("program that says nothing", "firefox, handshake", "ended before it answered", "latchkey install",
            person => Replace(person.FirefoxManifest, person.Launcher, "/bin/true"));
        yield return Link("program that speaks something else", "firefox, handshake", "no answer", "latchkey install",
            person => Replace(person.FirefoxManifest, person.Launcher, "/usr/bin/env"));
        yield return Link("no vault", "vault, file", "there is no vault", "latchkey init",
            person => File.Delete(person.OwnVault));
        yield return Link("vault that is empty", "vault, file", "too short", "backup",
            person => File.WriteAllText(person.OwnVault, ""));
        yield return Link("vault of another kind", "vault, file", "not a KDBX file", "--vault",
            person => File.WriteAllText(person.OwnVault, "PK and much more that is no vault"));
        yield return Link("vault of KeePass 1", "vault, file", "KDBX 2.0", "program that wrote it",
            person => Overwrite(person.OwnVault, 10, 2, 8, 0));
        yield return Link("runtime folder open to others", "latchkey, runtime folder", "open to others", "chmod 700",
            person => Directory.CreateDirectory(
                Path.Combine(person.Home, ".local", "state", "latchkey", "run"),
                UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute),
            "host, process", "chromium, handshake", "firefox, handshake");
    }

    [TestCaseSource(nameof(BrokenLinks))]
    public async Task Doctor_names_the_broken_link(string where, string message, string hint, Action<Person> breakIt, string[] alsoBroken)
    {
        breakIt(_person);

        var result = await _person.RunAsync("doctor", "--json");

        using var document = JsonDocument.Parse(result.Data);
        var problems = Problems(document);
        Assert.That(result.ExitCode, Is.EqualTo(20));
        Assert.That(document.RootElement.GetProperty("ok").GetBoolean(), Is.False);
        Assert.That(problems.Keys, Is.EquivalentTo(alsoBroken.Append(where)));
        Assert.That(problems[where].Message, Does.Contain(message));
        Assert.That(problems[where].Hint, Does.Contain(hint));
    }

    [Test]
    public async Task Doctor_of_a_whole_chain_finds_nothing_and_leaves_no_host_behind()
    {
        var result = await _person.RunAsync("doctor");

        Assert.That(result.Data, Does.Not.Contain("problem"));
        await File.AppendAllTextAsync(Path.Combine(_person.Home, ".local", "state", "latchkey", "host.log"), "2026-11-26 info 1202 a browser profile gave the passphrase for the first time\n");
        Assert.That((await _person.RunAsync("doctor")).Data, Does.EndWith("\nNothing is wrong.\n"));
        Assert.That(result.Data, Does.Match(@"ok       chromium, handshake: host 0\.1\.0\+[0-9a-f]{12} answered"));
        Assert.That(result.Data, Does.Match(@"ok       firefox, handshake: host 0\.1\.0\+[0-9a-f]{12} answered"));
        Assert.That(result.Data, Does.EndWith(
            "\nNothing is wrong.\nNext, if it is not there yet: load the extension into the browser, as the README says under \"To stay with it\".\n"));
        Assert.That(result, Has.Property("ExitCode").Zero.And.Property("Messages").Empty);
        Assert.That((await _person.RunAsync("status")).Data, Does.StartWith("host: not running\n"));
    }

    [TestCase("snap/firefox", "firefox", "snap", "portal")]
    [TestCase(".var/app/org.mozilla.firefox", "firefox", "flatpak", "xdg-native-messaging-proxy")]
    [TestCase("snap/chromium", "chromium", "snap", "does not work in it")]
    [TestCase(".var/app/com.google.Chrome", "chrome", "flatpak", "does not work in it")]
    public async Task Doctor_notes_what_works_in_a_sandbox(string left, string subject, string name, string message)
    {
        Directory.CreateDirectory(Path.Combine(_person.Home, left));

        var result = await _person.RunAsync("doctor", "--json");

        using var document = JsonDocument.Parse(result.Data);
        var notes = document.RootElement.GetProperty("checks").EnumerateArray().Where(check => check.GetProperty("name").ValueEquals(name)).ToList();
        Assert.That(notes, Has.Count.EqualTo(1));
        Assert.That(notes[0].GetProperty("subject").GetString(), Is.EqualTo(subject));
        Assert.That(notes[0].GetProperty("state").GetString(), Is.EqualTo("note"));
        Assert.That(notes[0].GetProperty("message").GetString(), Does.Contain(message));
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Doctor_covers_every_browser_that_is_found_and_no_other()
    {
        Directory.CreateDirectory(Path.Combine(_person.Home, ".config", "vivaldi"));
        Directory.CreateDirectory(Path.Combine(_person.Home, ".librewolf"));

        var before = await _person.RunAsync("doctor", "--json");
        await _person.RunAsync("install");
        var after = await _person.RunAsync("doctor", "--json");

        using var problems = JsonDocument.Parse(before.Data);
        using var none = JsonDocument.Parse(after.Data);
        Assert.That(Problems(problems).Keys, Is.EquivalentTo((string[])["vivaldi, manifest", "librewolf, manifest"]));
        Assert.That(after.ExitCode, Is.Zero);
        Assert.That(
            none.RootElement.GetProperty("checks").EnumerateArray().Where(check => check.GetProperty("name").ValueEquals("handshake"))
                .Select(check => check.GetProperty("subject").GetString()),
            Is.EqualTo((string[])["chromium", "vivaldi", "firefox", "librewolf"]));
    }

    [Test]
    public async Task Doctor_without_any_browser_says_so_and_is_content()
    {
        await _person.RunAsync("uninstall");
        await _person.RunAsync("install", "--browser", "chromium");
        File.Delete(_person.ChromiumManifest);
        Directory.Delete(Path.Combine(_person.Home, ".config"), recursive: true);
        _person.SearchPath = "/nowhere";

        var result = await _person.RunAsync("doctor");

        Assert.That(result.Data, Does.Contain("note     browsers, found: no browser that is known here was found\n"));
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Doctor_line_has_cause_and_fix()
    {
        File.Delete(_person.Launcher);

        var result = await _person.RunAsync("doctor");

        Assert.That(result.Data, Does.Contain(
            $"problem  latchkey, launcher: there is no launcher at {_person.Launcher}; fix: run \"latchkey install\"\n"));
        Assert.That(result.Data, Does.EndWith(" things are wrong: see \"problem\"; the first may be the cause of others.\n"));
    }

    private static Dictionary<string, (string Message, string Hint)> Problems(JsonDocument document) =>
        document.RootElement.GetProperty("checks").EnumerateArray()
            .Where(check => check.GetProperty("state").ValueEquals("problem"))
            .ToDictionary(
                check => $"{check.GetProperty("subject").GetString()}, {check.GetProperty("name").GetString()}",
                check => (check.GetProperty("message").GetString()!, check.GetProperty("hint").GetString()!));

    private static TestCaseData Link(
        string name, string where, string message, string hint, Action<Person> breakIt, params string[] alsoBroken) =>
        new TestCaseData(where, message, hint, breakIt, alsoBroken).SetArgDisplayNames(name);

    private static void Replace(string path, string old, string @new)
    {
        var text = File.ReadAllText(path);
        Assert.That(text, Does.Contain(old));
        File.WriteAllText(path, text.Replace(old, @new, StringComparison.Ordinal));
    }

    private static void Overwrite(string path, params int[] offsetsAndValues)
    {
        var bytes = File.ReadAllBytes(path);
        foreach (var pair in offsetsAndValues.Chunk(2))
        {
            bytes[pair[0]] = (byte)pair[1];
        }
        File.WriteAllBytes(path, bytes);
    }
}
