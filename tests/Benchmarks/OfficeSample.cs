using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Contracts;
using Contracts.Wire;
using Microsoft.Extensions.Logging;
using Office;
using Office.Content;
using Server;
using Server.Audit;
using Server.Items;
using Server.Office;
using Server.Storage;
using Server.Streams;
using Suite.Serving;
using Vault.Sharing;

namespace Benchmarks;

/// <summary>
/// An office to measure with: in a data folder and a database of its own, filled by the server's code itself, every record judged, but in large
/// transactions and without HTTPS. Its items are ones that hosts open.
/// </summary>
internal sealed class OfficeSample : IDisposable
{
    private const int ChunkSize = 500;

    private readonly PostgresServer? _postgres;
    private readonly Settings _settings;
    private readonly OfficeLog _log = new();
    private readonly List<Membership> _members = [];
    private readonly List<Id> _items = [];
    private IReadOnlyList<Hash> _pins = [];

    private OfficeSample(PostgresServer? postgres, Settings settings) => (_postgres, _settings) = (postgres, settings);

    public string Folder => Path.GetDirectoryName(_settings.DataFolder)!;

    public string DataFolder => _settings.DataFolder;

    public string? ConnectionString => _settings.ConnectionString;

    public string Address => _settings.Address!;

    public int Port => _settings.Port;

    /// <summary>The members; the first is the owner.</summary>
    public IReadOnlyList<Membership> Members => _members;

    public Membership Owner => _members[0];

    public IReadOnlyList<Id> Items => _items;

    /// <summary>The log's head.</summary>
    public LogHead Head { get; private set; }

    /// <summary>The databases to measure with, by name.</summary>
    public static IReadOnlyList<(string Name, bool IsPostgres)> Databases => [("SQLite", false), ("PostgreSQL", true)];

    /// <summary>Founds an office.</summary>
    public static async Task<OfficeSample> FoundAsync(bool isPostgres)
    {
        var postgres = isPostgres ? PostgresServer.Start(isDurable: true) : null;
        var port = FreePort();
        var sample = new OfficeSample(postgres, new Settings
        {
            DataFolder = Path.Combine(Directory.CreateTempSubdirectory("latchkey-bench-office").FullName, "server"),
            Port = port,
            Listen = IPAddress.Loopback,
            Address = $"https://localhost:{port}",
            ConnectionString = postgres?.NewDatabase(),
            LeastLogged = LogLevel.Critical,
        });
        await using var server = await ShareServer.StartAsync(sample._settings, TimeProvider.System, CancellationToken.None);
        sample._pins = [server.Pin];
        var entry = OfficeEntry.Found(server.Address, server.OwnerCode, "Olga", "", auditsItems: true, TimeProvider.System);
        entry.Send();
        sample._members.Add(entry.Membership);
        sample.Head = entry.Seen!.Value;
        return sample;
    }

    /// <summary>Takes members in until there are as many as asked for.</summary>
    public async Task AddMembersAsync(int count)
    {
        await foreach (var writer in ChunksAsync(count - _members.Count))
        {
            List<Membership> made = [];
            await writer.Writer.RunAsync(
                async work =>
                {
                    var log = await _log.CatchUpAsync(work.Session);
                    made = [.. Enumerable.Range(0, writer.Count).Select(_ => NewMember())];
                    foreach (var member in made)
                    {
                        var head = log.Head!.Value;
                        var entry = SignedRecord.Sign<LogEntry>(
                            new AddEntry
                            {
                                Place = new EntryPlace(Owner.Office, head.Index + 1, head.Hash, Owner.Member),
                                Time = Now,
                                Invitation = Id.New(),
                                Role = Role.Member,
                                Member = RecordOf(member),
                            },
                            Owner.Signing);
                        Check(log.Append(entry) == LogVerdict.Accepted, "a member was not taken in");
                        await new LogEffects(work, Owner.Office).ApplyAsync(entry, head.Index + 1, []);
                    }
                    Head = log.Head!.Value;
                },
                CancellationToken.None);
            _members.AddRange(made);
        }
    }

    /// <summary>Adds items that the owner manages and others may write, until there are as many as asked for.</summary>
    public async Task AddItemsAsync(int count, params Membership[] writers)
    {
        await foreach (var writer in ChunksAsync(count - _items.Count))
        {
            var first = _items.Count;
            var made = ParallelEnumerable.Range(first, writer.Count).AsOrdered().Select(number => NewItem(number, writers)).ToList();
            await writer.Writer.RunAsync(
                async work =>
                {
                    var log = await _log.CatchUpAsync(work.Session);
                    var writes = new ItemWrites(work, log, Owner.Member);
                    foreach (var (_, change) in made)
                    {
                        await writes.ApplyAsync(ItemChange.Of(change), item: null);
                    }
                },
                CancellationToken.None);
            _items.AddRange(made.Select(one => one.Item));
        }
    }

