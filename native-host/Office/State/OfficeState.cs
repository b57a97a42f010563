using System.Security.Cryptography;
using Contracts;
using Contracts.Wire;
using Office.Store;
using Vault.Crypto;
using Vault.Sharing;

namespace Office.State;

/// <summary>Our place in an office: what a record of ours is signed with.</summary>
/// <param name="Head">The log's head.</param>
/// <param name="Us">Our member record there.</param>
public sealed record Standing(LogHead Head, MemberRecord Us);

/// <summary>
/// Everything that is known of one office, each piece taken only when it passed its checks (server/docs/sharing.md, 4 and 5): log chain, record
/// chain, commitment, entitlement, signatures, context, memory. What was taken is kept in a journal as it came, so it survives a restart and
/// can be put back on a server that lost it. Not safe for several threads.
/// </summary>
public sealed partial class OfficeState : IDisposable
{
    private const byte Entry = (byte)'L', Record = (byte)'R', Wraps = (byte)'W', EnvelopeOf = (byte)'E', Position = (byte)'P', GroupKey = (byte)'K',
        Profile = (byte)'N', Name = (byte)'G', BeaconOf = (byte)'B', Failure = (byte)'F', Invitation = (byte)'I', InvitationDone = (byte)'D',
        Request = (byte)'Q', RequestDone = (byte)'q';

    private const string KeyFailure = "key";

    private readonly Membership _us;
    private readonly Journal _journal;
    private readonly List<byte[]> _pending = [];
    private readonly List<SignedRecord<LogEntry>> _entries = [];
    private readonly Dictionary<Id, SharedItem> _items = [];
    private readonly Dictionary<Id, SignedRecord<MemberProfile>> _profiles = [];
    private readonly Dictionary<Id, SignedRecord<GroupName>> _names = [];
    private readonly Dictionary<(Id Group, long Epoch), AgreementKey> _groupKeys = [];
    private readonly Dictionary<Id, SealedSecret> _invitations = [];
    private readonly Dictionary<Id, long> _positions = [];
    private volatile Standing? _standing;

    /// <summary>Whether something was written that the disk was not waited for.</summary>
    private bool _isAhead;

    /// <summary>Opens what is kept of an office, or begins.</summary>
    /// <param name="us">Who we are, which stays the caller's.</param>
    /// <param name="folder">Where the copy and what lies beside it are.</param>
    /// <exception cref="Vault.VaultException">The journal is damaged, or cannot be read or written.</exception>
    public OfficeState(Membership us, string folder)
    {
        _us = us;
        Log = new MembershipLog(us.Office);
        using var key = us.FileKey("state");
        var index = new JournalIndex();
        _journal = Journal.Open(Path.Combine(folder, us.FileName + ".state"), key.Span, entry =>
        {
            Replay(entry);
            index.Note(entry);
        });
        if (index.IsWorthRewriting)
        {
            try
            {
                _journal = _journal.Rewrite(index.IsLive);
                Count = index.Live;
            }
            catch (Vault.VaultException)
            {
                // A disk that is full: the long one is as good.
            }
        }
        foreach (var item in Items)
        {
            Watch(item);
        }
    }

    /// <summary>The membership log.</summary>
    public MembershipLog Log { get; }

    /// <summary>Its entries.</summary>
    public IReadOnlyList<SignedRecord<LogEntry>> Entries => _entries;

    /// <summary>The items, also those that are not shown.</summary>
    public IReadOnlyCollection<SharedItem> Items => _items.Values;

    /// <summary>The newest beacon.</summary>
    public SignedRecord<Beacon>? Beacon { get; private set; }

    /// <summary>The newest time in anything signed, in milliseconds since 1970.</summary>
    public long NewestSigned { get; private set; }

    /// <summary>The server's incarnation that the positions are of; <see langword="null"/> before the first answer.</summary>
    public Id? Incarnation { get; private set; }

    /// <summary>How many pieces are kept: another number is another state.</summary>
    public long Count { get; private set; }

    /// <summary>Whether anything was ever taken: else the copy is new or was lost.</summary>
    public bool IsEmpty => _entries.Count == 0;

    /// <summary>The secrets of our invitations that are not used.</summary>
    public IEnumerable<Id> OpenInvitations => _invitations.Keys;

    /// <summary>How far we are, to ask from.</summary>
    public WirePositions Positions => new()
    {
        Incarnation = Incarnation,
        Positions = [.. _positions.Select(position => new WirePosition { Principal = position.Key, Sequence = position.Value })],
    };

    /// <summary>Finds an item.</summary>
    /// <returns><see langword="null"/> if the server never delivered it.</returns>
    public SharedItem? Find(Id item) => _items.GetValueOrDefault(item);

