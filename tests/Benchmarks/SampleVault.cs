using System.Globalization;
using System.Text;
using Vault;
using Vault.Crypto;

namespace Benchmarks;

/// <summary>
/// Makes vaults to measure with: as many items as asked for, each with its own hostname, a password of 20 characters, every
/// fifth with notes, every tenth with a code, every twentieth with an earlier revision. The same on every run but for ids
/// and keys.
/// </summary>
public static class SampleVault
{
    /// <summary>The passphrase of each sample.</summary>
    public const string Passphrase = "correct horse battery staple";

    private const string PasswordCharacters = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#%+";

    /// <summary>The key of each sample.</summary>
    public static CompositeKey Key() => CompositeKey.From(Encoding.UTF8.GetBytes(Passphrase));

    /// <summary>Writes a sample.</summary>
    /// <param name="path">Where; no file may be there.</param>
    /// <param name="items">How many items.</param>
    /// <param name="kdf">The cost; not raised to the floor.</param>
    /// <param name="loginUrl">The URL of one item more, to be filled there; none if <see langword="null"/>.</param>
    public static void Write(string path, int items, KdfSettings kdf, string? loginUrl = null)
    {
        using var key = Key();
        using var vault = VaultFile.Create(path, key, kdf, new VaultOptions { KdfFloor = kdf, KdfDefault = kdf });
        for (var index = 0; index < items; index++)
        {
            var id = vault.Add(Draft(index)).Id;
            if (index % 20 == 0)
            {
                using var password = Password(index + items);
                vault.Update(id, new ItemDraft { Fields = [NewField.Protected(FieldName.Password, password)] });
            }
        }
        if (loginUrl is not null)
        {
            vault.Add(Draft(items) with { Urls = [new ItemUrl(loginUrl)] });
        }
        vault.Write();
    }

    private static ItemDraft Draft(int index)
    {
        var number = index.ToString(CultureInfo.InvariantCulture);
        var fields = new List<NewField>
        {
            NewField.Clear(FieldName.Title, $"Service {number}"),
            NewField.Clear(FieldName.UserName, $"person{index % 50}@example.com"),
            NewField.Protected(FieldName.Password, Password(index)),
        };
        if (index % 5 == 0)
        {
            fields.Add(NewField.Clear(FieldName.Notes, $"Contract {number}, ask the second floor before changing it"));
        }
        if (index % 10 == 0)
        {
            var seed = Encoding.UTF8.GetBytes($"otpauth://totp/Service{number}?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
            fields.Add(NewField.Protected(FieldName.Otp, SecretBytes.Take(seed)));
        }
        return new ItemDraft
        {
            Fields = fields,
            Urls = [new ItemUrl($"https://login.service{number}.example.com/")],
            Tags = index % 7 == 0 ? ["work"] : null,
            Folder = index % 3 == 0 ? "" : $"Group {index % 20}",
        };
    }

    // A small generator of its own: the same passwords each time, and nobody takes it for the real one.
    private static SecretBytes Password(int index)
    {
        var state = (uint)index * 2654435761 + 12345;
        var password = new SecretBytes(20);
        foreach (ref var character in password.Span)
        {
            state = state * 1664525 + 1013904223;
            character = (byte)PasswordCharacters[(int)(state >> 16) % PasswordCharacters.Length];
        }
        return password;
    }
}
