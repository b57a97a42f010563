using System.CommandLine;
using System.Globalization;
using Host.Protocol;

namespace Host.Commands;

/// <summary>The options that say what an item is, for <c>add</c> and <c>edit</c>; its secrets are asked for.</summary>
internal sealed class ItemOptions
{
    private const string DateFormat = "yyyy-MM-dd";
    private const string DefaultMatch = "hostname";
    private static readonly string[] _matchKinds = [DefaultMatch, "site", "origin", "never"];

    private readonly Option<string?> _title;
    private readonly Option<string?> _username = Text("--username", "NAME", "the user name");
    private readonly Option<string[]> _urls = Several("--url", "URL", "a URL; may be given several times");
    private readonly Option<string?> _match = Choice("--match", $"how the URLs match: {DefaultMatch} (default), site, origin or never", _matchKinds);
    private readonly Option<bool> _otp = new("--otp") { Description = "ask for an otp seed too" };
    private readonly Option<string[]> _tags = Several("--tag", "TAG", "a tag; may be given several times");
    private readonly Option<string?> _folder = Text("--folder", "PATH", "the folder, its parts separated by /");
    private readonly Option<string?> _notes = Text("--notes", "TEXT", "notes, which are not secret");
    private readonly Option<string?> _expires = Text("--expires", "DATE", "when its password expires, such as 2027-01-31");

    /// <summary>Makes the options.</summary>
    /// <param name="isNew">Whether they are of a new item, which needs a title.</param>
    public ItemOptions(bool isNew) => _title = Text("--title", "TITLE", "the title", required: isNew);

    /// <summary>Whether an otp seed is to be asked for.</summary>
    public bool HasOtp(ParseResult parsed) => parsed.GetValue(_otp);

    private Option[] OfBoth => [_title, _username, _urls, _match, _otp, _tags, _folder, _notes];

    /// <summary>Adds those of a new item to a command.</summary>
    public void AddTo(Command command) => AddAll(command, OfBoth);

    /// <summary>Adds those of an item that is there to a command.</summary>
    public void AddChangesTo(Command command) => AddAll(command, [.. OfBoth, _expires]);

    /// <summary>The names of those that were given.</summary>
    public string[] Given(ParseResult parsed) => GlobalOptions.Given(parsed, [.. OfBoth, _expires]);

    /// <summary>The item to add, without its secrets.</summary>
    public ItemToSave Draft(ParseResult parsed, string kind) => new(
        kind, parsed.GetRequiredValue(_title)!, Urls: UrlsOf(parsed.GetValue(_urls) ?? [], parsed.GetValue(_match) ?? DefaultMatch),
        Tags: parsed.GetValue(_tags) ?? [], Username: parsed.GetValue(_username), Notes: parsed.GetValue(_notes),
        Folder: parsed.GetValue(_folder));

    /// <summary>What to change of an item, its secrets aside. An empty value removes what is there.</summary>
    /// <exception cref="ProtocolException">The date is none.</exception>
    public ItemChanges Changes(ParseResult parsed, Details item) => new(
        Title: parsed.GetValue(_title), Username: parsed.GetValue(_username), Urls: ChangedUrls(parsed, item),
        Notes: parsed.GetValue(_notes), Tags: GivenValues(parsed, _tags), Folder: parsed.GetValue(_folder), ExpiresAt: Expiry(parsed));

    private UrlToSave[]? ChangedUrls(ParseResult parsed, Details item)
    {
        var match = parsed.GetValue(_match);
        return GivenValues(parsed, _urls) is { } urls
            ? UrlsOf(urls, match ?? DefaultMatch)
            : match is null ? null : UrlsOf([.. item.Urls.Select(url => url.Url)], match);
    }

    private string? Expiry(ParseResult parsed)
    {
        if (parsed.GetValue(_expires) is not { Length: > 0 } text)
        {
            return parsed.GetValue(_expires);
        }
        return DateTimeOffset.TryParseExact(text, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? WireTime.Of(date)
            : throw Failure.Usage($"'{text}' is no date", "write it as 2027-01-31; an empty one removes it");
    }

    // One empty value stands for none.
    private static string[]? GivenValues(ParseResult parsed, Option<string[]> option) => parsed.GetValue(option) switch
    {
        null or [] => null,
        [""] => [],
        var values => values,
    };

    private static UrlToSave[] UrlsOf(string[] urls, string match) => [.. urls.Select(url => new UrlToSave(url, match))];

    private static void AddAll(Command command, Option[] options)
    {
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    private static Option<string?> Text(string name, string value, string description, bool required = false) =>
        new(name) { Description = description, HelpName = value, Required = required };

    private static Option<string[]> Several(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    /// <summary>An option with fixed values.</summary>
    public static Option<string?> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "KIND" };
        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
