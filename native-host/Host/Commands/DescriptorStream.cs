using Host.Install;
using Host.Native;

namespace Host.Commands;

/// <summary>
/// A standard stream as it is. Not <see cref="Console"/>'s: those keep strings of what is typed and set the terminal up for
/// themselves. Not a <see cref="FileStream"/>: on a file it leaves the position behind that the next command would go on from.
/// </summary>
/// <param name="descriptor">An open descriptor, which stays open.</param>
/// <param name="name">What to call it when it fails, or <see langword="null"/> to ignore that nobody reads it.</param>
internal sealed class DescriptorStream(int descriptor, string? name) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer) => Descriptor.Read(descriptor, buffer);

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="CannotWriteException">The device is full, or the reader is gone.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!Descriptor.TryWrite(descriptor, buffer) && name is not null)
        {
            throw new CannotWriteException(name, "check where it goes: the device is full, or the reader is gone");
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
