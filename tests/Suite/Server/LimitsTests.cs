using System.Text;
using Contracts;
using Contracts.Wire;
using NUnit.Framework;
using static Suite.Serving.TestItem;

namespace Suite.Serving;

/// <summary>Each limit of server/docs/operations.md, "Limits", that counts what a member has or does; rates are in <see cref="OfficeTests"/>.</summary>
public class LimitsTests(DatabaseKind database) : ServerTests(database)
{
    [Test]
    public async Task A_body_that_nobody_signs_is_shorter()
    {
        var longest = new string(' ', Limits.UnsignedBodyBytes - 1);

        (await Olga.AnybodyAsync("PUT", "/v1/genesis", Encoding.UTF8.GetBytes(longest + "{"))).Fails(400, WireErrorKind.Malformed);
        (await Olga.AnybodyAsync("PUT", "/v1/genesis", Encoding.UTF8.GetBytes(longest + "{}"))).Fails(413, WireErrorKind.TooLarge);
    }

    [Test]
    public async Task Changes_of_a_transaction_and_grants_of_a_record_are_counted()
    {
        var (_, change) = New(Olga, [GrantOf(Olga.Id, Right.Manage)]);

        (await PutAsync(Olga, [.. Enumerable.Repeat(change, Limits.ChangesPerPage + 1)])).Fails(413, WireErrorKind.TooLarge);
        (await PutAsync(Olga)).Fails(400, WireErrorKind.Malformed);
        var wraps = Enumerable.Range(0, Limits.GrantsPerRecord + 1).Select(_ => WireWrap.Of(OfficeMember.WrapOf(Id.New()))).ToList();
        (await PutAsync(Olga, change with { Access = change.Access! with { Wraps = wraps } })).Fails(413, WireErrorKind.TooLarge);
    }

    [Test]
    public async Task A_content_is_as_long_as_the_largest_that_is_sealed()
    {
        var (_, largest) = New(Olga, [GrantOf(Olga.Id, Right.Manage)], bytes: Limits.SealedItemBytes);
        var (_, larger) = New(Olga, [GrantOf(Olga.Id, Right.Manage)], bytes: Limits.SealedItemBytes + 1);

        (await PutAsync(Olga, largest)).Done();
        (await PutAsync(Olga, larger)).Fails(413, WireErrorKind.TooLarge);
    }

    [Test]
    public async Task A_member_is_granted_so_many_items_and_not_one_more()
    {
        var anna = await Olga.TakeInAsync();
        await using (var opened = World.OpenDatabase())
        {
            await opened.WriteAsync(
                session => session.RunAsync(
                    "UPDATE streams SET items = @items WHERE principal = @principal", ("items", Limits.ItemsPerMember - 1), ("principal", anna.Id)),
                CancellationToken.None);
        }

        var last = await CreateAsync(Olga, GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Read));
        var (_, change) = New(Olga, [GrantOf(Olga.Id, Right.Manage), GrantOf(anna.Id, Right.Read)]);
        (await PutAsync(Olga, change)).Fails(413, WireErrorKind.TooLarge);
        (await PutAsync(Olga, new WireItemChange { Access = last.Grant(Olga, newEpoch: true, GrantOf(Olga.Id, Right.Manage)), Envelope = last.Write(Olga) })).Done();
        (await PutAsync(Olga, change)).Done();
    }

    [Test]
    public async Task A_member_has_so_many_open_requests()
    {
        var anna = await Olga.TakeInAsync();
        Task<Reply> AskAsync(Id id) => anna.PutAsync(
            $"/v1/requests/{id}",
            new WireRequest { Author = anna.Id, To = Olga.Id, Right = Right.Read, Time = anna.Now, Reason = new byte[10] },
            WireJson.Default.WireRequest);
        List<Id> open = [.. Enumerable.Range(0, 20).Select(_ => Id.New())];
        foreach (var id in open)
        {
            (await AskAsync(id)).Done();
        }

        (await AskAsync(Id.New())).Fails(429, WireErrorKind.TooMany);
        (await anna.DeleteAsync($"/v1/requests/{open[0]}")).Done();
        (await AskAsync(Id.New())).Done();
    }

    [Test]
    public async Task A_member_has_so_many_open_invitations()
    {
        var carla = await Olga.TakeInAsync(Role.Administrator);
        await carla.CatchUpAsync();
        InvitationSecret? last = null;
        for (var number = 0; number < 100; number++)
        {
            last?.Dispose();
            last = await carla.InviteAsync();
        }
        using var one = InvitationSecret.New();
        Task<Reply> InviteAsync() => carla.PutAsync($"/v1/invitations/{one.Invitation}", carla.InvitationOf(one), WireJson.Default.WireInvitation);

        (await InviteAsync()).Fails(429, WireErrorKind.TooMany);
        (await carla.DeleteAsync($"/v1/invitations/{last!.Invitation}")).Done();
        (await InviteAsync()).Done();
        last.Dispose();
    }

    [Test]
    public async Task A_member_reports_so_much_an_hour()
    {
        var anna = await Olga.TakeInAsync();
        // To the beginning of an hour of the server's, so that none ends meanwhile.
        World.Clock.Shift(TimeSpan.FromHours(1) - TimeSpan.FromTicks(World.Clock.GetUtcNow().Ticks % TimeSpan.TicksPerHour));
        var events = Enumerable.Repeat(new WireEvent { Kind = WireEventKind.Fill, Item = Id.New(), Time = 1 }, 500).ToList();
        Task<Reply> ReportAsync() => anna.PutAsync($"/v1/audit/batches/{Id.New()}", new WireEvents { Events = events }, WireJson.Default.WireEvents);
        for (var batch = 0; batch < 10; batch++)
        {
            (await ReportAsync()).Done();
        }

        var refused = await ReportAsync();

        refused.Fails(429, WireErrorKind.TooMany);
        Assert.That(refused.Headers.RetryAfter!.Delta, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(TimeSpan.FromHours(1)));
        World.Clock.Shift(TimeSpan.FromHours(1));
        (await ReportAsync()).Done();
    }

    [Test]
    public async Task What_has_served_its_time_is_gone()
    {
        var anna = await Olga.TakeInAsync();
        var position = await Olga.ChangesAsync();
        using var secret = await Olga.InviteAsync();
        var request = Id.New();
        (await anna.PutAsync(
            $"/v1/requests/{request}",
            new WireRequest { Author = anna.Id, To = Olga.Id, Right = Right.Read, Time = anna.Now, Reason = new byte[10] },
            WireJson.Default.WireRequest)).Done();
        Assert.That(await CountAsync("done"), Is.GreaterThan(0));

        World.Clock.Shift(TimeSpan.FromDays(31));
        await World.Server.Housekeeping.RunOnceAsync(CancellationToken.None);

        Assert.That((await CountAsync("done"), await CountAsync("invitations"), await CountAsync("requests")), Is.EqualTo((0, 0, 0)));
        Assert.That((await Olga.ChangesAsync(position)).Changes.Single(change => change.Subject == request).Request, Is.Null);
        (await anna.AnybodyAsync("GET", $"/v1/invitations/{secret.Invitation}")).Fails(404, WireErrorKind.NotThere);
    }

    private async Task<long> CountAsync(string table)
    {
        await using var opened = World.OpenDatabase();
        return await opened.ReadAsync(session => session.NumberAsync($"SELECT COUNT(*) FROM {table}"), CancellationToken.None) ?? 0;
    }
}
