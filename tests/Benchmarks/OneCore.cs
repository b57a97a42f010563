using System.Diagnostics;
using System.Numerics;

namespace Benchmarks;

/// <summary>Keeps the calling thread, and the processes that it starts, on the last core that they may use until disposed.</summary>
internal sealed class OneCore : IDisposable
{
    private readonly nint _before;

    public OneCore()
    {
        using var process = Process.GetCurrentProcess();
        _before = process.ProcessorAffinity;
        process.ProcessorAffinity = (nint)1 << BitOperations.Log2((nuint)_before);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using var process = Process.GetCurrentProcess();
        process.ProcessorAffinity = _before;
    }
}
