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
        Assert.That(_anna.Ask<Reconnected>(new Reconnect(_office, made.Code)).Office.Connected, "given twice");
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
        Assert.That(_olga.Refusal(new Reconnect(_office, Address: "office.example")), Is.EqualTo("badMessage"));
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
        var genuine = new ConnectionCode { Office = us.Office, Head = anna.Client.Head!.Value, Pins = [_world.Server.Pin], Address = us.Address, Author = owner.Member };
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
        var old = olga.Client.Vouch(address: null, [first]);
        anna.Client.Reconnect(old);
        anna.Client.Sync();
        await _world.LoseRootKeyAsync();
        anna.Client.Reconnect(olga.Client.Vouch(address: null, [_world.Server.Pin]));
        anna.Client.Sync();

        // Whoever has the first key stands between.
        await _world.PutBackRootKeyAsync(first);

        Assert.That(
            () => anna.Client.Reconnect(old), Throws.TypeOf<OfficeException>().With.Property(nameof(OfficeException.Error)).EqualTo(OfficeError.Untrusted));
        Assert.That(() => anna.Client.Sync(), Throws.TypeOf<OfficeException>().With.Property(nameof(OfficeException.Error)).EqualTo(OfficeError.Untrusted));
    }

    [Test]
    public async Task Server_that_has_moved_is_found_by_the_code_of_an_owner_who_says_where_it_is()
    {
        await MeetAsync();
        var before = _world.Address;
        await _world.MoveAsync();
        Assert.That((_olga.Refusal(People), _anna.Refusal(People)), Is.EqualTo(("office unreachable", "office unreachable")));
        Assert.That(_olga.Refusal(new Reconnect(_office, Address: "https://localhost:1")), Is.EqualTo("office unreachable"), "nobody is there");

        var made = _olga.Ask<Reconnected>(new Reconnect(_office, Address: _world.Address));
        Assert.That((made.Office.Connected, made.Office.Address, made.Office.Name), Is.EqualTo((true, _world.Address, Membership.NameOf(_world.Address))));
        Assert.That(_anna.Refusal(People), Is.EqualTo("office unreachable"), "nobody has told her");
        var taken = _anna.Ask<Reconnected>(new Reconnect(_office, made.Code));
        Assert.That((taken.Office.Connected, taken.Office.Address), Is.EqualTo((true, _world.Address)));

        foreach (var host in (TestSession[])[_olgasHost, _annasHost])
        {
            Directory.Delete(Path.Combine(host.Paths.DataFolder, "shares"), recursive: true);
            host.Restart();
            var client = host.Unlocked();
            Assert.That(client.Ask<People>(People).Members, Has.Count.EqualTo(2), "it stands in the own vault");
            Assert.That(client.Ask<Offices>(new GetOffices()).List.Single().Name, Is.EqualTo(Membership.NameOf(_world.Address)));
        }
        Assert.That(_annasHost.Unlocked().Refusal(new Reconnect(_office, Address: before)), Is.EqualTo("office notEntitled"), "she is no owner");
    }

    [Test]
    public async Task Move_that_an_owner_says_before_it_takes_everybody_along()
    {
        await MeetAsync();
        // The same machine by another name, as while a name is moved.
        var next = _world.Address.Replace("localhost", "127.0.0.1", StringComparison.Ordinal);

        _olga.Ask<Reconnected>(new Reconnect(_office, Address: next));
        Assert.That(_anna.Ask<People>(People).Members, Has.Count.EqualTo(2));

        Assert.That(_anna.Ask<Offices>(new GetOffices()).List.Single().Address, Is.EqualTo(next));
        Assert.That(_olga.Ask<Invited>(new Invite(_office, "member", 1)).Address, Is.EqualTo(next), "who joins is sent there");
        Directory.Delete(Path.Combine(_annasHost.Paths.DataFolder, "shares"), recursive: true);
        _annasHost.Restart();
        Assert.That(_annasHost.Unlocked().Ask<Offices>(new GetOffices()).List.Single().Address, Is.EqualTo(next), "it stands in the own vault");
    }

    [Test]
    public async Task Further_address_is_tried_where_the_first_does_not_answer_and_kept_to()
    {
        (_world, var olga) = await OfficeWorld.FoundAsync();
        var anna = _world.Join("Anna", olga);
        using var deaf = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        deaf.Start();
        var callers = 0;
        var hangsUp = Task.Run(async () =>
        {
            while (true)
            {
                (await deaf.AcceptSocketAsync()).Dispose();
                callers++;
            }
        });
        var us = anna.Client.Us;
        us.Server = us.Server with { Addresses = [$"https://localhost:{((System.Net.IPEndPoint)deaf.LocalEndpoint).Port}", us.Address] };

        anna.Client.Sync();
        Assert.That(callers, Is.GreaterThan(0));
        var before = callers;
        anna.Client.Sync();
        Assert.That(callers, Is.EqualTo(before), "the one that answered comes first now");

        // Somebody else is at the further one now; that says nothing of the first.
        await _world.LoseRootKeyAsync();
        us.Server = us.Server with { Addresses = [us.Address.Replace("localhost", "127.0.0.1", StringComparison.Ordinal), us.Server.Addresses[1]] };
        for (var times = 0; times < 2; times++)
        {
            Assert.That(Failure(), Is.EqualTo((OfficeError.Unreachable, $"{us.Address} does not answer")));
        }
        us.Server = us.Server with { Addresses = [us.Server.Addresses[1], us.Address] };
        Assert.That(Failure().Error, Is.EqualTo(OfficeError.Untrusted));
        deaf.Stop();
        Assert.That(async () => await hangsUp, Throws.InstanceOf<System.Net.Sockets.SocketException>());

        (OfficeError Error, string Message) Failure()
        {
            var failure = Assert.Throws<OfficeException>(anna.Client.Sync)!;
            return (failure.Error, failure.Message);
        }
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
