using System.Text;
using System.Text.Json;
using Host.Protocol;
using NUnit.Framework;
using Suite.Unit.Vault;
using Vault;

namespace Suite.Commands;

/// <summary>Several vaults on the command line: what is asked of a host and said, and what the real executable does with files.</summary>
public class VaultsCommandTests
{
    private const string OwnId = "AAECAwQFBgcICQoLDA0ODw", TeamId = "EBESExQVFhcYGRobHB0eHw";
    private const string Passphrase = "grün correct horse", TeamPassphrase = "grün battery staple";

    private static readonly ListedVault _own = new(OwnId, "Anna", "/home/anna/vault.kdbx", "slate", true, "open", TakesNew: true, Items: 1);
    private static readonly ListedVault _team = new(TeamId, "Team", "/srv/team.kdbx", "blue", false, "open", TakesNew: false, Items: 1);
    private static readonly ListedVault _gone =
        new("ICEiIyQlJicoKSorLC0uLw", "Old", "/srv/old.kdbx", "teal", false, "failed", false, Error: new ErrorReply("vaultMissing", "gone", "restore it"));

    private static readonly Details _bank = MemoryHost.Item("AAAAAAAAAAAAAAAAAAAAAA", "Bank");
    private static readonly Details _teamBank = MemoryHost.Item($"{TeamId}.AAAAAAAAAAAAAAAAAAAAAA", "Team bank");

    private static MemoryHost Host(params ListedVault[] vaults) =>
        new(_bank, _teamBank with { Item = _teamBank.Item with { Vault = TeamId } }) { Vaults = vaults };

    [Test]
    public async Task Items_name_their_vault_where_several_are_open()
    {
        var table = await RunAsync(Host(_own, _team), "list");
        var json = await RunAsync(Host(_own, _team), "get", $"{TeamId}.AAAAAAAAAAAAAAAAAAAAAA", "--json");

        Assert.That(table.Data, Is.EqualTo(
            $"AAAAAAAAAAAAAAAAAAAAAA\tBank\tanna\tAnna\n{TeamId}.AAAAAAAAAAAAAAAAAAAAAA\tTeam bank\tanna\tTeam\n"));
        Assert.That(JsonDocument.Parse(json.Data).RootElement.GetProperty("item").GetProperty("vault").GetString(), Is.EqualTo("Team"));
    }

    [Test]
    public async Task Items_name_no_vault_where_one_is_open()
    {
        foreach (var host in (MemoryHost[])[new(_bank) { Vaults = [_own, _gone] }, new(_bank)])
        {
            Assert.That(await RunAsync(host, "list"), Is.EqualTo(new CommandResult(0, "AAAAAAAAAAAAAAAAAAAAAA\tBank\tanna\n", "")));
        }
    }

    [Test]
    public async Task Vaults_are_listed_a_line_each()
    {
        var result = await RunAsync(Host(_own, _team, _gone), "vaults");

        Assert.That(result, Is.EqualTo(new CommandResult(0, """
            Anna	open	slate	1	/home/anna/vault.kdbx	new items
            Team	open	blue	1	/srv/team.kdbx	
            Old	failed	teal		/srv/old.kdbx	

            """, "")));
    }

    [TestCase("team", TeamId)]
    [TestCase(TeamId, TeamId)]
    [TestCase("Anna", OwnId)]
    public async Task Item_is_added_to_the_vault_that_is_named(string name, string vault)
    {
        var host = Host(_own, _team);

        await RunAsync(host, "add", "--title", "New", "--kind", "note", "--in", name);

        Assert.That(((Save)host.Asked[^1]).Item.Vault, Is.EqualTo(vault));
    }

    [TestCase("add --title New --kind note --in nobody", 5, "error: there is no vault 'nobody'\n")]
    [TestCase("vaults default nobody", 5, "error: there is no vault 'nobody'\n")]
    [TestCase("vaults colour Team red", 6, "error: 2 vaults are called 'Team'\n")]
    [TestCase("vaults remove Anna", 2, "error: your own vault cannot be removed\n")]
    [TestCase("vaults colour Team pink", 2, "error: 'pink' is no COLOUR\nhint: run \"latchkey vaults colour --help\"\n")]
    [TestCase("vaults add", 2, "error: FILE is missing\nhint: run \"latchkey vaults add --help\"\n")]
    public async Task Name_that_is_none_is_an_error(string command, int exitCode, string message)
    {
        var result = await RunAsync(Host(_own, _team, _team with { Id = "QEFCQ0RFRkdISUpLTE1OTw" }), command.Split(' '));

        Assert.That(result.Messages, Does.StartWith(message));
        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
    }

    [Test]
    public async Task Help_of_a_command_below_another_names_both() => Assert.That(
        (await InProcess.RunAsync("vaults", "colour", "--help")).Data, Does.StartWith("usage: latchkey vaults colour NAME COLOUR [options]\n"));

