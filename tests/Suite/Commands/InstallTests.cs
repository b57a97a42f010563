using System.Runtime.Versioning;
using System.Text.Json;
using Host.Install;
using Host.Protocol;
using NUnit.Framework;

namespace Suite.Commands;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
[SupportedOSPlatform("linux")]
public sealed class InstallTests : IDisposable
{
    private readonly Person _person = new();

    public void Dispose() => _person.Dispose();

    [Test]
    public async Task Install_writes_the_launcher_and_both_manifests()
    {
        var result = await _person.RunAsync("install", "--json");

        using var document = JsonDocument.Parse(result.Data);
        var files = document.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetString());
        Assert.That(files, Is.EqualTo((string[])[_person.Launcher, _person.ChromiumManifest, _person.FirefoxManifest]));
        Assert.That(File.GetUnixFileMode(_person.Launcher), Is.EqualTo(Launcher.Mode));
        AssertManifest(_person.ChromiumManifest, "allowed_origins", $"chrome-extension://{Callers.ChromiumId}/");
        AssertManifest(_person.FirefoxManifest, "allowed_extensions", "latchkey@latchkey.example");
    }

    [TestCase("chromium", true, false)]
    [TestCase("firefox", false, true)]
    [TestCase("all", true, true)]
    public async Task Install_writes_for_the_browser_named(string browser, bool chromium, bool firefox)
    {
        await _person.RunAsync("install", "--browser", browser);

        Assert.That(File.Exists(_person.ChromiumManifest), Is.EqualTo(chromium));
        Assert.That(File.Exists(_person.FirefoxManifest), Is.EqualTo(firefox));
    }

    [Test]
    public async Task Install_for_a_user_data_folder_writes_there_and_nowhere_else()
    {
        var profile = Path.Combine(_person.Home, "pro file");

        var result = await _person.RunAsync("install", "--user-data-dir", profile);

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(File.Exists(Path.Combine(profile, "NativeMessagingHosts", "org.latchkey.host.json")));
        Assert.That(Directory.Exists(Path.Combine(_person.Home, ".config")), Is.False);
        Assert.That(Directory.Exists(Path.Combine(_person.Home, ".mozilla")), Is.False);
    }

    [Test]
    public async Task Install_twice_changes_nothing()
    {
        await _person.RunAsync("install");
        var before = Contents();

        await _person.RunAsync("install");

        Assert.That(Contents(), Is.EqualTo(before));
    }

    [Test]
    public async Task Uninstall_leaves_the_home_as_it_was()
    {
        Directory.CreateDirectory(Path.Combine(_person.Home, ".mozilla"));
        var other = Path.Combine(_person.Home, ".config", "chromium", "NativeMessagingHosts", "other.json");
        Directory.CreateDirectory(Path.GetDirectoryName(other)!);
        await File.WriteAllTextAsync(other, "{}");
        var before = Contents();
        await _person.RunAsync("install");
        await _person.RunAsync("install", "--user-data-dir", Path.Combine(_person.Home, "profile"));
        Assert.That(Contents(), Is.Not.EqualTo(before));

        var result = await _person.RunAsync("uninstall");

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(Contents(), Is.EqualTo(before));
    }

    [Test]
    public async Task Uninstall_of_one_browser_leaves_the_other_whole()
    {
        await _person.RunAsync("install");

        await _person.RunAsync("uninstall", "--browser", "chromium");

        Assert.That(File.Exists(_person.ChromiumManifest), Is.False);
        Assert.That(File.Exists(_person.FirefoxManifest));
        Assert.That(File.Exists(_person.Launcher));
    }

    [Test]
    public async Task Uninstall_leaves_a_manifest_that_it_did_not_write()
    {
        await _person.RunAsync("install", "--browser", "firefox");
        Directory.CreateDirectory(Path.GetDirectoryName(_person.ChromiumManifest)!);
        await File.WriteAllTextAsync(_person.ChromiumManifest, "{}");

        await _person.RunAsync("uninstall");

        Assert.That(File.Exists(_person.ChromiumManifest));
        Assert.That(File.Exists(_person.FirefoxManifest), Is.False);
    }

    [Test]
    public async Task Uninstall_of_nothing_says_so()
    {
        var result = await _person.RunAsync("uninstall");

        Assert.That(result, Is.EqualTo(new CommandResult(0, "nothing was installed\n", "")));
    }

    [Test]
    public async Task Folder_that_cannot_be_made_is_an_error_with_its_code()
    {
        await File.WriteAllTextAsync(Path.Combine(_person.Home, ".mozilla"), "a file where a folder must be");

        var result = await _person.RunAsync("install", "--json");

        using var document = JsonDocument.Parse(result.Data);
        Assert.That(document.RootElement.GetProperty("error").GetProperty("kind").GetString(), Is.EqualTo("notWritable"));
        Assert.That(result.ExitCode, Is.EqualTo(13));
    }

    [Test]
    public void Manifests_for_packages_are_what_install_would_write()
    {
        foreach (var browser in global::Host.Install.Browser.All)
        {
            var packaged = File.ReadAllBytes(Repository.PathOf("manifests", $"{browser.Name}.json"));

            Assert.That(packaged, Is.EqualTo(HostManifest.For(browser, "/usr/lib/latchkey/latchkey-relay").ToBytes()));
        }
    }

    private string[] Contents() =>
    [
        .. Directory.EnumerateFileSystemEntries(_person.Home, "*", SearchOption.AllDirectories).Order()
            .Where(path => !path.Contains("/.local/state", StringComparison.Ordinal))
            .Select(path => File.Exists(path) ? $"{path}: {File.ReadAllText(path)}" : path),
    ];

    private void AssertManifest(string path, string list, string caller)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = manifest.RootElement;
        Assert.That(root.GetProperty("name").GetString(), Is.EqualTo("org.latchkey.host"));
        Assert.That(root.GetProperty("type").GetString(), Is.EqualTo("stdio"));
        Assert.That(root.GetProperty("path").GetString(), Is.EqualTo(_person.Launcher));
        Assert.That(root.GetProperty(list).EnumerateArray().Select(each => each.GetString()), Is.EqualTo((string[])[caller]));
        Assert.That(root.EnumerateObject().Count(), Is.EqualTo(5));
    }
}
