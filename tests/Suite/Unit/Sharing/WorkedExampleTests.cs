using System.Text;
using System.Text.Json;
using Contracts;
using Contracts.Requests;
using Contracts.Wire;
using NUnit.Framework;
using Vault.Sharing;

namespace Suite.Unit.Sharing;

/// <summary>The worked example of server/docs/sharing.md, step by step: what another client has to reproduce.</summary>
public class WorkedExampleTests
{
    private static readonly JsonElement Example = Vectors.Read("office");
    private static readonly JsonElement Olga = Example.GetProperty("keys").GetProperty("olga");
    private static readonly JsonElement Anna = Example.GetProperty("keys").GetProperty("anna");

    private static Id Office => new(Example.Hex("office"));

    [Test]
    public void Every_key_is_that_of_its_private_half()
    {
        foreach (var person in new[] { Olga, Anna })
        {
            using var signing = SigningKey.Import(person.Hex("signingPrivateKey"));
            using var agreement = AgreementKey.Import(person.Hex("agreementPrivateKey"));

            Assert.That(Convert.ToHexStringLower(signing.Public.Span), Is.EqualTo(person.Text("signingPublicKey")));
            Assert.That(Convert.ToHexStringLower(agreement.Public.Span), Is.EqualTo(person.Text("agreementPublicKey")));
        }
    }

    [Test]
    public void Every_record_is_encoded_and_signed_as_written()
    {
        AssertIs<MemberProfile>("olgaProfile", Olga);
        AssertIs<MemberRecord>("olgaRecord", Olga);
        AssertIs<LogEntry>("genesis", Olga);
        AssertIs<MemberProfile>("annaProfile", Anna);
        AssertIs<MemberRecord>("annaRecord", Anna);
        AssertIs<LogEntry>("add", Olga);
        AssertIs<AccessRecord>("access", Olga);
        AssertIs<Envelope>("envelope", Olga);
        AssertIs<ConnectionCode>("connection", Olga);
        AssertIs<AccessRequest>("accessRequest", Anna);
    }

    [Test]
    public void Ids_are_the_beginnings_of_hashes()
    {
        Assert.That(Example.Text("genesis", "hash"), Does.StartWith(Example.Text("office")));
        Assert.That(Example.Text("access", "hash"), Does.StartWith(Example.Text("item")));
        Assert.That(Office.ToString(), Is.EqualTo(Example.Text("officeText")));
    }

    [Test]
    public void The_profiles_are_those_that_the_member_records_name()
    {
        Assert.That(MemberProfile.IsOf(Read<MemberProfile>("olgaProfile"), Read<MemberRecord>("olgaRecord").Record), Is.True);
        Assert.That(MemberProfile.IsOf(Read<MemberProfile>("annaProfile"), Read<MemberRecord>("annaRecord").Record), Is.True);
        Assert.That(Read<MemberProfile>("annaProfile").Record.Name, Is.EqualTo("Anna"));
    }

    [Test]
    public void The_invitation_is_vouched_for_and_answered()
    {
        var invitation = Example.GetProperty("invitation");
        using var secret = InvitationSecret.TryParse(invitation.Text("code"))!;

        Assert.That(secret.ToCode(), Is.EqualTo(invitation.Text("code")));
        Assert.That(Convert.ToHexStringLower(secret.Invitation.ToArray()), Is.EqualTo(invitation.Text("id")));
        Assert.That(secret.Read(invitation.Hex("bytes"), invitation.Hex("authentication"))!.Address, Is.EqualTo("https://office.example:8443"));
        Assert.That(secret.IsAnswer(Office, Read<MemberRecord>("annaRecord"), invitation.Hex("answerAuthentication")), Is.True);
    }

    [Test]
    public void Log_and_item_are_accepted_in_order()
    {
        var log = Log();
        var chain = new ItemChain(log, new Id(Example.Hex("item")), isInOrder: true);

        Assert.That(chain.Take(Read<AccessRecord>("access")), Is.EqualTo(Judgement.Accepted));
        Assert.That(chain.Take(Read<Envelope>("envelope")), Is.EqualTo(Judgement.Accepted));
        Assert.That(chain.RightOf(new Id(Anna.Hex("member")), now: 0, newestSigned: 0), Is.EqualTo(Right.Read));
    }

    [Test]
    public void The_words_to_compare_are_these() =>
        Assert.That(
            ComparisonWords.Of(Office, Log().Head!.Value),
            Is.EqualTo(Example.GetProperty("words").EnumerateArray().Select(word => word.GetString())));

    [Test]
    public void Anna_opens_the_content()
    {
        using var agreement = AgreementKey.Import(Anna.Hex("agreementPrivateKey"));
        var item = new Id(Example.Hex("item"));
        var member = new Id(Anna.Hex("member"));
        var wrap = new KeyWrap { Principal = member, GroupEpoch = 0, Bytes = Example.GetProperty("wrap").Hex("bytes") };

        var itemKey = ItemCrypto.Unwrap(agreement, Read<AccessRecord>("access").Record, item, wrap)!;
        var content = ItemCrypto.OpenContent(Read<Envelope>("envelope").Record, itemKey, Example.Hex("sealedContent"))!;

        Assert.That(Convert.ToHexStringLower(itemKey), Is.EqualTo(Example.Text("itemKey")));
        Assert.That(Encoding.UTF8.GetString(content), Is.EqualTo(Example.Text("content")));
        Assert.That(Convert.ToHexStringLower(Binding.ItemWrap(Office, item, 1, member)), Is.EqualTo(Example.GetProperty("wrap").Text("info")));
    }

