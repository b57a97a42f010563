using Contracts;
using NUnit.Framework;
using Vault.Sharing;

namespace Suite.Unit.Sharing;

/// <summary>Who can read a request for access, and whose words it has.</summary>
public class RequestCryptoTests
{
    private readonly Person _olga = new();
    private readonly Person _anna = new();
    private readonly Id _office = Id.New();
    private readonly Id _request = Id.New();

    private AccessRequest Record => new()
    {
        Office = _office,
        Request = _request,
        Author = _anna.Id,
        To = _olga.Id,
        Right = Right.Write,
        Time = 5,
        Reason = new string('ü', Limits.NameCharacters),
    };

    [Test]
    public void Sealed_request_opens_for_who_is_asked_and_only_as_its_author_signed_it()
    {
        var (olga, anna, eve, office, request, record) = (_olga, _anna, new Person(), _office, _request, Record);
        var closed = RequestCrypto.Close(SignedRecord.Sign(record, anna.Signing), olga.Record.Record);

        Assert.That(closed, Has.Length.LessThanOrEqualTo(Limits.ReasonBytes));
        Assert.That(RequestCrypto.Open(olga.Agreement, office, request, olga.Id, anna.Record.Record, closed), Is.EqualTo(record));
        Assert.That(RequestCrypto.Open(eve.Agreement, office, request, olga.Id, anna.Record.Record, closed), Is.Null);
        Assert.That(RequestCrypto.Open(olga.Agreement, Id.New(), request, olga.Id, anna.Record.Record, closed), Is.Null);
        Assert.That(RequestCrypto.Open(olga.Agreement, office, Id.New(), olga.Id, anna.Record.Record, closed), Is.Null);
        Assert.That(RequestCrypto.Open(olga.Agreement, office, request, olga.Id, eve.Record.Record, closed), Is.Null);
        // Whoever has the public key can seal: the signature says whose words these are.
        var forged = RequestCrypto.Close(SignedRecord.Sign(record, eve.Signing), olga.Record.Record);
        Assert.That(RequestCrypto.Open(olga.Agreement, office, request, olga.Id, anna.Record.Record, forged), Is.Null);
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public bool Whatever_bytes_come_for_a_request_open_to_nothing(byte[] bytes) =>
        RequestCrypto.Open(_olga.Agreement, _office, _request, _olga.Id, _anna.Record.Record, bytes) is null;

    [Test]
    public void Changed_byte_anywhere_opens_to_nothing()
    {
        var closed = RequestCrypto.Close(SignedRecord.Sign(Record, _anna.Signing), _olga.Record.Record);

        for (var at = 0; at < closed.Length; at += 7)
        {
            var changed = closed.ToArray();
            changed[at] ^= 1;
            Assert.That(RequestCrypto.Open(_olga.Agreement, _office, _request, _olga.Id, _anna.Record.Record, changed), Is.Null, $"byte {at}");
        }
    }
}
