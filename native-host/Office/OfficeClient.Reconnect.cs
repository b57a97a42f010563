using Contracts;
using Office.Client;

namespace Office;

/// <summary>Where the server is and what it is known by, when that changes.</summary>
public sealed partial class OfficeClient
{
    /// <summary>What an owner is about to say, and nobody else may keep yet.</summary>
    private volatile KnownServer? _vouching;

    /// <summary>Takes what the log says of the server, unless an owner vouched for something else since.</summary>
    private void TakeServer()
    {
        var known = _us.Server;
        if (_state.Log.Server is { } server && server.Place.Index > known.Since)
        {
            _us.Server = new KnownServer(Further(server.Addresses, known.Addresses, server.Pins), server.Pins, server.Place.Index);
        }
    }

    /// <summary>Says, as an owner, where the server is or what it is known by from now on: in the log, and by a code for whom the log does not reach.</summary>
    /// <param name="address">Where it answers now; <see langword="null"/>: where it did.</param>
    /// <param name="pins">
    /// Root keys of which the server has one now, <see cref="Limits.Pins"/> at the most; none means a public authority; <see langword="null"/>: those of before.
    /// </param>
    /// <returns>The connection code.</returns>
    /// <exception cref="OfficeException">We are no owner, the server is not there or not known by these, or it cannot be asked. Nothing is changed then.</exception>
    public string Vouch(string? address, IReadOnlyList<Hash>? pins)
    {
        lock (_gate)
        {
            if (_state.OurRole != Role.Owner)
            {
                throw new OfficeException(
                    OfficeError.NotEntitled, "only an owner says where the server is and what it is known by", "ask an owner for a connection code");
            }
            var before = _us.Server;
            pins ??= before.Pins;
            var addresses = Further(address is null ? [] : [address], before.Addresses, pins);
            Probe(addresses[0], pins);
            _vouching = before with { Addresses = addresses, Pins = pins };
            try
            {
                Pull();
                var entry = (LaterEntry)Append((place, time) => new ServerEntry { Place = place, Time = time, Pins = pins, Addresses = addresses }).Record;
                var head = new LogHead(entry.Place.Index - 1, entry.Place.Previous);
                _us.Server = new KnownServer(addresses, pins, head.Index);
                var code = new ConnectionCode { Office = _us.Office, Head = head, Pins = pins, Address = addresses[0], Author = _us.Member };
                return ConnectionCode.ToText(SignedRecord.Sign(code, _us.Signing));
            }
            finally
            {
                _vouching = null;
            }
        }
    }

    /// <summary>Takes an owner's word for where the server is and what it is known by from now on.</summary>
    /// <param name="text">The connection code.</param>
    /// <exception cref="OfficeException">
    /// It is none of this office, is no owner's, is older than what the log says, or whoever answers does not fit it. Nothing is changed then.
    /// </exception>
    public void Reconnect(string text)
    {
        lock (_gate)
        {
            if (ConnectionCode.TryParse(text) is not { } code || code.Record.Office != _us.Office)
            {
                throw new OfficeException(OfficeError.WrongCode, $"this is no connection code of {_us.Name}", "paste all of it, as an owner handed it to you");
            }
            var (record, log) = (code.Record, _state.Log);
            var isOwners = log.FindMember(record.Author) is { IsCurrent: true, Role: Role.Owner } author && code.IsBy(author.Record.SigningKey);
            var isNewer = record.Head.Index >= (log.Server?.Place.Index ?? 0) && record.Head.Index >= _us.Server.Since;
            var isOurLog = record.Head.Index > (log.Head?.Index ?? -1) || log.Contains(record.Head);
            if (isOwners && isOurLog && _us.Server is var known && known.Addresses[0] == record.Address && known.Pins.ToHashSet().SetEquals(record.Pins))
            {
                return; // given twice, or the log was quicker
            }
            if (!isOwners || !isNewer || !isOurLog)
            {
                throw new OfficeException(
                    OfficeError.Untrusted,
                    isOwners ? "this connection code is out of date" : $"nobody signed this connection code who is known here as an owner of {_us.Name}",
                    "do not go on; ask an owner for a new one");
            }
            Probe(record.Address, record.Pins);
            _us.Server = new KnownServer([record.Address], record.Pins, record.Head.Index);
        }
    }

    /// <summary>
    /// Addresses, and behind them where the server was: whoever moves a server may move its name last. Not where an authority vouches for the name, which may be somebody
    /// else's soon.
    /// </summary>
    private static string[] Further(IReadOnlyList<string> addresses, IReadOnlyList<string> before, IReadOnlyList<Hash> pins) =>
        addresses.Count == 0 || pins.Count > 0 ? [.. addresses.Union(before).Take(Limits.Addresses)] : [.. addresses];

    /// <summary>Asks over a connection of its own, as those that are open began with what was known before.</summary>
    /// <exception cref="OfficeException">Whoever answers does not have one of these, or nobody does.</exception>
    private void Probe(string address, IReadOnlyList<Hash> pins)
    {
        using var probe = new ServerConnection(address, ServerTrust.In(pins), signer: null, _time);
        probe.Server();
    }
}
