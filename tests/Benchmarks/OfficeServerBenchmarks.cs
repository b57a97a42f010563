using System.Security.Cryptography;
using Contracts;
using Contracts.Wire;
using Office;

namespace Benchmarks;

/// <summary>What the share server costs, measured from outside: its process and a bare one, asked in turn in the same run.</summary>
internal static class OfficeServerBenchmarks
{
    private const int Rounds = 5;
    private const int ReadsPerRound = 640;
    private const int WritesPerRound = 192;
    private const int MostClients = 64;
    private const int WarmUpEach = 60;

    /// <summary>Who reads: others than the owner and the member whom all that is not read belongs to.</summary>
    private const int ReadersFrom = 2, Readers = 40;

    /// <summary>How many items are read, the last ones of an office.</summary>
    public const int ItemsRead = 100;

    /// <summary>A member may ask for so much at once before the rate limit: a burst of 2000, less what is asked besides.</summary>
    private const int RequestsPerMember = 1900;

    private static readonly int[] ClientCounts = [1, 8, MostClients];

    /// <summary>Signed reads of one item, and of changes since a position, against Kestrel answering one read of its database unsigned.</summary>
    public static async Task ReadAsync()
    {
        foreach (var (database, isPostgres) in OfficeSample.Databases)
        {
            Report.Heading($"signed reads, {database}, {Rounds} rounds of {ReadsPerRound}, against Kestrel answering one read of that database unsigned");
            using var sample = await OfficeSample.FoundAsync(isPostgres);
            await ReadAsync(sample, members: ReadersFrom + Readers, items: ItemsRead);
        }
    }

    /// <summary>Signed writes of one revision each, against Kestrel doing one durable write.</summary>
    public static async Task WriteAsync()
    {
        foreach (var (database, isPostgres) in OfficeSample.Databases)
        {
            Report.Heading($"signed writes, {database}, {Rounds} rounds of {WritesPerRound}, against Kestrel doing one durable write of that database unsigned");
            using var sample = await OfficeSample.FoundAsync(isPostgres);
            await WriteAsync(sample, members: MostClients + 1, items: 100);
        }
    }

    /// <summary>Memory of the idle server and of each event stream, against a bare Kestrel with its database and as many idle connections.</summary>
    public static async Task MemoryAsync()
    {
        const int Streams = 1000, StreamsPerMember = 4;
        foreach (var (database, isPostgres) in OfficeSample.Databases)
        {
            Report.Heading($"memory (PSS), {database}: idle, and with {Streams} idle event streams, against a bare Kestrel with the same database");
            using var sample = await OfficeSample.FoundAsync(isPostgres);
            await sample.AddMembersAsync((Streams / StreamsPerMember) + 2);
            await sample.AddItemsAsync(100, sample.Members[1]);
            var floorPort = OfficeSample.FreePort();
            using var floor = OfficeProcess.StartFloor(sample, floorPort);
            using var server = OfficeProcess.StartServer(sample);
            await OfficeLoad.RunAsync(floorPort, [[.. Reads(200)]], 200);
            await OfficeLoad.RunAsync(sample.Port, [[.. Enumerable.Range(0, 200).Select(n => ItemRead(sample.Members[1], sample.Items[n % 100]))]], 200);
            var (bareIdle, idle) = await RestAsync(floor, server);
            Report.Share("idle", idle, bareIdle, "MB", most: 1.3);
            var connections = new List<OfficeLoad>();
            for (var number = 0; number < Streams; number++)
            {
                connections.Add(await OfficeLoad.OpenAsync(floorPort));
                await connections[^1].BeginAsync(OfficeLoad.Plain("GET", "/idle"));
                connections.Add(await OfficeLoad.OpenAsync(sample.Port));
                await connections[^1].BeginAsync(OfficeLoad.Signed(sample.Members[2 + (number / StreamsPerMember)], "GET", "/v1/hints"));
            }
            var (bareFull, full) = await RestAsync(floor, server);
            var (bareEach, each) = ((bareFull - bareIdle) * 1024 / Streams, (full - idle) * 1024 / Streams);
            Report.Line($"with {Streams} streams: {full:0.0} MB, {each:0.0} KB each; bare {bareFull:0.0} MB, {bareEach:0.0} KB each");
            Report.Share($"with {Streams} streams", full, bareFull, "MB", most: 1.3);
            Report.Limit("each stream beyond a bare connection", each - bareEach, 20, "KB");
            connections.ForEach(connection => connection.Dispose());
        }
    }

