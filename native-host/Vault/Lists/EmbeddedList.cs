namespace Vault.Lists;

/// <summary>
/// A list that is compiled into this assembly, read where it lies: no copy, nothing parsed until somebody asks. See
/// Lists/README.md.
/// </summary>
internal sealed unsafe class EmbeddedList
{
    private readonly byte* _start;
    private readonly int _length;

    /// <summary>Finds a list by its file name.</summary>
    public EmbeddedList(string name)
    {
        using var stream = typeof(EmbeddedList).Assembly.GetManifestResourceStream(name) as UnmanagedMemoryStream
            ?? throw new InvalidOperationException($"the list {name} was not compiled in");
        // The runtime maps resources with the assembly, which is never unloaded: the pointer outlives the stream.
        _start = stream.PositionPointer;
        _length = checked((int)stream.Length);
    }

    /// <summary>The whole list.</summary>
    public ReadOnlySpan<byte> Bytes => new(_start, _length);
}
