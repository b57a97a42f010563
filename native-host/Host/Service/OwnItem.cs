using System.Security.Cryptography;
using Contracts;
using Host.Protocol;
using Office;
using Office.Content;
using Office.Store;
using Vault;

namespace Host.Service;

/// <summary>An item that is no office's yet, read whole: what it is, what it was, and its attached files. Holds secrets; whoever has it disposes it.</summary>
internal sealed class OwnItem : IDisposable
{
    private readonly ItemSummary _item;
    private readonly ItemContent _content;
    private readonly List<(string Name, byte[] Content)> _files;

    private OwnItem(ItemSummary item, ItemContent content, List<(string Name, byte[] Content)> files) => (_item, _content, _files) = (item, content, files);

    /// <summary>Reads an item that is there, under the gate.</summary>
    /// <param name="homed">The item.</param>
    /// <param name="us">Who brings it.</param>
    public static OwnItem Read(HomedItem homed, Membership us)
    {
        var (vault, item) = homed;
        return new OwnItem(
            item, ShareCopy.ReadWhole(vault.File, item.Id, us.Member)!,
            [.. vault.File.Get(item.Id)!.Attachments.Select(attachment => (attachment.Name, vault.File.ReadAttachment(item.Id, attachment.Name)!))]);
    }

    /// <summary>Adds it to an office. Files that only its history has stay behind.</summary>
    /// <returns>Its id there.</returns>
    /// <exception cref="OfficeException">A grant is for nobody, it or its files are too large, or the folder is not there or not ours.</exception>
    /// <exception cref="VaultException">It cannot be written: then nothing was added.</exception>
    public ItemId AddTo(OpenShare share, IReadOnlyList<GrantToSet> grants, bool withHistory, Id? folder)
    {
        var fields = new List<ContentField>();
        var parts = new List<SealedPart>();
        try
        {
            foreach (var (name, content) in _files)
            {
                var (field, its) = SharedFile.Seal(share.Client.Us.Office, name, content);
                fields.Add(field);
                parts.AddRange(its);
            }
            var body = _content.Body with { Fields = [.. _content.Body.Fields, .. fields] };
            var whole = _content with { Body = body, History = withHistory ? _content.History : [] };
            return ShareCopy.IdOf(share.Client.AddItem(whole, [.. grants.Select(OfficeAnswers.GrantOf)], folder, parts));
        }
        finally
        {
            fields.ForEach(field => CryptographicOperations.ZeroMemory(field.Value));
        }
    }

    /// <summary>The items of an office by title and user name, under the gate: what <see cref="SameIn"/> looks among.</summary>
    public static ILookup<(string, string), ItemId> KnownIn(OpenShare share) =>
        share.File.Items.ToLookup(item => (item.Title, item.UserName), item => item.Id);

    /// <summary>Finds the item of an office that is just so, under the gate: a crash may have come between adding it there and removing it here.</summary>
    public ItemId? SameIn(OpenShare share, ILookup<(string, string), ItemId> known)
    {
        foreach (var other in known[(_item.Title, _item.UserName)])
        {
            if (ShareCopy.ReadWhole(share.File, other, share.Client.Us.Member) is not { } content)
            {
                continue; // gone meanwhile
            }
            using var whole = content;
            var body = content.Body with { Fields = [.. content.Body.Fields.Where(field => !SharedFile.IsField(field.Name))] };
            var attached = share.AttachmentsOf(share.File.Get(other)!).Select(file => (file.Name, file.Bytes)).ToHashSet();
            if (content.Kind == _content.Kind && ContentMerge.IsSame(body, _content.Body)
                && attached.SetEquals(_files.Select(file => (file.Name, (long)file.Content.Length))))
            {
                return other;
            }
        }
        return null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _content.Dispose();
        _files.ForEach(file => CryptographicOperations.ZeroMemory(file.Content));
    }
}
