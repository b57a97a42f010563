using Host.Protocol;
using Vault;

namespace Host.Service;

/// <summary>
/// What the own vault says about the person's vaults: their colours, which one takes new items, which profiles have given a further one's
/// passphrase, and which vault an item of <see cref="AutoOpen"/> opened last.
/// </summary>
internal sealed class VaultSettings(VaultFile file)
{
    private const string Prefix = "latchkey.vault.";
    private const string TakesNewKey = "latchkey.takesNew";

    // What is taken back stays as a value: a key that is gone would come back with the next merge.
    private const string Off = "off";

    /// <summary>The colours, in the order in which vaults get one until the person chooses.</summary>
    public static readonly string[] Colours = ["slate", "blue", "teal", "green", "amber", "orange", "red", "violet"];

    /// <summary>The vault that takes new items, or <see langword="null"/> for the own one.</summary>
    public string? TakesNew => file.Setting(TakesNewKey) is { } vault and not Off ? vault : null;

    /// <summary>Chooses the vault that takes new items; <see langword="null"/> for the own one.</summary>
    public void SetTakesNew(string? vault) => file.SetSetting(TakesNewKey, vault ?? Off);

    /// <summary>The colour of a vault.</summary>
    /// <param name="vault">Its id.</param>
    /// <param name="position">Its position in the list, the own one's is 0: by that where none was chosen.</param>
    public string ColourOf(string vault, int position) =>
        file.Setting(ColourKey(vault)) is { } colour && Colours.Contains(colour) ? colour : Colours[position % Colours.Length];

    /// <summary>Chooses a vault's colour.</summary>
    public void SetColour(string vault, string colour) => file.SetSetting(ColourKey(vault), colour);

    /// <summary>Tells whether a profile has given a further vault's passphrase once.</summary>
    public bool Knows(string profile, string vault) => file.Setting(ProfileKey(vault, profile)) is not (null or Off);

    /// <summary>Remembers that a profile has given a further vault's passphrase.</summary>
    public void AddProfile(string profile, string vault, DateTimeOffset now) =>
        file.SetSetting(ProfileKey(vault, profile), WireTime.Of(now));

    /// <summary>Forgets a profile: it must give the passphrase of every further vault again.</summary>
    public void RemoveProfile(string profile) =>
        SetOff(key => key.EndsWith($".profile.{profile}", StringComparison.Ordinal));

    /// <summary>Forgets what was chosen for a further vault, and who has given its passphrase.</summary>
    public void Remove(string vault)
    {
        SetOff(key => key.StartsWith($"{Prefix}{vault}.", StringComparison.Ordinal));
        if (TakesNew == vault)
        {
            SetTakesNew(null);
        }
    }

    /// <summary>The vault that an item of <see cref="AutoOpen"/> opened last, or <see langword="null"/>.</summary>
    public string? OpenedBy(ItemId item) => file.Setting(OpenedKey(item));

    /// <summary>Notes which vault an item of <see cref="AutoOpen"/> has opened, so that it keeps its id while it cannot be opened.</summary>
    public void SetOpenedBy(ItemId item, string vault)
    {
        if (OpenedBy(item) != vault)
        {
            file.SetSetting(OpenedKey(item), vault);
        }
    }

    private void SetOff(Func<string, bool> isMeant)
    {
        foreach (var key in file.SettingKeys(Prefix).Where(isMeant))
        {
            file.SetSetting(key, Off);
        }
    }

    private static string ColourKey(string vault) => $"{Prefix}{vault}.colour";

    private static string ProfileKey(string vault, string profile) => $"{Prefix}{vault}.profile.{profile}";

    private static string OpenedKey(ItemId item) => $"latchkey.autoOpen.{item}";
}
