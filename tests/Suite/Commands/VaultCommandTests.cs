using System.Text.Json;
using NUnit.Framework;

namespace Suite.Commands;

/// <summary>The commands that work on a vault, by the real executable, each in a home of its own.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class VaultCommandTests : IDisposable
{
    private const string Passphrase = "grün correct horse battery";

    private readonly Person _person = new();

    public void Dispose() => _person.Dispose();

    [Test]
    public async Task Item_that_was_added_is_listed_found_and_shown()
    {
        await _person.RunAsync($"{Passphrase}\n{Passphrase}\n", ["init", "--vault", "v.kdbx"]);
        var added = await _person.RunAsync(
            $"{Passphrase}\np@ss \"wörd\" \n", ["add", "--vault", "v.kdbx", "--title", "Bank", "--username", "anna", "--url", "https://bank.example"]);

        var listed = await AskAsync("list", "--vault", "v.kdbx", "--json");
        var found = await AskAsync("search", "bank.example", "--vault", "v.kdbx");
        var password = await AskAsync("get", "bank", "--field", "password", "--vault", "v.kdbx");

        using var document = JsonDocument.Parse(listed.Data);
        var item = document.RootElement.GetProperty("items").EnumerateArray().Single();
        Assert.That(item.GetProperty("title").GetString(), Is.EqualTo("Bank"));
        Assert.That(item.GetProperty("username").GetString(), Is.EqualTo("anna"));
        Assert.That(item.GetProperty("id").GetString() + "\n", Is.EqualTo(added.Data));
        Assert.That(found.Data, Is.EqualTo($"{added.Data.TrimEnd()}\tBank\tanna\n"));
        Assert.That(password.Data, Is.EqualTo("p@ss \"wörd\" \n"));
    }

    [Test]
    public async Task Item_that_was_changed_and_removed_comes_back_as_it_was()
    {
        _person.MakeVault("v.kdbx", Passphrase);
        await _person.RunAsync($"{Passphrase}\nfirst\n", ["add", "--vault", "v.kdbx", "--title", "Bank"]);
        await _person.RunAsync($"{Passphrase}\nsecond\n", ["edit", "Bank", "--password", "--vault", "v.kdbx"]);

        var history = await AskAsync("history", "Bank", "--vault", "v.kdbx");
        var revealed = await AskAsync("history", "Bank", "--reveal", "1", "--vault", "v.kdbx");
        await AskAsync("restore", "Bank", "--revision", "1", "--vault", "v.kdbx");
        await AskAsync("remove", "Bank", "--vault", "v.kdbx");
        var trash = await AskAsync("trash", "--vault", "v.kdbx");
        await AskAsync("restore", "Bank", "--vault", "v.kdbx");
        var password = await AskAsync("get", "Bank", "--field", "password", "--vault", "v.kdbx");

        Assert.That(history.Data, Does.Match("^1\t[^\t]+\tBank\t\tPassword\n$"));
        Assert.That(revealed.Data, Is.EqualTo("first\n"));
        Assert.That(trash.Data, Does.Contain("\tBank\t"));
        Assert.That(password.Data, Is.EqualTo("first\n"));
    }

    [TestCase("list", "--vault", "missing.kdbx", "vaultMissing", "missing.kdbx")]
    [TestCase("unlock", "--vault", "missing.kdbx", "vaultMissing", "missing.kdbx")]
    [TestCase("list", "--key-file", "any", "noVault", "no vault yet")]
    public async Task Nobody_is_asked_for_the_passphrase_of_a_vault_that_is_not_there(
        string command, string option, string value, string kind, string words)
    {
        await File.WriteAllTextAsync(Path.Combine(_person.Home, "missing.kdbx.backup-20261120-120000"), "");

        // No line on standard input: to be asked would end otherwise.
        var result = await _person.RunAsync(command, option, value, "--json");

        using var document = JsonDocument.Parse(result.Data);
        var error = document.RootElement.GetProperty("error");
        Assert.That((result.ExitCode, error.GetProperty("kind").GetString()), Is.EqualTo((8, kind)));
        Assert.That(error.GetProperty("message").GetString(), Does.EndWith(words));
        Assert.That(error.GetProperty("hint").GetString(), kind == "noVault" ? Does.Contain("latchkey init") : Does.Contain("missing.kdbx.backup-20261120-120000"));
    }

    [Test]
    public async Task Init_without_a_file_makes_the_own_vault()
    {
        var result = await _person.RunAsync($"{Passphrase}\n{Passphrase}\n", ["init"]);

        Assert.That(result, Is.EqualTo(new CommandResult(0, $"vault made: {_person.OwnVault}\n", "")));
        Assert.That(File.Exists(_person.OwnVault));
    }

    [Test]
    public async Task Weak_passphrase_is_warned_of_and_taken()
    {
        var result = await _person.RunAsync("abc\nabc\n", ["init", "--vault", "v.kdbx", "--json"]);

        using var document = JsonDocument.Parse(result.Data);
        Assert.That(document.RootElement.GetProperty("vaultPath").GetString(), Is.EqualTo(Path.Combine(_person.Home, "v.kdbx")));
        Assert.That(result.Messages, Does.StartWith("warning: this passphrase is weak: about 5 bits"));
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Passphrases_that_differ_make_no_vault()
    {
        var result = await _person.RunAsync("one\ntwo\n", ["init", "--vault", "v.kdbx"]);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Messages, Does.StartWith("error: the two passphrases differ\n"));
        Assert.That(File.Exists(Path.Combine(_person.Home, "v.kdbx")), Is.False);
    }

    [Test]
    public async Task Vault_that_exists_is_not_touched_by_init()
    {
        var file = Path.Combine(_person.Home, "v.kdbx");
        await File.WriteAllTextAsync(file, "precious");

        var result = await _person.RunAsync($"{Passphrase}\n{Passphrase}\n", ["init", "--vault", "v.kdbx"]);

        Assert.That(result.ExitCode, Is.EqualTo(10));
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo("precious"));
    }

    /// <summary>What is at the path, what is typed, and how it ends.</summary>
    [TestCase("missing.kdbx", Passphrase, 8, "vaultMissing")]
    [TestCase("missing/folder.kdbx", Passphrase, 8, "vaultMissing")]
    [TestCase("text.kdbx", Passphrase, 12, "vaultUnsupported")]
    [TestCase("cut.kdbx", Passphrase, 11, "vaultDamaged")]
    [TestCase("good.kdbx", "wrong", 3, "wrongKey")]
    [TestCase("good.kdbx", "", 3, "wrongKey")]
    public async Task Vault_that_does_not_open_ends_with_its_own_code(string file, string passphrase, int exitCode, string kind)
    {
        _person.MakeVault("good.kdbx", Passphrase);
        await File.WriteAllTextAsync(Path.Combine(_person.Home, "text.kdbx"), "this is no vault, though it is long enough to be one");
        var good = await File.ReadAllBytesAsync(Path.Combine(_person.Home, "good.kdbx"));
        await File.WriteAllBytesAsync(Path.Combine(_person.Home, "cut.kdbx"), good[..^40]);

        var result = await _person.RunAsync($"{passphrase}\n", ["list", "--vault", file, "--json"]);

        using var document = JsonDocument.Parse(result.Data);
        Assert.That(document.RootElement.GetProperty("error").GetProperty("kind").GetString(), Is.EqualTo(kind));
        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
    }

    [Test]
    public async Task Folder_that_cannot_be_written_ends_with_its_own_code()
    {
        // In /sys nobody makes a file, not even root.
        var result = await _person.RunAsync($"{Passphrase}\n{Passphrase}\n", ["init", "--vault", "/sys/latchkey.kdbx"]);

        Assert.That(result.ExitCode, Is.EqualTo(13));
        Assert.That(result.Messages, Does.StartWith("error: ").And.Contain("hint: "));
    }

    [Test]
    public async Task Passphrase_comes_from_a_descriptor_and_the_password_from_standard_input()
    {
        _person.MakeVault("v.kdbx", Passphrase);
        await File.WriteAllTextAsync(Path.Combine(_person.Home, "passphrase"), Passphrase + "\n");
        const string script = "\"$0\" add --vault v.kdbx --title T --passphrase-fd 7 7<passphrase";

        using var process = _person.Start("/bin/sh", "-c", script, Person.Executable);
        await process.StandardInput.WriteAsync("only the password\n");
        process.StandardInput.Close();
        var added = await Person.EndAsync(process);

        var password = await AskAsync("get", "T", "--field", "password", "--vault", "v.kdbx");
        Assert.That((added.ExitCode, added.Messages), Is.EqualTo((0, "")));
        Assert.That(password.Data, Is.EqualTo("only the password\n"));
    }

    [Test]
    public async Task Two_commands_share_the_lines_of_one_file_and_write_to_one_file()
    {
        _person.MakeVault("v.kdbx", Passphrase);
        await File.WriteAllTextAsync(Path.Combine(_person.Home, "lines"), $"{Passphrase}\nfirst\n{Passphrase}\n");
        const string script = "{ \"$0\" add --vault v.kdbx --title T && \"$0\" get T --field password --vault v.kdbx; } <lines >said";

        using var process = _person.Start("/bin/sh", "-c", script, Person.Executable);
        var result = await Person.EndAsync(process);

        Assert.That((result.ExitCode, result.Messages), Is.EqualTo((0, "")));
        Assert.That(await File.ReadAllLinesAsync(Path.Combine(_person.Home, "said")), Has.Length.EqualTo(2).And.Some.EqualTo("first"));
    }

    [Test]
    public async Task Output_that_cannot_be_written_is_an_error()
    {
        using var process = _person.Start("/bin/sh", "-c", "\"$0\" generate >/dev/full", Person.Executable);

        var result = await Person.EndAsync(process);

        Assert.That(result.ExitCode, Is.EqualTo(13));
        Assert.That(result.Messages, Does.StartWith("error: standard output cannot be written\n"));
    }

    [Test]
    public async Task Unlock_starts_the_host_that_serves_the_next_command_until_lock()
    {
        _person.MakeVault("v.kdbx", Passphrase);

        var unlocked = await AskAsync("unlock", "--vault", "v.kdbx");
        var during = await _person.RunAsync("status", "--json");
        var listed = await AskAsync("list");
        var locked = await _person.RunAsync("lock");
        var after = await _person.RunAsync("status", "--json");

        Assert.That(unlocked.Data, Is.EqualTo($"unlocked: {Path.Combine(_person.Home, "v.kdbx")}\n"));
        Assert.That(State(during), Is.EqualTo((true, true)));
        Assert.That(listed, Is.EqualTo(new CommandResult(0, "", "")));
        Assert.That(locked.Data, Is.EqualTo("locked\n"));
        Assert.That(State(after), Is.EqualTo((false, false)));
    }

    [Test]
    public async Task Host_that_has_the_vault_open_still_asks_a_command_for_the_passphrase()
    {
        _person.MakeVault("v.kdbx", Passphrase);
        await AskAsync("unlock", "--vault", "v.kdbx");

        var result = await _person.RunAsync("wrong\n", ["list", "--vault", "v.kdbx"]);

        Assert.That(result.ExitCode, Is.EqualTo(3));
    }

    [Test]
    public async Task Lock_without_a_host_is_no_error() =>
        Assert.That(await _person.RunAsync("lock"), Is.EqualTo(new CommandResult(0, "no host was running\n", "")));

    [TestCase("--length 12 --characters lower,digit", "^[a-z0-9]{12}\n$")]
    [TestCase("", "^[!-~]{20}\n$")]
    [TestCase("--words 4 --separator .", "^[a-z-]+(\\.[a-z-]+){3}\n$")]
    [TestCase("--words 3 --capitalise", "^[A-Z][A-Za-z]*(-[A-Z]?[A-Za-z]*)+\n$")]
    [TestCase("--pattern d{4}-A", "^[0-9]{4}-[A-Z]\n$")]
    public async Task Generate_makes_what_was_asked_for(string options, string expected)
    {
        var result = await _person.RunAsync(["generate", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.That(result.Data, Does.Match(expected));
        Assert.That(result, Has.Property("ExitCode").Zero.And.Property("Messages").Empty);
    }

    [Test]
    public async Task Version_is_that_of_the_build() =>
        Assert.That((await _person.RunAsync("--version")).Data, Is.EqualTo("latchkey 0.1.0\n"));

    private static (bool HostRunning, bool VaultOpen) State(CommandResult result)
    {
        using var document = JsonDocument.Parse(result.Data);
        return (document.RootElement.GetProperty("hostRunning").GetBoolean(), document.RootElement.GetProperty("vaultOpen").GetBoolean());
    }

    private Task<CommandResult> AskAsync(params string[] args) => _person.RunAsync(Passphrase + "\n", args);
}
