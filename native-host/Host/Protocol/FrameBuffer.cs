using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Host.Native;

namespace Host.Protocol;

/// <summary>Builds one frame at a time in a pinned array that is used again, zeroed in between. One caller at a time.</summary>
internal sealed class FrameBuffer : IBufferWriter<byte>, IDisposable
{
    private const int UsualBytes = 16 * 1024;

    private byte[] _bytes = GC.AllocateArray<byte>(UsualBytes, pinned: true);
    private int _length = Limits.HeaderBytes;

    /// <summary>How long the payload is so far.</summary>
    public int PayloadBytes => _length - Limits.HeaderBytes;

    /// <summary>The payload so far.</summary>
    public ReadOnlySpan<byte> Payload => _bytes.AsSpan(Limits.HeaderBytes, PayloadBytes);

    /// <summary>The payload so far, for a reader that keeps it. Valid until the next write.</summary>
    public ReadOnlyMemory<byte> PayloadMemory => _bytes.AsMemory(Limits.HeaderBytes, PayloadBytes);

    /// <inheritdoc/>
    public void Advance(int count) => _length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _bytes.AsSpan(_length);
    }

    /// <summary>Takes a payload that is made already.</summary>
    public void Append(ReadOnlySpan<byte> payload)
    {
        payload.CopyTo(GetSpan(payload.Length));
        Advance(payload.Length);
    }

    /// <summary>Writes the frame in one call and forgets it.</summary>
    /// <returns>Whether the other side took it.</returns>
    public bool TrySend(int descriptor)
    {
        BitConverter.TryWriteBytes(_bytes, PayloadBytes);
        var sent = Descriptor.TryWrite(descriptor, _bytes.AsSpan(0, _length));
        Clear();
        return sent;
    }

    /// <summary>Zeroes and forgets what was written.</summary>
    public void Clear()
    {
        CryptographicOperations.ZeroMemory(_bytes.AsSpan(0, _length));
        _length = Limits.HeaderBytes;
        if (_bytes.Length > UsualBytes)
        {
            _bytes = GC.AllocateArray<byte>(UsualBytes, pinned: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();

    /// <summary>A JSON writer into this buffer. Its encoder leaves what is valid JSON alone: no page will ever parse it as HTML.</summary>
    public Utf8JsonWriter NewWriter() => new(this, JsonFormat);

    private static readonly JsonWriterOptions JsonFormat = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = Limits.Depth,
        SkipValidation = true,
    };

    private void Reserve(int bytes)
    {
        const int least = 256;
        var needed = _length + Math.Max(bytes, least);
        if (needed <= _bytes.Length)
        {
            return;
        }
        var larger = GC.AllocateArray<byte>(Math.Max(needed, 2 * _bytes.Length), pinned: true);
        _bytes.AsSpan(0, _length).CopyTo(larger);
        CryptographicOperations.ZeroMemory(_bytes);
        _bytes = larger;
    }
}
