using System.Globalization;
using Host.Protocol;
using Vault;

namespace Host.Service;

/// <summary>
/// What the person taught of the forms of sites, in the own vault. One value a field, so that two copies of the file merge without
/// losing either's.
/// </summary>
internal sealed class TaughtFields(VaultFile file)
{
    private const string Prefix = "latchkey.taught.";

    // What is taken back stays as a value: a key that is gone would come back with the next merge.
    private const string Off = "off";

    private const int FormDigits = 16;
    private const int MaxPage = 200;
    private const int MaxHostname = 255;

    /// <summary>As many fields as the extension looks at in one page.</summary>
    private const int MaxField = 299;

    /// <summary>More of a site are forms that change at every visit, and nothing that was taught fits there.</summary>
    private const int MaxOfSite = 24;

    /// <summary>The list is one answer, and fits into one frame.</summary>
    private const int MaxInAll = 500;

    /// <summary>All that was taught, by hostname, form and role. What another program spoilt is left out.</summary>
    public IReadOnlyList<TaughtField> All() =>
        [.. file.SettingKeys(Prefix).Order(StringComparer.Ordinal).Select(Read).OfType<TaughtField>()];

    /// <summary>Remembers a field; one of the same role in the same form is forgotten.</summary>
    /// <exception cref="ProtocolException"><c>badMessage</c>; <c>refused</c> <c>tooMany</c>. Nothing was changed.</exception>
    public void Add(TaughtField field)
    {
        Check(field);
        var others = All().Where(one => NameOf(one) != NameOf(field)).ToList();
        if (others.Count >= MaxInAll || others.Count(one => one.Hostname == field.Hostname) >= MaxOfSite)
        {
            throw ErrorKind.Error(ErrorKind.Refused, "too many fields have been taught", "forget some of them in the options", "tooMany");
        }
        file.SetSetting(KeyOf(NameOf(field)), string.Create(CultureInfo.InvariantCulture, $"{field.Field} {field.Page}"));
    }

    /// <summary>Forgets a field.</summary>
    /// <exception cref="ProtocolException"><c>notFound</c>: nothing of the kind was taught.</exception>
    public void Forget(TaughtName name)
    {
        if (!All().Any(one => NameOf(one) == name))
        {
            throw ErrorKind.NotFoundError("taught field");
        }
        file.SetSetting(KeyOf(name), Off);
    }

    private TaughtField? Read(string key)
    {
        // A hostname has dots of its own, so the key is read from its end.
        var parts = key[Prefix.Length..].Split('.');
        var value = file.Setting(key)?.Split(' ', 2);
        if (parts.Length < 3 || value is not [var number, var page]
            || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var at))
        {
            return null;
        }
        var field = new TaughtField(string.Join('.', parts[..^2]), parts[^1], parts[^2], at, page);
        return IsGood(field) ? field : null;
    }

    private static void Check(TaughtField field)
    {
        if (!IsGood(field))
        {
            throw ErrorKind.BadMessageError("a form has a fingerprint of 16 hexadecimal digits and up to 300 fields, a page a path of up to 200 characters");
        }
    }

    private static bool IsGood(TaughtField field) =>
        field.Hostname.Length is > 0 and <= MaxHostname
        && TaughtField.Roles.Contains(field.Role)
        && field.Form.Length == FormDigits && field.Form.All(char.IsAsciiHexDigitLower)
        && field.Field is >= 0 and <= MaxField
        && field.Page.Length is > 0 and <= MaxPage && field.Page[0] == '/' && field.Page.All(digit => digit is > ' ' and <= '~');

    private static TaughtName NameOf(TaughtField field) => new(field.Hostname, field.Role, field.Form);

    private static string KeyOf(TaughtName name) => $"{Prefix}{name.Hostname}.{name.Form}.{name.Role}";
}
