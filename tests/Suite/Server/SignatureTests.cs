using Contracts;
using Contracts.Requests;
using Contracts.Wire;
using NUnit.Framework;

namespace Suite.Serving;

public class SignatureTests(DatabaseKind database) : ServerTests(database)
{
    [TestCase(-301), TestCase(301), TestCase(3600)]
    public async Task A_clock_that_is_off_is_told_the_servers(int seconds)
    {
        using var request = Olga.RequestOf("GET", "/v1/log", body: null, TimeSpan.FromSeconds(seconds));

        var error = (await Olga.SendAsync(request)).Fails(401, WireErrorKind.Clock);

        Assert.That(Math.Abs(error.Time!.Value - Olga.Now), Is.LessThan(60_000));
    }

    [Test]
    public async Task Requests_that_are_signed_otherwise_are_refused()
    {
        var body = WireJson.Write(new WirePositions { Positions = [] }, WireJson.Default.WirePositions);
        var now = World.Clock.GetUtcNow();
        RequestHead Signed(string path, byte[]? signedBody, Id office, Id member, SigningKey key) =>
            RequestSignature.Sign(new RequestHead { Method = "POST", Path = path }, signedBody, office, member, now, key);
        var good = Signed("/v1/changes", body, Olga.Office, Olga.Id, Olga.Signing);
        using var stranger = SigningKey.New();
        (string Name, byte[]? Body, RequestHead Head, int Status, WireErrorKind Kind)[] cases =
        [
            ("good", body, good, 200, default),
            ("not signed", body, good with { Signature = null }, 401, WireErrorKind.NotSigned),
            ("no office", body, good with { Office = null }, 401, WireErrorKind.NotSigned),
            ("no digest", body, good with { ContentDigest = null }, 401, WireErrorKind.NotSigned),
            ("another path", body, Signed("/v1/change", body, Olga.Office, Olga.Id, Olga.Signing), 401, WireErrorKind.Signature),
            ("another body", [.. body, (byte)' '], good, 401, WireErrorKind.Signature),
            ("another office", body, Signed("/v1/changes", body, Id.New(), Olga.Id, Olga.Signing), 401, WireErrorKind.Signature),
            ("nobody", body, Signed("/v1/changes", body, Olga.Office, Id.New(), Olga.Signing), 401, WireErrorKind.Signature),
            ("another key", body, Signed("/v1/changes", body, Olga.Office, Olga.Id, stranger), 401, WireErrorKind.Signature),
            ("two signatures", body, good with { Signature = good.Signature + ", " + good.Signature }, 400, WireErrorKind.Malformed),
            ("a parameter more", body, good with { SignatureInput = good.SignatureInput + ";alg=\"none\"" }, 400, WireErrorKind.Malformed),
        ];
        foreach (var (name, sent, head, status, kind) in cases)
        {
            using var request = Olga.RequestOf("POST", "/v1/changes", sent, head);
            var reply = await Olga.SendAsync(request);
            Assert.That((int)reply.Status, Is.EqualTo(status), name);
            Assert.That(status == 200 ? default : reply.Error.Kind, Is.EqualTo(kind), name);
        }
    }

    [Test]
    public async Task Somebody_who_was_removed_is_nobody()
    {
        var anna = await Olga.TakeInAsync();
        await Olga.AppendAsync(place => new RemoveEntry { Place = place, Time = 1, Member = anna.Id });

        (await anna.GetAsync("/v1/audit")).Fails(401, WireErrorKind.Signature);
        (await anna.PutEntryAsync(anna.EntryOf(place => new GroupEntry { Place = place, Time = 1, Members = [] }))).Fails(401, WireErrorKind.Signature);
    }

    [Test]
    public async Task Whoever_wrote_and_was_removed_or_got_other_keys_writes_no_more()
    {
        var (anna, bob) = (await Olga.TakeInAsync(), await Olga.TakeInAsync());
        var (annas, bobs) = (await OwnAsync(anna), await OwnAsync(bob));
        var body = WireJson.Write(
            new WireTransaction { Step = Id.New(), Changes = [new WireItemChange { Envelope = annas.Write(anna) }] }, WireJson.Default.WireTransaction);
        var before = anna.RequestOf("PUT", $"/v1/transactions/{Id.New()}", body);
        anna.Renew();
        using var secret = await Olga.InviteAsync(member: anna.Id);
        (await anna.AnswerAsync(secret, Olga.Office)).Done();
        await Olga.AppendAsync(place => new RekeyEntry { Place = place, Time = 1, Invitation = secret.Invitation, Member = anna.Record });
        await Olga.AppendAsync(place => new RemoveEntry { Place = place, Time = 1, Member = bob.Id });

        (await anna.SendAsync(before)).Fails(401, WireErrorKind.Signature);
        (await TestItem.PutAsync(bob, new WireItemChange { Envelope = bobs.Write(bob) })).Fails(401, WireErrorKind.Signature);
        await anna.CatchUpAsync();
        await OwnAsync(anna);

        static Task<TestItem> OwnAsync(OfficeMember member) => TestItem.CreateAsync(member, TestItem.GrantOf(member.Id, Right.Manage));
    }

    [Test]
    public async Task Whoever_read_and_was_removed_or_got_other_keys_reads_no_more()
    {
        var (anna, bob) = (await Olga.TakeInAsync(), await Olga.TakeInAsync());
        var item = await TestItem.CreateAsync(
            Olga, TestItem.GrantOf(Olga.Id, Right.Manage), TestItem.GrantOf(anna.Id, Right.Read), TestItem.GrantOf(bob.Id, Right.Read));
        await ReadAsync(anna);
        await ReadAsync(bob);
        var before = Requests(anna);
        anna.Renew();
        using var secret = await Olga.InviteAsync(member: anna.Id);
        (await anna.AnswerAsync(secret, Olga.Office)).Done();
        await Olga.AppendAsync(place => new RekeyEntry { Place = place, Time = 1, Invitation = secret.Invitation, Member = anna.Record });
        await Olga.AppendAsync(place => new RemoveEntry { Place = place, Time = 1, Member = bob.Id });

        foreach (var (member, request) in (IEnumerable<(OfficeMember, HttpRequestMessage)>)
            [.. before.Select(request => (anna, request)), .. Requests(bob).Select(request => (bob, request))])
        {
            (await member.SendAsync(request)).Fails(401, WireErrorKind.Signature);
        }
        await ReadAsync(anna);

        List<HttpRequestMessage> Requests(OfficeMember member) =>
        [
            member.RequestOf("GET", $"/v1/items/{item.Id}", body: null),
            member.RequestOf("POST", "/v1/changes", WireJson.Write(new WirePositions { Positions = [] }, WireJson.Default.WirePositions)),
        ];

        async Task ReadAsync(OfficeMember member)
        {
            foreach (var request in Requests(member))
            {
                Assert.That((int)(await member.SendAsync(request)).Status, Is.EqualTo(200));
            }
        }
    }

    [Test]
    public async Task New_keys_end_the_old_ones()
    {
        var anna = await Olga.TakeInAsync();
        var before = anna.RequestOf("GET", "/v1/log", body: null);
        anna.Renew();
        using var secret = await Olga.InviteAsync(member: anna.Id);
        (await anna.AnswerAsync(secret, Olga.Office)).Done();
        await Olga.AppendAsync(place => new RekeyEntry { Place = place, Time = 1, Invitation = secret.Invitation, Member = anna.Record });

        (await anna.SendAsync(before)).Fails(401, WireErrorKind.Signature);
        await anna.CatchUpAsync();
        Assert.That(anna.Head, Is.EqualTo(Olga.Head));
    }
}
