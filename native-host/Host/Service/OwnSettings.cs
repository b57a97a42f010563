using System.Globalization;
using Host.Protocol;
using Vault;

namespace Host.Service;

/// <summary>
/// What this program keeps in the own vault: its settings, the profiles that gave the passphrase, and where the person chose "always fill
/// here". One value a thing, so that two copies of the file merge without losing either's.
/// </summary>
internal sealed class OwnSettings(VaultFile file)
{
    private const string Prefix = "latchkey.";
    private const string FillOnLoadKey = Prefix + "fillOnLoad";

    /// <summary>A number with its least, its greatest and its first value.</summary>
    private readonly record struct NumberSetting(string Key, int Min, int Max, int Initial);

    private static readonly NumberSetting LockAfterMinutes = new(Prefix + "lockAfterMinutes", 1, 480, 10);
    private static readonly NumberSetting LockAfterHours = new(Prefix + "lockAfterHours", 1, 24, 8);
    private static readonly NumberSetting ClipboardSeconds = new(Prefix + "clipboardSeconds", 5, 600, 30);

    private Settings? _read;

    /// <summary>The settings while no vault is open.</summary>
    public static Settings Initial { get; } =
        new(LockAfterMinutes.Initial, LockAfterHours.Initial, ClipboardSeconds.Initial, "chosen");

    /// <summary>The settings. A value that another program spoilt counts as the first one.</summary>
    public Settings Read() => _read ??= new Settings(
        Number(LockAfterMinutes),
        Number(LockAfterHours),
        Number(ClipboardSeconds),
        file.Setting(FillOnLoadKey) is "ownItems" ? "ownItems" : Initial.FillOnLoad);

    /// <summary>Reads the file again the next time: another program's changes came in.</summary>
    public void Forget() => _read = null;

    /// <summary>Changes what is named.</summary>
    /// <exception cref="ProtocolException"><c>badMessage</c>: a number is out of its range; nothing was changed.</exception>
    public void Change(SettingsChange change)
    {
        Check(LockAfterMinutes, change.LockAfterMinutes);
        Check(LockAfterHours, change.LockAfterHours);
        Check(ClipboardSeconds, change.ClipboardSeconds);
        Forget();
        Set(LockAfterMinutes, change.LockAfterMinutes);
        Set(LockAfterHours, change.LockAfterHours);
        Set(ClipboardSeconds, change.ClipboardSeconds);
        if (change.FillOnLoad is { } fillOnLoad)
        {
            file.SetSetting(FillOnLoadKey, fillOnLoad);
        }
    }

    /// <summary>Tells whether a change leaves secrets open for longer, or to more pages, than now.</summary>
    public bool LowersProtection(SettingsChange change)
    {
        var now = Read();
        return change.LockAfterMinutes > now.LockAfterMinutes
            || change.LockAfterHours > now.LockAfterHours
            || change.ClipboardSeconds > now.ClipboardSeconds
            || (change.FillOnLoad == "ownItems" && now.FillOnLoad != "ownItems");
    }

    /// <summary>Tells whether a profile has given the passphrase once.</summary>
    /// <param name="profile">SHA-256 of the profile key, base64url.</param>
    public bool Knows(string profile) => file.Setting(ProfileKey(profile)) is not null;

    /// <summary>Remembers that a profile has given the passphrase.</summary>
    public void AddProfile(string profile, DateTimeOffset now) =>
        file.SetSetting(ProfileKey(profile), WireTime.Of(now));

    /// <summary>Tells whether the person chose "always fill here".</summary>
    public bool AlwaysFills(ItemId item, string hostname) => Hostnames(item).Contains(hostname);

    /// <summary>Chooses "always fill here", or ends it.</summary>
    public void SetAlwaysFill(ItemId item, string hostname, bool on)
    {
        var hostnames = Hostnames(item).Where(one => one != hostname);
        var text = string.Join(' ', on ? hostnames.Append(hostname) : hostnames);
        file.SetSetting(AlwaysFillKey(item), text.Length > 0 ? text : null);
    }

    /// <summary>Forgets what was chosen for an item that is gone for good.</summary>
    public void ForgetItem(ItemId item) => file.SetSetting(AlwaysFillKey(item), null);

    private string[] Hostnames(ItemId item) => file.Setting(AlwaysFillKey(item))?.Split(' ') ?? [];

    private static string ProfileKey(string profile) => $"{Prefix}profile.{profile}";

    private static string AlwaysFillKey(ItemId item) => $"{Prefix}alwaysFill.{item}";

    private int Number(NumberSetting setting) =>
        int.TryParse(file.Setting(setting.Key), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        && value >= setting.Min && value <= setting.Max
            ? value
            : setting.Initial;

    private static void Check(NumberSetting setting, int? value)
    {
        if (value < setting.Min || value > setting.Max)
        {
            throw ErrorKind.BadMessageError($"{setting.Key[Prefix.Length..]} is not {setting.Min} to {setting.Max}");
        }
    }

    private void Set(NumberSetting setting, int? value)
    {
        if (value is { } number)
        {
            file.SetSetting(setting.Key, number.ToString(CultureInfo.InvariantCulture));
        }
    }
}
