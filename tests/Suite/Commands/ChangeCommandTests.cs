using System.Text;
using System.Text.Json;
using Host.Protocol;
using NUnit.Framework;

namespace Suite.Commands;

/// <summary>What the commands that change items, and those about what was, ask of a host, and what they say.</summary>
public class ChangeCommandTests
{
    private const string IdOfA = "AAAAAAAAAAAAAAAAAAAAAA";
    private const string IdOfB = "BBBBBBBBBBBBBBBBBBBBBB";

    private static readonly Details _bank = MemoryHost.Item(IdOfA, "Bank") with { Urls = [new UrlToSave("https://bank.example", "hostname")] };
    private static readonly ListedItem _old = MemoryHost.Item(IdOfB, "Old bank").Item with { RemovedAt = DateTimeOffset.UnixEpoch };
    private static readonly HistoryRevision _revision = new(1, DateTimeOffset.UnixEpoch, "Bank", "ann", ["UserName", "Password"]);

    [Test]
    public async Task Edit_changes_what_is_named_and_nothing_else()
    {
        var host = new MemoryHost(_bank);

        var result = await RunAsync(host, "edit", "bank", "--username", "berta", "--tag", "work", "--tag", "home", "--expires", "2027-01-31");

        var update = (Update)host.Asked[^1];
        Assert.That(result, Is.EqualTo(new CommandResult(0, IdOfA + "\n", "")));
        Assert.That((update.Item, update.ModifiedAt), Is.EqualTo((IdOfA, "1970-01-01T00:00:00Z")));
        Assert.That(update.Set.Tags, Is.EqualTo((string[])["work", "home"]));
        Assert.That(update.Set with { Tags = null }, Is.EqualTo(new ItemChanges(Username: "berta", ExpiresAt: "2027-01-31T00:00:00Z")));
    }

    [Test]
    public async Task Edit_with_empty_values_removes()
    {
        var host = new MemoryHost(_bank);

        await RunAsync(host, "edit", "bank", "--notes", "", "--folder", "", "--tag", "", "--url", "", "--expires", "");

        var set = ((Update)host.Asked[^1]).Set;
        Assert.That((set.Notes, set.Folder, set.ExpiresAt), Is.EqualTo(("", "", "")));
        Assert.That((set.Tags, set.Urls), Is.EqualTo((Array.Empty<string>(), Array.Empty<UrlToSave>())));
    }

    [TestCase("--url a.example --url b.example", "a.example hostname, b.example hostname")]
    [TestCase("--url a.example --match site", "a.example site")]
    [TestCase("--match origin", "https://bank.example origin")]
    public async Task Edit_of_urls_replaces_them_or_how_they_match(string options, string expected)
    {
        var host = new MemoryHost(_bank);

        await RunAsync(host, ["edit", "bank", .. options.Split(' ')]);

        Assert.That(string.Join(", ", ((Update)host.Asked[^1]).Set.Urls!.Select(url => $"{url.Url} {url.Match}")), Is.EqualTo(expected));
    }

    [Test]
    public async Task Edit_takes_password_and_otp_seed_from_the_lines_after_the_passphrase()
    {
        var host = new MemoryHost(_bank);

        await RunWithAsync(host, "open sesame\nnew password\nJBSWY3DPEHPK3PXP\n", "edit", "bank", "--password", "--otp");

        var set = ((Update)host.Asked[^1]).Set;
        Assert.That((set.Password!.Utf8.Length, set.Otp!.Utf8.Length), Is.EqualTo(("new password".Length, 16)));
    }

    [Test]
    public async Task Edit_with_generate_asks_for_no_password()
    {
        var host = new MemoryHost(_bank);

        await RunAsync(host, "edit", "bank", "--generate", "--words", "5");

        Assert.That(host.Asked[^2], Is.EqualTo(new Generate("words", Count: 5, Separator: "-", Capitalise: false, Digit: false)));
        Assert.That(((Update)host.Asked[^1]).Set.Password, Is.Not.Null);
    }