    [Test]
    public void The_content_is_sealed_as_written()
    {
        var context = Read<Envelope>("envelope").Record.Context;

        Assert.That(Convert.ToHexStringLower(context), Is.EqualTo(Example.Text("context")));
        Assert.That(
            Convert.ToHexStringLower(Seal.Close(Example.Hex("itemKey"), context, Encoding.UTF8.GetBytes(Example.Text("content")), Example.Hex("salt"))),
            Is.EqualTo(Example.Text("sealedContent")));
        Assert.That(
            Convert.ToHexStringLower(Binding.Commitment(Office, 1, Example.Hex("itemKey")).ToArray()), Is.EqualTo(Example.Text("commitment")));
    }

    [Test]
    public void The_connection_code_is_of_the_head_before_it()
    {
        var code = ConnectionCode.TryParse(Example.Text("connection", "code"))!;

        Assert.That(ConnectionCode.ToText(code), Is.EqualTo(Example.Text("connection", "code")));
        Assert.That(Convert.ToHexStringLower(code.Bytes), Is.EqualTo(Example.Text("connection", "bytes")));
        Assert.That((code.Record.Head, code.Record.Address, code.Record.Author), Is.EqualTo((Log().Head!.Value, "https://new.example:8443", new Id(Olga.Hex("member")))));
    }

    [Test]
    public void Olga_opens_what_Anna_asks_her()
    {
        using var agreement = AgreementKey.Import(Olga.Hex("agreementPrivateKey"));
        var olga = new Id(Olga.Hex("member"));
        var asked = Read<AccessRequest>("accessRequest").Record;

        Assert.That(Convert.ToHexStringLower(Binding.Request(Office, asked.Request, olga)), Is.EqualTo(Example.Text("accessRequest", "binding")));
        var opened = RequestCrypto.Open(agreement, Office, asked.Request, olga, Read<MemberRecord>("annaRecord").Record, Example.GetProperty("accessRequest").Hex("sealed"));

        Assert.That((opened!.Item, opened.Right, opened.Reason), Is.EqualTo((new Id(Example.Hex("item")), Right.Write, "the router was reset")));
    }

    [Test]
    public void The_attached_file_is_sealed_and_named_as_written()
    {
        var example = Example.GetProperty("file");
        var (key, sealedPart) = (example.Hex("key"), example.Hex("sealed"));
        var content = Encoding.UTF8.GetBytes(example.Text("content"));

        Assert.That(Convert.ToHexStringLower(Binding.FilePart(Office, 0, 1)), Is.EqualTo(example.Text("context")));
        Assert.That(Convert.ToHexStringLower(Seal.Close(key, Binding.FilePart(Office, 0, 1), content, example.Hex("salt"))), Is.EqualTo(example.Text("sealed")));
        Assert.That(FileCrypto.NameOf(sealedPart), Is.EqualTo(new Id(example.Hex("part"))));
        var file = WireJson.Read(Encoding.UTF8.GetBytes(example.Text("value")), WireJson.Default.WireFile);
        Assert.That((file.Size, Convert.ToHexStringLower(file.Key.Span), file.Parts.Single()), Is.EqualTo((content.LongLength, example.Text("key"), new Id(example.Hex("part")))));
        Assert.That(FileCrypto.Open(Office, file.Key.Span, (int)file.Size, [sealedPart]), Is.EqualTo(content));
    }

    [Test]
    public void The_request_is_Annas()
    {
        var request = Example.GetProperty("request");
        var head = new RequestHead
        {
            Method = request.Text("method"),
            Path = request.Text("path"),
            Query = request.Text("query"),
            Office = request.Text("office"),
            SignatureInput = request.Text("signatureInput"),
            Signature = request.Text("signature"),
        };

        var signature = RequestSignature.Read(head, new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero), out _)!;

        Assert.That(signature.Member, Is.EqualTo(new Id(Anna.Hex("member"))));
        Assert.That(signature.IsBy(new PublicKey(Anna.Hex("signingPublicKey"))), Is.True);
    }

    private static MembershipLog Log()
    {
        var log = new MembershipLog(Office);
        Assert.That(log.Append(Read<LogEntry>("genesis")), Is.EqualTo(LogVerdict.Accepted));
        Assert.That(log.Append(Read<LogEntry>("add")), Is.EqualTo(LogVerdict.Accepted));
        return log;
    }

    private static SignedRecord<T> Read<T>(string name) where T : IRecord<T> =>
        SignedRecord.Decode<T>(Example.GetProperty(name).Hex("bytes"), Example.GetProperty(name).Hex("signature"));

    private static void AssertIs<T>(string name, JsonElement signer) where T : IRecord<T>
    {
        var record = Read<T>(name);

        Assert.That(Convert.ToHexStringLower(record.Record.Encode()), Is.EqualTo(Example.Text(name, "bytes")), name);
        Assert.That(Convert.ToHexStringLower(record.Hash.ToArray()), Is.EqualTo(Example.Text(name, "hash")), name);
        Assert.That(record.IsBy(new PublicKey(signer.Hex("signingPublicKey"))), Is.True, name);
    }
}
