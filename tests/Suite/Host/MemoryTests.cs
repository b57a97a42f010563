using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json.Nodes;
using Host.Native;
using Microsoft.Win32.SafeHandles;
using NUnit.Framework;
using NUnit.Framework.Constraints;
using Suite.Unit.Vault;

namespace Suite.Hosting;

/// <summary>What another program finds that looks into the memory of relay and host. Root may look; nobody else may.</summary>
[SupportedOSPlatform("linux")]
public class MemoryTests
{
    private const string Password = "velvet-Anchor-93-plinth";

    private HostWorld _world = null!;

    [SetUp]
    public void SetUp() => _world = new HostWorld(TestSession.Login("Example", "https://www.example.com", password: Password));

    [TearDown]
    public void TearDown() => _world.Dispose();

    [Test]
    public void Another_program_of_the_person_may_not_look()
    {
        _world.Wrapper = AsOrdinaryProgram;
        var relay = _world.UnlockedRelay();
        using var careless = Process.Start(Ordinary("/bin/sleep", "60"))!;

        Assert.That(MayLookInto(relay.Id), Is.False);
        Assert.That(MayLookInto(_world.Hosts.Single()), Is.False);
        Assert.That(MayLookInto(careless.Id), Is.True, "a program that does nothing about it");
        careless.Kill();
    }

    [Test]
    public void Passphrase_is_nowhere_once_the_vault_is_open()
    {
        var relay = _world.UnlockedRelay();
        relay.Ask("status");

        Expect(relay.Id, TestVault.Passphrase, Is.Zero);
        Expect(_world.Hosts.Single(), TestVault.Passphrase, Is.Zero);
    }

    [Test]
    public void Password_lies_sealed_before_and_after_it_was_asked_for()
    {
        var relay = _world.UnlockedRelay();
        var host = _world.Hosts.Single();
        Expect(host, Password, Is.Zero);

        var reveal = relay.Ask("reveal", ("item", _world.Ids[0]), ("field", "Password"), ("purpose", "show"));
        Assert.That((string?)reveal!["ok"]!["value"], Is.EqualTo(Password));
        var fill = relay.Ask(
            "fill", ("item", _world.Ids[0]), ("origin", "https://www.example.com"), ("ancestors", new JsonArray()),
            ("cause", "person"), ("fields", new JsonArray("username", "password")), ("confirmed", new JsonArray()));
        Assert.That((string?)fill!["ok"]!["password"], Is.EqualTo(Password));
        relay.Ask("status");

        Expect(host, Password, Is.Zero);
        Expect(relay.Id, Password, Is.Zero);
    }

    [Test]
    public void Password_that_was_saved_lies_sealed()
    {
        var relay = _world.UnlockedRelay();
        const string saved = "umber-Falcon-27-trestle";
        var reply = relay.Ask("save", ("item", new JsonObject
        {
            ["kind"] = "login",
            ["title"] = "Saved",
            ["password"] = saved,
            ["urls"] = new JsonArray(),
            ["tags"] = new JsonArray(),
        }));
        Assert.That((string?)reply!["ok"]!["item"]!["title"], Is.EqualTo("Saved"));
        relay.Ask("status");

        Expect(_world.Hosts.Single(), saved, Is.Zero);
        Expect(relay.Id, saved, Is.Zero);
    }

    [TestCase(true), TestCase(false)]
    public void Password_that_was_captured_lies_sealed_before_and_after_it_is_kept(bool isUnlocked)
    {
        var relay = isUnlocked ? _world.UnlockedRelay() : _world.StartRelay();
        if (!isUnlocked)
        {
            relay.Hello('A');
        }
        const string typed = "cobalt-Heron-58-gantry";
        const string typedNew = "russet-Marten-64-sluice";
        var host = _world.Hosts.Single();
        Assert.That(relay.Ask(
            "capture", ("key", "tab-1"), ("origin", "https://www.example.com"), ("ancestors", new JsonArray()), ("form", "change"),
            ("username", "anna"), ("password", typed), ("newPassword", typedNew))!["ok"], Is.Not.Null);
        relay.Ask("status");
        ExpectNeither();

        if (!isUnlocked)
        {
            relay.Unlock(_world.VaultPath);
        }
        Assert.That((string?)relay.Ask("captured", ("key", "tab-1"))!["ok"]!["offer"]!["kind"], Is.EqualTo("update"));
        relay.Ask("status");
        ExpectNeither();

        Assert.That((int?)relay.Ask("keepCaptured", ("key", "tab-1"), ("into", _world.Ids[0]))!["ok"]!["revision"], Is.EqualTo(1));
        relay.Ask("status");
        ExpectNeither();

        void ExpectNeither()
        {
            foreach (var secret in new[] { typed, typedNew })
            {
                Expect(host, secret, Is.Zero);
                Expect(relay.Id, secret, Is.Zero);
            }
        }
    }

