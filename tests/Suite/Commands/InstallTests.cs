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
    public async Task Install_writes_the_launcher_and_the_manifests_of_the_browsers_in_the_search_path()
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

    /// <summary>A folder that a browser leaves in a home, and the manifest that must follow from it.</summary>
    [TestCase(".config/chromium", ".config/chromium/NativeMessagingHosts")]
    [TestCase(".config/google-chrome", ".config/google-chrome/NativeMessagingHosts")]
    [TestCase(".config/google-chrome-beta", ".config/google-chrome-beta/NativeMessagingHosts")]
    [TestCase(".config/google-chrome-unstable", ".config/google-chrome-unstable/NativeMessagingHosts")]
    [TestCase(".config/microsoft-edge", ".config/microsoft-edge/NativeMessagingHosts")]
    [TestCase(".config/BraveSoftware/Brave-Browser", ".config/BraveSoftware/Brave-Browser/NativeMessagingHosts")]
    [TestCase(".config/vivaldi", ".config/vivaldi/NativeMessagingHosts")]
    [TestCase(".config/net.imput.helium", ".config/net.imput.helium/NativeMessagingHosts")]
    [TestCase(".mozilla/firefox", ".mozilla/native-messaging-hosts")]
    [TestCase(".config/mozilla", ".mozilla/native-messaging-hosts")]
    [TestCase(".zen", ".mozilla/native-messaging-hosts")]
    [TestCase(".librewolf", ".librewolf/native-messaging-hosts")]
    [TestCase(".waterfox", ".waterfox/native-messaging-hosts")]
    [TestCase("snap/firefox", ".mozilla/native-messaging-hosts")]
    [TestCase(".var/app/org.mozilla.firefox", ".mozilla/native-messaging-hosts")]
    public async Task Browser_is_found_by_the_folder_that_it_leaves(string left, string expected)
    {
        _person.SearchPath = "/nowhere";
        Directory.CreateDirectory(Path.Combine(_person.Home, left));

        var result = await _person.RunAsync("install", "--json");

        using var document = JsonDocument.Parse(result.Data);
        var files = document.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetString());
        var manifest = Path.Combine(_person.Home, expected, "org.latchkey.host.json");
        Assert.That(files, Is.EqualTo((string[])[_person.Launcher, manifest]));
        Assert.That(File.Exists(manifest));
    }

    [TestCase(".config/unknown-browser")]
    [TestCase(".mozilla", Description = "other programs leave manifests there")]
    [TestCase("snap/chromium", Description = "it cannot start our program")]
    public async Task Install_where_no_browser_is_found_writes_nothing_and_says_so(string left)
    {
        _person.SearchPath = "/nowhere:/snap/bin";
        Directory.CreateDirectory(Path.Combine(_person.Home, left));

        var result = await _person.RunAsync("install");

        Assert.That(result.ExitCode, Is.EqualTo(22));
        Assert.That(result.Messages, Does.StartWith("error: no browser that is known here was found\nhint: name one with --browser"));
        Assert.That(File.Exists(_person.Launcher), Is.False);
    }

    [Test]
    public async Task Browser_that_is_named_needs_not_be_found()
    {
        _person.SearchPath = "/nowhere";

        var result = await _person.RunAsync("install", "--browser", "vivaldi");

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(File.Exists(Path.Combine(_person.Home, ".config/vivaldi/NativeMessagingHosts/org.latchkey.host.json")));
    }

    [TestCase("snap/firefox", "note: Firefox as a Snap (~/snap/firefox) reaches the host through the desktop's portal, which Ubuntu has since 22.04 and which asks you once\n")]
    [TestCase("snap/chromium", "warning: Chromium as a Snap (~/snap/chromium) can start no program outside of its sandbox: Latchkey does not work in it\nhint: install Chromium from its maker's or the distribution's packages\n")]
    [TestCase(".var/app/com.brave.Browser", "warning: Brave as a Flatpak (~/.var/app/com.brave.Browser) can start no program outside of its sandbox: Latchkey does not work in it\nhint: install Brave from its maker's or the distribution's packages\n")]
    public async Task Install_says_what_works_in_a_sandbox(string left, string message)
    {
        Directory.CreateDirectory(Path.Combine(_person.Home, left));

        var result = await _person.RunAsync("install");

        Assert.That((result.ExitCode, result.Messages), Is.EqualTo((0, message)));
    }

    [Test]
    public async Task Install_for_everybody_is_for_root_only()
    {
        string[] install = [Person.Executable, "install", "--system", "--json"];
        string[] command = Environment.UserName == "root" ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", .. install] : install;
        using var process = _person.Start(command[0], command[1..]);

        var result = await Person.EndAsync(process);

        using var document = JsonDocument.Parse(result.Data);
        Assert.That(document.RootElement.GetProperty("error").GetProperty("hint").GetString(), Is.EqualTo("run it with sudo"));
        Assert.That(result.ExitCode, Is.EqualTo(13));
    }

    [Test]
    public void Installation_for_everybody_can_be_read_by_everybody_and_is_removed_whole()
    {
        var root = Path.Combine(_person.Home, "root");
        Directory.CreateDirectory(Path.Combine(root, "usr/lib64/mozilla"));
        var before = Contents();
        var installer = new Installer(InstallPlace.OfSystem(root));

        var files = installer.Install("/opt/latchkey", global::Host.Install.Browser.All);

        string[] expected =
        [
            "usr/local/lib/latchkey/latchkey-relay", "etc/chromium/native-messaging-hosts/org.latchkey.host.json",
            "etc/opt/chrome/native-messaging-hosts/org.latchkey.host.json", "etc/opt/edge/native-messaging-hosts/org.latchkey.host.json",
            "usr/lib/mozilla/native-messaging-hosts/org.latchkey.host.json", "usr/lib64/mozilla/native-messaging-hosts/org.latchkey.host.json",
        ];
        Assert.That(files, Is.EqualTo(expected.Select(file => Path.Combine(root, file))));
        const UnixFileMode forAll = UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
        for (var folder = Path.GetDirectoryName(files[1])!; folder != root; folder = Path.GetDirectoryName(folder)!)
        {
            Assert.That(File.GetUnixFileMode(folder) & forAll, Is.EqualTo(forAll), folder);
        }
        Assert.That(File.GetUnixFileMode(files[1]) & UnixFileMode.OtherRead, Is.EqualTo(UnixFileMode.OtherRead));
        Assert.That(installer.Uninstall(_ => true), Is.EquivalentTo(files.Append(InstallPlace.OfSystem(root).Record)));
        Assert.That(Contents(), Is.EqualTo(before));
    }

    [Test]
    public void Manifest_that_two_browsers_share_stays_for_the_other()
    {
        var installer = new Installer(InstallPlace.OfSystem(Path.Combine(_person.Home, "root")));
        var files = installer.Install("/opt/latchkey", global::Host.Install.Browser.All.Where(browser => browser.Name is "brave" or "vivaldi"));

        Assert.That(installer.Uninstall(manifest => manifest.Browser == "brave"), Is.Empty);
        Assert.That(files.Where(File.Exists), Is.EqualTo(files));
    }

    [Test]
    public void Program_that_others_can_change_is_not_started_for_everybody()
    {
        var program = Path.Combine(_person.Home, "latchkey");
        File.WriteAllText(program, "");

        Assert.That(SharedProgram.ProblemWith(program), Is.Not.Null);
        Assert.That(SharedProgram.ProblemWith("/usr/bin/no-such-program"), Does.Contain("is not there"));
        Assert.That(SharedProgram.ProblemWith("/usr/bin/env"), Is.Null);
        Assert.That(SharedProgram.ProblemWith("/tmp"), Is.EqualTo("/tmp can be changed by others than root"));
    }

    [TestCase("chromium")]
    [TestCase("firefox")]
    public void Manifests_for_packages_are_what_install_would_write(string name)
    {
        var browser = global::Host.Install.Browser.All.Single(each => each.Name == name);
        var packaged = File.ReadAllBytes(Repository.PathOf("manifests", $"{name}.json"));

        Assert.That(packaged, Is.EqualTo(HostManifest.For(browser, "/usr/lib/latchkey/latchkey-relay").ToBytes()));
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
