using System.Text;
using Host.Protocol;
using NUnit.Framework;
using Suite.Unit.Vault;

namespace Suite.Hosting;

/// <summary>Further vaults beside the own one: how they are added, opened, listed and removed, and whose word counts.</summary>
public class SessionVaultTests
{
    private const string TeamPassphrase = "tëam passphrase";
    private const string Page = "https://www.example.com";

    private TestSession _host = null!;
    private TestClient _client = null!;
    private FurtherFile _team = null!;

    [SetUp]
    public void SetUp()
    {
        _host = new TestSession(TestSession.Login("Own", Page));
        _team = _host.MakeFurther("team", TeamPassphrase, TestSession.Login("Team", Page, password: "t3am"));
        _client = _host.Unlocked();
    }

    [TearDown]
    public void TearDown() => _host.Dispose();

    [Test]
    public void Added_vault_is_listed_with_its_items()
    {
        var added = _client.Ask<ListedVault>(Add(_team));

        Assert.That(added, Is.EqualTo(new ListedVault(
            _team.Id, "team", _team.Path, "blue", Own: false, "open", TakesNew: false, Items: 1)));
        var own = List()[0];
        Assert.That(own, Is.EqualTo(new ListedVault(
            own.Id, "vault", _host.VaultPath, "slate", Own: true, "open", TakesNew: true, Items: 1)));
        Assert.That(List()[1], Is.EqualTo(added));
        var matches = _client.Ask<Matches>(new FindMatches(Page, [])).Items;
        Assert.That(matches.Select(item => (item.Id, item.Vault)), Is.EqualTo(new[] { (_host.Ids[0], (string?)null), (_team.Items[0], _team.Id) }));
        Assert.That(_team.Items[0], Has.Length.EqualTo(45).And.StartWith(_team.Id + "."));
        Assert.That(Password(_client, _team.Items[0]), Is.EqualTo("t3am"));
    }

    [Test]
    public void Vaults_are_opened_with_the_own_one_from_then_on()
    {
        _client.Ask<ListedVault>(Add(_team));
        _host.Restart();

        var client = _host.Unlocked();

        Assert.That(client.Ask<Vaults>(new GetVaults()).List.Select(one => (one.Name, one.State)), Is.EqualTo(new[] { ("vault", "open"), ("team", "open") }));
        Assert.That(Password(client, _team.Items[0]), Is.EqualTo("t3am"));
    }

    [Test]
    public void Own_vault_serves_while_the_others_are_opened_in_the_background()
    {
        _client.Ask<ListedVault>(Add(_team));
        var waiting = new List<Action>();
        _host.InBackground = waiting.Add;
        _host.Restart();
        var hidden = _host.Unlocked('B');
        var client = _host.Unlocked();

        Assert.That(client.Ask<Found>(new Search("", 10)).Items.Select(item => item.Title), Is.EqualTo(new[] { "Own" }));
        Assert.That(client.Ask<Vaults>(new GetVaults()).List[1], Has.Property("State").EqualTo("open").And.Property("Items").Null);
        Assert.That(waiting, Has.Count.EqualTo(1));
        waiting[0]();
        Assert.That(client.Ask<Found>(new Search("", 10)).Total, Is.EqualTo(2));
        Assert.That(client.Events, Is.EqualTo(new[] { "changed" }));
        Assert.That(hidden.Events, Is.Empty);
    }

    [Test]
    public void Vault_opened_in_the_background_after_the_lock_is_closed_again()
    {
        _client.Ask<ListedVault>(Add(_team));
        var waiting = new List<Action>();
        _host.InBackground = waiting.Add;
        _host.Restart();
        _host.Unlocked();

        _host.InBackground = work => work();
        _host.Restart();
        waiting[0]();

        Assert.That(_host.Unlocked().Ask<Vaults>(new GetVaults()).List[1].State, Is.EqualTo("open"));
    }

    [Test]
    public void Lock_locks_all()
    {
        _client.Ask<ListedVault>(Add(_team));

        _client.Ask<Done>(new global::Host.Protocol.Lock());

        Assert.That(_client.Refusal(new GetItem(_team.Items[0])), Is.EqualTo("locked"));
        Assert.That(_client.Refusal(new GetVaults()), Is.EqualTo("locked"));
        Assert.That(_client.Refusal(Add(_team)), Is.EqualTo("locked"));
        global::Host.Service.VaultLock.Take(_host.Paths, _team.Path, isHost: false).Dispose();
    }

