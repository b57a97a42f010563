using System.Security.Cryptography;
using Contracts;
using Contracts.Wire;
using Office.Client;
using Vault.Sharing;

namespace Office;

/// <summary>An invitation that was left at the server.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Code">What the newcomer types: the only place where the secret is shown.</param>
/// <param name="Expires">Until when it is good.</param>
public sealed record NewInvitation(Id Id, string Code, DateTimeOffset Expires);

/// <summary>An invitation that is neither used nor run out.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Author">Who left it.</param>
/// <param name="Role">What the newcomer is to be.</param>
/// <param name="Expires">Until when it is good.</param>
/// <param name="Answers">How many answers came.</param>
public sealed record OpenInvitation(Id Id, Id Author, Role Role, DateTimeOffset Expires, int Answers);

/// <summary>Members, invitations and groups: what goes into the log.</summary>
public sealed partial class OfficeClient
{
    private static readonly TimeSpan BeaconEvery = TimeSpan.FromHours(20);

    /// <summary>Leaves an invitation at the server.</summary>
    /// <param name="role">What the newcomer is to be.</param>
    /// <param name="member">Whose keys are renewed; <see langword="null"/> for somebody new.</param>
    /// <param name="lasts">For how long it is good, <see cref="Limits.InvitationDays"/> at the most.</param>
    /// <exception cref="OfficeException">The server cannot be asked, or refuses.</exception>
    public NewInvitation Invite(Role role, Id? member, TimeSpan lasts)
    {
        lock (_gate)
        {
            Pull();
            Span<byte> bytes = stackalloc byte[InvitationSecret.Bytes];
            RandomNumberGenerator.Fill(bytes);
            try
            {
                using var secret = new InvitationSecret(bytes);
                // A minute less, as the two clocks differ.
                var most = TimeSpan.FromDays(Limits.InvitationDays) - TimeSpan.FromMinutes(1);
                var expires = _time.GetUtcNow() + (lasts < most ? lasts : most);
                var invitation = new Invitation
                {
                    Office = _us.Office,
                    LogHead = _state.Log.Head!.Value,
                    Address = _us.Address,
                    Pins = _us.Server.Pins,
                    Role = member is { } id ? _state.Log.FindMember(id)?.Role ?? role : role,
                    Member = member,
                    Expires = expires.ToUnixTimeMilliseconds(),
                }.Encode();
                // Kept first: an answer to one that is not known here could not be checked.
                _state.Keep(secret, bytes);
                _state.Write();
                _server.PutInvitation(
                    secret.Invitation, new WireInvitation { Invitation = invitation, Authentication = secret.AuthenticateInvitation(invitation) });
                return new NewInvitation(secret.Invitation, secret.ToCode(), expires);
            }
            catch (OfficeException refused) when (refused.Check == "expiry")
            {
                throw new OfficeException(OfficeError.Clock, "the clocks of this computer and the server are too far apart", "set this computer's clock");
            }
            finally
            {
                CryptographicOperations.ZeroMemory(bytes);
            }
        }
    }

    /// <summary>Takes an invitation back.</summary>
    /// <exception cref="OfficeException">It is not there, or not ours.</exception>
    public void Uninvite(Id invitation)
    {
        lock (_gate)
        {
            _server.DeleteInvitation(invitation);
            _state.ForgetInvitation(invitation);
            _state.Write();
        }
    }

    /// <summary>The invitations that are open.</summary>
    /// <exception cref="OfficeException">The server cannot be asked, or refuses.</exception>
    public IReadOnlyList<OpenInvitation> Invitations()
    {
        lock (_gate)
        {
            return
            [
                .. _server.Invitations().Invitations.Select(open =>
                {
                    var invitation = SignedRecord.Decode<Invitation>(open.Invitation.Span);
                    return new OpenInvitation(
                        open.Id, open.Author, invitation.Role, DateTimeOffset.FromUnixTimeMilliseconds(invitation.Expires), open.Answers);
                }),
            ];
        }
    }

    /// <summary>Ends a membership, at once; the epochs that are due follow, in this and in the other writers' hosts.</summary>
    /// <exception cref="OfficeException">The server cannot be asked, or refuses.</exception>
    public void Remove(Id member)
    {
        lock (_gate)
        {
            Append((place, time) => new RemoveEntry { Place = place, Time = time, Member = member });
            if (member != _us.Member)
            {
                RekeySoon();
            }
        }
    }

    /// <summary>Gives a member another role.</summary>
    /// <exception cref="OfficeException">The server cannot be asked, or refuses.</exception>
    public void SetRole(Id member, Role role)
    {
        lock (_gate)
        {
            Append((place, time) => new RoleEntry { Place = place, Time = time, Member = member, Role = role });
        }
    }

    /// <summary>Founds a group and gives it its first key.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="OfficeException">The server cannot be asked, or refuses.</exception>
    public Id AddGroup(string name, IReadOnlyCollection<Id> members)
    {
        lock (_gate)
        {
            var entry = Append((place, time) => new GroupEntry { Place = place, Time = time, Members = [.. members.Order()] });
            var group = Id.Of(entry.Hash);
            RekeyGroup(group);
            NameGroup(group, name, counter: 1);
            return group;
        }
    }

