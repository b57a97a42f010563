using System.CommandLine;
using Host.Protocol;
using Host.Service;
using Vault;

namespace Host.Commands;

/// <summary>One run of one command: what was given, where to answer, and how to reach a host.</summary>
internal sealed record Invocation(
    ParseResult Parsed, GlobalOptions Globals, Output Output, SecretInput Secrets, HostAccess Hosts,
    CancellationToken Cancellation)
{
    private static readonly VersionRange _protocol = new(Min: 1, Max: 1);

    /// <summary>The file that <c>--vault</c> names, absolute, or <see langword="null"/> for the own vault.</summary>
    public string? Vault => Parsed.GetValue(Globals.Vault) is { } path ? Path.GetFullPath(path) : null;

    private string? KeyFile => Parsed.GetValue(Globals.KeyFile) is { } path ? Path.GetFullPath(path) : null;

    /// <summary>
    /// Reaches the vault and unlocks it with the passphrase; without one, if the host serves this terminal's session already and none was
    /// given unasked.
    /// </summary>
    /// <param name="isFresh">Whether the passphrase is needed in any case.</param>
    /// <exception cref="ProtocolException">The host refused, or the passphrase could not be read.</exception>
    public async Task<VaultsConnection> OpenVaultAsync(bool isFresh = false)
    {
        var connection = await Hosts.OpenAsync(Vault, Cancellation);
        try
        {
            var status = (await HelloAsync(connection)).Status;
            using var passphrase = status.State == "unlocked" && !isFresh ? Secrets.GivenPassphrase() : AskPassphrase(status);
            if (passphrase is not null)
            {
                await AskAsync<Status>(connection, new Unlock(passphrase, Vault, KeyFile));
            }
            return await VaultsConnection.OfAsync(this, connection);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens the port.</summary>
    public async Task<Welcome> HelloAsync(IHostConnection connection) => await AskAsync<Welcome>(
        connection, new Hello(_protocol, "cli", ProductVersion.Text, Capabilities: [Limits.Parts], Locale: "en"));

    /// <summary>Opens the port, asks for the passphrase and gives it to the host, for this terminal's session too.</summary>
    public async Task<Status> UnlockForTerminalAsync(IHostConnection connection)
    {
        using var passphrase = AskPassphrase((await HelloAsync(connection)).Status);
        return await AskAsync<Status>(connection, new Unlock(passphrase, Vault, KeyFile, Terminal: true));
    }

    /// <summary>Asks for the passphrase by the vault's file, if there is one: nobody types a passphrase for nothing.</summary>
    private Secret AskPassphrase(Status status)
    {
        if (Vault is null && status.State == "noVault")
        {
            throw VaultOpener.NoVaultError();
        }
        var path = Vault ?? status.VaultPath;
        // A host goes on with a vault whose file was moved away meanwhile.
        if (path is not null && !File.Exists(path) && !VaultLock.IsHeldByHost(Paths.FromEnvironment(), path))
        {
            throw ErrorKind.Of(VaultFile.MissingAt(path));
        }
        return Secrets.Passphrase(path is null ? null : Path.GetFileName(path));
    }

    /// <summary>Sends a request whose reply can be of one type only.</summary>
    /// <exception cref="ProtocolException">The host refused, or answered something else.</exception>
    public async Task<T> AskAsync<T>(IHostConnection connection, Request request)
        where T : Reply =>
        await connection.AskAsync(request, Cancellation) as T ?? throw UnfitAnswer();

    /// <summary>What to throw when an answer makes no sense.</summary>
    public static ProtocolException UnfitAnswer() => Failure.Of(
        "badMessage", "the host's answer does not fit the question", "lock, so that a host of this version starts");
}