    /// <summary>What is wrong, and the refusal; nothing is listed then.</summary>
    [TestCase("gone", "vaultMissing")]
    [TestCase("wrong key", "wrongKey")]
    [TestCase("key file gone", "wrongKey")]
    [TestCase("damaged", "vaultDamaged")]
    [TestCase("no vault", "vaultUnsupported")]
    [TestCase("own", "refused same")]
    [TestCase("link to own", "refused same")]
    [TestCase("copy of own", "refused same")]
    [TestCase("relative", "badMessage")]
    [TestCase("key file relative", "badMessage")]
    public void Vault_that_cannot_be_added_is_refused(string what, string refusal)
    {
        Assert.That(_client.Refusal(Wrong(what)), Is.EqualTo(refusal));
        Assert.That(List(), Has.Count.EqualTo(1));
    }

    [Test]
    public void Key_of_a_vault_is_found_by_words_only_and_offered_to_no_page()
    {
        _client.Ask<ListedVault>(Add(_team));
        var key = _client.Ask<Found>(new Search("team url:kdbx", 10)).Items.Single();
        _client.Ask<Saved>(new Update(key.Id, new ItemChanges(Urls: [new UrlToSave("kdbx://" + _team.Path, "hostname"), new UrlToSave(Page, "hostname")])));

        Assert.That(_client.Ask<Found>(new Search(" ", 10)).Items.Select(item => item.Title), Is.EquivalentTo(new[] { "Own", "Team" }));
        Assert.That(_client.Ask<Matches>(new FindMatches(Page, [])).Items.Select(item => item.Title), Is.EquivalentTo(new[] { "Own", "Team" }));
        Assert.That(_client.Ask<Found>(new Search("team", 10)).Items.Select(item => item.Id), Does.Contain(key.Id));
    }

    [Test]
    public void Open_vault_and_its_copy_are_refused()
    {
        _client.Ask<ListedVault>(Add(_team));
        var copy = Beside("copy.kdbx");
        File.Copy(_team.Path, copy);

        Assert.That(_client.Refusal(Add(_team)), Is.EqualTo("refused same"));
        Assert.That(_client.Refusal(Add(_team) with { Path = copy }), Is.EqualTo("refused same"));
        Assert.That(List(), Has.Count.EqualTo(2));
    }

    /// <summary>What an AutoOpen item names, and why that is not opened.</summary>
    [TestCase("gone", "vaultMissing")]
    [TestCase("wrong key", "wrongKey")]
    [TestCase("key file gone", "wrongKey")]
    [TestCase("damaged", "vaultDamaged")]
    [TestCase("no vault", "vaultUnsupported")]
    [TestCase("own", "refused")]
    [TestCase("copy of own", "refused")]
    [TestCase("in use", "vaultInUse")]
    public void Vault_that_cannot_be_opened_keeps_nothing_else_from_being_opened(string what, string kind)
    {
        _client.Ask<ListedVault>(Add(_team));
        using var inUse = what == "in use" ? global::Host.Service.VaultLock.Take(_host.Paths, Beside("other.kdbx"), isHost: true) : null;
        var wrong = what == "in use" ? Add(_host.MakeFurther("other", TeamPassphrase)) : Wrong(what);

        SaveAutoOpen(wrong.Path!, Text(wrong.Passphrase), wrong.KeyFile);

        var failed = List()[2];
        Assert.That((failed.State, failed.Error?.Kind, failed.Error?.Reason, failed.Items), Is.EqualTo(("failed", kind, (string?)null, (int?)null)));
        Assert.That(failed.Error!.Hint, Is.Not.Empty);
        Assert.That(List()[1].State, Is.EqualTo("open"));
        Assert.That(_client.Ask<Matches>(new FindMatches(Page, [])).Items, Has.Count.EqualTo(2));
    }

    [TestCase("team.kdbx")]
    [TestCase("kdbx://team.kdbx")]
    [TestCase("kdbx://{HOME}/team.kdbx")]
    [TestCase("file://server/share/team.kdbx")]
    [TestCase("https://www.example.com/team.kdbx")]
    [TestCase("")]
    public void AutoOpen_item_that_names_no_absolute_path_is_left_alone(string url)
    {
        var item = SaveAutoOpen(url, TeamPassphrase);

        Assert.That(List(), Has.Count.EqualTo(1));
        Assert.That(_client.Ask<Details>(new GetItem(item)).Folder, Is.EqualTo("AutoOpen"));
    }

