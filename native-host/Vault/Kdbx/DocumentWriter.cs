namespace Vault.Kdbx;

/// <summary>Writes the XML of a tree. What nobody changed is copied as it came.</summary>
internal static class DocumentWriter
{
    internal static void Write(XmlOutput output, VaultTree tree)
    {
        output.Raw("<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?>\n<KeePassFile><Meta>"u8);
        output.Element(Names.Generator, "Latchkey");
        foreach (var part in tree.Meta.Where(part => part.Name != Names.Generator))
        {
            output.Copy(part.Slice);
        }
        output.Raw("</Meta><Root>"u8);
        Write(output, tree.Root);
        output.Open(Names.DeletedObjects);
        foreach (var (id, deletion) in tree.Deleted)
        {
            output.Open(Names.DeletedObject);
            output.Element(Names.Uuid, id);
            output.Element(Names.DeletionTime, deletion.Time);
            Copy(output, deletion.Others);
            output.Close(Names.DeletedObject);
        }
        output.Close(Names.DeletedObjects);
        Copy(output, tree.RootOthers);
        output.Raw("</Root>"u8);
        Copy(output, tree.FileOthers);
        output.Raw("</KeePassFile>"u8);
    }

    private static void Write(XmlOutput output, GroupNode group)
    {
        output.Open(Names.Group);
        Copy(output, group.Own);
        foreach (var entry in group.Entries)
        {
            output.Copy(entry.Slice);
        }
        foreach (var below in group.Groups)
        {
            Write(output, below);
        }
        output.Close(Names.Group);
    }

    private static void Copy(XmlOutput output, IReadOnlyList<Part> parts)
    {
        foreach (var part in parts)
        {
            output.Copy(part.Slice);
        }
    }
}
