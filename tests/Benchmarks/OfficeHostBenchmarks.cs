using System.Diagnostics;
using Contracts;
using Contracts.Wire;
using Office;
using Office.Store;
using Vault.Sharing;

namespace Benchmarks;

/// <summary>What people wait for who share: the real client in this process, the real server in another, over HTTPS.</summary>
internal static class OfficeHostBenchmarks
{
    private const int WarmUp = 20;

    /// <summary>First sync against the bare cost of the primitives for as many items, on two cores.</summary>
    public static async Task SyncAsync()
    {
        foreach (var (database, isPostgres) in OfficeSample.Databases)
        {
            Report.Heading($"first sync, {database}: delivered, verified, unwrapped, opened, written to the share copy; against the bare primitives on two cores");
            using var sample = await OfficeSample.FoundAsync(isPostgres);
            await sample.AddMembersAsync(7);
            // Each time a member who was never here; the first ones warm up what compiles, which the released host has compiled ahead.
            await SyncAsync(sample, 1_000, times: 15);
            await SyncAsync(sample, 10_000, times: 8);
        }
    }

    /// <summary>One change: from one host's save to what the other host shows.</summary>
    public static async Task ChangeAsync()
    {
        foreach (var (database, isPostgres) in OfficeSample.Databases)
        {
            Report.Heading($"one change, {database}: one host's save to the other host's event");
            using var sample = await OfficeSample.FoundAsync(isPostgres);
            await ChangeAsync(sample, members: 10, items: 100, changes: 300);
        }
    }

    /// <summary>A folder's worth of items granted to a group, and taken away again.</summary>
    public static async Task GrantAsync()
    {
        const int Items = 1000, Members = 50;
        foreach (var (database, isPostgres) in OfficeSample.Databases)
        {
            Report.Heading($"granting {Items} items to a group of {Members}, and taking them away, {database}");
            using var sample = await OfficeSample.FoundAsync(isPostgres);
            await sample.AddMembersAsync(Members + 3);
            await sample.AddItemsAsync(Items);
            using var server = OfficeProcess.StartServer(sample);
            using var olga = new OfficeHost(sample.Owner, Path.Combine(sample.Folder, "olga"));
            olga.Client.Sync();
            var pair = Grant(olga, sample, sample.Members.Skip(1).Take(2));
            var group = Grant(olga, sample, sample.Members.Skip(3).Take(Members));
            using var member = new OfficeHost(sample.Members[3], Path.Combine(sample.Folder, "member"));
            member.Client.Sync();
            OfficeSample.Check(member.Copy.File.Items.Count == 0, "what was taken away is shown");
            Report.Limit($"granted to {Members}", group.Granted, 10, "s");
            Report.Limit($"taken from {Members}", group.Taken, 10, "s");
            Report.Share($"granted to {Members} against granted to 2", group.Granted, pair.Granted, "s", most: 1.2);
            Report.Share($"taken from {Members} against taken from 2", group.Taken, pair.Taken, "s", most: 1.2);
        }
    }

    /// <summary>The figures of <see cref="ChangeAsync()"/>, reads and writes in small and large offices.</summary>
    public static async Task GrowthAsync()
    {
        foreach (var (database, isPostgres) in OfficeSample.Databases)
        {
            foreach (var (members, items) in ((int, int)[])[(66, 100), (5_000, 50_000)])
            {
                Report.Heading($"growth, {database}: {members:N0} members and {items:N0} items");
                using var sample = await OfficeSample.FoundAsync(isPostgres);
                await ChangeAsync(sample, members, items, changes: 100);
                // What two hosts with so many items left behind is not to be gathered up while the servers are measured.
                GC.Collect();
                await OfficeServerBenchmarks.ReadAsync(sample, members, items + OfficeServerBenchmarks.ItemsRead);
                await OfficeServerBenchmarks.WriteAsync(sample, members, items + OfficeServerBenchmarks.ItemsRead + 64);
            }
        }
    }

    private static async Task SyncAsync(OfficeSample sample, int items, int times)
    {
        await sample.AddItemsAsync(items, [.. sample.Members.Skip(1)]);
        var delivered = await DeliveredAsync(sample, sample.Members[1]);
        using var server = OfficeProcess.StartServer(sample);
        var (synced, bare) = (new List<double>(), new List<double>());
        for (var time = 0; time < times; time++)
        {
            // In turn, so that whatever else the machine does meets both alike.
            bare.Add(BarePrimitives(delivered, sample.Members[1], sample.Owner.Signing.Public));
            GC.Collect();
            Memory.ForgetPeak();
            var before = server.ProcessorTime;
            var start = Stopwatch.GetTimestamp();
            using var host = new OfficeHost(sample.Members[2 + (time % (sample.Members.Count - 2))], Path.Combine(sample.Folder, $"{items}-{time}"));
            host.Client.Sync();
            host.Copy.File.Write();
            synced.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            OfficeSample.Check(host.Copy.File.Items.Count == items, "not every item is shown");
            OfficeSample.Check(host.Copy.File.Find(ShareCopy.IdOf(sample.Items[^1]))?.Title == OfficeSample.TitleOf(items - 1), "an item is another");
            var peak = Memory.PeakMegabytes() - HostBenchmarks.PssMegabytes(Environment.ProcessId);
            Report.Line($"{items:N0} items: {synced[^1]:0} ms, {(server.ProcessorTime - before).TotalMilliseconds:0} ms of it the server's processor time; "
                + $"host's peak {peak:0} MB above what it holds then; server's {Memory.PeakMegabytes(server.Id):0} MB");
        }
        Report.Ratio($"first sync of {items:N0} items", synced.Min(), bare.Min(), 1.5);
    }