    [TestCase("kdbx://", "")]
    [TestCase("KDBX://", "")]
    [TestCase("", "")]
    [TestCase("file://", "%20")]
    public void AutoOpen_item_names_a_file_in_three_ways_and_is_offered_for_no_page(string before, string space)
    {
        var file = _host.MakeFurther("of the team", TeamPassphrase);

        var item = SaveAutoOpen(before + (space.Length > 0 ? file.Path.Replace(" ", space, StringComparison.Ordinal) : file.Path), TeamPassphrase);

        Assert.That(_client.Ask<ListedVault>(new AddVault(TestClient.SecretOf(TeamPassphrase), Vault: file.Id)).State, Is.EqualTo("open"));
        Assert.That(_client.Ask<Matches>(new FindMatches("https://home", [])).Items, Is.Empty);
        Assert.That(_client.Ask<Found>(new Search("url:kdbx", 10)).Items.Select(one => one.Id), Is.EqualTo(new[] { item }));
    }

    [TestCase("kdbx://{DB_DIR}/of the team.kdbx")]
    [TestCase("{db_dir}/of the team.kdbx")]
    public void AutoOpen_item_may_name_the_folder_of_the_own_vault(string url)
    {
        var file = _host.MakeFurther("of the team", TeamPassphrase);

        SaveAutoOpen(url, TeamPassphrase);

        Assert.That(List()[^1].Path, Is.EqualTo(file.Path));
        Assert.That(_client.Ask<ListedVault>(new AddVault(TestClient.SecretOf(TeamPassphrase), Vault: file.Id)).State, Is.EqualTo("open"));
    }

    [Test]
    public void Sixteen_further_vaults_are_opened_and_no_more()
    {
        for (var n = 1; n <= 17; n++)
        {
            SaveAutoOpen(Beside($"{n}.kdbx"), "x");
        }

        Assert.That(List().Skip(1).Select(one => one.Error!.Kind), Is.EqualTo(Enumerable.Repeat("vaultMissing", 16).Append("refused")));
        Assert.That(List()[17].Error!.Message, Is.EqualTo("only 16 further vaults are opened"));
        Assert.That(_client.Refusal(Add(_team)), Is.EqualTo("refused tooMany"));
        Assert.That(_client.Refusal(new AddVault(TestClient.SecretOf("x"), Vault: List()[17].Id)), Is.EqualTo("refused tooMany"));
        _client.Ask<Done>(new RemoveVault(List()[1].Id));
        Assert.That(List().Skip(1).Select(one => one.Error!.Kind), Is.EqualTo(Enumerable.Repeat("vaultMissing", 16)));
    }

    [Test]
    public void Failed_vault_is_tried_again_at_the_next_unlock()
    {
        _client.Ask<ListedVault>(Add(_team));
        File.Move(_team.Path, _team.Path + ".away");
        _host.Restart();
        _client = _host.Unlocked();
        Assert.That(List()[1], Has.Property("State").EqualTo("failed").And.Property("Id").EqualTo(_team.Id));

        File.Move(_team.Path + ".away", _team.Path);
        Assert.That(List()[1].State, Is.EqualTo("failed"));
        _client.Unlock(_host.VaultPath);

        Assert.That(List()[1].State, Is.EqualTo("open"));
    }

    [Test]
    public void Failed_vault_opens_with_a_new_passphrase_which_is_kept()
    {
        var item = SaveAutoOpen(_team.Path, "the old one");
        Assert.That(List()[1], Has.Property("State").EqualTo("failed").And.Property("Id").EqualTo(item));

        Assert.That(_client.Refusal(new AddVault(TestClient.SecretOf("wrong"), Vault: item)), Is.EqualTo("wrongKey"));
        Assert.That(_client.Ask<ListedVault>(new AddVault(TestClient.SecretOf(TeamPassphrase), Vault: item)).State, Is.EqualTo("open"));

        Assert.That(_client.Ask<Revealed>(new Reveal(item, "Password", "show")).Value.Utf8.ToArray(), Is.EqualTo(Encoding.UTF8.GetBytes(TeamPassphrase)));
        _host.Restart();
        _client = _host.Unlocked();
        Assert.That(List()[1].State, Is.EqualTo("open"));
    }

    [Test]
    public void Failed_vault_is_tried_again_when_its_item_changes()
    {
        var item = SaveAutoOpen(_team.Path, "the old one");

        _client.Ask<Saved>(new Update(item, new ItemChanges(Title: "Mended", Password: TestClient.SecretOf(TeamPassphrase))));

        Assert.That((List()[1].Name, List()[1].State), Is.EqualTo(("Mended", "hidden")));
    }