    /// <summary>The title of an item.</summary>
    public static string TitleOf(int number) => $"Service {number}";

    /// <summary>The database, to look into.</summary>
    public Database OpenDatabase() => ShareServer.Open(_settings);

    public void Dispose()
    {
        _members.ForEach(member => member.Dispose());
        _postgres?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Stops the benchmark: what it measured did not happen.</summary>
    public static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException(what);
        }
    }

    internal static int FreePort()
    {
        using var socket = new TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    private static long Now => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    private async IAsyncEnumerable<(Writer Writer, int Count)> ChunksAsync(int count)
    {
        await using var database = OpenDatabase();
        var chain = await AuditTrail.ChainOfAsync(database, _settings.Name, CancellationToken.None);
        var writer = new Writer(database, chain, new Hints(TimeProvider.System), TimeProvider.System);
        for (var done = 0; done < count; done += ChunkSize)
        {
            yield return (writer, Math.Min(ChunkSize, count - done));
        }
    }

    private Membership NewMember() =>
        Membership.New(Owner.Office, Id.New(), Address, _pins, invitation: null, SigningKey.New(), AgreementKey.New());

    private static SignedRecord<MemberRecord> RecordOf(Membership member)
    {
        var profile = new MemberProfile
        {
            Member = member.Member,
            Counter = 1,
            Salt = RandomNumberGenerator.GetBytes(32),
            Name = "Member",
            Mail = "",
        };
        return SignedRecord.Sign(
            new MemberRecord
            {
                Member = member.Member,
                SigningKey = member.Signing.Public,
                AgreementKey = member.Agreement.Public,
                Counter = 1,
                Profile = SignedRecord.Sign(profile, member.Signing).Hash,
            },
            member.Signing);
    }

    private (Id Item, WireItemChange Change) NewItem(int number, Membership[] writers)
    {
        var key = ItemCrypto.NewKey();
        Grant[] grants =
        [
            .. writers.Select(writer => new Grant { Principal = writer.Member, Right = Right.Write })
                .Append(new Grant { Principal = Owner.Member, Right = Right.Manage })
                .OrderBy(grant => grant.Principal),
        ];
        var record = SignedRecord.Sign(
            new AccessRecord
            {
                Office = Owner.Office,
                Nonce = RandomNumberGenerator.GetBytes(AccessRecord.NonceBytes),
                Version = 1,
                Epoch = 1,
                LogHead = Head,
                ItemHead = new ItemHead(0, null),
                Commitment = Binding.Commitment(Owner.Office, 1, key),
                Author = Owner.Member,
                Grants = grants,
            },
            Owner.Signing);
        var item = Id.Of(record.Hash);
        var draft = new Envelope
        {
            Office = Owner.Office,
            Item = item,
            Revision = 1,
            Epoch = 1,
            RecordVersion = 1,
            Author = Owner.Member,
            LogHead = Head,
        };
        var (envelope, content) = ItemCrypto.SealContent(draft, key, ContentJson.Write(ContentOf(number)), Owner.Signing);
        return (item, new WireItemChange
        {
            Access = new WireAccess
            {
                Record = WireSigned.Of(record),
                Wraps = [.. grants.Select(grant => WireWrap.Of(WrapFor(_members.Find(member => member.Member == grant.Principal)!, item, key)))],
            },
            Envelope = new WireEnvelope { Envelope = WireSigned.Of(envelope), Sealed = content },
        });
    }

    private static KeyWrap WrapFor(Membership member, Id item, byte[] key) => new()
    {
        Principal = member.Member,
        GroupEpoch = 0,
        Bytes = Wrap.For(member.Agreement.Public, Binding.ItemWrap(member.Office, item, 1, member.Member, 0), key),
    };

    private static ItemContent ContentOf(int number) => new()
    {
        Kind = "login",
        Body = new ContentBody
        {
            Fields =
            [
                new ContentField("Title", Encoding.UTF8.GetBytes(TitleOf(number)), IsProtected: false),
                new ContentField("UserName", Encoding.UTF8.GetBytes($"person{number % 50}@example.com"), IsProtected: false),
                new ContentField("Password", Encoding.UTF8.GetBytes($"password of item {number}"), IsProtected: true),
            ],
            Urls = [new ContentUrl($"https://login.service{number}.example.com/", "hostname")],
        },
    };
}