    [TestCase("edit bank", "error: there is nothing to change")]
    [TestCase("edit bank --password --generate", "error: --password and --generate do not go together")]
    [TestCase("edit bank --length 12", "error: --length needs --generate")]
    [TestCase("edit bank --expires tomorrow", "error: 'tomorrow' is no date")]
    [TestCase("edit bank --expires 2027-02-30", "error: '2027-02-30' is no date")]
    [TestCase("history bank --field notes", "error: --field needs --reveal")]
    [TestCase("get bank --reveal --field notes", "error: --field and --reveal do not go together")]
    [TestCase("get bank --reveal --copy", "error: --copy and --reveal do not go together")]
    public async Task Command_that_makes_no_sense_is_a_usage_error_and_changes_nothing(string command, string message)
    {
        var host = new MemoryHost(_bank);

        var result = await RunAsync(host, command.Split(' '));

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Messages, Does.StartWith(message));
        Assert.That(host.Asked.OfType<Update>(), Is.Empty);
    }

    [TestCase("remove bank", "put into the recycle bin: Bank\n")]
    [TestCase("remove old --forever", "removed for good: Old bank\n")]
    [TestCase("restore old", IdOfB + "\n")]
    [TestCase("restore " + IdOfB, IdOfB + "\n")]
    [TestCase("restore bank --revision 1", IdOfA + "\n")]
    public async Task Remove_and_restore_say_what_they_did(string command, string said)
    {
        var host = new MemoryHost(_bank) { Removed = [_old] };

        Assert.That(await RunAsync(host, command.Split(' ')), Is.EqualTo(new CommandResult(0, said, "")));
    }

    [Test]
    public async Task Remove_and_restore_ask_for_what_was_meant()
    {
        var host = new MemoryHost(_bank) { Removed = [_old] };
        foreach (var command in (string[])["remove bank", "remove old --forever", "restore old", "restore bank --revision 1"])
        {
            await RunAsync(host, command.Split(' '));
        }

        Assert.That(host.Asked.Where(request => request is Remove or Restore), Is.EqualTo((Request[])
            [new Remove(IdOfA), new Remove(IdOfB, Forever: true), new Restore(IdOfB), new Restore(IdOfA, Revision: 1)]));
    }

    [TestCase("remove bank --forever", "error: no item in the recycle bin fits 'bank'", 5, Description = "only what is in the bin goes for good")]
    [TestCase("restore nothing", "error: no item in the recycle bin fits 'nothing'", 5)]
    [TestCase("restore --revision 1 old", "error: no item fits 'old'", 5)]
    [TestCase("remove nothing", "error: no item fits 'nothing'", 5)]
    [TestCase("restore o", "error: 2 items fit 'o'", 6)]
    public async Task Item_that_is_not_there_or_not_the_only_one_is_an_error(string command, string message, int exitCode)
    {
        var host = new MemoryHost(_bank) { Removed = [_old with { Title = "Old" }, _old with { Id = "C", Title = "Older" }] };

        var result = await RunAsync(host, command.Split(' '));

        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
        Assert.That(result.Messages, Does.StartWith(message));
    }

    [Test]
    public async Task Trash_reads_every_page()
    {
        var host = new MemoryHost { PageSize = 2, Removed = [.. Enumerable.Range(0, 5).Select(number => _old with { Id = $"id{number}" })] };

        var result = await RunAsync(host, "trash");

        Assert.That(result.Data, Is.EqualTo(string.Concat(Enumerable.Range(0, 5)
            .Select(number => $"id{number}\tOld bank\tanna\t1970-01-01 00:00:00Z\n"))));
    }

    [Test]
    public async Task History_lists_revisions()
    {
        var result = await RunAsync(new MemoryHost(_bank) { Revisions = [_revision with { Title = "a\tb\u001b" }] }, "history", "bank");

        Assert.That(result.Data, Is.EqualTo("1\t1970-01-01 00:00:00Z\ta b \tann\tUserName, Password\n"));
    }

    [TestCase("", "Password")]
    [TestCase("--field notes", "Notes")]
    [TestCase("--field Pin", "Pin")]
    public async Task History_reveals_a_field_of_a_revision(string options, string field)
    {
        var host = new MemoryHost(_bank);

        var result = await RunAsync(host, ["history", "bank", "--reveal", "1", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.That(host.Asked[^1], Is.EqualTo(new Reveal(IdOfA, field, "show", Revision: 1)));
        Assert.That(result.Data, Is.EqualTo($"secret of {IdOfA}\n"));
    }

    [Test]
    public async Task Code_prints_the_code()
    {
        var host = new MemoryHost(_bank);

        Assert.That((await RunAsync(host, "code", "bank")).Data, Is.EqualTo("123456\n"));
        Assert.That(host.Asked[^1], Is.EqualTo(new GetCode(IdOfA, "show")));
    }

    [TestCase("edit bank --title T", "item")]
    [TestCase("remove bank", "item")]
    [TestCase("restore old", "item")]
    [TestCase("trash", "items")]
    [TestCase("history bank", "revisions")]
    [TestCase("history bank --reveal 1", "revision")]
    [TestCase("code bank", "remainingSeconds")]
    [TestCase("code bank --copy", "error")]
    public async Task Each_says_one_document_with_json(string command, string member)
    {
        using var environment = new WithoutDesktop();
        var host = new MemoryHost(_bank) { Removed = [_old], Revisions = [_revision] };

        var result = await RunAsync(host, [.. command.Split(' '), "--json"]);

        using var document = JsonDocument.Parse(result.Data);
        Assert.That(document.RootElement.TryGetProperty(member, out _), result.Data);
        Assert.That(result.Messages, Is.Empty);
    }

    [Test]
    public async Task Copy_without_a_desktop_is_an_error_before_the_passphrase_is_asked()
    {
        using var environment = new WithoutDesktop();

        var result = await InProcess.RunAsync(new MemoryHost(_bank).Access, [], "get", "bank", "--copy");

        Assert.That(result.ExitCode, Is.EqualTo(23));
        Assert.That(result.Messages, Does.StartWith("error: there is no desktop here whose clipboard could be used\n"));
    }

    [Test]
    public async Task Passphrase_on_standard_input_is_checked_though_the_terminal_is_served()
    {
        var served = new MemoryHost(_bank) { IsOpenForTerminal = true };

        Assert.That((await RunWithAsync(served, "", "list")).ExitCode, Is.Zero);
        Assert.That((await RunWithAsync(served, "wrong\n", "list")).ExitCode, Is.EqualTo(3));
        var host = new MemoryHost(_bank) { IsOpenForTerminal = true };
        await RunWithAsync(host, "open sesame\nthe password\n", "edit", "bank", "--password");
        Assert.That(((Update)host.Asked[^1]).Set.Password!.Utf8.Length, Is.EqualTo("the password".Length));
    }

    private static Task<CommandResult> RunAsync(MemoryHost host, params string[] args) => RunWithAsync(host, "open sesame\n", args);

    private static Task<CommandResult> RunWithAsync(MemoryHost host, string input, params string[] args) =>
        InProcess.RunAsync(host.Access, Encoding.UTF8.GetBytes(input), args);

    /// <summary>No display, until it is disposed.</summary>
    private sealed class WithoutDesktop : IDisposable
    {
        private static readonly string[] _variables = ["DISPLAY", "WAYLAND_DISPLAY"];

        private readonly string?[] _values = [.. _variables.Select(Environment.GetEnvironmentVariable)];

        public WithoutDesktop() => Array.ForEach(_variables, variable => Environment.SetEnvironmentVariable(variable, null));

        public void Dispose()
        {
            for (var i = 0; i < _variables.Length; i++)
            {
                Environment.SetEnvironmentVariable(_variables[i], _values[i]);
            }
        }
    }
}
