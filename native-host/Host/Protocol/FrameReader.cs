using System.Security.Cryptography;
using Host.Native;

namespace Host.Protocol;

/// <summary>
/// Reads frames from a blocking descriptor: a 32-bit length, then that many bytes. See native-host/docs/protocol.md, "Frames".
/// </summary>
/// <remarks>
/// One caller at a time. A frame's bytes are zeroed when the next one is read, because any may carry a secret; the buffer is pinned so
/// that the garbage collector leaves no copies.
/// </remarks>
internal sealed class FrameReader(int descriptor, int maxPayloadBytes) : IDisposable
{
    private const int UsualBytes = 16 * 1024;

    private byte[] _buffer = GC.AllocateArray<byte>(UsualBytes, pinned: true);
    private int _start;
    private int _end;
    private int _frameBytes;

    /// <summary>Waits for the next frame.</summary>
    /// <returns>Header and payload, valid until the next call; empty if the stream ended between two frames, which is how a port normally ends.</returns>
    /// <exception cref="FrameException">The length is 0 or above the limit, or the stream ended inside a frame: stop reading it.</exception>
    public ReadOnlyMemory<byte> Read()
    {
        ClearFrame();
        if (!Fill(Limits.HeaderBytes))
        {
            return _end == _start ? default : throw new FrameException("the stream ended inside a frame's header");
        }
        // Browsers write the length in the machine's own byte order.
        var length = BitConverter.ToUInt32(_buffer, _start);
        if (length == 0 || length > (uint)maxPayloadBytes)
        {
            throw new FrameException($"frame length {length} is out of range: 1 to {maxPayloadBytes} bytes are allowed");
        }
        var whole = Limits.HeaderBytes + (int)length;
        if (!Fill(whole))
        {
            throw new FrameException("the stream ended inside a frame's payload");
        }
        _frameBytes = whole;
        return _buffer.AsMemory(_start, whole);
    }

    /// <summary>Zeroes what is left.</summary>
    public void Dispose() => CryptographicOperations.ZeroMemory(_buffer);

    private void ClearFrame()
    {
        CryptographicOperations.ZeroMemory(_buffer.AsSpan(_start, _frameBytes));
        _start += _frameBytes;
        _frameBytes = 0;
        if (_start < _end)
        {
            return;
        }
        _start = _end = 0;
        if (_buffer.Length > UsualBytes)
        {
            _buffer = GC.AllocateArray<byte>(UsualBytes, pinned: true);
        }
    }

    private bool Fill(int bytes)
    {
        if (_buffer.Length - _start < bytes)
        {
            MakeRoom(bytes);
        }
        while (_end - _start < bytes)
        {
            var count = Descriptor.Read(descriptor, _buffer.AsSpan(_end));
            if (count == 0)
            {
                return false;
            }
            _end += count;
        }
        return true;
    }

    private void MakeRoom(int bytes)
    {
        var old = _buffer;
        if (bytes > old.Length)
        {
            _buffer = GC.AllocateArray<byte>(bytes, pinned: true);
        }
        old.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        CryptographicOperations.ZeroMemory(ReferenceEquals(old, _buffer) ? _buffer.AsSpan(_end) : old);
    }
}

/// <summary>The bytes on a port are not a frame. Never carries any of them.</summary>
internal sealed class FrameException(string message) : Exception(message);
