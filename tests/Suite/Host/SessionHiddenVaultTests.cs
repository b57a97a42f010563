using Host.Protocol;
using NUnit.Framework;
using Suite.Unit.Vault;
using Vault;

namespace Suite.Hosting;

/// <summary>A profile sees a further vault only after it gave that one's passphrase: until then nothing of it, by any request.</summary>
public class SessionHiddenVaultTests
{
    private const string TeamPassphrase = "team passphrase";
    private const string Page = "https://www.example.com";

    private static readonly Dictionary<string, Func<FurtherFile, Request>> Requests = new()
    {
        ["get"] = team => new GetItem(team.Items[0]),
        ["get, removed"] = team => new GetItem(team.Items[1]),
        ["history"] = team => new GetHistory(team.Items[0]),
        ["reveal"] = team => new Reveal(team.Items[0], "Password", "show"),
        ["reveal, removed"] = team => new Reveal(team.Items[1], "Password", "copy"),
        ["code"] = team => new GetCode(team.Items[0], "copy"),
        ["fill"] = team => new Fill(Page, [], "person", ["password"], [], team.Items[0]),
        ["explain"] = team => new Explain(team.Items[0], Page, [], "person", ["password"]),
        ["explain, load"] = team => new Explain(team.Items[0], Page, [], "load", ["password"]),
        ["alwaysFill"] = team => new AlwaysFill(team.Items[0], Page, true),
        ["update"] = team => new Update(team.Items[0], new ItemChanges(Title: "Changed")),
        ["remove"] = team => new Remove(team.Items[0]),
        ["remove for ever"] = team => new Remove(team.Items[1], Forever: true),
        ["restore"] = team => new Restore(team.Items[1]),
        ["restore, revision"] = team => new Restore(team.Items[0], 1),
        ["attachment"] = team => new GetAttachment(team.Items[0], "a.txt"),
        ["attach"] = team => new Attach(team.Items[0], "b.txt", TestClient.SecretOf("aGVsbG8=")),
        ["folders"] = team => new GetFolders(team.Id),
        ["save"] = team => new Save(new ItemToSave("note", "New", [], [], Vault: team.Id)),
    };

    private static IEnumerable<string> Types => Requests.Keys;

    private TestSession _host = null!;
    private TestClient _member = null!;
    private TestClient _other = null!;
    private FurtherFile _team = null!;

    [SetUp]
    public void SetUp()
    {
        _host = new TestSession(TestSession.Login("Own", Page));
        _team = _host.MakeFurther("team", TeamPassphrase, TestSession.Login("Team", Page), TestSession.Login("Old team", Page));
        using (var file = _team.Open())
        {
            var id = ItemId.TryParse(_team.Items[0].AsSpan(23))!.Value;
            file.Update(id, new ItemDraft { Fields = [TestVault.Secret("otp", "otpauth://totp/x?secret=JBSWY3DPEHPK3PXP")], Folder = "Web" });
            file.Attach(id, "a.txt", "hello"u8.ToArray());
            file.Remove(ItemId.TryParse(_team.Items[1].AsSpan(23))!.Value);
            file.Write();
        }
        _member = _host.Unlocked('A');
        _member.Ask<ListedVault>(new AddVault(TestClient.SecretOf(TeamPassphrase), _team.Path));
        _other = _host.Unlocked('B');
    }

    [TearDown]
    public void TearDown() => _host.Dispose();

    [TestCaseSource(nameof(Types))]
    public void What_names_the_vault_finds_nothing_before_and_something_after(string type)
    {
        Assert.That(_other.Refusal(Requests[type](_team)), Is.EqualTo("notFound"));
        GivePassphrase(_other);
        Assert.That(_other.Refusal(Requests[type](_team)), Is.Empty);
    }

    [Test]
    public void Lists_have_nothing_of_it()
    {
        Assert.That(_other.Ask<Matches>(new FindMatches(Page, [])).Items.Select(item => item.Title), Is.EqualTo(new[] { "Own" }));
        Assert.That(_other.Ask<Found>(new Search("", 10)).Items.Select(item => item.Title), Is.EqualTo(new[] { "Own" }));
        Assert.That(_other.Ask<Found>(new GetTrash(10)).Total, Is.Zero);
        GivePassphrase(_other);
        Assert.That(_other.Ask<Matches>(new FindMatches(Page, [])).Items, Has.Count.EqualTo(2));
        Assert.That(_other.Ask<Found>(new Search("", 10)).Total, Is.EqualTo(2));
        Assert.That(_other.Ask<Found>(new GetTrash(10)).Total, Is.EqualTo(1));
    }