    /// <summary>A member's name, by the profile that is the member's; else the beginning of the id.</summary>
    public string NameOf(Id principal)
    {
        if (_profiles.TryGetValue(principal, out var profile) && Log.FindMember(principal) is { } member && MemberProfile.IsOf(profile, member.Record))
        {
            return profile.Record.Name;
        }
        return _names.TryGetValue(principal, out var name) ? name.Record.Name : $"({principal.ToString()[..6]})";
    }

    /// <summary>A member's profile.</summary>
    public MemberProfile? ProfileOf(Id member) =>
        _profiles.TryGetValue(member, out var profile) && Log.FindMember(member) is { } found && MemberProfile.IsOf(profile, found.Record) ? profile.Record : null;

    /// <summary>Whether we are a member at our log's head, with the keys that we have.</summary>
    public bool AreMember => Log.FindMember(_us.Member) is { IsCurrent: true, Record: var record }
        && record.SigningKey.Equals(_us.Signing.Public) && record.AgreementKey.Equals(_us.Agreement.Public);

    /// <summary>Our role; <see langword="null"/> if we are no member.</summary>
    public Role? OurRole => AreMember ? Log.FindMember(_us.Member)!.Role : null;

    /// <summary>What somebody may look at who does not hold the state: it is replaced, never changed. <see langword="null"/> if we are no member.</summary>
    public Standing? Standing => _standing;

    /// <summary>Takes a log entry.</summary>
    /// <exception cref="OfficeException">It does not follow what we have (<see cref="OfficeError.Alarm"/>).</exception>
    public void Take(SignedRecord<LogEntry> entry)
    {
        var verdict = Log.Append(entry);
        if (verdict == LogVerdict.Accepted)
        {
            Remember(entry);
            Keep(Entry, entry.Bytes.ToArray(), entry.Signature.ToArray());
        }
        else if (verdict != LogVerdict.Known)
        {
            throw Alarm($"the server's membership log is not the one of before ({WireWords.Of(verdict)})");
        }
    }

    /// <summary>Holds the log against a head that was remembered elsewhere.</summary>
    /// <exception cref="OfficeException">The log did not go through it (<see cref="OfficeError.Alarm"/>).</exception>
    public void CheckContains(LogHead remembered)
    {
        if (!Log.Contains(remembered))
        {
            throw Alarm("the server's membership log does not go through what this computer has seen of it");
        }
    }

    /// <summary>Takes what is known of items that is newer. What fails a check changes nothing but <see cref="SharedItem.Failure"/>.</summary>
    /// <returns>The items, each once.</returns>
    public IReadOnlyList<SharedItem> Take(IReadOnlyList<DeliveredItem> delivered) => Accept(Judge(delivered));

    /// <summary>
    /// Judges what is known of items that is newer, on all cores. Of items that are not in <see cref="Items"/> it changes nothing that others see, and
    /// may do so beside whoever only looks at this state.
    /// </summary>
    /// <returns>The items, each once, for <see cref="Accept"/>.</returns>
    public IReadOnlyList<JudgedItem> Judge(IReadOnlyList<DeliveredItem> delivered)
    {
        // Each item is judged by itself and by the log, which stands still meanwhile.
        var judged = delivered
            .GroupBy(one => one.Item)
            .Select(same => (Item: new JudgedItem(_items.GetValueOrDefault(same.Key) ?? new SharedItem(same.Key, Log), []), Delivered: same.ToList()))
            .ToList();
        Parallel.ForEach(judged, one => one.Delivered.ForEach(same => Take(one.Item.Item, same, one.Item.Kept)));
        return [.. judged.Select(one => one.Item)];
    }

    /// <summary>Takes what was judged by the log as it stands.</summary>
    /// <returns>The items.</returns>
    public IReadOnlyList<SharedItem> Accept(IReadOnlyList<JudgedItem> judged)
    {
        foreach (var (item, kept) in judged)
        {
            if (item.Chain.Record is not null)
            {
                _items[item.Id] = item;
                Watch(item);
            }
            _pending.AddRange(kept);
        }
        return [.. judged.Select(one => one.Item)];
    }

    /// <summary>Takes a profile, a group's name or a beacon, if it is genuine and newer; else leaves what is there.</summary>
    public void TakeProfile(SignedRecord<MemberProfile> profile)
    {
        var member = profile.Record.Member;
        if (Log.FindMember(member) is { } found && MemberProfile.IsOf(profile, found.Record)
            && (!_profiles.TryGetValue(member, out var known) || known.Record.Counter <= profile.Record.Counter))
        {
            _profiles[member] = profile;
            Keep(Profile, profile.Bytes.ToArray(), profile.Signature.ToArray());
        }
    }

