namespace Vault.Kdbx;

/// <summary>The errors of reading, worded in one place. None carries content of the file.</summary>
internal static class Failures
{
    private const string FromBackup = "restore it from a backup; Latchkey keeps some beside the vault";

    internal static VaultException Damaged(string what) =>
        new(VaultError.Damaged, $"the vault file is damaged: {what}", FromBackup);

    internal static VaultException Truncated(string where) => Damaged($"it ends inside {where}");

    internal static VaultException Unsupported(string what) =>
        new(VaultError.Unsupported, what, "open it in KeePassXC and save it as KDBX 4 with AES-256 and Argon2id");

    internal static VaultException NotKdbx() =>
        new(VaultError.Unsupported, "this is not a KDBX file", "choose a file that KeePass or Latchkey wrote (.kdbx)");

    internal static VaultException WrongKey() =>
        new(VaultError.WrongKey, "the passphrase or key file does not open this vault",
            "check the keyboard layout and Caps Lock, and whether the vault needs a key file");

    internal static VaultException TooCostly(string what) =>
        new(VaultError.TooCostly, what, "lower the key derivation's cost in the program that wrote the file");

    internal static VaultException TooLarge(string what) =>
        new(VaultError.TooLarge, what, "check where the file comes from: no program writes such a vault");
}
