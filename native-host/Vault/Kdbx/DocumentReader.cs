using System.Buffers.Text;
using System.Text;

namespace Vault.Kdbx;

/// <summary>
/// Scans the XML of a vault once, and makes the tree of groups with a slice and a summary for each entry. Nothing is opened
/// but titles, user names and URLs that a file protects, which lists must show.
/// </summary>
internal ref struct DocumentReader
{
    private readonly SliceSource _source;
    private readonly int _start;
    private readonly EntryReader _entries;
    private readonly VaultTree _tree;
    private KdbxCursor _cursor;
    private bool _hasLateNames;

    private DocumentReader(SliceSource source, int start, int length, List<PooledAttachment> attachments)
    {
        _source = source;
        _start = start;
        _entries = new EntryReader(source);
        _cursor = new KdbxCursor(source.Bytes.AsSpan(start, length), 0);
        _tree = new VaultTree
        {
            Source = source,
            Meta = [],
            Root = new GroupNode(ItemId.Zero, null),
            RootOthers = [],
            FileOthers = [],
            Deleted = [],
            Attachments = attachments,
        };
    }

    /// <summary>Reads the XML that lies in the source from <paramref name="start"/> on.</summary>
    /// <exception cref="VaultException">It is not well formed, or not the XML of a vault.</exception>
    internal static VaultTree Read(SliceSource source, int start, int length, List<PooledAttachment> attachments)
    {
        XmlScanner.CheckCharacters(source.Bytes.AsSpan(start, length));
        var reader = new DocumentReader(source, start, length, attachments);
        reader.ReadFile();
        return reader._tree;
    }

    private void ReadFile()
    {
        if (!_cursor.Read() || !_cursor.Name.SequenceEqual("KeePassFile"u8))
        {
            throw Failures.Damaged("its XML is not that of a vault");
        }
        var hasRoot = false;
        while (_cursor.Read())
        {
            if (_cursor.Token != XmlToken.Start)
            {
                continue;
            }
            if (_cursor.Name.SequenceEqual("Meta"u8))
            {
                ReadParts(_tree.Meta);
            }
            else if (_cursor.Name.SequenceEqual("Root"u8) && !hasRoot)
            {
                hasRoot = true;
                ReadRoot();
            }
            else
            {
                _tree.FileOthers.Add(TakePart());
            }
        }
        if (_tree.Root.Id == ItemId.Zero)
        {
            throw Failures.Damaged("it has no root group");
        }
        if (_hasLateNames)
        {
            _tree.Root.RenamePaths();
        }
    }

    private Part TakePart() => Parts.Take(ref _cursor, _source, _start);

    private void ReadParts(List<Part> parts)
    {
        var depth = _cursor.Depth;
        while (_cursor.Read() && _cursor.Depth >= depth)
        {
            if (_cursor.Token == XmlToken.Start)
            {
                parts.Add(TakePart());
            }
        }
    }

    private void ReadRoot()
    {
        var depth = _cursor.Depth;
        var hasGroup = false;
        while (_cursor.Read() && _cursor.Depth >= depth)
        {
            if (_cursor.Token != XmlToken.Start)
            {
                continue;
            }
            if (_cursor.Name.SequenceEqual("Group"u8) && !hasGroup)
            {
                hasGroup = true;
                ReadGroup(_tree.Root);
            }
            else if (_cursor.Name.SequenceEqual("DeletedObjects"u8))
            {
                ReadDeleted(TakePart());
            }
            else
            {
                _tree.RootOthers.Add(TakePart());
            }
        }
    }

    private readonly void ReadDeleted(Part deletedObjects)
    {
        foreach (var deleted in Parts.Of(deletedObjects.Slice))
        {
            var parts = Parts.Of(deleted.Slice);
            if (EntryReader.ParseId(parts.TextOf(Names.Uuid)) is { } id)
            {
                _tree.Deleted[id] = new Deletion(
                    parts.TimeOf(Names.DeletionTime), [.. parts.Where(part => part.Name is not (Names.Uuid or Names.DeletionTime))]);
            }
        }
    }

    private void ReadGroup(GroupNode group)
    {
        var depth = _cursor.Depth;
        while (_cursor.Read() && _cursor.Depth >= depth)
        {
            if (_cursor.Token != XmlToken.Start)
            {
                continue;
            }
            if (_cursor.Name.SequenceEqual("Entry"u8))
            {
                ReadEntry(group);
            }
            else if (_cursor.Name.SequenceEqual("Group"u8))
            {
                var below = new GroupNode(ItemId.Zero, group);
                group.Groups.Add(below);
                ReadGroup(below);
            }
            else
            {
                TakeOwn(group, TakePart());
            }
        }
        if (group.Id == ItemId.Zero)
        {
            throw Failures.Damaged("a group has no id");
        }
    }

    private void TakeOwn(GroupNode group, Part part)
    {
        group.Own.Add(part);
        if (part.Name == Names.Uuid)
        {
            group.Id = EntryReader.ParseId(Parts.Text(part.Slice)) ?? ItemId.Zero;
            if (group.Id != ItemId.Zero && !_tree.Groups.TryAdd(group.Id, group))
            {
                group.Id = Rename(part.Slice.Start + part.Slice.Span.IndexOf((byte)'>') + 1);
                _tree.Groups.Add(group.Id, group);
            }
        }
        else if (part.Name == Names.Name)
        {
            group.Name = Parts.Text(part.Slice);
            group.NamePath();
            _hasLateNames |= group.Entries.Count + group.Groups.Count > 0;
        }
    }

    private void ReadEntry(GroupNode group)
    {
        var start = _cursor.TokenStart;
        var streamOffset = _cursor.StreamOffset;
        var summary = _entries.Read(ref _cursor, _start, group.Path);
        var slice = new Slice(_source, _start + start, _cursor.Position - start, streamOffset);
        if (summary.Id == ItemId.Zero || _tree.Entries.ContainsKey(summary.Id))
        {
            summary = summary with { Id = Rename(_entries.IdStart) };
        }
        var entry = new EntryNode(group, slice, summary);
        group.Entries.Add(entry);
        _tree.Entries.Add(summary.Id, entry);
    }

    // Two of one id would make us show one and fill the other. The later gets an id of its own, where the old one stood.
    private readonly ItemId Rename(int idStart)
    {
        var id = ItemId.New();
        Span<byte> text = stackalloc byte[Base64.GetMaxEncodedToUtf8Length(ItemId.Bytes)];
        var isPlain = EntryReader.ParseId(Encoding.ASCII.GetString(_source.Bytes, idStart, text.Length)) is not null;
        if (!isPlain)
        {
            throw Failures.Damaged("an id comes twice");
        }
        Base64.EncodeToUtf8(id.ToArray(), text, out _, out _);
        text.CopyTo(_source.Bytes.AsSpan(idStart));
        return id;
    }
}