    /// <inheritdoc cref="TakeProfile"/>
    public void TakeGroupName(SignedRecord<GroupName> name)
    {
        if (Log.Vouches(name) && (!_names.TryGetValue(name.Record.Group, out var known) || known.Record.Counter <= name.Record.Counter))
        {
            _names[name.Record.Group] = name;
            Keep(Name, name.Bytes.ToArray(), name.Signature.ToArray());
        }
    }

    /// <inheritdoc cref="TakeProfile"/>
    public void TakeBeacon(SignedRecord<Beacon> beacon)
    {
        if (Log.Vouches(beacon) && !(Beacon?.Record.Time >= beacon.Record.Time))
        {
            Beacon = beacon;
            NewestSigned = Math.Max(NewestSigned, beacon.Record.Time);
            Keep(BeaconOf, beacon.Bytes.ToArray(), beacon.Signature.ToArray());
        }
    }

    /// <summary>Takes a wrap of a group's key, if it yields the key in the log.</summary>
    public void TakeGroupKey(Id group, KeyWrap wrap)
    {
        if (OpenGroupKey(group, wrap))
        {
            Keep(GroupKey, group.ToArray(), Pack.Of(wrap.GroupEpoch), wrap.Principal.ToArray(), wrap.Bytes.ToArray());
            // Items may have come before the key: whoever let us in writes the one after the other.
            foreach (var item in _items.Values.Where(item => item.Failure == KeyFailure && item.Wraps.Any(one => one.Principal == group)))
            {
                SetFailure(item, null, _pending);
            }
        }
    }

    /// <summary>Keeps the secret of an invitation of ours until it is used.</summary>
    public void Keep(InvitationSecret secret, ReadOnlySpan<byte> bytes)
    {
        _invitations[secret.Invitation] = new SealedSecret(bytes);
        Keep(Invitation, secret.Invitation.ToArray(), bytes.ToArray());
    }

    /// <summary>Opens the secret of an invitation of ours.</summary>
    /// <returns>The secret, which the caller disposes, or <see langword="null"/> if it is none of ours, or done.</returns>
    public InvitationSecret? OpenInvitation(Id invitation)
    {
        if (!_invitations.TryGetValue(invitation, out var kept))
        {
            return null;
        }
        using var bytes = kept.Open();
        return new InvitationSecret(bytes.Span);
    }

    /// <summary>Forgets the secret of an invitation.</summary>
    public void ForgetInvitation(Id invitation)
    {
        if (_invitations.Remove(invitation, out var kept))
        {
            kept.Clear();
            Keep(InvitationDone, invitation.ToArray());
        }
    }

    /// <summary>Notes how far we are.</summary>
    public void SetPositions(Id incarnation, IReadOnlyList<WirePosition> positions)
    {
        if (Incarnation != incarnation)
        {
            Incarnation = incarnation;
            _positions.Clear();
        }
        foreach (var position in positions)
        {
            if (_positions.GetValueOrDefault(position.Principal, -1) != position.Sequence)
            {
                _positions[position.Principal] = position.Sequence;
                Keep(Position, incarnation.ToArray(), position.Principal.ToArray(), Pack.Of(position.Sequence));
            }
        }
    }

    /// <summary>Brings to the disk what was taken since the last time.</summary>
    /// <param name="isLast">
    /// Whether the disk is waited for. Else it is by a later call that says so: what a crash takes away until then is asked for again.
    /// </param>
    /// <exception cref="Vault.VaultException">It cannot be written: it will be asked for again.</exception>
    public void Write(bool isLast = true)
    {
        if (_pending.Count == 0 && !(isLast && _isAhead))
        {
            return;
        }
        _journal.Append(_pending, isLast);
        Count += _pending.Count;
        _pending.ForEach(entry => CryptographicOperations.ZeroMemory(entry));
        _pending.Clear();
        _isAhead = !isLast;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _journal.Dispose();
        foreach (var key in _groupKeys.Values)
        {
            key.Dispose();
        }
        foreach (var secret in _invitations.Values)
        {
            secret.Clear();
        }
    }

