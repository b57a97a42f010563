using System.Buffers.Binary;
using Contracts;
using NUnit.Framework;

namespace Suite.Unit.Sharing;

public class RecordTests
{
    private delegate byte[] Recoded(ReadOnlySpan<byte> bytes);

    private static readonly Id One = new(Enumerable.Repeat((byte)1, 16).ToArray());
    private static readonly Id Two = new(Enumerable.Repeat((byte)2, 16).ToArray());
    private static readonly Hash Some = Hash.Of("some"u8);
    private static readonly Person Anna = new();

    private static readonly EntryPlace Place = new(One, 7, Some, Two);

    private static readonly AccessRecord Founding = new()
    {
        Office = One,
        Nonce = new byte[32],
        Version = 1,
        Epoch = 1,
        LogHead = new LogHead(3, Some),
        ItemHead = default,
        Commitment = Some,
        Author = Two,
        Grants = [new Grant { Principal = One, Right = Right.Manage }, new Grant { Principal = Two, Right = Right.Use, NotBefore = 5, NotAfter = 9 }],
    };

    private static readonly AccessRecord Later = Founding with
    {
        Item = Two,
        Nonce = default,
        Version = 2,
        Previous = Some,
        ItemHead = new ItemHead(4, Some),
    };

    private static readonly Envelope Content = new()
    {
        Office = One,
        Item = Two,
        Revision = 2,
        Epoch = 1,
        RecordVersion = 1,
        Author = One,
        Folder = One,
        Previous = Some,
        LogHead = new LogHead(3, Some),
        Content = Some,
    };

    private static readonly Invitation Invited = new()
    {
        Office = One,
        LogHead = new LogHead(3, Some),
        Address = "https://office.example:8443",
        Pins = [Some],
        Role = Role.Member,
        Expires = 5,
    };

    private static readonly ConnectionCode Connection = new() { Office = One, Head = new LogHead(3, Some), Pins = [Some, Some], Address = "https://a.example", Author = Two };

    private static readonly (string Name, byte[] Bytes, Recoded Recode)[] Samples =
    [
        ("member", Anna.Record.Bytes.ToArray(), Recode<MemberRecord>),
        ("profile", new MemberProfile { Member = One, Counter = 1, Salt = new byte[32], Name = "Anna", Mail = "" }.Encode(), Recode<MemberProfile>),
        ("group name", new GroupName { Office = One, Group = Two, Counter = 1, Name = "Sales", Author = One }.Encode(), Recode<GroupName>),
        ("beacon", new Beacon { Office = One, Time = 5, Head = new LogHead(3, Some), Author = Two }.Encode(), Recode<Beacon>),
        ("request", new AccessRequest { Office = One, Request = Two, Author = One, To = Two, Right = Right.Read, Time = 5, Reason = "why" }.Encode(), Recode<AccessRequest>),
        ("invitation", Invited.Encode(), Recode<Invitation>),
        ("invitation to new keys", (Invited with { Member = Two, Pins = [] }).Encode(), Recode<Invitation>),
        ("connection code", Connection.Encode(), Recode<ConnectionCode>),
        ("genesis", new Genesis { Nonce = new byte[32], Time = 1, Owner = Anna.Record, AuditsItems = false }.Encode(), Recode<LogEntry>),
        ("add", new AddEntry { Place = Place, Time = 1, Invitation = One, Role = Role.Owner, Member = Anna.Record }.Encode(), Recode<LogEntry>),
        ("role", new RoleEntry { Place = Place, Time = 1, Member = One, Role = Role.Member }.Encode(), Recode<LogEntry>),
        ("remove", new RemoveEntry { Place = Place, Time = 1, Member = One }.Encode(), Recode<LogEntry>),
        ("rekey", new RekeyEntry { Place = Place, Time = 1, Invitation = One, Member = Anna.Record }.Encode(), Recode<LogEntry>),
        ("group", new GroupEntry { Place = Place, Time = 1, Members = [One, Two] }.Encode(), Recode<LogEntry>),
        ("group member", new GroupMemberEntry { Place = Place, Time = 1, Group = One, Member = Two, Joins = true }.Encode(), Recode<LogEntry>),
        ("group key", new GroupRekeyEntry { Place = Place, Time = 1, Group = One, Epoch = 1, AgreementKey = Anna.Agreement.Public, Wraps = Some }.Encode(), Recode<LogEntry>),
        ("server", new ServerEntry { Place = Place, Time = 1, Pins = [Some, Some], Addresses = ["https://a.example"] }.Encode(), Recode<LogEntry>),
        ("founding access record", Founding.Encode(), Recode<AccessRecord>),
        ("later access record", Later.Encode(), Recode<AccessRecord>),
        ("envelope", Content.Encode(), Recode<Envelope>),
        ("first envelope", (Content with { Revision = 1, Previous = null, Folder = null }).Encode(), Recode<Envelope>),
        ("removal", (Content with { Content = null }).Encode(), Recode<Envelope>),
    ];