    [Test]
    public void Removed_vault_is_gone_and_its_file_and_item_stay()
    {
        var id = _client.Ask<ListedVault>(Add(_team)).Id;
        _client.Ask<ListedVault>(new ChangeVault(id, new VaultChange("red", TakesNew: true)));

        _client.Ask<Done>(new RemoveVault(id));

        Assert.That(List().Select(one => (one.Own, one.TakesNew)), Is.EqualTo(new[] { (true, true) }));
        Assert.That(_client.Refusal(new GetItem(_team.Items[0])), Is.EqualTo("notFound"));
        Assert.That(_client.Ask<Found>(new Search("Team", 10)).Total, Is.Zero);
        Assert.That(_client.Ask<Found>(new GetTrash(10)).Items.Single().Title, Is.EqualTo("team"));
        Assert.That(_client.Refusal(new RemoveVault(id)), Is.EqualTo("notFound"));
        Assert.That(_client.Ask<ListedVault>(Add(_team)).Colour, Is.EqualTo("blue"));
    }

    [Test]
    public void Own_vault_cannot_be_removed() => Assert.That(_client.Refusal(new RemoveVault(List()[0].Id)), Is.EqualTo("notFound"));

    [Test]
    public void Item_restored_to_AutoOpen_opens_its_vault_again_for_who_gives_the_passphrase_again()
    {
        _client.Ask<ListedVault>(Add(_team));
        _client.Ask<Done>(new RemoveVault(_team.Id));

        _client.Ask<Saved>(new Restore(_client.Ask<Found>(new GetTrash(10)).Items.Single().Id));

        Assert.That(List()[1].State, Is.EqualTo("hidden"));
        Assert.That(_client.Ask<ListedVault>(new AddVault(TestClient.SecretOf(TeamPassphrase), Vault: _team.Id)).State, Is.EqualTo("open"));
    }

    [Test]
    public void Colour_and_new_items_are_chosen_by_vault()
    {
        _client.Ask<ListedVault>(Add(_team));

        var changed = _client.Ask<ListedVault>(new ChangeVault(_team.Id, new VaultChange("violet", TakesNew: true)));
        var own = _client.Ask<ListedVault>(new ChangeVault(List()[0].Id, new VaultChange("amber")));

        Assert.That((changed.Colour, changed.TakesNew, own.Colour, own.TakesNew), Is.EqualTo(("violet", true, "amber", false)));
        Assert.That(Save("New").Vault, Is.EqualTo(_team.Id));
        Assert.That(Save("New", own.Id).Vault, Is.Null);
        Assert.That(_client.Ask<ListedVault>(new ChangeVault(own.Id, new VaultChange(TakesNew: true))).TakesNew, Is.True);
        Assert.That(Save("New").Vault, Is.Null);
        Assert.That(Save("New", _team.Id).Vault, Is.EqualTo(_team.Id));
        Assert.That(_client.Refusal(new ChangeVault(_team.Items[0], new VaultChange("red"))), Is.EqualTo("notFound"));
    }

    [Test]
    public void Items_of_a_further_vault_are_changed_in_its_file()
    {
        _client.Ask<ListedVault>(Add(_team));

        _client.Ask<Saved>(new Update(_team.Items[0], new ItemChanges(Title: "Changed", Folder: "Web")));
        _client.Ask<Saved>(new Attach(_team.Items[0], "a.txt", TestClient.SecretOf("aGVsbG8=")));
        var saved = Save("New", _team.Id);
        _client.Ask<Done>(new Remove(saved.Id));

        Assert.That(_client.Ask<FoldersAndTags>(new GetFolders(_team.Id)).Folders, Is.EqualTo(new[] { new FolderItems("Web", 1) }));
        Assert.That(_client.Ask<FoldersAndTags>(new GetFolders()).Folders, Is.EqualTo(new[] { new FolderItems("AutoOpen", 1) }));
        Assert.That(_client.Ask<History>(new GetHistory(_team.Items[0])).Revisions, Has.Count.EqualTo(2));
        _client.Ask<Done>(new global::Host.Protocol.Lock());
        using var file = _team.Open();
        Assert.That(file.Items.Single().Title, Is.EqualTo("Changed"));
        Assert.That(file.Removed.Single().Summary.Title, Is.EqualTo("New"));
    }

