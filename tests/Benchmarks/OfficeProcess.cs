using System.Diagnostics;

namespace Benchmarks;

/// <summary>A server in a process of its own: the share server as it is released but for being one file, or the bare one of <see cref="OfficeFloor"/>.</summary>
internal sealed class OfficeProcess : IDisposable
{
    private readonly Process _process;

    private OfficeProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>Processor time used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Starts the share server on a sample.</summary>
    public static OfficeProcess StartServer(OfficeSample sample) => Start(
        sample,
        [
            Path.Combine(AppContext.BaseDirectory, "latchkey-server.dll"),
            "serve", "--data", sample.DataFolder, "--port", $"{sample.Port}", "--address", sample.Address, "--backup-every", "0",
        ]);

    /// <summary>Starts the bare server beside a sample.</summary>
    public static OfficeProcess StartFloor(OfficeSample sample, int port) => Start(
        sample,
        [Path.Combine(AppContext.BaseDirectory, "Benchmarks.dll"), OfficeFloor.Word, $"{port}", Path.Combine(sample.DataFolder, "bare.db")],
        // As the share server has it by the web SDK; this program is set up as the host is.
        ("DOTNET_gcServer", "1"), ("DOTNET_gcConcurrent", "1"), ("DOTNET_TieredPGO", "1"));

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static OfficeProcess Start(OfficeSample sample, string[] arguments, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LATCHKEY_DATABASE"] = sample.ConnectionString ?? "";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }
        var process = Process.Start(start)!;
        process.BeginErrorReadLine(); // its log, which nobody reads here
        OfficeSample.Check(process.StandardOutput.ReadLine() is not null, "a server did not start");
        return new OfficeProcess(process);
    }
}
