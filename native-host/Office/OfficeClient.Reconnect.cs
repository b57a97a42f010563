using Contracts;
using Office.Client;

namespace Office;

/// <summary>What the server is known by, when that changes.</summary>
public sealed partial class OfficeClient
{
    /// <summary>What somebody vouched for, to be remembered in the own vault.</summary>
    public ServerPins Pins => _pins;

    /// <summary>What the server is known by: what the log says, unless an owner vouched for something else since. On whatever thread.</summary>
    private IReadOnlyList<Hash> KnownPins
    {
        get
        {
            var vouched = _pins;
            return _state.Log.Server is { } server && server.Place.Index > vouched.Since ? server.Pins : vouched.Pins;
        }
    }

    /// <summary>Says, as an owner, what the server is known by from now on: in the log, and by a code for whom the log does not reach.</summary>
    /// <param name="pins">Root keys of which the server has one now, <see cref="Limits.Pins"/> at the most; none means a public authority.</param>
    /// <returns>The connection code.</returns>
    /// <exception cref="OfficeException">We are no owner, the server is not known by these, or it cannot be asked. Nothing is changed then.</exception>
    public string Vouch(IReadOnlyList<Hash> pins)
    {
        lock (_gate)
        {
            if (_state.OurRole != Role.Owner)
            {
                throw new OfficeException(OfficeError.NotEntitled, "only an owner says what the server is known by", "ask an owner for a connection code");
            }
            Probe(pins);
            var before = _pins;
            _pins = new ServerPins(pins, long.MaxValue); // whatever the log said, until we have said it there
            try
            {
                Pull();
                var entry = (LaterEntry)Append((place, time) => new ServerEntry { Place = place, Time = time, Pins = pins, Addresses = [_us.Address] }).Record;
                var head = new LogHead(entry.Place.Index - 1, entry.Place.Previous);
                _pins = new ServerPins(pins, head.Index);
                var code = new ConnectionCode { Office = _us.Office, Head = head, Pins = pins, Author = _us.Member };
                return ConnectionCode.ToText(SignedRecord.Sign(code, _us.Signing));
            }
            catch
            {
                _pins = before;
                throw;
            }
        }
    }

    /// <summary>Takes an owner's word for what the server is known by from now on.</summary>
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
            var isNewer = record.Head.Index >= (log.Server?.Place.Index ?? 0) && record.Head.Index >= _pins.Since;
            var isOurLog = record.Head.Index > (log.Head?.Index ?? -1) || log.Contains(record.Head);
            if (!isOwners || !isNewer || !isOurLog)
            {
                throw new OfficeException(
                    OfficeError.Untrusted,
                    isOwners ? "this connection code is out of date" : $"nobody signed this connection code who is known here as an owner of {_us.Name}",
                    "do not go on; ask an owner for a new one");
            }
            Probe(record.Pins);
            _pins = new ServerPins(record.Pins, record.Head.Index);
        }
    }

    /// <summary>Asks over a connection of its own, as those that are open began with what was known before.</summary>
    /// <exception cref="OfficeException">Whoever answers does not have one of these, or nobody does.</exception>
    private void Probe(IReadOnlyList<Hash> pins)
    {
        using var probe = new ServerConnection(_us.Address, ServerTrust.In(pins), signer: null, _time);
        probe.Server();
    }
}
