using System.Security.Cryptography;
using Contracts;
using Contracts.Wire;

namespace Suite.Serving;

/// <summary>An item as its authors see it: records and envelopes that fit, sealed with bytes that mean nothing.</summary>
internal sealed class TestItem
{
    /// <summary>What the smallest content takes once it is sealed.</summary>
    private const int UsualBytes = 593;

    private readonly List<SignedRecord<AccessRecord>> _records = [];

    public Id Id { get; private set; }

    public SignedRecord<AccessRecord> Record => _records[^1];

    public IReadOnlyList<SignedRecord<AccessRecord>> Records => _records;

    public SignedRecord<Envelope>? Envelope { get; private set; }

    public byte[] Content { get; private set; } = [];

    /// <summary>A new item with its first content, not sent yet.</summary>
    public static (TestItem Item, WireItemChange Change) New(OfficeMember author, IEnumerable<Grant> grants, Id? folder = null, long? folderVersion = null, int bytes = UsualBytes)
    {
        var item = new TestItem();
        var record = SignedRecord.Sign(
            new AccessRecord
            {
                Office = author.Office,
                Nonce = RandomNumberGenerator.GetBytes(32),
                Version = 1,
                Epoch = 1,
                LogHead = author.Head,
                ItemHead = default,
                Commitment = RandomHash(),
                Author = author.Id,
                Grants = [.. grants.OrderBy(grant => grant.Principal)],
            },
            author.Signing);
        item.Id = Id.Of(record.Hash);
        item._records.Add(record);
        var wraps = record.Record.Grants.Select(grant => WrapFor(author, grant.Principal));
        return (item, new() { Access = AccessOf(record, wraps), Envelope = item.Write(author, folder, bytes), FolderVersion = folderVersion });
    }

    /// <summary>A new item, stored.</summary>
    public static async Task<TestItem> CreateAsync(OfficeMember author, params Grant[] grants)
    {
        var (item, change) = New(author, grants);
        (await PutAsync(author, change)).Done();
        return item;
    }

    public static Grant GrantOf(Id principal, Right right, long notBefore = 0, long notAfter = 0) =>
        new() { Principal = principal, Right = right, NotBefore = notBefore, NotAfter = notAfter };

    /// <summary>The next revision.</summary>
    public WireEnvelope Write(OfficeMember author, Id? folder = null, int bytes = UsualBytes)
    {
        Content = RandomNumberGenerator.GetBytes(bytes);
        Envelope = EnvelopeBy(author, Hash.Of(Content), folder);
        return new() { Envelope = WireSigned.Of(Envelope), Sealed = Content };
    }

    /// <summary>The next revision by somebody who knows another one as the newest.</summary>
    public WireEnvelope Rewrite(OfficeMember author, SignedRecord<Envelope> newest)
    {
        Envelope = newest;
        return Write(author);
    }

    /// <summary>The removal.</summary>
    public WireEnvelope Remove(OfficeMember author)
    {
        Envelope = EnvelopeBy(author, content: null, folder: null);
        return new() { Envelope = WireSigned.Of(Envelope) };
    }

    /// <summary>The next record, with other grants in the same epoch or a new one.</summary>
    public WireAccess Grant(OfficeMember author, bool newEpoch, params Grant[] grants)
    {
        var before = Record.Record;
        var record = SignedRecord.Sign(
            before with
            {
                Item = Id,
                Nonce = default,
                Version = before.Version + 1,
                Previous = Record.Hash,
                Epoch = before.Epoch + (newEpoch ? 1 : 0),
                Commitment = newEpoch ? RandomHash() : before.Commitment,
                LogHead = author.Head,
                ItemHead = new ItemHead(Envelope?.Record.Revision ?? 0, Envelope?.Hash),
                Author = author.Id,
                Grants = [.. grants.OrderBy(grant => grant.Principal)],
            },
            author.Signing);
        var have = newEpoch ? [] : before.Grants.Select(grant => grant.Principal).ToHashSet();
        _records.Add(record);
        return AccessOf(record, grants.Select(grant => grant.Principal).Where(principal => !have.Contains(principal)).Select(principal => WrapFor(author, principal)));
    }

    public static Task<Reply> PutAsync(OfficeMember author, params WireItemChange[] changes) => author.PutAsync(
        $"/v1/transactions/{Contracts.Id.New()}",
        new WireTransaction { Step = Contracts.Id.New(), Changes = changes },
        WireJson.Default.WireTransaction);

    private SignedRecord<Envelope> EnvelopeBy(OfficeMember author, Hash? content, Id? folder) => SignedRecord.Sign(
        new Envelope
        {
            Office = author.Office,
            Item = Id,
            Revision = (Envelope?.Record.Revision ?? 0) + 1,
            Epoch = Record.Record.Epoch,
            RecordVersion = Record.Record.Version,
            Author = author.Id,
            Folder = folder,
            Previous = Envelope?.Hash,
            LogHead = author.Head,
            Content = content,
        },
        author.Signing);

    private static KeyWrap WrapFor(OfficeMember author, Id principal) => OfficeMember.WrapOf(principal, author.Log.FindGroup(principal)?.Epoch ?? 0);

    private static WireAccess AccessOf(SignedRecord<AccessRecord> record, IEnumerable<KeyWrap> wraps) =>
        new() { Record = WireSigned.Of(record), Wraps = [.. wraps.Select(WireWrap.Of)] };

    private static Hash RandomHash() => Hash.Of(RandomNumberGenerator.GetBytes(32));
}