    [Test]
    public void What_was_encoded_decodes_to_the_same()
    {
        foreach (var (name, bytes, recode) in Samples)
        {
            Assert.That(recode(bytes), Is.EqualTo(bytes), name);
        }
    }

    /// <summary>Any bytes either are refused with the one exception, or come out again as they were.</summary>
    [Test]
    public void No_record_has_a_second_encoding()
    {
        var random = new Random(7);
        foreach (var (name, bytes, recode) in Samples)
        {
            for (var place = 0; place < bytes.Length; place++)
            {
                AssertRefusedOrSame(name, recode, bytes.With(place, (byte)random.Next(1, 256)));
                AssertRefused($"{name}, cut at {place}", recode, bytes.AsSpan(0, place).ToArray());
            }
            AssertRefused($"{name}, one byte more", recode, [.. bytes, 0]);
            AssertRefused($"{name}, of version 2", recode, bytes.With(1 + bytes[1], 3));
            for (var other = 0; other < Samples.Length; other++)
            {
                AssertRefusedOrSame(name, recode, Samples[other].Bytes);
            }
        }
    }

    [Test]
    public void No_field_can_be_missing_repeated_or_emptied()
    {
        foreach (var (name, bytes, recode) in Samples)
        {
            var fields = FieldsOf(bytes);
            for (var number = 0; number < fields.Count; number++)
            {
                AssertRefused($"{name} without field {number}", recode, Joined(bytes, [.. fields.Take(number), .. fields.Skip(number + 1)]));
                AssertRefused($"{name} with field {number} twice", recode, Joined(bytes, [.. fields.Take(number + 1), .. fields.Skip(number)]));
                AssertRefusedOrSame($"{name} with field {number} empty", recode, Joined(bytes, [.. fields.Take(number), [], .. fields.Skip(number + 1)]));
            }
        }
    }

    [FsCheck.NUnit.Property]
    public bool Any_access_record_comes_back(int seed)
    {
        var random = new Random(seed);
        var version = random.Next(1, 4);
        var record = Founding with
        {
            Item = version == 1 ? null : Random(random),
            Nonce = version == 1 ? Bytes(random, 32) : default,
            Version = version,
            Epoch = random.NextInt64(1, Limits.NumbersBelow),
            Previous = version == 1 ? null : new Hash(Bytes(random, 32)),
            Grants = [.. Enumerable.Range(0, random.Next(0, 20)).Select(_ => new Grant { Principal = Random(random), Right = (Right)random.Next(1, 5) })],
        };

        var again = SignedRecord.Decode<AccessRecord>(record.Encode());

        return again.Version == record.Version
            && again.Item == record.Item
            && again.Nonce.Span.SequenceEqual(record.Nonce.Span)
            && again.Epoch == record.Epoch
            && again.Previous == record.Previous
            && again.Grants.SequenceEqual(record.Grants.OrderBy(grant => grant.Principal));
    }

