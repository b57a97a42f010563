using System.Text;
using Vault;
using Vault.Crypto;

namespace Suite.Unit.Vault;

/// <summary>Vaults in a folder of their own, with a key derivation that costs nothing and a clock that stands.</summary>
internal sealed class TestVault : IDisposable
{
    internal const string Passphrase = "correct horse ünïcödé";

    /// <summary>The cheapest Argon2id that libargon2 takes.</summary>
    internal static readonly KdfSettings Cheap = new(KdfKind.Argon2id, 64 << 10, 1, 2);

    internal TestVault() => Path = System.IO.Path.Combine(Folder.FullName, "vault.kdbx");

    internal DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("latchkey-vault");

    internal string Path { get; init; }

    internal TestClock Clock { get; } = new();

    internal VaultOptions Options => new() { Clock = Clock, KdfFloor = Cheap, KdfDefault = Cheap };

    internal VaultFile Create(KdfSettings? kdf = null, VaultOptions? options = null)
    {
        using var key = Key();
        return VaultFile.Create(Path, key, kdf ?? Cheap, options ?? Options);
    }

    internal VaultFile Open()
    {
        using var key = Key();
        return VaultFile.Open(Path, key, Options);
    }

    internal static CompositeKey Key(string passphrase = Passphrase) => CompositeKey.From(Encoding.UTF8.GetBytes(passphrase));

    internal static NewField Secret(string name, string value) =>
        NewField.Protected(name, SecretBytes.CopyOf(Encoding.UTF8.GetBytes(value)));

    /// <summary>A field's value as a string, <see langword="null"/> if it is not there.</summary>
    internal static string? Read(VaultFile vault, ItemId id, string field, int? revision = null)
    {
        using var value = vault.OpenField(id, field, revision);
        return value is null ? null : Encoding.UTF8.GetString(value.Span);
    }

    public void Dispose() => Folder.Delete(recursive: true);
}

/// <summary>A clock that stands until it is moved.</summary>
internal sealed class TestClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    internal void Advance(TimeSpan time) => _now += time;

    public override DateTimeOffset GetUtcNow() => _now;
}
