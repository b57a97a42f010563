using System.Text.RegularExpressions;
using Contracts;
using Contracts.Wire;
using NUnit.Framework;
using Server.Http;
using static Suite.Serving.TestItem;

namespace Suite.Serving;

/// <summary>"Not granted" and "not there" answer alike: every endpoint with an id, asked by a member who has nothing to do with it.</summary>
public partial class ForeignTests(DatabaseKind database) : ServerTests(database)
{
    [Test]
    public async Task Every_endpoint_answers_a_foreign_id_as_one_that_is_not_there()
    {
        var eve = await Olga.TakeInAsync();
        var anna = await Olga.TakeInAsync();
        var group = await Olga.GroupAsync(anna);
        await eve.CatchUpAsync();
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Read));
        using var invitation = await Olga.InviteAsync();
        (await new OfficeMember(World).AnswerAsync(invitation, Olga.Office)).Done();
        var request = await AskAsync(anna, item.Id);
        (await PutAsync(Olga, new WireItemChange { Envelope = item.Write(Olga) })).Done();
        var chain = (await Olga.GetAsync("/v1/audit")).Read(WireJson.Default.WireAuditChains).Chains.Single().Chain;
        Dictionary<string, Id> foreign = new()
        {
            ["item"] = item.Id,
            ["member"] = anna.Id,
            ["group"] = group,
            ["invitation"] = invitation.Invitation,
            ["request"] = request,
            ["chain"] = chain,
            ["part"] = Id.Of(Hash.Of(SomePart)),
        };

        var endpoints = World.Server.Endpoints
            .Where(endpoint => endpoint.Access == Access.Member && Names().Matches(endpoint.Pattern).Any(name => foreign.ContainsKey(name.Groups[1].Value)))
            .ToList();
        Assert.That(endpoints, Has.Count.EqualTo(18), "a new endpoint: does this test know what to send it?");
        foreach (var endpoint in endpoints)
        {
            var theirs = await eve.SendAsync(endpoint.Method, PathOf(endpoint, name => foreign[name]), BodyOf(endpoint, eve, item, foreign["member"]));
            var none = await eve.SendAsync(endpoint.Method, PathOf(endpoint, name => name == "part" ? foreign[name] : Id.New()), BodyOf(endpoint, eve, item, Id.New()));

            Assert.That((int)theirs.Status, Is.AnyOf(403, 404, 422), $"{endpoint.Method} {endpoint.Pattern}");
            Assert.That(theirs.Status, Is.EqualTo(none.Status), $"{endpoint.Method} {endpoint.Pattern}");
            Assert.That((theirs.Error.Kind, theirs.Error.Message, theirs.Error.Check), Is.EqualTo((none.Error.Kind, none.Error.Message, none.Error.Check)));
        }
    }

    [Test]
    public async Task Foreign_ids_in_bodies_answer_as_ones_that_are_not_there()
    {
        var eve = await Olga.TakeInAsync();
        var item = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage));

        (await PutAsync(eve, new WireItemChange { Envelope = item.Rewrite(eve, item.Envelope!) })).Fails(404, WireErrorKind.NotThere);
        (await PutAsync(eve, new WireItemChange { Access = item.Grant(eve, newEpoch: false, GrantOf(eve.Id, Right.Manage), GrantOf(Olga.Id, Right.Manage)) }))
            .Fails(404, WireErrorKind.NotThere);
        foreach (var folder in new[] { item.Id, Id.New() })
        {
            (await PutAsync(eve, New(eve, [GrantOf(eve.Id, Right.Manage)], folder, 1).Change)).Fails(422, WireErrorKind.Refused, "folder");
            (await PutRequestAsync(eve, Id.New(), folder, Olga.Id)).Fails(404, WireErrorKind.NotThere);
        }
        var changes = await eve.SendAsync(
            "POST",
            "/v1/changes",
            WireJson.Write(new WirePositions { Positions = [new() { Principal = Olga.Id, Sequence = 0 }] }, WireJson.Default.WirePositions));
        Assert.That(changes.Read(WireJson.Default.WireChanges).Positions.Select(position => position.Principal), Is.EquivalentTo(new[] { eve.Id, eve.Office }));
    }

    private static byte[] SomePart { get; } = new byte[593];

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Names();

    private static string PathOf(ApiEndpoint endpoint, Func<string, Id> id) =>
        Names().Replace(endpoint.Pattern, name => name.Groups[1].Value == "epoch" ? "1" : id(name.Groups[1].Value).ToString());

    private byte[]? BodyOf(ApiEndpoint endpoint, OfficeMember eve, TestItem item, Id member)
    {
        using var secret = InvitationSecret.New();
        return endpoint.Body?.Name switch
        {
            null => null,
            nameof(WireItem) => WireJson.Write(new WireItem { Records = [.. item.Records.Select(WireSigned.Of)], More = false, Wraps = [] }, WireJson.Default.WireItem),
            nameof(WireSigned) when endpoint.Pattern.Contains("profiles", StringComparison.Ordinal) =>
                WireJson.Write(WireSigned.Of(eve.ProfileOf(2)), WireJson.Default.WireSigned),
            nameof(WireSigned) => WireJson.Write(
                WireSigned.Of(SignedRecord.Sign(
                    new GroupName { Office = eve.Office, Group = Id.New(), Counter = 1, Name = "IT", Author = eve.Id }, eve.Signing)),
                WireJson.Default.WireSigned),
            nameof(WireWrap) => WireJson.Write(WireWrap.Of(OfficeMember.WrapOf(member, 1)), WireJson.Default.WireWrap),
            nameof(WirePart) => WireJson.Write(new WirePart { Sealed = SomePart }, WireJson.Default.WirePart),
            nameof(WireInvitation) => WireJson.Write(eve.InvitationOf(secret), WireJson.Default.WireInvitation),
            nameof(WireRequest) => WireJson.Write(RequestOf(eve, item.Id, Olga.Id), WireJson.Default.WireRequest),
            var other => throw new InvalidOperationException($"this test does not know what to send as {other}"),
        };
    }

    private async Task<Id> AskAsync(OfficeMember asker, Id item)
    {
        var request = Id.New();
        (await PutRequestAsync(asker, request, item, Olga.Id)).Done();
        return request;
    }

    private static Task<Reply> PutRequestAsync(OfficeMember asker, Id request, Id item, Id to) =>
        asker.PutAsync($"/v1/requests/{request}", RequestOf(asker, item, to), WireJson.Default.WireRequest);

    private static WireRequest RequestOf(OfficeMember asker, Id item, Id to) =>
        new() { Author = asker.Id, Item = item, To = to, Right = Right.Write, Time = asker.Now, Reason = new byte[40] };
}
