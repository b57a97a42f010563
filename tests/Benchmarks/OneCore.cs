using System.Diagnostics;

namespace Benchmarks;

/// <summary>Keeps the calling thread, and the processes that it starts, on the machine's last core until disposed.</summary>
internal sealed class OneCore : IDisposable
{
    private readonly nint _before;

    public OneCore()
    {
        using var process = Process.GetCurrentProcess();
        _before = process.ProcessorAffinity;
        process.ProcessorAffinity = (nint)1 << (Environment.ProcessorCount - 1);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        using var process = Process.GetCurrentProcess();
        process.ProcessorAffinity = _before;
    }
}
