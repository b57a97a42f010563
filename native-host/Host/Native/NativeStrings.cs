using System.Runtime.InteropServices;
using System.Text;

namespace Host.Native;

/// <summary>A null-terminated array of C strings, as <c>execve</c> and <c>posix_spawn</c> take it.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly byte** _strings;
    private readonly int _count;

    public NativeStrings(IReadOnlyList<string> strings)
    {
        _count = strings.Count;
        _strings = (byte**)NativeMemory.AllocZeroed((nuint)(_count + 1), (nuint)sizeof(byte*));
        for (var i = 0; i < _count; i++)
        {
            var bytes = Encoding.UTF8.GetByteCount(strings[i]);
            _strings[i] = (byte*)NativeMemory.Alloc((nuint)bytes + 1);
            _strings[i][Encoding.UTF8.GetBytes(strings[i], new Span<byte>(_strings[i], bytes))] = 0;
        }
    }

    public byte** Pointer => _strings;

    public void Dispose()
    {
        for (var i = 0; i < _count; i++)
        {
            NativeMemory.Free(_strings[i]);
        }
        NativeMemory.Free(_strings);
    }
}