    [Test]
    public void Matches_of_all_vaults_are_ordered_by_strength_then_use()
    {
        _client.Ask<ListedVault>(Add(_team));
        _client.Ask<Saved>(new Save(new ItemToSave(
            "login", "Whole site", [new UrlToSave("https://example.com", "site")], [], Vault: _team.Id)));

        Assert.That(Titles(), Is.EqualTo(new[] { "Own", "Team", "Whole site" }));
        Password(_client, _team.Items[0]);
        Assert.That(Titles(), Is.EqualTo(new[] { "Team", "Own", "Whole site" }));

        IEnumerable<string> Titles() => _client.Ask<Matches>(new FindMatches(Page, [])).Items.Select(item => item.Title);
    }

    [Test]
    public void Pages_of_search_and_trash_go_through_all_vaults()
    {
        _client.Ask<ListedVault>(Add(_team));
        var saved = Enumerable.Range(0, 6).Select(n => Save($"page {n}", n % 2 == 0 ? _team.Id : null)).ToList();

        Assert.That(Pages(after => new Search("page", 4, after)), Is.EquivalentTo(saved.Select(item => item.Title)));
        saved.ForEach(item => _client.Ask<Done>(new Remove(item.Id)));
        Assert.That(Pages(after => new GetTrash(4, after)), Is.EquivalentTo(saved.Select(item => item.Title)));

        List<string> Pages(Func<string?, Request> page)
        {
            var first = _client.Ask<Found>(page(null));
            var second = _client.Ask<Found>(page(first.After));
            Assert.That((first.Total, first.Items.Count, second.Items.Count, second.After), Is.EqualTo((6, 4, 2, (string?)null)));
            return [.. first.Items.Concat(second.Items).Select(item => item.Title)];
        }
    }

    [Test]
    public void Always_fill_is_the_own_vault_s_word_also_for_a_further_one_s_item()
    {
        _client.Ask<ListedVault>(Add(_team));

        _client.Ask<Done>(new AlwaysFill(_team.Items[0], Page, true));

        Assert.That(_client.Ask<Filled>(Load).Item.Id, Is.EqualTo(_team.Items[0]));
        Assert.That(_client.Ask<Matches>(new FindMatches(Page, [])).Items.Select(item => (item.Title, item.AlwaysFill)),
            Is.EqualTo(new[] { ("Team", (bool?)true), ("Own", false) }));
        _client.Ask<Done>(new Remove(_team.Items[0]));
        _client.Ask<Done>(new Remove(_team.Items[0], Forever: true));
        _client.Ask<Done>(new global::Host.Protocol.Lock());
        using var own = _host.OpenOwn();
        Assert.That(own.SettingKeys("latchkey.alwaysFill."), Is.Empty);
    }

    [Test]
    public void Items_of_a_further_vault_are_not_own_items_that_fill_by_themselves()
    {
        _client.Ask<ListedVault>(Add(_team));
        _client.Ask<Settings>(new ChangeSettings(new SettingsChange(FillOnLoad: "ownItems")));

        Assert.That(_client.Refusal(Load), Is.EqualTo("refused notChosen"), "two match");
        _client.Ask<Done>(new Remove(_host.Ids[0]));
        Assert.That(_client.Refusal(Load), Is.EqualTo("refused notChosen"), "the one that matches is not of the own vault");
        _client.Ask<Saved>(new Restore(_host.Ids[0]));
        _client.Ask<Done>(new Remove(_team.Items[0]));
        Assert.That(_client.Ask<Filled>(Load).Item.Id, Is.EqualTo(_host.Ids[0]));
    }

    [Test]
    public void What_a_further_vault_says_about_this_program_is_not_read()
    {
        using (var file = _team.Open())
        {
            file.SetSetting("latchkey.fillOnLoad", "ownItems");
            file.SetSetting("latchkey.lockAfterMinutes", "480");
            file.SetSetting("latchkey.never.www.example.com", "on");
            file.SetSetting($"latchkey.alwaysFill.{_team.Items[0]}", "www.example.com");
            file.SetSetting($"latchkey.alwaysFill.{_team.Items[0][23..]}", "www.example.com");
            file.SetSetting("latchkey.takesNew", _team.Id);
            file.SetSetting($"latchkey.vault.{_team.Id}.colour", "red");
            file.Write();
        }

        var added = _client.Ask<ListedVault>(Add(_team));

        Assert.That((added.Colour, added.TakesNew), Is.EqualTo(("blue", false)));
        Assert.That(_client.Ask<Settings>(new ChangeSettings()), Is.EqualTo(new Settings(10, 8, 30, "chosen", "hostname", true, 5)));
        Assert.That(_client.Ask<Matches>(new FindMatches(Page, [])), Has.Property("Never").False);
        Assert.That(_client.Refusal(Load), Is.EqualTo("refused notChosen"));
    }

