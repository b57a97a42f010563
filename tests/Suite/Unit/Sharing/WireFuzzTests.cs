using System.Text;
using System.Text.Json.Serialization.Metadata;
using Contracts;
using Contracts.Wire;
using NUnit.Framework;

namespace Suite.Unit.Sharing;

/// <summary>Requests and answers of the share server, read from what is not quite one.</summary>
public class WireFuzzTests
{
    private static readonly Id One = new(Enumerable.Repeat((byte)1, 16).ToArray());

    private static readonly WireSigned Signed = new() { Bytes = new byte[3], Signature = new byte[64] };

    /// <summary>A good one of each, and how it is read again and written.</summary>
    private static readonly (byte[] Json, Func<byte[], byte[]> Again)[] Good =
    [
        Case(new WireGenesis { Entry = Signed, Profile = Signed, Authentication = new byte[32] }, WireJson.Default.WireGenesis),
        Case(new WireLogEntry { Entry = Signed, Wraps = [new() { Principal = One, GroupEpoch = 2, Key = new byte[113] }] }, WireJson.Default.WireLogEntry),
        Case(
            new WireTransaction
            {
                Step = One,
                Changes = [new() { Access = new() { Record = Signed, Wraps = [] }, Envelope = new() { Envelope = Signed, Sealed = new byte[9] }, FolderVersion = 3 }],
            },
            WireJson.Default.WireTransaction),
        Case(new WireItem { Records = [Signed], More = true, Wraps = [] }, WireJson.Default.WireItem),
        Case(new WirePositions { Incarnation = One, Positions = [new() { Principal = One, Sequence = 4 }] }, WireJson.Default.WirePositions),
        Case(
            new WireChanges
            {
                Incarnation = One,
                Log = 5,
                Changes = [new() { Principal = One, Sequence = 6, Kind = WireChangeKind.GroupKey, Subject = One, Records = [Signed], Statement = Signed }],
                Positions = [],
                More = false,
            },
            WireJson.Default.WireChanges),
        Case(new WireRequest { Author = One, To = One, Right = Right.Write, Time = 7, Reason = new byte[5] }, WireJson.Default.WireRequest),
        Case(new WireEvents { Events = [new() { Kind = WireEventKind.Fill, Item = One, Time = 8 }] }, WireJson.Default.WireEvents),
        Case(new WireAudit { Entries = [new byte[4]], More = false }, WireJson.Default.WireAudit),
        Case(new WireError { Kind = WireErrorKind.TooMany, Message = "no", Check = "epoch-due", Head = 9 }, WireJson.Default.WireError),
        Case(new WirePart { Sealed = new byte[9] }, WireJson.Default.WirePart),
        Case(new WireFile { Size = 10, Key = new byte[32], Parts = [One] }, WireJson.Default.WireFile),
        Case(new WireServer { Api = new() { Min = 1, Max = 2 }, Incarnation = One, Time = 1, Build = "b" }, WireJson.Default.WireServer),
    ];

    [Test]
    public void What_was_written_is_read_and_written_the_same()
    {
        foreach (var (json, again) in Good)
        {
            Assert.That(again(json), Is.EqualTo(json));
        }
    }

    [Test]
    public void Words_are_lower_case_with_hyphens_and_nothing_else()
    {
        var text = Encoding.UTF8.GetString(Good[5].Json);
        Assert.That(text, Does.Contain("\"kind\":\"group-key\""));
        foreach (var other in new[] { "\"Group-key\"", "\"GroupKey\"", "2", "\"2\"", "\"group-key \"", "null", "\"\"" })
        {
            var json = Encoding.UTF8.GetBytes(text.Replace("\"group-key\"", other, StringComparison.Ordinal));
            Assert.That(() => Good[5].Again(json), Throws.TypeOf<ContractException>(), other);
        }
    }

    [Test]
    public void Empty_transactions_changes_and_batches_are_refused()
    {
        foreach (var json in new[] { $$"""{"step":"{{One}}","changes":[]}""", $$"""{"step":"{{One}}","changes":[{}]}""", $$"""{"step":"{{One}}","changes":[null]}""" })
        {
            Assert.That(() => WireJson.Read(Encoding.UTF8.GetBytes(json), WireJson.Default.WireTransaction), Throws.TypeOf<ContractException>(), json);
        }
        Assert.That(() => WireJson.Read("""{"events":[]}"""u8, WireJson.Default.WireEvents), Throws.TypeOf<ContractException>());
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void A_changed_byte_is_refused_as_such_or_gives_something_that_is_written_the_same(int which, int place, byte with)
    {
        var (json, again) = Good[(int)((uint)which % Good.Length)];
        var changed = json.ToArray();
        changed[(int)((uint)place % changed.Length)] = with;
        try
        {
            // Spaces are nothing, so what is written may be shorter.
            var written = again(changed);
            Assert.That(again(written), Is.EqualTo(written));
        }
        catch (ContractException)
        {
            // Nothing else is thrown.
        }
    }

    private static (byte[], Func<byte[], byte[]>) Case<T>(T value, JsonTypeInfo<T> type) where T : class =>
        (WireJson.Write(value, type), json => WireJson.Write(WireJson.Read(json, type), type));
}
