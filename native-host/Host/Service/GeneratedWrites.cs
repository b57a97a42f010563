using System.Security.Cryptography;
using Host.Protocol;
using Vault;
using Vault.Crypto;

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
        var generated = GenerateAnswers.Generate(request);
        Keep(vault, generated.Value);
        return generated;
    }

    /// <summary>Keeps a password that a site is about to be given: in the file before the answer.</summary>
    /// <exception cref="ProtocolException"><c>badMessage</c>: it is none, or too long.</exception>
    /// <exception cref="VaultException">It is in memory only, and goes with the next write.</exception>
    public Done KeepNow(OwnVault vault, KeepGenerated request)
    {
        if (request.Value.Utf8.Length is 0 or > Captures.MaxBytes)
        {
            throw ErrorKind.BadMessageError($"a password is 1 to {Captures.MaxBytes} bytes");
        }
        KeepIfNew(vault, request.Value);
        vault.Write();
        return new Done();
    }

    /// <summary>Keeps a password that a site was given as a new one, unless it is kept already: as a rule it was generated here.</summary>
    public void KeepIfNew(OwnVault vault, Secret password)
    {
        if (!IsKept(vault, password))
        {
            Keep(vault, password);
        }
    }

    /// <summary>Writes what waits to be written: nobody can wait for the delay.</summary>
    public void Now() => _write?.Now();

    private void Keep(OwnVault vault, Secret password)
    {
        using var value = SecretBytes.CopyOf(password.Utf8);
        vault.File.KeepGenerated(value);
        _write ??= new DelayedWrite(options.Time, WrittenAfter, Due, () => Write(vault));
        _write.Soon();
    }

    private static bool IsKept(OwnVault vault, Secret password)
    {
        foreach (var one in vault.File.Generated)
        {
            using var value = vault.File.OpenGenerated(one.Id);
            if (value is not null && CryptographicOperations.FixedTimeEquals(value.Span, password.Utf8))
            {
                return true;
            }
        }
        return false;
    }

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