    private static async Task ChangeAsync(OfficeSample sample, int members, int items, int changes)
    {
        await sample.AddMembersAsync(members);
        await sample.AddItemsAsync(items, sample.Members[1]);
        using var server = OfficeProcess.StartServer(sample);
        using var olga = new OfficeHost(sample.Owner, Path.Combine(sample.Folder, "olga"));
        using var anna = new OfficeHost(sample.Members[1], Path.Combine(sample.Folder, "anna"));
        foreach (var host in (OfficeHost[])[olga, anna])
        {
            host.Client.Sync();
            OfficeSample.Check(host.Copy.File.Items.Count == items, "not every item is shown");
            host.Client.Start();
        }
        var times = new List<double>();
        for (var change = 0; change < WarmUp + changes; change++)
        {
            var item = sample.Items[change * 7 % items];
            var title = $"changed {change}";
            var shown = anna.Awaits(copy => copy.Find(ShareCopy.IdOf(item))?.Title == title);
            var start = Stopwatch.GetTimestamp();
            olga.Rename(item, title);
            await shown.WaitAsync(TimeSpan.FromSeconds(30));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        var figures = new Figures(times.Skip(WarmUp));
        Report.Line($"{members:N0} members, {items:N0} items: {figures}");
        Report.Limit("median", figures.Median, 50, "ms");
        Report.Limit("p99", figures.P99, 250, "ms");
    }

    private static (double Granted, double Taken) Grant(OfficeHost olga, OfficeSample sample, IEnumerable<Membership> members)
    {
        var group = olga.Client.AddGroup("Group", [.. members.Select(member => member.Member)]);
        double Set(Right right)
        {
            var start = Stopwatch.GetTimestamp();
            var step = Id.New();
            olga.Client.BeginStep(step, [.. sample.Items.Select(item => new AccessChange(item, [new Grant { Principal = group, Right = right }]))]);
            olga.Client.RunSteps();
            OfficeSample.Check(olga.Client.ProgressOf(step) is { IsOver: true, Refused.Count: 0 }, "the step was not made to its end");
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        var granted = Set(Right.Read);
        OfficeSample.Check(olga.Client.AccessTo(sample.Items[^1]).Count == 1 + members.Count(), "the group was not granted the last item");
        var taken = Set(Right.None);
        OfficeSample.Check(olga.Client.Read(state => sample.Items.All(item => state.Find(item)!.Chain.Record!.Record is { Epoch: > 1, Grants.Count: 1 })), "an item has no new epoch");
        return (granted, taken);
    }

    /// <summary>Everything that a member is delivered at first, as it comes.</summary>
    private static async Task<List<WireChange>> DeliveredAsync(OfficeSample sample, Membership member)
    {
        using var server = OfficeProcess.StartServer(sample);
        List<WireChange> all = [];
        WireChanges? page = null;
        do
        {
            var body = WireJson.Write(new WirePositions { Incarnation = page?.Incarnation, Positions = page?.Positions ?? [] }, WireJson.Default.WirePositions);
            page = await OfficeLoad.AskAsync(sample.Port, OfficeLoad.Signed(member, "POST", "/v1/changes", body), WireJson.Default.WireChanges);
            all.AddRange(page.Changes.Where(change => change.Kind == WireChangeKind.Item));
        }
        while (page.More);
        return all;
    }

    /// <summary>Two signatures, one unwrapped key and one opened content for each item, and nothing else, on two cores.</summary>
    private static double BarePrimitives(List<WireChange> changes, Membership us, PublicKey author)
    {
        var items = changes.Select(change => (
            change.Subject,
            Record: change.Records![0].Decode<AccessRecord>(),
            Wrap: change.Wraps![0].Decode(),
            Envelope: change.Envelope!.Decode(),
            Content: change.Envelope.Sealed!.Value.ToArray())).ToList();
        var opened = 0;
        var start = Stopwatch.GetTimestamp();
        Parallel.ForEach(items, new ParallelOptions { MaxDegreeOfParallelism = 2 }, item =>
        {
            if (item.Record.IsBy(author) && item.Envelope.IsBy(author)
                && ItemCrypto.Unwrap(us.Agreement, item.Record.Record, item.Subject, item.Wrap) is { } key
                && ItemCrypto.OpenContent(item.Envelope.Record, key, item.Content) is not null)
            {
                Interlocked.Increment(ref opened);
            }
        });
        var milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        OfficeSample.Check(opened == items.Count, "the primitives did not open every item");
        return milliseconds;
    }

    /// <summary>The most that a process ever held, as the system counts it.</summary>
    private static class Memory
    {
        public static void ForgetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

        public static double PeakMegabytes(int? process = null) => File.ReadLines($"/proc/{process ?? Environment.ProcessId}/status")
            .Where(line => line.StartsWith("VmHWM:", StringComparison.Ordinal))
            .Select(line => double.Parse(line["VmHWM:".Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), System.Globalization.CultureInfo.InvariantCulture) / 1024)
            .Single();
    }
}
