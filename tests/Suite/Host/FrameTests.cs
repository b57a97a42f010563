using FsCheck;
using FsCheck.Fluent;
using Host.Native;
using Host.Protocol;
using NUnit.Framework;

namespace Suite.Hosting;

public class FrameTests
{
    private static readonly byte[] Lock = [.. "{\"type\":\"lock\"}"u8];

    [Test]
    public void Frames_are_read_in_order_and_then_nothing()
    {
        using var pipe = new TestPipe([.. Frame(Lock), .. Frame("{}"u8)]);
        using var reader = new FrameReader(pipe.ReadEnd, Limits.ToHostBytes);

        Assert.That(Payload(reader.Read()), Is.EqualTo(Lock));
        Assert.That(Payload(reader.Read()), Is.EqualTo("{}"u8.ToArray()));
        Assert.That(reader.Read().IsEmpty);
    }

    [TestCase(1), TestCase(3)] // inside the header
    [TestCase(4), TestCase(5)] // inside the payload
    public void Stream_that_ends_inside_a_frame_throws(int bytesSent)
    {
        using var pipe = new TestPipe(Frame(Lock)[..bytesSent]);
        using var reader = new FrameReader(pipe.ReadEnd, Limits.ToHostBytes);

        Assert.That(() => reader.Read(), Throws.TypeOf<FrameException>().With.Message.StartsWith("the stream ended inside a frame"));
    }

    [TestCase(0u)]
    [TestCase(Limits.ToHostBytes + 1u)]
    [TestCase((uint)int.MaxValue)]
    [TestCase(uint.MaxValue)]
    public void Length_out_of_range_throws_before_memory_is_taken(uint length)
    {
        using var pipe = new TestPipe([.. BitConverter.GetBytes(length), .. "{}"u8]);
        using var reader = new FrameReader(pipe.ReadEnd, Limits.ToHostBytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.That(() => reader.Read(), Throws.TypeOf<FrameException>().With.Message.Contains("out of range"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(100_000));
    }

    [Test]
    public void Longest_frame_is_read()
    {
        var payload = new byte[Limits.ToHostBytes];
        payload.AsSpan().Fill((byte)'x');
        using var pipe = new TestPipe([.. Frame(payload), .. Frame(Lock)]);
        using var reader = new FrameReader(pipe.ReadEnd, Limits.ToHostBytes);

        Assert.That(Payload(reader.Read()), Is.EqualTo(payload));
        Assert.That(Payload(reader.Read()), Is.EqualTo(Lock));
    }

    [Test]
    public void Frame_that_was_read_is_zeroed_by_the_next_read()
    {
        using var pipe = new TestPipe([.. Frame("secret"u8), .. Frame("{}"u8)]);
        using var reader = new FrameReader(pipe.ReadEnd, Limits.ToHostBytes);

        var first = reader.Read();
        reader.Read();
        Assert.That(first.ToArray(), Is.All.Zero);
    }

    [FsCheck.NUnit.Property(MaxTest = 200)]
    public Property Frames_come_out_as_they_went_in_however_they_are_cut(NonEmptyArray<NonEmptyArray<byte>> payloads, PositiveInt chunk)
    {
        var bytes = payloads.Get.SelectMany(payload => Frame(payload.Get)).ToArray();
        using var pipe = new TestPipe(bytes, chunk.Get);
        using var reader = new FrameReader(pipe.ReadEnd, Limits.ToHostBytes);

        var same = payloads.Get.All(payload => Payload(reader.Read()).AsSpan().SequenceEqual(payload.Get));
        return (same && reader.Read().IsEmpty).ToProperty();
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property Any_bytes_are_frames_or_a_frame_exception(byte[] bytes)
    {
        using var pipe = new TestPipe(bytes);
        using var reader = new FrameReader(pipe.ReadEnd, 64);
        var read = 0;
        try
        {
            for (var frame = reader.Read(); !frame.IsEmpty; frame = reader.Read())
            {
                read += frame.Length;
            }
            return (read == bytes.Length).ToProperty();
        }
        catch (FrameException)
        {
            return (read < bytes.Length).ToProperty();
        }
    }

    private static byte[] Payload(ReadOnlyMemory<byte> frame) => frame[Limits.HeaderBytes..].ToArray();

    private static byte[] Frame(ReadOnlySpan<byte> payload) => [.. BitConverter.GetBytes(payload.Length), .. payload];

    /// <summary>A pipe that a thread fills and closes.</summary>
    private sealed unsafe class TestPipe : IDisposable
    {
        private readonly Thread _writer;

        public TestPipe(byte[] bytes, int chunk = int.MaxValue)
        {
            var ends = stackalloc int[2];
            Assert.That(Libc.pipe2(ends, Libc.CloseOnExec), Is.Zero);
            ReadEnd = ends[0];
            var writeEnd = ends[1];
            _writer = new Thread(() =>
            {
                for (var at = 0; at < bytes.Length; at += Math.Min(chunk, bytes.Length - at))
                {
                    Descriptor.TryWrite(writeEnd, bytes.AsSpan(at, Math.Min(chunk, bytes.Length - at)));
                }
                _ = Libc.close(writeEnd);
            });
            _writer.Start();
        }

        public int ReadEnd { get; }

        public void Dispose()
        {
            _ = Libc.close(ReadEnd); // a writer that is still at it gets an error and ends
            _writer.Join();
        }
    }
}
