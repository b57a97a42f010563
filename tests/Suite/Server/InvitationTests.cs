using Contracts;
using Contracts.Wire;
using NUnit.Framework;

namespace Suite.Serving;

public class InvitationTests(DatabaseKind database) : ServerTests(database)
{
    [Test]
    public async Task A_newcomer_reads_invitation_and_log_by_the_id_and_the_inviter_hears_of_the_answer()
    {
        using var secret = await Olga.InviteAsync();
        var anna = new OfficeMember(World);
        var position = await Olga.ChangesAsync();

        var invitation = (await anna.AnybodyAsync("GET", $"/v1/invitations/{secret.Invitation}")).Read(WireJson.Default.WireInvitation);
        Assert.That(secret.Read(invitation.Invitation.Span, invitation.Authentication.Span)!.Office, Is.EqualTo(Olga.Office));
        var log = (await anna.AnybodyAsync("GET", $"/v1/invitations/{secret.Invitation}/log")).Read(WireJson.Default.WireLog);
        Assert.That(log.Entries, Has.Count.EqualTo(Olga.Head.Index + 1));
        (await anna.AnswerAsync(secret, Olga.Office)).Done();
        (await anna.AnswerAsync(secret, Olga.Office)).Done();

        Assert.That((await Olga.ChangesAsync(position)).Changes.Single() is { Kind: WireChangeKind.Invitation } change && change.Subject == secret.Invitation);
        var answers = (await Olga.GetAsync($"/v1/invitations/{secret.Invitation}/answers")).Read(WireJson.Default.WireAnswers).Answers;
        Assert.That(secret.IsAnswer(Olga.Office, answers.Single().Member.Decode<MemberRecord>(), answers.Single().Authentication.Span));
        Assert.That(
            (await Olga.GetAsync("/v1/invitations")).Read(WireJson.Default.WireInvitations).Invitations.Single(open => open.Id == secret.Invitation).Answers,
            Is.EqualTo(1));
    }

    [Test]
    public async Task An_answer_with_other_keys_is_kept_beside_the_first_and_a_ninth_is_not()
    {
        using var secret = await Olga.InviteAsync();
        for (var number = 0; number < Limits.AnswersPerInvitation; number++)
        {
            (await new OfficeMember(World).AnswerAsync(secret, Olga.Office)).Done();
        }

        (await new OfficeMember(World).AnswerAsync(secret, Olga.Office)).Fails(429, WireErrorKind.TooMany);

        Assert.That((await Olga.GetAsync($"/v1/invitations/{secret.Invitation}/answers")).Read(WireJson.Default.WireAnswers).Answers, Has.Count.EqualTo(8));
    }

    [Test]
    public async Task Used_run_out_and_withdrawn_invitations_each_say_so()
    {
        using var used = await Olga.InviteAsync();
        var anna = new OfficeMember(World);
        (await anna.AnswerAsync(used, Olga.Office)).Done();
        await Olga.AppendAsync(place => new AddEntry { Place = place, Time = 1, Invitation = used.Invitation, Role = Role.Member, Member = anna.Record });
        using var withdrawn = await Olga.InviteAsync();
        (await Olga.DeleteAsync($"/v1/invitations/{withdrawn.Invitation}")).Done();
        using var old = InvitationSecret.New();
        (await Olga.PutAsync($"/v1/invitations/{old.Invitation}", Olga.InvitationOf(old, expires: Olga.Now + 5000), WireJson.Default.WireInvitation)).Done();
        World.Clock.Shift(TimeSpan.FromSeconds(6));

        (await new OfficeMember(World).AnswerAsync(used, Olga.Office)).Fails(410, WireErrorKind.Used);
        (await new OfficeMember(World).AnswerAsync(old, Olga.Office)).Fails(410, WireErrorKind.Expired);
        (await anna.AnybodyAsync("GET", $"/v1/invitations/{old.Invitation}/log")).Fails(410, WireErrorKind.Expired);
        (await new OfficeMember(World).AnswerAsync(withdrawn, Olga.Office)).Fails(404, WireErrorKind.NotThere);
        // Whoever was added sees it by the id, before anything can be signed.
        Assert.That((await anna.AnybodyAsync("GET", $"/v1/invitations/{used.Invitation}/log")).Read(WireJson.Default.WireLog).Entries, Has.Count.EqualTo(Olga.Head.Index + 1));
        var again = Olga.EntryOf(place => new AddEntry { Place = place, Time = 1, Invitation = used.Invitation, Role = Role.Member, Member = new OfficeMember(World).Record });
        (await Olga.PutEntryAsync(again)).Fails(422, WireErrorKind.Refused, "no-answer");
    }

    [Test]
    public async Task Who_may_invite_whom_and_for_how_long()
    {
        var carla = await Olga.TakeInAsync(Role.Administrator);
        var anna = await Olga.TakeInAsync();
        using var secret = InvitationSecret.New();
        var path = $"/v1/invitations/{secret.Invitation}";
        await carla.CatchUpAsync();

        Task<Reply> Put(OfficeMember author, WireInvitation invitation) => author.PutAsync(path, invitation, WireJson.Default.WireInvitation);
        (await Put(anna, anna.InvitationOf(secret))).Fails(403, WireErrorKind.NotEntitled);
        (await Put(carla, carla.InvitationOf(secret, Role.Administrator))).Fails(403, WireErrorKind.NotEntitled);
        (await Put(carla, carla.InvitationOf(secret, member: Olga.Id))).Fails(403, WireErrorKind.NotEntitled);
        (await Put(carla, carla.InvitationOf(secret, expires: carla.Now + (long)TimeSpan.FromDays(8).TotalMilliseconds))).Fails(422, WireErrorKind.Refused, "expiry");
        (await Put(carla, carla.InvitationOf(secret, expires: carla.Now - 1))).Fails(422, WireErrorKind.Refused, "expiry");
        var good = carla.InvitationOf(secret);
        (await Put(carla, good)).Done();
        (await Put(carla, good)).Done();
        (await Put(Olga, good)).Fails(409, WireErrorKind.Conflict);
        (await anna.GetAsync("/v1/invitations")).Fails(403, WireErrorKind.NotEntitled);
    }
}