    [Test]
    public void List_of_vaults_has_its_name_and_place_and_nothing_more()
    {
        _member.Ask<ListedVault>(new ChangeVault(_team.Id, new VaultChange(TakesNew: true)));

        Assert.That(_other.Ask<Vaults>(new GetVaults()).List[1], Is.EqualTo(
            new ListedVault(_team.Id, "team", _team.Path, "blue", Own: false, "hidden", TakesNew: false)));
        Assert.That(_other.Ask<Vaults>(new GetVaults()).List[0].TakesNew, Is.True);
        Assert.That(_other.Ask<Saved>(new Save(new ItemToSave("note", "New", [], []))).Item.Vault, Is.Null);
    }

    [Test]
    public void Load_fills_nothing_of_it_though_another_profile_chose_it()
    {
        _member.Ask<Done>(new AlwaysFill(_team.Items[0], Page, true));
        var load = new Fill(Page, [], "load", ["password"], []);

        Assert.That(_other.Refusal(load), Is.EqualTo("refused notChosen"));
        GivePassphrase(_other);
        Assert.That(_other.Ask<Filled>(load).Item.Vault, Is.EqualTo(_team.Id));
    }

    [Test]
    public void Passphrase_given_once_counts_from_then_on_for_that_profile()
    {
        GivePassphrase(_other);
        _host.Restart();

        Assert.That(_host.Unlocked('B').Refusal(new GetItem(_team.Items[0])), Is.Empty);
        Assert.That(_host.Unlocked('C').Refusal(new GetItem(_team.Items[0])), Is.EqualTo("notFound"));
    }

    [Test]
    public void Profile_that_was_removed_gives_every_passphrase_again()
    {
        GivePassphrase(_other);
        var id = _other.Ask<Profiles>(new GetProfiles()).List.Single(one => one.Current).Id;

        _member.Ask<Profiles>(new GetProfiles(id));

        _other.Unlock(_host.VaultPath);
        Assert.That(_other.Refusal(new GetItem(_team.Items[0])), Is.EqualTo("notFound"));
        _host.Restart();
        Assert.That(_host.Unlocked('B').Refusal(new GetItem(_team.Items[0])), Is.EqualTo("notFound"));
        Assert.That(_host.Unlocked('A').Refusal(new GetItem(_team.Items[0])), Is.Empty);
    }

    [Test]
    public void Vault_that_was_taken_off_the_list_is_hidden_from_all_but_who_adds_it_again()
    {
        GivePassphrase(_other);
        _other.Ask<Done>(new RemoveVault(_team.Id));

        _other.Ask<ListedVault>(new AddVault(TestClient.SecretOf(TeamPassphrase), _team.Path));

        Assert.That(_other.Refusal(new GetItem(_team.Items[0])), Is.Empty);
        Assert.That(_member.Refusal(new GetItem(_team.Items[0])), Is.EqualTo("notFound"));
    }

    [Test]
    public void Command_line_sees_it_by_the_own_passphrase()
    {
        var command = _host.CommandLine();
        command.Unlock(_host.VaultPath);

        Assert.That(command.Refusal(new GetItem(_team.Items[0])), Is.Empty);
    }

    [Test]
    public void Tries_of_its_passphrase_and_of_the_own_one_are_limited_together()
    {
        for (var n = 0; n < 5; n++)
        {
            Assert.That(
                _other.Refusal(n % 2 == 0 ? new AddVault(TestClient.SecretOf("wrong"), Vault: _team.Id) : new Unlock(TestClient.SecretOf("wrong"))),
                Is.EqualTo("wrongKey"));
        }

        Assert.That(_other.Refusal(new AddVault(TestClient.SecretOf(TeamPassphrase), Vault: _team.Id)), Is.EqualTo("rateLimited"));
        Assert.That(_other.Refusal(new Unlock(TestClient.SecretOf(TestVault.Passphrase))), Is.EqualTo("rateLimited"));
        _host.Time.Advance(TimeSpan.FromSeconds(30));
        GivePassphrase(_other);
    }

    private void GivePassphrase(TestClient client) =>
        Assert.That(client.Ask<ListedVault>(new AddVault(TestClient.SecretOf(TeamPassphrase), Vault: _team.Id)).State, Is.EqualTo("open"));
}
