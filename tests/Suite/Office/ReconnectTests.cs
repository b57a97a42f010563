using Contracts;
using Host.Protocol;
using NUnit.Framework;
using Office;
using Suite.Hosting;

namespace Suite.Shares;

/// <summary>The server's root key is lost, or is to change: who takes whose word for another.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ReconnectTests : IAsyncDisposable
{
    private readonly TestSession _olgasHost = new();
    private readonly TestSession _annasHost;
    private OfficeWorld _world = null!;
    private TestClient _olga = null!;
    private TestClient _anna = null!;
    private string _office = "";

    public ReconnectTests() => _annasHost = new TestSession(_olgasHost.Time);

    public async ValueTask DisposeAsync()
    {
        _olgasHost.Dispose();
        _annasHost.Dispose();
        await _world.DisposeAsync();
    }

    [Test]
    public async Task Owner_vouches_for_the_new_key_and_the_code_takes_the_others_along()
    {
        await MeetAsync();
        await _world.LoseRootKeyAsync();
        Assert.That((_olga.Refusal(People), _anna.Refusal(People)), Is.EqualTo(("office untrusted", "office untrusted")));

        var made = _olga.Ask<Reconnected>(new Reconnect(_office, Pins: [_world.Server.Pin.ToString()]));
        Assert.That(made.Office.Connected);
        Assert.That(_anna.Refusal(People), Is.EqualTo("office untrusted"), "nobody has told her");
        // As a mail breaks it.
        var taken = _anna.Ask<Reconnected>(new Reconnect(_office, string.Join("\r\n", made.Code!.Chunk(70).Select(line => new string(line)))));

        Assert.That((taken.Office.Connected, taken.Code), Is.EqualTo((true, (string?)null)));
        foreach (var host in (TestSession[])[_olgasHost, _annasHost])
        {
            Directory.Delete(Path.Combine(host.Paths.DataFolder, "shares"), recursive: true);
            host.Restart();
            Assert.That(host.Unlocked().Ask<People>(People).Members, Has.Count.EqualTo(2), "it stands in the own vault");
        }
    }

    [Test]
    public async Task Pin_that_the_server_does_not_have_locks_nobody_out()
    {
        await MeetAsync();
        var mistyped = Hash.Of("mistyped"u8).ToString();

        Assert.That(_olga.Refusal(new Reconnect(_office, Pins: [mistyped])), Is.EqualTo("office untrusted"));
        Assert.That(_olga.Refusal(new Reconnect(_office, Pins: [])), Is.EqualTo("office untrusted"), "no authority knows it");
        Assert.That(_olga.Refusal(new Reconnect(_office, Pins: ["short"])), Is.EqualTo("badMessage"));
        Assert.That(_anna.Refusal(new Reconnect(_office, Pins: [_world.Server.Pin.ToString()])), Is.EqualTo("office notEntitled"));

        Assert.That(_olga.Ask<OfficeLog>(new GetOfficeLog(_office)).Entries.Where(entry => entry.Kind == "server"), Is.Empty);
        Assert.That((_olga.Ask<People>(People).Members.Count, _anna.Ask<People>(People).Members.Count), Is.EqualTo((2, 2)));
    }

    [Test]
    public async Task Key_that_was_announced_needs_no_code()
    {
        await MeetAsync();
        var present = _world.Server.Pin;
        await _world.LoseRootKeyAsync();
        var next = _world.Server.Pin;
        await _world.PutBackRootKeyAsync(present);

        _olga.Ask<Reconnected>(new Reconnect(_office, Pins: [next.ToString(), present.ToString()]));
        _anna.Ask<People>(People);
        await _world.PutBackRootKeyAsync(next);

        Assert.That(_anna.Ask<People>(People).Members, Has.Count.EqualTo(2));
        var invited = _olga.Ask<Invited>(new Invite(_office, "member", 1));
        using var evesHost = new TestSession(_olgasHost.Time);
        evesHost.Unlocked().Ask<ListedOffice>(new EnterOffice("member", _world.Address, "Eve", Again(invited.Code)));
    }

    [Test]
    public async Task Code_is_taken_from_an_owner_only_for_this_log_and_this_server()
    {
        (_world, var olga) = await OfficeWorld.FoundAsync();
        var anna = _world.Join("Anna", olga, Role.Administrator);
        await _world.LoseRootKeyAsync();
        var (us, owner) = (anna.Client.Us, olga.Client.Us);
        var genuine = new ConnectionCode { Office = us.Office, Head = anna.Client.Head!.Value, Pins = [_world.Server.Pin], Author = owner.Member };
        string Signed(ConnectionCode code, SigningKey key) => ConnectionCode.ToText(SignedRecord.Sign(code, key));
        var text = Signed(genuine, owner.Signing);

        Refused(OfficeError.Untrusted, Signed(genuine, us.Signing), "an administrator in the owner's name");
        Refused(OfficeError.Untrusted, Signed(genuine with { Author = us.Member }, us.Signing), "an administrator");
        Refused(OfficeError.Untrusted, Signed(genuine with { Author = Id.New() }, us.Signing), "somebody");
        Refused(OfficeError.Untrusted, Signed(genuine with { Head = genuine.Head with { Hash = Hash.Of("other"u8) } }, owner.Signing), "of another log");
        Refused(OfficeError.Untrusted, Signed(genuine with { Pins = [Hash.Of("other"u8)] }, owner.Signing), "for another server");
        Refused(OfficeError.Untrusted, Signed(genuine with { Pins = [] }, owner.Signing), "for an authority's");
        Refused(OfficeError.WrongCode, Signed(genuine with { Office = Id.New() }, owner.Signing), "of another office");
        foreach (var bad in (string[])["", "-", text[..^4], text + "AAAA", new string('A', 5000), "ä" + text])
        {
            Refused(OfficeError.WrongCode, bad, "none at all");
        }

        anna.Client.Reconnect(text);
        anna.Client.Sync();

        void Refused(OfficeError error, string code, string why)
        {
            Assert.That(() => anna.Client.Reconnect(code), Throws.TypeOf<OfficeException>().With.Property(nameof(OfficeException.Error)).EqualTo(error), why);
            Assert.That(() => anna.Client.Sync(), Throws.TypeOf<OfficeException>().With.Property(nameof(OfficeException.Error)).EqualTo(OfficeError.Untrusted), why);
        }
    }

    [Test]
    public async Task Code_of_a_key_that_was_replaced_since_is_out_of_date()
    {
        (_world, var olga) = await OfficeWorld.FoundAsync();
        var anna = _world.Join("Anna", olga);
        await _world.LoseRootKeyAsync();
        var first = _world.Server.Pin;
        var old = olga.Client.Vouch([first]);
        anna.Client.Reconnect(old);
        anna.Client.Sync();
        await _world.LoseRootKeyAsync();
        anna.Client.Reconnect(olga.Client.Vouch([_world.Server.Pin]));
        anna.Client.Sync();

        // Whoever has the first key stands between.
        await _world.PutBackRootKeyAsync(first);

        Assert.That(
            () => anna.Client.Reconnect(old), Throws.TypeOf<OfficeException>().With.Property(nameof(OfficeException.Error)).EqualTo(OfficeError.Untrusted));
        Assert.That(() => anna.Client.Sync(), Throws.TypeOf<OfficeException>().With.Property(nameof(OfficeException.Error)).EqualTo(OfficeError.Untrusted));
    }

    private GetPeople People => new(_office);

    private static Secret Again(Secret code) => TestClient.SecretOf(System.Text.Encoding.UTF8.GetString(code.Utf8));

    /// <summary>Olga founds the office, and Anna joins.</summary>
    private async Task MeetAsync()
    {
        _world = await OfficeWorld.StartAsync(_olgasHost.Time);
        (_olga, _anna) = (_olgasHost.Unlocked(), _annasHost.Unlocked());
        _office = _olga.Ask<ListedOffice>(new EnterOffice("owner", _world.Address, "Olga", TestClient.SecretOf(_world.Server.OwnerCode!), Audit: false)).Id;
        var invited = _olga.Ask<Invited>(new Invite(_office, "member", 1));
        _anna.Ask<ListedOffice>(new EnterOffice("member", _world.Address, "Anna", Again(invited.Code)));
        _olga.Ask<People>(People);
        Assert.That(_anna.Ask<People>(People).Members, Has.Count.EqualTo(2));
    }
}
