// Answers every frame with a fixed reply to its id. Without arguments on standard input and output, as a browser starts a host;
// with a path on a Unix socket there, as the host behind a relay; `--fill` gives the reply that the floor extension fills in.
using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

var reply = Encoding.UTF8.GetBytes("""{"id":1,"ok":{"username":"anna.berg","password":"correct horse"}}""");
var socketPath = args is [var only] && only.StartsWith('/') && !only.EndsWith(".json") ? only : null;
if (socketPath is null)
{
    Echo(Console.OpenStandardInput(), Console.OpenStandardOutput());
    return;
}

using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
listener.Bind(new UnixDomainSocketEndPoint(socketPath));
File.SetUnixFileMode(socketPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
listener.Listen();
Console.WriteLine("listening");
while (true)
{
    var connection = listener.Accept();
    new Thread(() =>
    {
        using var stream = new NetworkStream(connection, ownsSocket: true);
        Echo(stream, stream);
    }).Start();
}

void Echo(Stream input, Stream output)
{
    var header = new byte[sizeof(uint)];
    while (input.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) == header.Length)
    {
        var length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (length > 1 << 20)
        {
            return;
        }
        var request = new byte[length];
        input.ReadExactly(request);
        var answer = Answer(request);
        var frame = new byte[sizeof(uint) + answer.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(frame, (uint)answer.Length);
        answer.CopyTo(frame, sizeof(uint));
        output.Write(frame);
        output.Flush();
    }
}

// The id is the first number in the request: enough for a floor, and nothing a real host could do less.
byte[] Answer(byte[] request)
{
    var text = Encoding.UTF8.GetString(request);
    var at = text.IndexOf("\"id\":", StringComparison.Ordinal);
    if (at < 0)
    {
        return reply;
    }
    var end = at + 5;
    while (end < text.Length && char.IsAsciiDigit(text[end]))
    {
        end++;
    }
    return Encoding.UTF8.GetBytes($"{{\"id\":{text[(at + 5)..end]},{Encoding.UTF8.GetString(reply)[8..]}");
}
