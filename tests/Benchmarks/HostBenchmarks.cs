using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using Host.Service;

namespace Benchmarks;

/// <summary>What the host and its relay cost, measured from outside: the released program at the ends of its pipes.</summary>
internal static partial class HostBenchmarks
{
    /// <summary>
    /// What is measured is what a host that nobody asks is after some time. It gives back what requests left at the second tick of its clock
    /// after them, and what the compiler left at the third or fourth.
    /// </summary>
    private static readonly TimeSpan Rest = 5 * SessionClock.Interval;

    /// <summary>One look-up for a page, through relay and host, against an echo through the same relay.</summary>
    /// <remarks>
    /// All of it runs on one core. Over several the figure says where the system put the processes: waking one on a core that
    /// sleeps costs a virtual machine more than the look-up itself, and the ratio came out between 0.9 and 3.4.
    /// </remarks>
    public static void Match()
    {
        const int Starts = 3, WarmUp = 15_000, Rounds = 400;
        Report.Heading($"match through relay and host, {Starts} starts of {Rounds} round trips on one core, against an echo through the same relay");
        var ask = Pipe.Frame("""{"id":9,"type":"match","origin":"https://login.service5.example.com","ancestors":[]}""");
        using var core = new OneCore();
        foreach (var items in (int[])[10, 10_000, 50_000])
        {
            using var world = new World().WithVault(items);
            var (matches, echoes) = (new List<double>(), new List<double>());
            for (var start = 0; start < Starts; start++)
            {
                using var echoWorld = new World();
                using var echo = StartEcho(echoWorld);
                using var toEcho = echoWorld.StartRelay();
                using var client = world.StartUnlocked();
                toEcho.RoundTrip(Pipe.Frame($$"""{"id":1,"type":"hello",{{World.Hello(1)}}}"""));
                // Until the runtime has compiled both a second time, about two seconds: before, an answer costs the host 45 µs instead of 20.
                // Interleaved, so that whatever else the machine does meets both alike.
                for (var round = -WarmUp; round < Rounds; round++)
                {
                    var (one, other) = (Time(() => client.RoundTrip(ask)), Time(() => toEcho.RoundTrip(ask)));
                    if (round >= 0)
                    {
                        matches.Add(one);
                        echoes.Add(other);
                    }
                }
                client.Ask("lock");
                echo.Kill();
            }
            Report.Line($"{items:N0} items: match {new Figures(matches)}; echo {new Figures(echoes)}");
            Report.Ratio($"match at {items:N0} items", new Figures(matches).Median, new Figures(echoes).Median, 1.5);
        }
    }

    /// <summary>Unlock in a fresh host against the bare key derivation with the same parameters.</summary>
    public static void Unlock()
    {
        const int Times = 9;
        Report.Heading($"unlock of 10,000 items in a fresh host, {Times} times, against bare Argon2id (256 MiB, 3 passes, 4 lanes)");
        using var world = new World().WithVault(10_000);
        var (unlocks, bare, peer) = (new List<double>(), new List<double>(), new List<double>());
        for (var time = 0; time < Times; time++)
        {
            bare.Add(Time(BareArgon2id));
            using (var client = world.StartClient())
            {
                unlocks.Add(Time(() => client.Ask("unlock", $"\"passphrase\":\"{World.Passphrase}\"")));
                client.Ask("lock");
            }
            peer.Add(Time(() => KeePassXcLists(world.VaultPath)));
        }
        Report.Line($"unlock {new Figures(unlocks)}; bare {new Figures(bare)}; keepassxc-cli ls of the same file {new Figures(peer)}");
        Report.Ratio("unlock", new Figures(unlocks).Median, new Figures(bare).Median, 1.25);
    }

    /// <summary>A ranked search for each key of words as they are typed.</summary>
    public static void Search()
    {
        Report.Heading("search, ranked, per keystroke, through relay and host");
        foreach (var (items, limit) in ((int, double)[])[(10_000, 5), (50_000, 20)])
        {
            using var world = new World().WithVault(items);
            using var client = world.StartUnlocked();
            var keystrokes = new List<double>();
            foreach (var word in (string[])["Service 4711", "login.service47", "person7@example", "zzz nothing", "é", "tag:work group"])
            {
                for (var length = 1; length <= word.Length; length++)
                {
                    var query = word[..length];
                    client.Ask("search", $"\"query\":\"{query}\",\"limit\":50");
                    keystrokes.Add(Time(() => client.Ask("search", $"\"query\":\"{query}\",\"limit\":50")));
                }
            }
            var figures = new Figures(keystrokes);
            Report.Line($"{items:N0} items: {figures}");
            Report.Limit($"search p95 at {items:N0} items", figures.P95, limit, "ms");
        }
    }

