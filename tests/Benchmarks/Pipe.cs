using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace Benchmarks;

/// <summary>A native-messaging program at the end of its pipes, used as a browser uses it.</summary>
internal sealed class Pipe : IDisposable
{
    private readonly Process _process;
    private readonly Stream _input;
    private readonly Stream _output;
    private int _lastId;

    private Pipe(Process process)
    {
        _process = process;
        _input = process.StandardInput.BaseStream;
        _output = process.StandardOutput.BaseStream;
    }

    public int ProcessId => _process.Id;

    public static Pipe Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        return new Pipe(Process.Start(start)!);
    }

    /// <summary>Sends a request (its members without braces, after <c>id</c>) and returns its reply's <c>ok</c>.</summary>
    /// <exception cref="InvalidOperationException">The reply is an error.</exception>
    public JsonElement Ask(string type, string members = "")
    {
        var id = ++_lastId;
        Send($$"""{"id":{{id}},"type":"{{type}}"{{(members == "" ? "" : ",")}}{{members}}}""");
        while (true)
        {
            var message = JsonDocument.Parse(Receive()).RootElement;
            if (!message.TryGetProperty("id", out var answered) || answered.GetInt32() != id)
            {
                continue; // an event
            }
            return message.TryGetProperty("ok", out var ok) ? ok : throw new InvalidOperationException($"{type}: {message}");
        }
    }

    /// <summary>Sends a request and waits for its reply without looking into it: one round trip and nothing else.</summary>
    public void RoundTrip(byte[] frame)
    {
        _input.Write(frame);
        _input.Flush();
        Receive();
    }

    public static byte[] Frame(string json)
    {
        var payload = Encoding.UTF8.GetBytes(json);
        var frame = new byte[sizeof(uint) + payload.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)payload.Length);
        payload.CopyTo(frame, sizeof(uint));
        return frame;
    }

    public void Dispose()
    {
        _input.Dispose();
        _process.WaitForExit();
        _process.Dispose();
    }

    private void Send(string json)
    {
        _input.Write(Frame(json));
        _input.Flush();
    }

    private byte[] Receive()
    {
        var header = new byte[sizeof(uint)];
        _output.ReadExactly(header);
        var payload = new byte[BinaryPrimitives.ReadUInt32LittleEndian(header)];
        _output.ReadExactly(payload);
        return payload;
    }
}
