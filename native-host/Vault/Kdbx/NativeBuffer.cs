using System.Runtime.InteropServices;

namespace Vault.Kdbx;

/// <summary>
/// A buffer outside the garbage collector's heap. The bytes of a file need megabytes for milliseconds: here they go back to
/// the system at once, where an array would stay part of the process until some later collection.
/// </summary>
internal sealed unsafe class NativeBuffer(int length) : IDisposable
{
    private byte* _bytes = (byte*)NativeMemory.Alloc((nuint)length);

    internal Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_bytes is null, this);
            return new Span<byte>(_bytes, length);
        }
    }

    /// <summary>A stream over a part of the buffer, to be used before the buffer is disposed.</summary>
    internal UnmanagedMemoryStream Stream(int start, int count)
    {
        _ = Span.Slice(start, count);
        return new UnmanagedMemoryStream(_bytes + start, count);
    }

    public void Dispose()
    {
        NativeMemory.Free(_bytes);
        _bytes = null;
    }
}
