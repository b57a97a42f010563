using Host.Protocol;
using Suite.Hosting;

namespace Suite.Shares;

/// <summary>A real server, and the hosts of Olga, who founded the office, and of Anna, who joins it: what clients of the protocol see of it.</summary>
internal sealed class TwoHosts : IAsyncDisposable
{
    public const string Page = "https://router.example";

    private TwoHosts(OfficeWorld world, TestSession olgasHost, TestSession annasHost)
    {
        (World, OlgasHost, AnnasHost) = (world, olgasHost, annasHost);
        (Olga, Anna) = (olgasHost.Unlocked(), annasHost.Unlocked());
        Office = Olga.Ask<ListedOffice>(new EnterOffice(
            "owner", world.Address, "Olga", TestClient.SecretOf(world.Server.OwnerCode!), Audit: false)).Id;
    }

    public OfficeWorld World { get; }

    public TestSession OlgasHost { get; }

    public TestSession AnnasHost { get; }

    public TestClient Olga { get; set; }

    public TestClient Anna { get; set; }

    /// <summary>The office's id.</summary>
    public string Office { get; }

    /// <summary>Both are members. Olga has the logins "Router" and "Own" in her own vault; the hosts and the server have one clock.</summary>
    public static async Task<TwoHosts> JoinedAsync()
    {
        var olgas = new TestSession(TestSession.Login("Router", Page, userName: "admin", password: "r0uter"), TestSession.Login("Own", "https://own.example"));
        var annas = new TestSession(olgas.Time);
        var hosts = new TwoHosts(await OfficeWorld.StartAsync(olgas.Time), olgas, annas);
        var invited = hosts.Olga.Ask<Invited>(new Invite(hosts.Office, "member", 1));
        hosts.Anna.Ask<ListedOffice>(new EnterOffice("member", invited.Address, "Anna", invited.Code));
        hosts.Sync(hosts.Olga); // lets Anna in
        hosts.Sync(hosts.Anna);
        return hosts;
    }

    /// <summary>What shows members is up to date, and so an exchange.</summary>
    public void Sync(TestClient client) => client.Ask<People>(new GetPeople(Office));

    /// <summary>What either did the other has then.</summary>
    public void SyncAll()
    {
        Sync(Anna);
        Sync(Olga);
        Sync(Anna);
    }

    /// <summary>Olga brings her router into the office, and grants it to Anna.</summary>
    /// <returns>Its id for Olga, and for Anna.</returns>
    public (string Olgas, string Annas) Share(string right, string? notBefore = null, string? notAfter = null)
    {
        var router = Olga.Ask<Found>(new Search("Router", 10)).Items.Single().Id;
        var item = Olga.Ask<SharedItems>(new ShareItems(Office, [router], [])).Items.Single().Id;
        Grant(item, right, notBefore, notAfter);
        Sync(Anna);
        return (item, VaultOf(Anna) + item[item.IndexOf('.')..]);
    }

    public void Grant(string item, string right, string? notBefore = null, string? notAfter = null) =>
        Olga.Ask<AccessList>(new SetGrant(item, new GrantToSet(MemberOf("Anna"), right, notBefore, notAfter)));

    public string MemberOf(string name) => Olga.Ask<People>(new GetPeople(Office)).Members.Single(member => member.Name == name).Id;

    public static string VaultOf(TestClient client) => client.Ask<Offices>(new GetOffices()).List.Single().Vault!;

    public static string Read(Secret secret) => System.Text.Encoding.UTF8.GetString(secret.Utf8);

    public async ValueTask DisposeAsync()
    {
        OlgasHost.Dispose();
        AnnasHost.Dispose();
        await World.DisposeAsync();
    }
}