    /// <summary>Takes a member into a group or out of it.</summary>
    /// <exception cref="OfficeException">The server cannot be asked, or refuses.</exception>
    public void SetGroupMember(Id group, Id member, bool joins)
    {
        lock (_gate)
        {
            Append((place, time) => new GroupMemberEntry { Place = place, Time = time, Group = group, Member = member, Joins = joins });
            var found = _state.Log.FindGroup(group)!;
            if (joins && !found.NeedsKey && _state.KeyOf(found) is { } key)
            {
                var wrap = ItemCrypto.WrapGroupKey(key, _us.Office, group, found.Epoch, _state.Log.FindMember(member)!.Record);
                _server.PutGroupKey(group, found.Epoch, member, WireWrap.Of(wrap));
            }
            else if (found.Members.Any())
            {
                // Whoever has not the key cannot hand it on: a new one for all.
                RekeyGroup(group);
                RekeySoon();
            }
        }
    }

    /// <summary>Signs a log entry and appends it, behind whatever others append meanwhile.</summary>
    private SignedRecord<LogEntry> Append(Func<EntryPlace, long, LogEntry> make, IReadOnlyList<WireWrap>? wraps = null)
    {
        for (var tries = 1; ; tries++)
        {
            var head = _state.Log.Head ?? throw new OfficeException(OfficeError.NotMember, $"you are not let in to {_us.Name} yet", "wait");
            var entry = SignedRecord.Sign(make(new EntryPlace(_us.Office, head.Index + 1, head.Hash, _us.Member), Now), _us.Signing);
            try
            {
                _server.Append(head.Index + 1, new WireLogEntry { Entry = WireSigned.Of(entry), Wraps = wraps });
                _state.Take(entry);
                _state.Write();
                return entry;
            }
            catch (OfficeException refused) when (refused.Error == OfficeError.Conflict && tries < MaxTries)
            {
                Pull();
            }
        }
    }

    private void RekeyGroup(Id id)
    {
        using var key = AgreementKey.New();
        var group = _state.Log.FindGroup(id)!;
        var epoch = group.Epoch + 1;
        var members = group.Members.Select(member => _state.Log.FindMember(member)!.Record).ToList();
        KeyWrap[] wraps = [.. members.Select(member => ItemCrypto.WrapGroupKey(key, _us.Office, id, epoch, member))];
        Append(
            (place, time) => new GroupRekeyEntry
            {
                Place = place,
                Time = time,
                Group = id,
                Epoch = epoch,
                AgreementKey = key.Public,
                Wraps = KeyWrap.HashOf(wraps),
            },
            [.. wraps.Select(WireWrap.Of)]);
        foreach (var ours in wraps.Where(wrap => wrap.Principal == _us.Member))
        {
            _state.TakeGroupKey(id, ours);
        }
        _state.Write();
    }

    private void NameGroup(Id group, string name, long counter)
    {
        var signed = SignedRecord.Sign(
            new GroupName { Office = _us.Office, Group = group, Counter = counter, Name = name, Author = _us.Member }, _us.Signing);
        _server.PutGroupName(group, WireSigned.Of(signed));
        _state.TakeGroupName(signed);
        _state.Write();
    }

    /// <summary>Lets in who gave the right answer to an invitation of ours: the secret proves who it is.</summary>
    private void AnswerInvitations()
    {
        if (_answered.Count == 0)
        {
            return;
        }
        foreach (var invitation in _answered.ToList())
        {
            using var secret = _state.OpenInvitation(invitation);
            if (secret is not null)
            {
                LetIn(invitation, secret);
            }
            _answered.Remove(invitation);
        }
        Pull(); // the newcomer's name comes with the entry
    }

    private void LetIn(Id invitation, InvitationSecret secret)
    {
        List<SignedRecord<MemberRecord>> genuine = [];
        foreach (var answer in _server.Answers(invitation).Answers)
        {
            var member = answer.Member.Decode<MemberRecord>();
            if (secret.IsAnswer(_us.Office, member, answer.Authentication.Span))
            {
                genuine.Add(member);
            }
        }
        if (genuine.Count > 1)
        {
            Notice(new OfficeNotice("secondAnswer", "two people answered one invitation: nobody was let in; ask who got the code, and invite anew"));
            return;
        }
        if (genuine is not [var record])
        {
            return;
        }
        var left = _server.Invitation(invitation);
        // Our own words, or none: the server could have put other ones there.
        var invited = secret.Read(left.Invitation.Span, left.Authentication.Span)
            ?? throw new OfficeException(OfficeError.Alarm, "the server changed an invitation of yours", "tell an owner: the server may have been tampered with");
        if (invited.Member is { } known && known != record.Record.Member)
        {
            return; // keys for somebody else
        }
        Append((place, time) => invited.Member is null
            ? new AddEntry { Place = place, Time = time, Invitation = invitation, Role = invited.Role, Member = record }
            : new RekeyEntry { Place = place, Time = time, Invitation = invitation, Member = record });
        _state.ForgetInvitation(invitation);
        _state.Write();
    }

    private void PutBeaconIfDue()
    {
        if (_state.OurRole >= Role.Administrator
            && !(_state.Beacon is { } beacon && _time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(beacon.Record.Time) < BeaconEvery))
        {
            var signed = SignedRecord.Sign(
                new Beacon { Office = _us.Office, Time = Now, Head = _state.Log.Head!.Value, Author = _us.Member }, _us.Signing);
            _server.PutBeacon(WireSigned.Of(signed));
            _state.TakeBeacon(signed);
            _state.Write();
        }
    }
}