    [FsCheck.NUnit.Property]
    public bool Any_envelope_comes_back(int seed)
    {
        var random = new Random(seed);
        var revision = random.Next(1, 3);
        var envelope = new Envelope
        {
            Office = Random(random),
            Item = Random(random),
            Revision = revision,
            Epoch = random.NextInt64(1, Limits.NumbersBelow),
            RecordVersion = random.NextInt64(1, Limits.NumbersBelow),
            Author = Random(random),
            Folder = random.Next(2) == 0 ? null : Random(random),
            Previous = revision == 1 ? null : new Hash(Bytes(random, 32)),
            LogHead = new LogHead(random.NextInt64(0, Limits.NumbersBelow), new Hash(Bytes(random, 32))),
            Content = random.Next(2) == 0 ? null : new Hash(Bytes(random, 32)),
        };

        return SignedRecord.Decode<Envelope>(envelope.Encode()) == envelope;
    }

    private static readonly (string Name, Func<byte[]> Bytes, Recoded Recode)[] Unhappy =
    [
        ("an access record with a principal twice", () => (Founding with { Grants = [Granted(One), Granted(One)] }).Encode(), Recode<AccessRecord>),
        ("an access record with grants out of order", () => Swapped(Founding.Encode(), 12, 16, 4), Recode<AccessRecord>),
        ("a grant of nothing", () => (Founding with { Grants = [Granted(One) with { Right = Right.None }] }).Encode(), Recode<AccessRecord>),
        ("a grant above manage", () => (Founding with { Grants = [Granted(One) with { Right = (Right)5 }] }).Encode(), Recode<AccessRecord>),
        ("a grant to write for a time", () => (Founding with { Grants = [Granted(One) with { Right = Right.Write, NotAfter = 9 }] }).Encode(), Recode<AccessRecord>),
        ("a grant to manage from a time on", () => (Founding with { Grants = [Granted(One) with { Right = Right.Manage, NotBefore = 9 }] }).Encode(), Recode<AccessRecord>),
        ("a grant that ends as it begins", () => (Founding with { Grants = [Granted(One) with { NotBefore = 9, NotAfter = 9 }] }).Encode(), Recode<AccessRecord>),
        ("501 grants", () => (Founding with { Grants = [.. Enumerable.Range(0, 501).Select(_ => Granted(Id.New()))] }).Encode(), Recode<AccessRecord>),
        ("a first version that names an item", () => (Founding with { Item = Two }).Encode(), Recode<AccessRecord>),
        ("a first version that follows another", () => (Founding with { Previous = Some }).Encode(), Recode<AccessRecord>),
        ("a later version that names no item", () => (Later with { Item = null, Nonce = new byte[32] }).Encode(), Recode<AccessRecord>),
        ("a later version that follows none", () => (Later with { Previous = null }).Encode(), Recode<AccessRecord>),
        ("a nonce of 31 bytes", () => (Founding with { Nonce = new byte[31] }).Encode(), Recode<AccessRecord>),
        ("a version of 0", () => (Founding with { Version = 0 }).Encode(), Recode<AccessRecord>),
        ("an epoch of 0", () => (Founding with { Epoch = 0 }).Encode(), Recode<AccessRecord>),
        ("a revision without hash", () => (Later with { ItemHead = new ItemHead(4, null) }).Encode(), Recode<AccessRecord>),
        ("a hash without revision", () => (Later with { ItemHead = new ItemHead(0, Some) }).Encode(), Recode<AccessRecord>),
        ("a first envelope that follows another", () => (Content with { Revision = 1 }).Encode(), Recode<Envelope>),
        ("a later envelope that follows none", () => (Content with { Previous = null }).Encode(), Recode<Envelope>),
        ("a revision of 0", () => (Content with { Revision = 0, Previous = null }).Encode(), Recode<Envelope>),
        ("a record version of 0", () => (Content with { RecordVersion = 0 }).Encode(), Recode<Envelope>),
        ("a role of 0", () => new RoleEntry { Place = Place, Time = 1, Member = One, Role = 0 }.Encode(), Recode<LogEntry>),
        ("a role above owner", () => new RoleEntry { Place = Place, Time = 1, Member = One, Role = (Role)4 }.Encode(), Recode<LogEntry>),
        ("a later entry at place 0", () => new RemoveEntry { Place = Place with { Index = 0 }, Time = 1, Member = One }.Encode(), Recode<LogEntry>),
        ("a group with a member twice", () => new GroupEntry { Place = Place, Time = 1, Members = [One, One] }.Encode(), Recode<LogEntry>),
        ("a group of too many", () => new GroupEntry { Place = Place, Time = 1, Members = [.. Enumerable.Range(0, 2001).Select(_ => Id.New())] }.Encode(), Recode<LogEntry>),
        ("three pins", () => new ServerEntry { Place = Place, Time = 1, Pins = [Some, Some, Some], Addresses = [] }.Encode(), Recode<LogEntry>),
        ("too many addresses", () => new ServerEntry { Place = Place, Time = 1, Pins = [], Addresses = [.. Enumerable.Repeat("https://a.example", 17)] }.Encode(), Recode<LogEntry>),
        ("a name with a direction mark", () => new MemberProfile { Member = One, Counter = 1, Salt = new byte[32], Name = "A\u202e", Mail = "" }.Encode(), Recode<MemberProfile>),
        ("a mail address with a line end", () => new MemberProfile { Member = One, Counter = 1, Salt = new byte[32], Name = "A", Mail = "a\r\nb" }.Encode(), Recode<MemberProfile>),
        ("no name", () => new GroupName { Office = One, Group = Two, Counter = 1, Name = "", Author = One }.Encode(), Recode<GroupName>),
        ("a salt of 31 bytes", () => new MemberProfile { Member = One, Counter = 1, Salt = new byte[31], Name = "A", Mail = "" }.Encode(), Recode<MemberProfile>),
        ("a counter of 0", () => (Anna.Record.Record with { Counter = 0 }).Encode(), Recode<MemberRecord>),
        ("a beacon beyond the calendar", () => new Beacon { Office = One, Time = Limits.NumbersBelow - 1, Head = new LogHead(3, Some), Author = Two }.Encode(), Recode<Beacon>),
    ];

