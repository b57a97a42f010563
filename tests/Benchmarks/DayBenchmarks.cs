using System.Diagnostics;

namespace Benchmarks;

/// <summary>A day with the released program: whether host and relay are at its end what they were at its beginning.</summary>
internal static class DayBenchmarks
{
    /// <summary>The times that the vault is open; the day ends with it open.</summary>
    private const int Sessions = 4;

    private const int Matches = 200, Fills = 40, Saves = 10;

    /// <summary>How long the host may take to look at its clock and give back what requests left behind.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(12);

    /// <summary>Two readings of the same state differ by this much: a host gives back what requests left behind from 8 MB on.</summary>
    private const double ToleranceMegabytes = 8;

    /// <summary>200 page matches, 40 fills, 10 saves and 3 locks; one relay all day, a host from each unlock to its lock.</summary>
    public static void Run()
    {
        Report.Heading($"a day: {Matches} matches, {Fills} fills, {Saves} saves, {Sessions - 1} locks, with 10,000 items");
        using var world = new World().WithVault(10_000);
        using var browser = world.StartClient();
        var done = 0;
        (State Host, State Relay)? first = null;
        var last = first;
        for (var session = 1; session <= Sessions; session++)
        {
            browser.Ask("unlock", $"\"passphrase\":\"{World.Passphrase}\"");
            var host = world.HostProcessId();
            for (; done < Matches * session / Sessions; done++)
            {
                Work(browser, done);
            }
            Thread.Sleep(Quiet);
            last = (State.Of(host), State.Of(browser.ProcessId));
            first ??= last;
            Report.Line($"session {session}: host {last.Value.Host}; relay {last.Value.Relay}");
            if (session < Sessions)
            {
                using var process = Process.GetProcessById(host);
                browser.Ask("lock");
                process.WaitForExit();
            }
        }
        Compare("host", first!.Value.Host, last!.Value.Host);
        Compare("relay", first.Value.Relay, last.Value.Relay);
    }

    /// <summary>One page: a match; at every fifth a fill too, at every twentieth a save.</summary>
    private static void Work(Pipe browser, int page)
    {
        var place = $"\"origin\":\"https://login.service{page}.example.com\",\"ancestors\":[]";
        var item = browser.Ask("match", place).GetProperty("items")[0].GetProperty("id").GetString();
        if (page % (Matches / Fills) == 0)
        {
            browser.Ask("fill", $"\"item\":\"{item}\",{place},\"cause\":\"person\",\"fields\":[\"username\",\"password\"],\"confirmed\":[]");
        }
        if (page % (Matches / Saves) == 0)
        {
            browser.Ask("save", $$"""
                "item":{"kind":"login","title":"New {{page}}","username":"anna","password":"{{page}} secret","urls":[],"tags":[]}
                """);
        }
    }

    private static void Compare(string what, State first, State last)
    {
        Report.Limit($"{what}'s memory grew by", last.Megabytes - first.Megabytes, ToleranceMegabytes, "MB");
        Report.Limit($"{what}'s descriptors grew by", last.Descriptors - first.Descriptors, 0, "");
        Report.Limit($"{what}'s threads grew by", last.Threads - first.Threads, 0, "");
    }

    /// <summary>What a process holds. Reading it of a non-dumpable process needs root.</summary>
    private sealed record State(double Megabytes, int Descriptors, int Threads)
    {
        public static State Of(int process) => new(
            HostBenchmarks.PssMegabytes(process),
            Directory.GetFileSystemEntries($"/proc/{process}/fd").Length,
            Directory.GetDirectories($"/proc/{process}/task").Length);

        public override string ToString() => $"{Megabytes:0.0} MB, {Descriptors} descriptors, {Threads} threads";
    }
}
