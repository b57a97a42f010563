using Contracts;
using Office.Client;
using Office.Content;
using Office.State;
using Vault;

namespace Office;

/// <summary>
/// Attached files: an item names them, their sealed parts lie beside it at the server. What is attached here is on the disk at once, and sent
/// behind the change that names it; what others attached is fetched when it is asked for, and kept for when the server is away.
/// </summary>
public sealed partial class OfficeClient
{
    /// <summary>Parts of one exchange of a host, so that whoever asks something gets an answer in between.</summary>
    private const int PartsPerExchange = 8;

    private readonly HashSet<Id> _partsRefused = [];

    /// <summary>Reads an attached file. Waits for the server where it is not here; call it outside every gate.</summary>
    /// <returns>The file, which the caller clears.</returns>
    /// <exception cref="OfficeException">It is not at the server yet, or not what the item says; or the server cannot be asked.</exception>
    public byte[] ReadFile(Id item, SharedFile file)
    {
        var parts = new List<byte[]>();
        foreach (var name in file.Parts)
        {
            var part = _parts.Find(item, name);
            if (part is null)
            {
                part = Fetch(item, name);
                try
                {
                    _parts.Keep(item, name, part);
                }
                catch (VaultException failure)
                {
                    Failed(failure); // then it is fetched again the next time
                }
            }
            parts.Add(part);
        }
        return file.Open(_us.Office, parts)
            ?? throw new OfficeException(OfficeError.ServerFailed, "the file is not what its item says", "ask whoever attached it to attach it again");
    }

    private byte[] Fetch(Id item, Id name)
    {
        byte[] part;
        try
        {
            part = _server.Part(item, name);
        }
        catch (OfficeException refused) when (refused.Error == OfficeError.NotThere)
        {
            throw new OfficeException(
                OfficeError.FileMissing, "the file is not at the server, or not yet", "wait until the computer that attached it has sent it, or ask whoever did");
        }
        return Id.Of(Hash.Of(part)) == name ? part : throw new OfficeException(
            OfficeError.ServerFailed, "the server gave another file than the one that the item names", "tell whoever runs the share server");
    }

    /// <summary>Sends the parts that wait, and lets the server forget those that no revision names. Comes after the changes that name them, and made room.</summary>
    private void SendParts()
    {
        var sent = 0;
        foreach (var item in _parts.Items.Where(item => _state.Find(item) is not null))
        {
            foreach (var part in _parts.Unneeded(item))
            {
                Delete(item, part);
                _partsRefused.Clear(); // there is room now
            }
            foreach (var part in _parts.Waiting(item).Where(part => !_partsRefused.Contains(part)))
            {
                if (_isKeepingUp && sent == PartsPerExchange)
                {
                    Wake(); // the rest, in the next exchange
                    return;
                }
                if (_parts.Find(item, part) is { } bytes && TryPut(item, part, bytes))
                {
                    _parts.Sent(item, part);
                    sent++;
                }
            }
        }
    }

    private void Delete(Id item, Id part)
    {
        try
        {
            _server.DeletePart(item, part);
        }
        catch (OfficeException refused) when (refused.Error is OfficeError.NotEntitled or OfficeError.NotThere)
        {
            // The right is gone, or the item: then it is not ours to tidy up.
        }
        _parts.Dropped(item, part);
    }

    private bool TryPut(Id item, Id part, byte[] bytes)
    {
        try
        {
            _server.PutPart(item, part, bytes);
            return true;
        }
        catch (OfficeException refused) when (refused.Error is OfficeError.Refused or OfficeError.TooLarge or OfficeError.NotEntitled or OfficeError.NotThere)
        {
            if (_partsRefused.Add(part))
            {
                Notice(new OfficeNotice("notSent", $"an attached file was not taken by the server and is kept here: {refused.Message}", item));
            }
            return false;
        }
    }

    /// <summary>Notes what the server need not keep, once it has a revision that dropped files.</summary>
    private void DropParts(Id id, HashSet<Id> before)
    {
        if (before.Count > 0 && _state.Find(id) is { } item && _state.OpenContent(item) is { } content)
        {
            using (content)
            {
                _parts.Drop(id, before.Except(SharedFile.PartsOf(content)));
            }
        }
    }

    /// <summary>The parts that an item names at the server.</summary>
    private HashSet<Id> PartsNamedBy(Id id)
    {
        using var content = _state.Find(id) is { } item && _state.StatusOf(item, Now) == ItemStatus.Shown ? _state.OpenContent(item) : null;
        return content is null ? [] : SharedFile.PartsOf(content);
    }

    /// <summary>Keeps of an item's parts those that it names, also by changes that wait or were refused.</summary>
    private void KeepParts(Id item, ItemContent? content)
    {
        if (content is null)
        {
            _parts.Remove(item);
            return;
        }
        var named = SharedFile.PartsOf(content);
        foreach (var entry in _outbox.Entries.Where(entry => entry.Item == item))
        {
            using var ours = entry.OpenOurs();
            named.UnionWith(SharedFile.PartsOf(ours));
        }
        _parts.KeepOnly(item, named);
    }

    /// <summary>Sends again what a restored server may have lost, as far as we may.</summary>
    private void SendPartsAgain()
    {
        foreach (var item in _parts.Items.Where(item => _state.Find(item) is { } found && _state.RightOf(found, Now) >= Right.Write))
        {
            _parts.SendAgain(item);
        }
    }

    /// <summary>Takes away what a crash left of an item that never came to be, or of one that was lost.</summary>
    private void RemoveStrayParts()
    {
        foreach (var item in _parts.Items.Where(item => _state.Find(item) is null && !_outbox.Entries.Any(entry => entry.Item == item)))
        {
            _parts.Remove(item);
        }
    }
}