    private static void Take(SharedItem item, DeliveredItem delivered, List<byte[]> kept)
    {
        string? failure = null;
        try
        {
            long? newest = null;
            foreach (var signed in delivered.Records ?? [])
            {
                var record = signed.Decode<AccessRecord>();
                newest = record.Record.Version;
                failure = Take(item, record, kept);
                if (failure is not null)
                {
                    break;
                }
            }
            if (failure is null && newest < item.Chain.Records.Count)
            {
                failure = WireWords.Of(ItemRefusal.WentBack);
            }
            if (failure is null && delivered.Wraps is { } wraps)
            {
                Take(item, [.. wraps.Select(wrap => wrap.Decode())], kept);
            }
            if (failure is null && delivered.Envelope is { } envelope)
            {
                failure = Take(item, envelope.Decode(), envelope.Sealed, kept);
            }
        }
        catch (ContractException refused)
        {
            failure = refused.Error == ContractError.UpdateNeeded ? "update-needed" : "malformed";
        }
        if (item.Chain.Record is not null)
        {
            SetFailure(item, failure, kept);
        }
    }

    private static string? Take(SharedItem item, SignedRecord<AccessRecord> record, List<byte[]> kept, bool wasAccepted = false)
    {
        var known = item.Chain.Records.Count;
        var judgement = item.Chain.Take(record, wasAccepted);
        if (judgement.Verdict == Verdict.Refused)
        {
            return WireWords.Of(judgement.Refusal);
        }
        if (item.Chain.Records.Count > known)
        {
            Keep(kept, Record, item.Id.ToArray(), record.Bytes.ToArray(), record.Signature.ToArray(), Flag(judgement));
        }
        return null;
    }

    private static string? Take(
        SharedItem item, SignedRecord<Envelope> envelope, ReadOnlyMemory<byte>? sealedContent, List<byte[]> kept, bool wasAccepted = false)
    {
        var known = item.Chain.Envelope?.Hash;
        var judgement = item.Chain.Take(envelope, wasAccepted);
        if (judgement.Verdict == Verdict.Refused)
        {
            return WireWords.Of(judgement.Refusal);
        }
        if (known != envelope.Hash)
        {
            item.Sealed = sealedContent?.ToArray();
            Keep(kept, EnvelopeOf, item.Id.ToArray(), envelope.Bytes.ToArray(), envelope.Signature.ToArray(), item.Sealed ?? [], Flag(judgement));
        }
        return null;
    }

    private static void Take(SharedItem item, List<KeyWrap> wraps, List<byte[]> kept)
    {
        if (item.Chain.Record is not { Record.Epoch: var epoch } || wraps.Count == 0)
        {
            return;
        }
        var others = item.WrapsEpoch == epoch ? item.Wraps.Where(known => !wraps.Exists(wrap => wrap.Principal == known.Principal)) : [];
        (item.Wraps, item.WrapsEpoch) = ([.. others, .. wraps], epoch);
        foreach (var wrap in wraps)
        {
            Keep(kept, Wraps, item.Id.ToArray(), Pack.Of(epoch), wrap.Principal.ToArray(), Pack.Of(wrap.GroupEpoch), wrap.Bytes.ToArray());
        }
    }

    private static void SetFailure(SharedItem item, string? failure, List<byte[]> kept)
    {
        if (item.Failure != failure)
        {
            item.Failure = failure;
            Keep(kept, Failure, item.Id.ToArray(), System.Text.Encoding.ASCII.GetBytes(failure ?? ""));
        }
    }

    private bool OpenGroupKey(Id group, KeyWrap wrap)
    {
        var entry = _entries.Select(signed => signed.Record).OfType<GroupRekeyEntry>()
            .FirstOrDefault(rekey => rekey.Group == group && rekey.Epoch == wrap.GroupEpoch);
        if (entry is null || wrap.Principal != _us.Member || _groupKeys.ContainsKey((group, wrap.GroupEpoch))
            || ItemCrypto.UnwrapGroupKey(_us.Agreement, _us.Office, entry, wrap) is not { } key)
        {
            return false;
        }
        _groupKeys.Add((group, wrap.GroupEpoch), key);
        return true;
    }

    private void Remember(SignedRecord<LogEntry> entry)
    {
        _entries.Add(entry);
        _standing = AreMember ? new Standing(Log.Head!.Value, Log.FindMember(_us.Member)!.Record) : null;
        NewestSigned = Math.Max(NewestSigned, entry.Record.Time);
    }

    private void Keep(byte kind, params ReadOnlySpan<byte[]> parts) => Keep(_pending, kind, parts);

    private static void Keep(List<byte[]> kept, byte kind, params ReadOnlySpan<byte[]> parts) => kept.Add(Pack.Of([[kind], .. parts]));

    private static byte[] Flag(Judgement judgement) => [judgement.Verdict == Verdict.Accepted ? (byte)1 : (byte)0];

    private static OfficeException Alarm(string message) =>
        new(OfficeError.Alarm, message, "compare the words of the log with a colleague, and tell an owner: somebody may have tampered with the server");
}