    [Test]
    public async Task Vault_that_was_added_opens_with_the_own_one()
    {
        using var person = new Person();
        Directory.CreateDirectory(person.DataFolder);
        Make(person.OwnVault, Passphrase);
        Make(Path.Combine(person.Home, "team.kdbx"), TeamPassphrase);

        await AskAsync(person, $"{TeamPassphrase}\n", "vaults", "add", "team.kdbx");
        await AskAsync(person, "", "vaults", "colour", "team", "violet");
        await AskAsync(person, "", "vaults", "default", "team");
        await AskAsync(person, "", "add", "--title", "Shared", "--kind", "note");
        await AskAsync(person, "", "add", "--title", "Mine", "--kind", "note", "--in", "vault");
        var items = await AskAsync(person, "", "list");
        var vaults = await AskAsync(person, "", "vaults");
        await AskAsync(person, "", "vaults", "remove", "team");
        var after = await AskAsync(person, "", "search", "is:note");

        Assert.That(items.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[line.IndexOf('\t')..]),
            Is.EquivalentTo((string[])["\tShared\t\tteam", "\tMine\t\tvault"]));
        Assert.That(vaults, Is.EqualTo($"vault\topen\tslate\t1\t{person.OwnVault}\t\nteam\topen\tviolet\t1\t{person.Home}/team.kdbx\tnew items\n"));
        Assert.That(after, Does.EndWith("\tMine\t\n"));
    }

    [Test]
    public async Task Vault_that_cannot_be_opened_is_left_out_with_a_warning()
    {
        using var person = new Person();
        Make(Path.Combine(person.Home, "own.kdbx"), Passphrase);
        Make(Path.Combine(person.Home, "team.kdbx"), TeamPassphrase);
        await AskAsync(person, $"{TeamPassphrase}\n", "vaults", "add", "team.kdbx", "--vault", "own.kdbx");
        File.Delete(Path.Combine(person.Home, "team.kdbx"));

        var result = await person.RunAsync($"{Passphrase}\n", ["list", "--vault", "own.kdbx"]);

        Assert.That(result.Messages, Does.StartWith("warning: the vault 'team' is left out: ").And.EndsWith("\n"));
        Assert.That(result.Messages.Count(letter => letter == '\n'), Is.EqualTo(1));
        Assert.That((result.ExitCode, result.Data), Is.EqualTo((0, "")));
    }

    [Test]
    public async Task Host_opens_the_vault_that_a_command_adds()
    {
        using var person = new Person();
        Directory.CreateDirectory(person.DataFolder);
        Make(person.OwnVault, Passphrase);
        Make(Path.Combine(person.Home, "team.kdbx"), TeamPassphrase);
        await AskAsync(person, "", "unlock");

        await AskAsync(person, $"{TeamPassphrase}\n", "vaults", "add", "team.kdbx");
        var item = await AskAsync(person, "", "add", "--title", "Shared", "--kind", "note", "--in", "team");
        var shown = await AskAsync(person, "", "get", item.TrimEnd());

        Assert.That(item, Has.Length.EqualTo(46));
        Assert.That(shown, Does.Contain("\nvault: team\n"));
        var other = await person.RunAsync($"{TeamPassphrase}\n", ["list", "--vault", "team.kdbx"]);
        Assert.That(other.ExitCode, Is.EqualTo(15), "the host has it open");
    }

    [Test]
    public async Task Files_of_KeePassXC_open_together_here_and_ours_there()
    {
        using var person = new Person();
        var (own, team) = (Path.Combine(person.Home, "own.kdbx"), Path.Combine(person.Home, "team vault.kdbx"));
        var home = new DirectoryInfo(person.Home);
        KeePassXc.Run(home, [Passphrase, Passphrase], "db-create", "-t", "100", "-p", own);
        KeePassXc.Run(home, [TeamPassphrase, TeamPassphrase], "db-create", "-t", "100", "-p", team);
        KeePassXc.Run(home, [TeamPassphrase, "t3am"], "add", "-u", "anna", "-p", team, "Bank");
        KeePassXc.Run(home, [Passphrase], "mkdir", own, "AutoOpen");
        KeePassXc.Run(home, [Passphrase, TeamPassphrase], "add", "--url", $"kdbx://{team}", "-p", own, "AutoOpen/The team");
        Make(Path.Combine(person.Home, "third.kdbx"), "third");

        var password = await AskAsync(person, "", "get", "Bank", "--field", "password", "--vault", "own.kdbx");
        await AskAsync(person, "third\n", "vaults", "add", "third.kdbx", "--vault", "own.kdbx");

        Assert.That(password, Is.EqualTo("t3am\n"));
        Assert.That(
            KeePassXc.Run(home, [Passphrase], "show", "-s", "-a", "URL", "-a", "Password", "-a", "UserName", own, "AutoOpen/third"),
            Is.EqualTo($"kdbx://{person.Home}/third.kdbx\nthird\n\n"));
    }

    private static void Make(string path, string passphrase)
    {
        using var key = TestVault.Key(passphrase);
        using var vault = new TestVault();
        VaultFile.Create(path, key, TestVault.Cheap, vault.Options).Dispose();
    }

    private static async Task<string> AskAsync(Person person, string input, params string[] args)
    {
        var result = await person.RunAsync($"{Passphrase}\n{input}", args);
        Assert.That((result.ExitCode, result.Messages), Is.EqualTo((0, "")), string.Join(' ', args));
        return result.Data;
    }

    private static Task<CommandResult> RunAsync(MemoryHost host, params string[] args) =>
        InProcess.RunAsync(host.Access, Encoding.UTF8.GetBytes("open sesame\n"), args);
}
