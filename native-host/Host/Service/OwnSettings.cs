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
    private const int MaxBrowserName = 64;
    private const string FillOnLoadKey = Prefix + "fillOnLoad";

    /// <summary>A number with its least, its greatest and its first value.</summary>
    private readonly record struct NumberSetting(string Key, int Min, int Max, int Initial);

    private const string MatchKindKey = Prefix + "matchKind";
    private const string LockOnScreenLockKey = Prefix + "lockOnScreenLock";
    private const string NeverKey = Prefix + "never.";
    private const string ProfileKey = Prefix + "profile.";

    // What is taken back stays as a value: a key that is gone would come back with the next merge.
    private const string On = "on", Off = "off";

    private static readonly NumberSetting LockAfterMinutes = new(Prefix + "lockAfterMinutes", 1, 480, 10);
    private static readonly NumberSetting LockAfterHours = new(Prefix + "lockAfterHours", 1, 24, 8);
    private static readonly NumberSetting ClipboardSeconds = new(Prefix + "clipboardSeconds", 5, 600, 30);
    private static readonly NumberSetting LockWithoutBrowserMinutes = new(Prefix + "lockWithoutBrowserMinutes", 0, 60, 5);

    private Settings? _read;

    /// <summary>What the person taught of the forms of sites.</summary>
    public TaughtFields Taught { get; } = new(file);

    /// <summary>The settings while no vault is open.</summary>
    public static Settings Initial { get; } =
        new(LockAfterMinutes.Initial, LockAfterHours.Initial, ClipboardSeconds.Initial, "chosen", "hostname", true, LockWithoutBrowserMinutes.Initial);

    /// <summary>The settings. A value that another program spoilt counts as the first one.</summary>
    public Settings Read() => _read ??= new Settings(
        Number(LockAfterMinutes),
        Number(LockAfterHours),
        Number(ClipboardSeconds),
        file.Setting(FillOnLoadKey) is "ownItems" ? "ownItems" : Initial.FillOnLoad,
        file.Setting(MatchKindKey) is ("site" or "origin") and var kind ? kind : Initial.MatchKind,
        file.Setting(LockOnScreenLockKey) is not Off,
        Number(LockWithoutBrowserMinutes));

    /// <summary>Reads the file again the next time: another program's changes came in.</summary>
    public void Forget() => _read = null;

    /// <summary>Changes what is named.</summary>
    /// <exception cref="ProtocolException"><c>badMessage</c>: a number is out of its range; nothing was changed.</exception>
    public void Change(SettingsChange change)
    {
        Check(LockAfterMinutes, change.LockAfterMinutes);
        Check(LockAfterHours, change.LockAfterHours);
        Check(ClipboardSeconds, change.ClipboardSeconds);
        Check(LockWithoutBrowserMinutes, change.LockWithoutBrowserMinutes);
        Forget();
        Set(LockAfterMinutes, change.LockAfterMinutes);
        Set(LockAfterHours, change.LockAfterHours);
        Set(ClipboardSeconds, change.ClipboardSeconds);
        Set(LockWithoutBrowserMinutes, change.LockWithoutBrowserMinutes);
        Set(FillOnLoadKey, change.FillOnLoad);
        Set(MatchKindKey, change.MatchKind);
        Set(LockOnScreenLockKey, change.LockOnScreenLock is { } locks ? (locks ? On : Off) : null);
    }

    /// <summary>Tells whether a change leaves secrets open for longer, or to more pages, than now.</summary>
    public bool LowersProtection(SettingsChange change)
    {
        var now = Read();
        return change.LockAfterMinutes > now.LockAfterMinutes
            || change.LockAfterHours > now.LockAfterHours
            || change.ClipboardSeconds > now.ClipboardSeconds
            || (change.FillOnLoad == "ownItems" && now.FillOnLoad != "ownItems")
            || (change.MatchKind == "site" && now.MatchKind != "site")
            || (change.LockOnScreenLock is false && now.LockOnScreenLock)
            || (change.LockWithoutBrowserMinutes is { } minutes && MinutesOf(minutes) > MinutesOf(now.LockWithoutBrowserMinutes));
    }

    /// <summary>Tells whether a profile has given the passphrase once.</summary>
    /// <param name="profile">SHA-256 of the profile key, base64url.</param>
    public bool Knows(string profile) => file.Setting(ProfileKey + profile) is not (null or Off);

    /// <summary>Remembers that a profile has given the passphrase.</summary>
    /// <param name="profile">SHA-256 of the profile key, base64url.</param>
    /// <param name="browser">The browser's name, as it said itself.</param>
    /// <param name="now">The time.</param>
    public void AddProfile(string profile, string browser, DateTimeOffset now) =>
        file.SetSetting(ProfileKey + profile, $"{WireTime.Of(now)} {(browser.Length > MaxBrowserName ? browser[..MaxBrowserName] : browser)}".TrimEnd());

    /// <summary>Forgets a profile: it must give the passphrase again.</summary>
    public void RemoveProfile(string profile) => file.SetSetting(ProfileKey + profile, Off);

    /// <summary>The profiles that have given the passphrase, the first one first.</summary>
    public IReadOnlyList<(string Profile, string Browser, DateTimeOffset AddedAt)> Profiles() =>
    [
        .. file.SettingKeys(ProfileKey).Select(key => key[ProfileKey.Length..]).Where(Knows)
            .Select(profile => (profile, Parts: file.Setting(ProfileKey + profile)!.Split(' ', 2)))
            .Select(one => (one.profile, one.Parts.ElementAtOrDefault(1) ?? "", WireTime.TryParse(one.Parts[0]) ?? DateTimeOffset.UnixEpoch))
            .OrderBy(one => one.Item3),
    ];

    /// <summary>Tells whether the person chose "never on this site".</summary>
    public bool IsNever(string hostname) => file.Setting(NeverKey + hostname) is On;

    /// <summary>Chooses "never on this site", or ends it.</summary>
    public void SetNever(string hostname, bool never) => file.SetSetting(NeverKey + hostname, never ? On : Off);

    /// <summary>The hostnames for which the person chose "never on this site", sorted.</summary>
    public IReadOnlyList<string> NeverSites() =>
        [.. file.SettingKeys(NeverKey).Select(key => key[NeverKey.Length..]).Where(IsNever).Order(StringComparer.Ordinal)];

    /// <summary>Tells whether the person chose "always fill here".</summary>
    /// <param name="item">The item's id on the wire, which names a further vault too.</param>
    /// <param name="hostname">The hostname.</param>
    public bool AlwaysFills(string item, string hostname) => Hostnames(item).Contains(hostname);

    /// <summary>Chooses "always fill here", or ends it.</summary>
    public void SetAlwaysFill(string item, string hostname, bool on)
    {
        var hostnames = Hostnames(item).Where(one => one != hostname);
        var text = string.Join(' ', on ? hostnames.Append(hostname) : hostnames);
        file.SetSetting(AlwaysFillKey(item), text.Length > 0 ? text : null);
    }

    /// <summary>Forgets what was chosen for an item that is gone for good.</summary>
    public void ForgetItem(string item) => file.SetSetting(AlwaysFillKey(item), null);

    /// <summary>Tells whether anything was chosen for an item.</summary>
    public bool HasItem(string item) => file.Setting(AlwaysFillKey(item)) is not null;

    private string[] Hostnames(string item) => file.Setting(AlwaysFillKey(item))?.Split(' ') ?? [];

    private static string AlwaysFillKey(string item) => $"{Prefix}alwaysFill.{item}";

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

    private void Set(NumberSetting setting, int? value) => Set(setting.Key, value?.ToString(CultureInfo.InvariantCulture));

    private void Set(string key, string? value)
    {
        if (value is not null)
        {
            file.SetSetting(key, value);
        }
    }

    // 0 is not at all.
    private static int MinutesOf(int setting) => setting == 0 ? int.MaxValue : setting;
}