    /// <summary>Reads the last items, which all readers hold; what else there is may be anybody's.</summary>
    public static async Task ReadAsync(OfficeSample sample, int members, int items)
    {
        await sample.AddMembersAsync(members);
        await sample.AddItemsAsync(items, [.. sample.Members.Skip(ReadersFrom).Take(Readers)]);
        var floorPort = OfficeSample.FreePort();
        using var floor = OfficeProcess.StartFloor(sample, floorPort);
        using var server = OfficeProcess.StartServer(sample);
        var callers = new Callers(sample);
        var all = await LastPageAsync(sample);
        await CheckReadAsync(sample, all);
        // Both have run for a while then: neither is compiled ahead, and ours is more code.
        await RoundAsync(MostClients, WarmUpEach);
        foreach (var clients in ClientCounts)
        {
            var (reads, changes, bare) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round <= Rounds; round++)
            {
                var one = await RoundAsync(clients, ReadsPerRound / clients);
                bare.Add(one.Bare);
                reads.Add(one.Read);
                changes.Add(one.Changes);
            }
            Report.Rate($"read of one item, {clients} clients", Median(reads), Median(bare), least: 0.3);
            Report.Rate($"changes since the last but one, {clients} clients", Median(changes), Median(bare), least: 0.3);
        }