    [Test]
    public void A_record_that_means_nothing_is_refused()
    {
        foreach (var (name, bytes, recode) in Unhappy)
        {
            AssertRefused(name, recode, bytes());
        }
    }

    [TestCase("https://office.example", true)]
    [TestCase("https://office.example:8443", true)]
    [TestCase("https://192.0.2.1:8443", true)]
    [TestCase("http://127.0.0.1:8080", true)]
    [TestCase("http://localhost", true)]
    [TestCase("http://office.example", false)]
    [TestCase("https://office.example/", false)]
    [TestCase("https://office.example/path", false)]
    [TestCase("https://office.example?query", false)]
    [TestCase("https://anna@office.example", false)]
    [TestCase("https://Office.example", false)]
    [TestCase("https://office.example:443", false)]
    [TestCase("office.example", false)]
    [TestCase("ftp://office.example", false)]
    [TestCase("", false)]
    public void An_address_is_scheme_and_host_in_one_spelling(string text, bool isOne) => Assert.That(ServerAddress.IsOne(text), Is.EqualTo(isOne));

    [Test]
    public void An_unknown_entry_of_the_log_stops_its_reader()
    {
        var writer = new FieldWriter("pardon");

        Assert.That(
            () => SignedRecord.Decode<LogEntry>(writer.ToArray()),
            Throws.TypeOf<ContractException>().With.Property("Error").EqualTo(ContractError.UpdateNeeded));
    }