    [Test]
    public void Secrets_of_all_vaults_count_together()
    {
        _client.Ask<ListedVault>(Add(_team));
        for (var n = 0; n < 30; n++)
        {
            Password(_client, Save($"{n}", n % 2 == 0 ? _team.Id : null).Id);
        }

        Assert.That(_client.Refusal(new Reveal(_team.Items[0], "Password", "show")), Is.EqualTo("rateLimited"));
    }

    [TestCase("AAECAwQFBgcICQoLDA0ODw.")]
    [TestCase("AAECAwQFBgcICQoLDA0ODw.AAECAwQFBgcICQoLDA0OD")]
    [TestCase("AAECAwQFBgcICQoLDA0ODx.AAECAwQFBgcICQoLDA0ODw")]
    [TestCase("AAECAwQFBgcICQoLDA0ODw:AAECAwQFBgcICQoLDA0ODw")]
    [TestCase("AAECAwQFBgcICQoLDA0ODx")]
    [TestCase("AAECAwQFBgcICQoLDA0O!!")]
    public void What_is_no_id_is_refused(string id) => Assert.That(_client.Refusal(new GetItem(id)), Is.EqualTo("badMessage"));

    [Test]
    public void Own_item_has_one_id_only() =>
        Assert.That(_client.Refusal(new GetItem($"{List()[0].Id}.{_host.Ids[0]}")), Is.EqualTo("notFound"));

    private static Fill Load => new(Page, [], "load", ["password"], []);

    private IReadOnlyList<ListedVault> List() => _client.Ask<Vaults>(new GetVaults()).List;

    private static AddVault Add(FurtherFile file) => new(TestClient.SecretOf(TeamPassphrase), file.Path);

    private AddVault Wrong(string what)
    {
        var own = TestClient.SecretOf(TestVault.Passphrase);
        var bytes = File.ReadAllBytes(_team.Path);
        switch (what)
        {
            case "gone":
                return new AddVault(own, Beside("gone.kdbx"));
            case "wrong key":
                return new AddVault(TestClient.SecretOf("wrong"), _host.MakeFurther("other", TeamPassphrase).Path);
            case "key file gone":
                return new AddVault(TestClient.SecretOf(TeamPassphrase), _host.MakeFurther("other", TeamPassphrase).Path, Beside("gone.key"));
            case "damaged":
                File.WriteAllBytes(Beside("damaged.kdbx"), bytes[..(bytes.Length / 2)]);
                return new AddVault(TestClient.SecretOf(TeamPassphrase), Beside("damaged.kdbx"));
            case "no vault":
                File.WriteAllText(Beside("letter.kdbx"), "not a vault at all, but long enough to be one");
                return new AddVault(own, Beside("letter.kdbx"));
            case "own":
                return new AddVault(own, _host.VaultPath);
            case "link to own":
                File.CreateSymbolicLink(Beside("link.kdbx"), _host.VaultPath);
                return new AddVault(own, Beside("link.kdbx"));
            case "copy of own":
                File.Copy(_host.VaultPath, Beside("copy.kdbx"));
                return new AddVault(own, Beside("copy.kdbx"));
            case "key file relative":
                return Add(_team) with { KeyFile = "team.key" };
            default:
                return new AddVault(own, "team.kdbx");
        }
    }

    private string Beside(string name) => Path.Combine(Path.GetDirectoryName(_host.VaultPath)!, name);

    private string SaveAutoOpen(string url, string passphrase, string? keyFile = null) => _client.Ask<Saved>(new Save(new ItemToSave(
        "login", "named by another program", url.Length == 0 ? [] : [new UrlToSave(url, "hostname")], [], keyFile ?? "",
        TestClient.SecretOf(passphrase), Folder: "AutoOpen"))).Item.Id;

    private ListedItem Save(string title, string? vault = null) => _client.Ask<Saved>(new Save(
        new ItemToSave("login", title, [], [], Password: TestClient.SecretOf("x"), Vault: vault))).Item;

    private static string Password(TestClient client, string item) => Text(client.Ask<Revealed>(new Reveal(item, "Password", "show")).Value);

    private static string Text(Secret secret) => Encoding.UTF8.GetString(secret.Utf8);
}
