using System.Text;
using System.Text.Json;
using Host.Protocol;
using NUnit.Framework;

namespace Suite.Commands;

/// <summary>What commands ask of a host and how they print its answers.</summary>
public class ClientTests
{
    private const string IdOfA = "AAAAAAAAAAAAAAAAAAAAAA";
    private const string IdOfB = "BBBBBBBBBBBBBBBBBBBBBB";

    [Test]
    public async Task List_reads_every_page()
    {
        var host = new MemoryHost([.. Enumerable.Range(0, 7).Select(number => MemoryHost.Item($"id{number}", $"T{number}"))]) { PageSize = 3 };

        var result = await RunAsync(host, "list");

        Assert.That(result.Data, Is.EqualTo(string.Concat(Enumerable.Range(0, 7).Select(number => $"id{number}\tT{number}\tanna\n"))));
    }

    [TestCase("5", 5, true), TestCase("7", 7, false), TestCase("9", 7, false)]
    public async Task Search_stops_at_its_limit(string limit, int count, bool more)
    {
        var host = new MemoryHost([.. Enumerable.Range(0, 7).Select(number => MemoryHost.Item($"id{number}", $"T{number}"))]) { PageSize = 3 };

        var result = await RunAsync(host, "search", "T", "--limit", limit, "--json");

        using var document = JsonDocument.Parse(result.Data);
        Assert.That(document.RootElement.GetProperty("items").GetArrayLength(), Is.EqualTo(count));
        Assert.That(document.RootElement.GetProperty("more").GetBoolean(), Is.EqualTo(more));
        Assert.That(document.RootElement.GetProperty("total").GetInt32(), Is.EqualTo(7));
    }

    [TestCase("gmail", "gmail", Description = "the title itself, though another contains it")]
    [TestCase("GMAIL", "gmail")]
    [TestCase("work", "gmail work")]
    [TestCase(IdOfB, "gmail work")]
    public async Task Get_finds_one_item_by_title_words_or_id(string name, string title)
    {
        var host = new MemoryHost(MemoryHost.Item(IdOfA, "gmail"), MemoryHost.Item(IdOfB, "gmail work"));

        var result = await RunAsync(host, "get", name, "--field", "title");

        Assert.That(result.Data, Is.EqualTo(title + "\n"));
    }

    [TestCase("mail", 6, "error: 2 items fit 'mail'")]
    [TestCase("bank", 5, "error: no item fits 'bank'")]
    [TestCase("CCCCCCCCCCCCCCCCCCCCCC", 5, "error: no item fits 'CCCCCCCCCCCCCCCCCCCCCC'")]
    public async Task Get_of_none_or_several_is_an_error(string name, int exitCode, string message)
    {
        var host = new MemoryHost(MemoryHost.Item(IdOfA, "gmail"), MemoryHost.Item(IdOfB, "gmail work"));

        var result = await RunAsync(host, "get", name);

        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
        Assert.That(result.Messages, Does.StartWith(message));
        Assert.That(result.Data, Is.Empty);
    }

    [Test]
    public async Task Get_shows_a_secret_only_when_asked()
    {
        var item = MemoryHost.Item(IdOfA, "gmail", fields: [new DetailField("Password", true), new DetailField("Pin", true)]);

        var plain = await RunAsync(new MemoryHost(item), "get", "gmail");
        var revealed = await RunAsync(new MemoryHost(item), "get", "gmail", "--reveal");
        var field = await RunAsync(new MemoryHost(item), "get", "gmail", "--field", "password");

        Assert.That(plain.Data, Does.Contain("Pin: (secret: --reveal shows it)").And.Not.Contain("secret of"));
        Assert.That(revealed.Data, Does.Contain($"Pin: secret of {IdOfA}\n"));
        Assert.That(field.Data, Is.EqualTo($"secret of {IdOfA}\n"));
    }