        async Task<(double Bare, double Read, double Changes)> RoundAsync(int clients, int each)
        {
            var bare = await OfficeLoad.RunAsync(floorPort, [.. Enumerable.Range(0, clients).Select(_ => Reads(each))], 200);
            var read = await OfficeLoad.RunAsync(
                sample.Port, [.. callers.Each(clients, each, (caller, n) => ItemRead(caller, sample.Items[^(1 + (n % ItemsRead))]))], 200);
            var changes = await OfficeLoad.RunAsync(sample.Port, [.. callers.Each(clients, each, (caller, _) => Changes(caller, all))], 200);
            return (bare.PerSecond, read.PerSecond, changes.PerSecond);
        }
    }

    public static async Task WriteAsync(OfficeSample sample, int members, int items)
    {
        await sample.AddMembersAsync(members);
        var first = items;
        await sample.AddItemsAsync(items, sample.Members[1]);
        for (var client = 0; client < MostClients; client++)
        {
            await sample.AddItemsAsync(first + client + 1, sample.Members[1 + client]);
        }
        var floorPort = OfficeSample.FreePort();
        using var floor = OfficeProcess.StartFloor(sample, floorPort);
        using var server = OfficeProcess.StartServer(sample);
        var writers = new List<Revisions>();
        for (var client = 0; client < MostClients; client++)
        {
            writers.Add(await Revisions.OfAsync(sample, sample.Members[1 + client], sample.Items[first + client]));
        }
        var row = OfficeFloor.Rows;
        // Both have run for a while then: neither is compiled ahead, and ours is more code.
        await BareAsync(MostClients, WarmUpEach);
        await SignedAsync(MostClients, WarmUpEach);
        foreach (var clients in ClientCounts)
        {
            var (writes, bare) = (new List<(double PerSecond, Figures Each)>(), new List<(double PerSecond, Figures Each)>());
            for (var round = 0; round <= Rounds; round++)
            {
                bare.Add(await BareAsync(clients, WritesPerRound / clients));
                writes.Add(await SignedAsync(clients, WritesPerRound / clients));
            }
            Report.Line($"{clients} clients: signed {writes[^1].Each}; bare {bare[^1].Each}");
            Report.Rate($"write, {clients} clients", Median([.. writes.Select(one => one.PerSecond)]), Median([.. bare.Select(one => one.PerSecond)]), least: 0.3);
        }
        foreach (var writer in writers)
        {
            await writer.CheckAsync();
        }

        Task<(double PerSecond, Figures Each)> BareAsync(int clients, int each) => OfficeLoad.RunAsync(
            floorPort, [.. Enumerable.Range(0, clients).Select(_ => (List<byte[]>)[.. Enumerable.Range(0, each).Select(_ => Write(row++))])], 204);

        Task<(double PerSecond, Figures Each)> SignedAsync(int clients, int each) => OfficeLoad.RunAsync(
            sample.Port, [.. writers.Take(clients).Select(writer => (List<byte[]>)[.. Enumerable.Range(0, each).Select(_ => writer.Next())])], 204);
    }

    /// <summary>The first round is for warming up.</summary>
    private static double Median(List<double> perRound) => perRound.Skip(1).Order().ElementAt((perRound.Count - 1) / 2);

    private static List<byte[]> Reads(int count) =>
        [.. Enumerable.Range(0, count).Select(number => OfficeLoad.Plain("GET", $"/read/{OfficeFloor.RowOf(number % OfficeFloor.Rows)}"))];

    private static byte[] Write(int number) => OfficeLoad.Plain("PUT", $"/write/{OfficeFloor.RowOf(number)}", RandomNumberGenerator.GetBytes(OfficeFloor.RowBytes));

    private static byte[] ItemRead(Membership caller, Id item) => OfficeLoad.Signed(caller, "GET", $"/v1/items/{item}");

    /// <summary>Asks for everything, or what comes after the last change but one in the caller's own stream.</summary>
    private static byte[] Changes(Membership caller, WireChanges all) => OfficeLoad.Signed(
        caller,
        "POST",
        "/v1/changes",
        WireJson.Write(
            new WirePositions
            {
                Incarnation = all.Incarnation,
                // All have the office's stream in common, and as much in their own.
                Positions = [.. all.Positions.Select(position => position.Principal == caller.Office
                    ? position
                    : new WirePosition { Principal = caller.Member, Sequence = position.Sequence - 1 })],
            },
            WireJson.Default.WirePositions));

    /// <summary>The page after which a member has everything.</summary>
    private static async Task<WireChanges> LastPageAsync(OfficeSample sample)
    {
        WireChanges? page = null;
        do
        {
            var body = WireJson.Write(new WirePositions { Incarnation = page?.Incarnation, Positions = page?.Positions ?? [] }, WireJson.Default.WirePositions);
            page = await OfficeLoad.AskAsync(sample.Port, OfficeLoad.Signed(sample.Members[ReadersFrom], "POST", "/v1/changes", body), WireJson.Default.WireChanges);
        }
        while (page.More);
        return page;
    }

    private static async Task CheckReadAsync(OfficeSample sample, WireChanges all)
    {
        var one = await OfficeLoad.AskAsync(sample.Port, ItemRead(sample.Members[ReadersFrom + 1], sample.Items[^1]), WireJson.Default.WireItem);
        OfficeSample.Check(one is { Records.Count: 1, Wraps: [var wrap], Envelope.Sealed: not null } && wrap.Principal == sample.Members[ReadersFrom + 1].Member, "an item is not whole");
        var since = await OfficeLoad.AskAsync(sample.Port, Changes(sample.Members[ReadersFrom + 1], all), WireJson.Default.WireChanges);
        OfficeSample.Check(since.Changes is [{ Envelope: not null, Records: not null }], "the changes since the last but one are not one");
    }

    private static async Task<(double Bare, double Ours)> RestAsync(OfficeProcess floor, OfficeProcess server)
    {
        // What requests left behind is given back after two to four seconds, and a round of housekeeping takes some: what an idle server holds is what counts.
        await Task.Delay(TimeSpan.FromSeconds(15));
        return (HostBenchmarks.PssMegabytes(floor.Id), HostBenchmarks.PssMegabytes(server.Id));
    }

    /// <summary>Members in turn, so that none asks for more than the rate limit lets it.</summary>
    private sealed class Callers(OfficeSample sample)
    {
        private int _asked;

        public IEnumerable<List<byte[]>> Each(int clients, int count, Func<Membership, int, byte[]> make)
        {
            for (var client = 0; client < clients; client++)
            {
                yield return [.. Enumerable.Range(0, count).Select(number => make(Next(), number))];
            }
        }

        private Membership Next() => sample.Members[ReadersFrom + (_asked++ / RequestsPerMember % Readers)];
    }

    /// <summary>One member who writes one item again and again.</summary>
    private sealed class Revisions(OfficeSample sample, Membership author, Id item, SignedRecord<Envelope> head)
    {
        /// <summary>What the smallest content takes once it is sealed.</summary>
        private const int SealedBytes = 593;

        private SignedRecord<Envelope> _head = head;

        public static async Task<Revisions> OfAsync(OfficeSample sample, Membership author, Id item) =>
            new(sample, author, item, await HeadAsync(sample, author, item));

        /// <summary>The request that puts the next revision.</summary>
        public byte[] Next()
        {
            var content = RandomNumberGenerator.GetBytes(SealedBytes);
            _head = SignedRecord.Sign(
                _head.Record with { Revision = _head.Record.Revision + 1, Previous = _head.Hash, Author = author.Member, Content = Hash.Of(content) },
                author.Signing);
            var body = new WireTransaction
            {
                Step = Id.New(),
                Changes = [new WireItemChange { Envelope = new WireEnvelope { Envelope = WireSigned.Of(_head), Sealed = content } }],
            };
            return OfficeLoad.Signed(author, "PUT", $"/v1/transactions/{Id.New()}", WireJson.Write(body, WireJson.Default.WireTransaction));
        }

        /// <summary>Whether the server has the last one.</summary>
        public async Task CheckAsync() =>
            OfficeSample.Check((await HeadAsync(sample, author, item)).Hash == _head.Hash, "the server does not have what was written last");

        private static async Task<SignedRecord<Envelope>> HeadAsync(OfficeSample sample, Membership author, Id item) =>
            (await OfficeLoad.AskAsync(sample.Port, ItemRead(author, item), WireJson.Default.WireItem)).Envelope!.Envelope.Decode<Envelope>();
    }
}