    /// <summary>From the start of the relay's process to the reply to <c>hello</c>, against a bare echo host.</summary>
    public static void Connect()
    {
        const int Times = 20;
        Report.Heading($"start of the native program to its first reply, {Times} times");
        var echoHost = Path.Combine(World.Dist, "bench", "echo-host");
        using var world = new World().WithVault(10);
        var (bare, cold, warm) = (new List<double>(), new List<double>(), new List<double>());
        var hello = Pipe.Frame($$"""{"id":1,"type":"hello",{{World.Hello(1)}}}""");
        for (var time = 0; time < Times; time++)
        {
            bare.Add(FirstReply(() => Pipe.Start(echoHost, [], world.Environment), hello));
            using (var client = world.StartClient())
            {
                client.Ask("lock");
            }
            cold.Add(FirstReply(world.StartRelay, hello));
            using var holder = world.StartClient();
            warm.Add(FirstReply(world.StartRelay, hello));
        }
        Report.Line($"bare echo host {new Figures(bare)}; host running {new Figures(warm)}; host to be started {new Figures(cold)}");
        Report.Ratio("first reply, host running", new Figures(warm).Median, new Figures(bare).Median, 1.5);
        Report.Ratio("first reply, host to be started", new Figures(cold).Median, new Figures(bare).Median, 2.5);
    }

    /// <summary>Proportional set size of host and relays. Reading it of a non-dumpable process needs root.</summary>
    public static void Memory()
    {
        Memory(10_000, hostMegabytes: 48);
        // An item may cost what it may among 10,000: 28 MB for those, over the 20 of a host without any.
        Memory(50_000, hostMegabytes: 160);
    }

    private static void Memory(int items, double hostMegabytes)
    {
        Report.Heading($"memory (PSS) with {items:N0} items, host and two relays running");
        using var world = new World().WithVault(items);
        using var first = world.StartUnlocked(1);
        using var second = world.StartUnlocked(2);
        for (var n = 0; n < 200; n++)
        {
            first.Ask("match", $"\"origin\":\"https://login.service{n}.example.com\",\"ancestors\":[]");
            second.Ask("search", $"\"query\":\"service {n}\",\"limit\":50");
        }
        Report.Line($"host right after 400 requests: {PssMegabytes(world.HostProcessId()):0.00} MB");
        Thread.Sleep(Rest);
        Report.Limit("host at rest", PssMegabytes(world.HostProcessId()), hostMegabytes, "MB");
        Report.Limit("relay 1", PssMegabytes(first.ProcessId), 16, "MB");
        Report.Limit("relay 2", PssMegabytes(second.ProcessId), 16, "MB");
    }

    internal static Process StartEcho(World world)
    {
        Directory.CreateDirectory(world.SocketFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(Path.Combine(World.Dist, "bench", "echo-host"), [Path.Combine(world.SocketFolder, "host.sock")])
        {
            RedirectStandardOutput = true,
        };
        var echo = Process.Start(start)!;
        echo.StandardOutput.ReadLine();
        return echo;
    }

    internal static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static double FirstReply(Func<Pipe> start, byte[] hello)
    {
        var began = Stopwatch.GetTimestamp();
        using var pipe = start();
        pipe.RoundTrip(hello);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static void KeePassXcLists(string path)
    {
        var start = new ProcessStartInfo("keepassxc-cli", ["ls", "-q", "-R", path]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["QT_QPA_PLATFORM"] = "offscreen";
        using var process = Process.Start(start)!;
        process.StandardInput.WriteLine(World.Passphrase);
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
    }

    internal static double PssMegabytes(int processId) => File.ReadLines($"/proc/{processId}/smaps_rollup")
        .Where(line => line.StartsWith("Pss:", StringComparison.Ordinal))
        .Select(line => double.Parse(line["Pss:".Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), System.Globalization.CultureInfo.InvariantCulture) / 1024)
        .Single();

    private static void BareArgon2id()
    {
        var (password, salt, hash) = (Encoding.UTF8.GetBytes(World.Passphrase), new byte[32], new byte[32]);
        if (Argon2idHashRaw(3, 256 << 10, 4, password, (nuint)password.Length, salt, (nuint)salt.Length, hash, (nuint)hash.Length) != 0)
        {
            throw new InvalidOperationException("libargon2 refused");
        }
    }

    [LibraryImport("libargon2.so.1", EntryPoint = "argon2id_hash_raw")]
    private static partial int Argon2idHashRaw(
        uint passes, uint memoryKib, uint lanes, byte[] password, nuint passwordLength, byte[] salt, nuint saltLength, byte[] hash, nuint hashLength);
}
