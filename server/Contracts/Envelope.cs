namespace Contracts;

/// <summary>
/// One revision of an item: what the server needs in clear, and the hash of the sealed content, which travels beside it. Without
/// content it is a removal.
/// </summary>
public sealed record Envelope : IRecord<Envelope>
{
    private const string Type = "envelope";
    private const string RemovalType = "removal";
    private const string ContextType = "context";

    /// <summary>The office.</summary>
    public required Id Office { get; init; }

    /// <summary>The item.</summary>
    public required Id Item { get; init; }

    /// <summary>From 1 on.</summary>
    public required long Revision { get; init; }

    /// <summary>Which of the item's keys seals it.</summary>
    public required long Epoch { get; init; }

    /// <summary>The access record that was the newest.</summary>
    public required long RecordVersion { get; init; }

    /// <summary>Who signed it.</summary>
    public required Id Author { get; init; }

    /// <summary>The item of kind folder that it lies in; <see langword="null"/> at the top.</summary>
    public Id? Folder { get; init; }

    /// <summary>The hash of the revision before; <see langword="null"/> in revision 1.</summary>
    public Hash? Previous { get; init; }

    /// <summary>The membership log as its author saw it.</summary>
    public required LogHead LogHead { get; init; }

    /// <summary>SHA-256 of the sealed content; <see langword="null"/> for a removal.</summary>
    public Hash? Content { get; init; }

    /// <summary>Whether the item ends with it.</summary>
    public bool IsRemoval => Content is null;

    /// <summary>What the sealed content is bound to: office, item, revision, epoch, record version, author.</summary>
    public byte[] Context
    {
        get
        {
            var writer = new FieldWriter(ContextType);
            AddContext(writer);
            return writer.ToArray();
        }
    }

    /// <inheritdoc/>
    public static Envelope Read(ref FieldReader reader)
    {
        var isRemoval = reader.Label == FieldWriter.LabelOf(RemovalType);
        if (!isRemoval)
        {
            reader.RequireType(Type);
        }
        var envelope = new Envelope
        {
            Office = reader.Id(),
            Item = reader.Id(),
            Revision = reader.Number(least: 1),
            Epoch = reader.Number(least: 1),
            RecordVersion = reader.Number(least: 1),
            Author = reader.Id(),
            Folder = reader.OptionalId(),
            Previous = reader.OptionalHash(),
            LogHead = new LogHead(reader.Number(), reader.Hash()),
            Content = isRemoval ? null : reader.Hash(),
        };
        return envelope.Previous is null == (envelope.Revision == 1)
            ? envelope
            : throw ContractException.Malformed("an envelope names the revision before it from revision 2 on, and only then");
    }

    /// <inheritdoc/>
    public byte[] Encode()
    {
        var writer = new FieldWriter(IsRemoval ? RemovalType : Type);
        AddContext(writer);
        writer.Add(Folder);
        writer.Add(Previous);
        writer.Add(LogHead.Index);
        writer.Add(LogHead.Hash);
        if (!IsRemoval)
        {
            writer.Add(Content);
        }
        return writer.ToArray();
    }

    private void AddContext(FieldWriter writer)
    {
        writer.Add(Office);
        writer.Add(Item);
        writer.Add(Revision);
        writer.Add(Epoch);
        writer.Add(RecordVersion);
        writer.Add(Author);
    }
}