    [TestCase(0), TestCase(63), TestCase(65)]
    public void A_signature_has_64_bytes(int bytes) =>
        Assert.That(() => SignedRecord.Decode<Beacon>(Samples[3].Bytes, new byte[bytes]), Throws.TypeOf<ContractException>());

    [Test]
    public void The_context_of_an_envelope_is_what_its_content_is_bound_to()
    {
        var context = Content.Context;

        Assert.That((Content with { Office = Two }).Context, Is.Not.EqualTo(context));
        Assert.That((Content with { Item = One }).Context, Is.Not.EqualTo(context));
        Assert.That((Content with { Revision = 3 }).Context, Is.Not.EqualTo(context));
        Assert.That((Content with { Epoch = 2 }).Context, Is.Not.EqualTo(context));
        Assert.That((Content with { RecordVersion = 2 }).Context, Is.Not.EqualTo(context));
        Assert.That((Content with { Author = Two }).Context, Is.Not.EqualTo(context));
        Assert.That((Content with { Content = null }).Context, Is.EqualTo(context));
    }

    [Test]
    public void The_hash_of_wraps_is_that_of_each_whatever_their_order()
    {
        KeyWrap WrapOf(Id principal, byte filling) => new() { Principal = principal, GroupEpoch = 1, Bytes = Enumerable.Repeat(filling, 113).ToArray() };
        var hash = KeyWrap.HashOf([WrapOf(One, 1), WrapOf(Two, 2)]);

        Assert.That(KeyWrap.HashOf([WrapOf(Two, 2), WrapOf(One, 1)]), Is.EqualTo(hash));
        Assert.That(KeyWrap.HashOf([WrapOf(One, 2), WrapOf(Two, 1)]), Is.Not.EqualTo(hash));
        Assert.That(KeyWrap.HashOf([WrapOf(One, 1)]), Is.Not.EqualTo(hash));
        Assert.That(KeyWrap.HashOf([WrapOf(One, 1) with { GroupEpoch = 2 }, WrapOf(Two, 2)]), Is.Not.EqualTo(hash));
    }

    private static byte[] Recode<T>(ReadOnlySpan<byte> bytes) where T : IRecord<T> => SignedRecord.Decode<T>(bytes).Encode();

    private static void AssertRefused(string name, Recoded recode, byte[] bytes) =>
        Assert.That(() => recode(bytes), Throws.TypeOf<ContractException>(), name);

    private static void AssertRefusedOrSame(string name, Recoded recode, byte[] bytes)
    {
        try
        {
            Assert.That(recode(bytes), Is.EqualTo(bytes), name);
        }
        catch (ContractException)
        {
            // Refused, which is the other right answer; any other exception is not.
        }
    }

    private static Grant Granted(Id principal) => new() { Principal = principal, Right = Right.Read };

    private static Id Random(Random random) => new(Bytes(random, 16));

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>The fields behind the label.</summary>
    private static List<byte[]> FieldsOf(byte[] bytes)
    {
        var fields = new List<byte[]>();
        for (var at = 2 + bytes[1]; at < bytes.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(at));
            fields.Add(bytes.AsSpan(at + 4, length).ToArray());
            at += 4 + length;
        }
        return fields;
    }

    /// <summary>Other fields behind the same label.</summary>
    private static byte[] Joined(byte[] bytes, IEnumerable<byte[]> fields)
    {
        List<byte> joined = [.. bytes.AsSpan(0, 2 + bytes[1])];
        foreach (var field in fields)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
            joined.AddRange(length);
            joined.AddRange(field);
        }
        return [.. joined];
    }

    /// <summary>The same with two runs of fields in each other's place.</summary>
    private static byte[] Swapped(byte[] bytes, int one, int other, int count)
    {
        var fields = FieldsOf(bytes);
        var run = fields.GetRange(one, count);
        fields.RemoveRange(one, count);
        fields.InsertRange(other, run);
        return Joined(bytes, fields);
    }
}