    [Test]
    public void After_lock_the_relay_that_stays_knows_nothing()
    {
        var relay = _world.UnlockedRelay();
        relay.Ask("reveal", ("item", _world.Ids[0]), ("field", "Password"), ("purpose", "show"));
        relay.Ask("lock");
        Assert.That(relay.Receive()!.ToJsonString(), Is.EqualTo("""{"event":"locked","reason":"command"}"""));
        Assert.That(HostWorld.HasGone(_world.Hosts.Single()));

        foreach (var secret in new[] { Password, TestVault.Passphrase, "Example" })
        {
            Expect(relay.Id, secret, Is.Zero);
        }
    }

    /// <summary>The search itself: what lies open by design is found.</summary>
    [Test]
    public void Title_lies_open_while_the_vault_is()
    {
        var relay = _world.UnlockedRelay();
        relay.Ask("search", ("query", "Example"), ("limit", 5));

        Expect(_world.Hosts.Single(), "Example", Is.Positive);
    }

    /// <summary>Counts a text, as UTF-8 and as UTF-16, in all memory that a process can write to. Who is not root must be refused.</summary>
    private static void Expect(int processId, string text, IResolveConstraint count)
    {
        if (Libc.geteuid() != 0)
        {
            Assert.That(() => OpenMemory(processId), Throws.TypeOf<UnauthorizedAccessException>());
            return;
        }
        byte[][] needles = [Encoding.UTF8.GetBytes(text), Encoding.Unicode.GetBytes(text)];
        using var memory = OpenMemory(processId);
        var (found, read) = (0, 0L);
        foreach (var (start, length) in Writable(processId))
        {
            var bytes = new byte[length];
            try
            {
                read += RandomAccess.Read(memory, bytes, start);
            }
            catch (IOException)
            {
                continue; // locked memory that is not readable between uses
            }
            found += needles.Sum(needle => Count(bytes, needle));
        }
        Assert.That(read, Is.GreaterThan(1 << 20), "memory was read at all");
        Assert.That(found, count, $"\"{text}\" in the memory");
    }

    private static SafeFileHandle OpenMemory(int processId) =>
        File.OpenHandle($"/proc/{processId}/mem", FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

    private static IEnumerable<(long Start, int Length)> Writable(int processId) =>
        from line in File.ReadAllLines($"/proc/{processId}/maps")
        let parts = line.Split(' ')
        where parts[1].StartsWith("rw", StringComparison.Ordinal)
        let range = parts[0].Split('-').Select(end => long.Parse(end, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray()
        where range[1] - range[0] <= int.MaxValue / 2
        select (range[0], (int)(range[1] - range[0]));

    /// <summary>What makes a program of root's as weak as one of any other person: it may not look into others.</summary>
    private static string[] AsOrdinaryProgram => Libc.geteuid() == 0 ? ["/usr/bin/setpriv", "--bounding-set=-sys_ptrace,-perfmon,-sys_admin", "--"] : [];

    private static ProcessStartInfo Ordinary(params string[] command)
    {
        string[] whole = [.. AsOrdinaryProgram, .. command];
        return new ProcessStartInfo(whole[0], whole[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
    }

    private static bool MayLookInto(int processId)
    {
        using var look = Process.Start(Ordinary("/bin/cat", $"/proc/{processId}/environ"))!;
        var error = look.StandardError.ReadToEnd();
        look.WaitForExit();
        Assert.That(look.ExitCode == 0 || error.Contains("Permission denied", StringComparison.Ordinal), error);
        return look.ExitCode == 0;
    }

    private static int Count(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> needle)
    {
        var count = 0;
        for (var at = bytes.IndexOf(needle); at >= 0; at = bytes.IndexOf(needle))
        {
            count++;
            bytes = bytes[(at + needle.Length)..];
        }
        return count;
    }
}
