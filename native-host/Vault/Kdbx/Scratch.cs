using Vault.Crypto;

namespace Vault.Kdbx;

/// <summary>
/// Where new and changed elements are made: each in a small buffer of its own, its protected values sealed under one random
/// key of this session at offsets that are never used again.
/// </summary>
internal sealed class Scratch : IDisposable
{
    private readonly KeyStream _stream = KeyStream.Random();
    private long _streamOffset;

    /// <summary>Makes one element.</summary>
    internal Slice Make(Action<XmlOutput> write)
    {
        var output = new XmlOutput(null, _stream, _streamOffset);
        write(output);
        var bytes = output.ToArray();
        var slice = new Slice(new SliceSource(bytes, _stream), 0, bytes.Length, _streamOffset);
        _streamOffset = output.StreamOffset;
        return slice;
    }

    /// <summary>Makes one element of a name.</summary>
    internal Part Part(string name, Action<XmlOutput> writeContent) =>
        new(name, Make(output =>
        {
            output.Open(name);
            writeContent(output);
            output.Close(name);
        }));

    /// <summary>Makes one element that holds text.</summary>
    internal Part Part(string name, string text) => Part(name, output => output.Text(text));

    /// <summary>Makes one element that holds a time.</summary>
    internal Part Part(string name, DateTimeOffset time) => new(name, Make(output => output.Element(name, time)));

    /// <summary>Makes one element that holds an id.</summary>
    internal Part Part(string name, ItemId id) => new(name, Make(output => output.Element(name, id)));

    /// <summary>Makes an element again with other content; its start tag stays as it was.</summary>
    internal Slice Remake(Slice element, string name, List<Part> parts) =>
        Make(output =>
        {
            var cursor = new KdbxCursor(element.Span, element.StreamOffset);
            cursor.Read();
            var tag = element.Span[..cursor.Position];
            output.Raw(tag.EndsWith("/>"u8) ? tag[..^2] : tag[..^1]);
            output.Raw(">"u8);
            foreach (var part in parts)
            {
                output.Copy(part.Slice);
            }
            output.Close(name);
        });

    public void Dispose() => _stream.Dispose();
}
