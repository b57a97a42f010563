using Host.Protocol;
using Vault;

namespace Host.Service;

/// <summary>
/// Keeps generated passwords in the own vault; the file has them soon, so that somebody who looks for a good one does not wait for a write each
/// time. Guarded by the session's gate.
/// </summary>
internal sealed class GeneratedWrites(SessionOptions options, Gate gate)
{
    /// <summary>How long a generated password may be in memory only.</summary>
    private static readonly TimeSpan WrittenAfter = TimeSpan.FromSeconds(2);

    private DelayedWrite? _write;

    /// <summary>Generates and keeps.</summary>
    public Generated Keep(OwnVault vault, Generate request)
    {
        var generated = GenerateAnswers.Keep(vault, request);
        _write ??= new DelayedWrite(options.Time, WrittenAfter, Due, () => Write(vault));
        _write.Soon();
        return generated;
    }

    /// <summary>Writes what waits to be written: nobody can wait for the delay.</summary>
    public void Now() => _write?.Now();

    private void Due()
    {
        lock (gate)
        {
            Now();
        }
    }

    private void Write(OwnVault vault)
    {
        try
        {
            vault.Write();
        }
        catch (VaultException)
        {
            options.Log.GeneratedNotWritten(); // the next write takes them along
        }
    }
}
