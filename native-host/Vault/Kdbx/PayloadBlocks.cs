using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Vault.Kdbx;

/// <summary>The blocks that carry a payload: authenticated in KDBX 4, hashed in KDBX 3.1. Joined in place, so nothing is copied twice.</summary>
internal static class PayloadBlocks
{
    /// <summary>KDBX 4: checks every block, in constant time each, and moves their bytes together at the front.</summary>
    /// <returns>How many bytes of payload there are.</returns>
    /// <exception cref="VaultException">A block is truncated or altered, or bytes follow the last one.</exception>
    internal static int JoinAuthenticated(Span<byte> blocks, KdbxKeys keys)
    {
        Span<byte> mac = stackalloc byte[KdbxKeys.MacBytes];
        var reader = new SpanReader(blocks, "its payload");
        var joined = 0;
        for (ulong number = 0; ; number++)
        {
            var expected = reader.Take(KdbxKeys.MacBytes);
            var length = CheckedLength(ref reader);
            var start = reader.Position;
            var block = reader.Take(length);
            keys.BlockMac(number, block, mac);
            if (!CryptographicOperations.FixedTimeEquals(mac, expected))
            {
                throw Failures.Damaged($"block {number} of its payload was altered");
            }
            if (length == 0)
            {
                return reader.Left == 0 ? joined : throw Failures.Damaged("bytes follow its payload");
            }
            blocks.Slice(start, length).CopyTo(blocks[joined..]);
            joined += length;
        }
    }

    /// <summary>KDBX 3.1: checks every block's hash and moves their bytes together at the front.</summary>
    /// <returns>How many bytes of payload there are.</returns>
    /// <exception cref="VaultException">A block is truncated or altered.</exception>
    internal static int JoinHashed(Span<byte> blocks)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var reader = new SpanReader(blocks, "its payload");
        var joined = 0;
        for (uint number = 0; ; number++)
        {
            if (reader.UInt32() != number)
            {
                throw Failures.Damaged("the blocks of its payload are out of order");
            }
            var expected = reader.Take(SHA256.HashSizeInBytes);
            var length = CheckedLength(ref reader);
            if (length == 0)
            {
                return joined;
            }
            var start = reader.Position;
            SHA256.HashData(reader.Take(length), hash);
            if (!hash.SequenceEqual(expected))
            {
                throw Failures.Damaged($"block {number} of its payload was altered");
            }
            blocks.Slice(start, length).CopyTo(blocks[joined..]);
            joined += length;
        }
    }

    private static int CheckedLength(ref SpanReader reader)
    {
        var length = reader.UInt32();
        return length <= Limits.MaxBlockBytes ? (int)length : throw Failures.Damaged("a block of its payload is too long");
    }
}

/// <summary>Writes a payload as the authenticated blocks of KDBX 4. Dispose writes the last block and leaves the output open.</summary>
internal sealed class AuthenticatedBlockStream(Stream output, KdbxKeys keys) : WriteOnlyStream
{
    private const int BlockBytes = 1 << 20;

    private readonly byte[] _block = new byte[BlockBytes];
    private int _filled;
    private ulong _number;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var count = Math.Min(buffer.Length, BlockBytes - _filled);
            buffer[..count].CopyTo(_block.AsSpan(_filled));
            buffer = buffer[count..];
            _filled += count;
            if (_filled == BlockBytes)
            {
                WriteBlock();
            }
        }
    }

    /// <summary>Writes what is left and the empty block that ends the payload.</summary>
    internal void Finish()
    {
        if (_filled > 0)
        {
            WriteBlock();
        }
        WriteBlock();
    }

    private void WriteBlock()
    {
        Span<byte> prefix = stackalloc byte[KdbxKeys.MacBytes + sizeof(int)];
        var block = _block.AsSpan(0, _filled);
        keys.BlockMac(_number++, block, prefix);
        BinaryPrimitives.WriteInt32LittleEndian(prefix[KdbxKeys.MacBytes..], _filled);
        output.Write(prefix);
        output.Write(block);
        _filled = 0;
    }
}