    [Test]
    public async Task Get_with_json_leaves_the_values_of_secrets_out()
    {
        var item = MemoryHost.Item(IdOfA, "gmail", fields: [new DetailField("Password", true)]);

        var result = await RunAsync(new MemoryHost(item), "get", "gmail", "--json");

        using var document = JsonDocument.Parse(result.Data);
        var password = document.RootElement.GetProperty("fields").EnumerateArray().Single(field => field.GetProperty("name").ValueEquals("Password"));
        Assert.That(password.GetProperty("protected").GetBoolean(), Is.True);
        Assert.That(password.TryGetProperty("value", out _), Is.False);
    }

    [Test]
    public async Task Control_characters_of_a_vault_never_reach_the_terminal()
    {
        const string evil = "a\u001b]0;owned\u0007\tb\u009b31m\rc";
        var host = new MemoryHost(MemoryHost.Item(IdOfA, evil, "u\nser", new DetailField("Notes", false, evil)));

        var listed = await RunAsync(host, "list");
        var shown = await RunAsync(host, "get", IdOfA);

        Assert.That(listed.Data, Is.EqualTo($"{IdOfA}\ta ]0;owned  b 31m c\tu ser\n"));
        Assert.That(shown.Data.Where(letter => char.IsControl(letter) && letter != '\n'), Is.Empty);
    }

    [Test]
    public async Task Add_sends_what_was_given_and_takes_its_password_from_the_second_line()
    {
        var host = new MemoryHost();

        var result = await RunWithAsync(
            host, "open sesame\n p ä \n", "add", "--title", "T", "--username", "U", "--url", "https://a.example", "--url", "b.example",
            "--match", "site", "--tag", "work", "--folder", "A/B");

        var item = ((Save)host.Asked[^1]).Item;
        Assert.That(result.Data, Is.EqualTo("new\n"));
        Assert.That((item.Kind, item.Title, item.Username, item.Folder), Is.EqualTo(("login", "T", "U", "A/B")));
        Assert.That(item.Urls, Is.EqualTo(new[] { new UrlToSave("https://a.example", "site"), new UrlToSave("b.example", "site") }));
        Assert.That(item.Tags, Is.EqualTo((string[])["work"]));
        Assert.That(item.Password!.Utf8.Length, Is.EqualTo(Encoding.UTF8.GetByteCount(" p ä ")));
    }

    [Test]
    public async Task Add_with_generate_asks_for_no_password()
    {
        var host = new MemoryHost();

        await RunAsync(host, "add", "--title", "T", "--generate", "--words", "5");

        Assert.That(host.Asked[^2], Is.EqualTo(new Generate("words", Count: 5, Separator: "-", Capitalise: false, Digit: false)));
        Assert.That(((Save)host.Asked[^1]).Item.Password, Is.Not.Null);
    }

    [Test]
    public async Task Item_is_shown_with_what_people_look_for_first_and_each_url_once()
    {
        var item = MemoryHost.Item(
            IdOfA, "Bank", "anna", new DetailField("KP2A_URL_1", false, "https://b.example"), new DetailField("Notes", false, "n"),
            new DetailField("Password", true), new DetailField("URL", false, "https://a.example"), new DetailField("UserName", false, "anna"));
        item = item with { Urls = [new UrlToSave("https://a.example", "hostname"), new UrlToSave("https://b.example", "site")] };

        var result = await RunAsync(new MemoryHost(item), "get", "bank");

        Assert.That(result.Data, Is.EqualTo(
            "Title: Bank\nUserName: anna\nPassword: (secret: --reveal shows it)\n"
            + "URL: https://a.example (hostname)\nURL: https://b.example (site)\nNotes: n\n"
            + $"kind: login\nid: {IdOfA}\nchanged: 1970-01-01 00:00:00Z\n"));
    }

    [Test]
    public async Task Wrong_passphrase_ends_with_its_own_code()
    {
        var result = await RunWithAsync(new MemoryHost(), "close sesame\n", "list");

        Assert.That(result, Has.Property("ExitCode").EqualTo(3).And.Property("Messages").EqualTo("error: refused: wrongKey\n"));
    }

    private static Task<CommandResult> RunAsync(MemoryHost host, params string[] args) => RunWithAsync(host, "open sesame\n", args);

    private static Task<CommandResult> RunWithAsync(MemoryHost host, string input, params string[] args) =>
        InProcess.RunAsync(host.Access, Encoding.UTF8.GetBytes(input), args);
}
