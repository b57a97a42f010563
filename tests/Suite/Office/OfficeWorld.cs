using System.Net;
using Contracts;
using Microsoft.Extensions.Logging;
using Office;
using Office.Content;
using Office.State;
using Office.Store;
using Server;
using Server.Backup;
using Vault;

namespace Suite.Shares;

/// <summary>A real share server over HTTPS, and members with the real client each, in folders of their own.</summary>
internal sealed class OfficeWorld : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("latchkey-office");
    private readonly List<OfficeMember> _members = [];
    private readonly TimeProvider _time;
    private readonly string? _connectionString;
    private readonly string? _publicAddress;
    private ShareServer? _server;
    private int _port;

    private OfficeWorld(TimeProvider time, string? connectionString, string? publicAddress) =>
        (_time, _connectionString, _publicAddress) = (time, connectionString, publicAddress);

    public ShareServer Server => _server!;

    /// <summary>A server, and Olga, who has founded the office.</summary>
    public static async Task<(OfficeWorld World, OfficeMember Olga)> FoundAsync()
    {
        var world = await StartAsync(TimeProvider.System);
        return (world, world.Found("Olga"));
    }

    /// <summary>A server without an office yet, on SQLite or the PostgreSQL database that is named.</summary>
    /// <param name="time">The server's clock.</param>
    /// <param name="connectionString">Of the PostgreSQL database.</param>
    /// <param name="publicAddress">Where a proxy has a public authority's certificate; <see langword="null"/> for a server with a pin.</param>
    public static async Task<OfficeWorld> StartAsync(TimeProvider time, string? connectionString = null, string? publicAddress = null)
    {
        var world = new OfficeWorld(time, connectionString, publicAddress);
        await world.StartServerAsync();
        return world;
    }

    public string Address => _publicAddress ?? $"https://localhost:{_port}";

    public string DataFolder => Path.Combine(_folder.FullName, "server");

    private Settings Settings => new() { DataFolder = DataFolder, Port = _port, Listen = IPAddress.Loopback, Address = _publicAddress ?? (_port == 0 ? null : Address), IsCertifiedPublicly = _publicAddress is not null, ConnectionString = _connectionString, LeastLogged = LogLevel.Critical };

    public async Task StartServerAsync()
    {
        _server = await ShareServer.StartAsync(Settings, _time, CancellationToken.None);
        _port = _server.Port;
    }

    /// <summary>Makes a backup.</summary>
    /// <returns>Its file.</returns>
    public async Task<string> BackupAsync()
    {
        await using var database = ShareServer.Open(Settings);
        return await Backups.CreateAsync(database, Backups.FolderIn(DataFolder), _time.GetUtcNow(), CancellationToken.None);
    }

    /// <summary>Does something to the server's database behind its back.</summary>
    public async Task RunAsync(string sql, params (string Name, object? Value)[] parameters)
    {
        await using var database = ShareServer.Open(Settings);
        await database.WriteAsync(session => session.RunAsync(sql, parameters), CancellationToken.None);
    }

    /// <summary>Counts something in the server's database.</summary>
    public async Task<long> CountAsync(string sql)
    {
        await using var database = ShareServer.Open(Settings);
        return await database.ReadAsync(session => session.NumberAsync(sql), CancellationToken.None) ?? 0;
    }

    /// <summary>Goes back to a backup.</summary>
    public async Task RestoreAsync(string backup)
    {
        await StopServerAsync();
        foreach (var file in Directory.GetFiles(DataFolder, "office.db*"))
        {
            File.Delete(file);
        }
        await using (var empty = ShareServer.Open(Settings))
        {
            await Backups.RestoreAsync(empty, backup, Settings.Name, _time, CancellationToken.None);
        }
        await StartServerAsync();
    }

    /// <summary>The root key is gone from the data folder, and the server goes on with another.</summary>
    public async Task LoseRootKeyAsync() => await WithRootKeyAsync(put: null);

    /// <summary>The server goes on with a root key that was lost.</summary>
    public async Task PutBackRootKeyAsync(Hash pin) => await WithRootKeyAsync(pin);

    /// <summary>The server goes on at another port; nobody is at the old one.</summary>
    public async Task MoveAsync()
    {
        await StopServerAsync();
        _port = 0;
        await StartServerAsync();
    }

    private async Task WithRootKeyAsync(Hash? put)
    {
        var lost = Directory.CreateDirectory(Path.Combine(_folder.FullName, "lost", Server.Pin.ToString())).FullName;
        await StopServerAsync();
        foreach (var file in Directory.GetFiles(DataFolder, "office-root.*"))
        {
            File.Move(file, Path.Combine(lost, Path.GetFileName(file)), overwrite: true);
        }
        foreach (var file in put is { } pin ? Directory.GetFiles(Path.Combine(_folder.FullName, "lost", pin.ToString())) : [])
        {
            File.Copy(file, Path.Combine(DataFolder, Path.GetFileName(file)));
        }
        await StartServerAsync();
    }

    public async Task StopServerAsync()
    {
        await _server!.DisposeAsync();
        _server = null;
    }

    public OfficeMember Found(string name) => Enter(name, OfficeEntry.Found(Address, Server.OwnerCode, name, "", auditsItems: true, TimeProvider.System));

    /// <summary>Somebody answers an invitation, and is let in by who made it.</summary>
    public OfficeMember Join(string name, OfficeMember inviter, Role role = Role.Member)
    {
        var invitation = inviter.Client.Invite(role, member: null, TimeSpan.FromHours(1));
        var member = Enter(name, OfficeEntry.Join(Address, invitation.Code, name, $"{name}@office.example", TimeProvider.System));
        inviter.Client.Sync();
        member.Client.Sync();
        return member;
    }

    public OfficeMember Enter(string name, OfficeEntry entry)
    {
        entry.Send();
        var member = new OfficeMember(Directory.CreateDirectory(Path.Combine(_folder.FullName, name)).FullName, entry.Membership, entry.Seen);
        _members.Add(member);
        if (entry.Membership.Invitation is null)
        {
            member.Client.Sync();
        }
        return member;
    }

    public async ValueTask DisposeAsync()
    {
        _members.ForEach(member => member.Dispose());
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
        _folder.Delete(recursive: true);
    }
}

/// <summary>A member, with a copy of what the office shows.</summary>
internal sealed class OfficeMember : IShareView, IDisposable
{
    private readonly string _folder;
    private readonly LogHead? _seen;
    private readonly VaultFile _own;
    private readonly ItemId _item;
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OfficeMember(string folder, Membership membership, LogHead? seen)
    {
        (_folder, _seen) = (folder, seen);
        using var key = Unit.Vault.TestVault.Key();
        _own = VaultFile.Create(
            Path.Combine(folder, "own.kdbx"), key, Unit.Vault.TestVault.Cheap, new VaultOptions { KdfFloor = Unit.Vault.TestVault.Cheap });
        _item = membership.AddTo(_own);
        membership.Dispose();
        Open();
    }

    public OfficeClient Client { get; private set; } = null!;

    public ShareCopy Copy { get; private set; } = null!;

    public Id Id => Client.Us.Member;

    public string FileOf(string ending) => Path.Combine(_folder, Client.Us.FileName + ending);

    /// <summary>The titles of the items that the copy shows, sorted.</summary>
    public string Titles => string.Join(' ', Copy.File.Items.Select(item => item.Title).Order());

    /// <summary>As the host does: what lies on the disk is opened again.</summary>
    public void Restart()
    {
        Close();
        Open();
    }

    public void Close()
    {
        Copy.File.Write();
        Client.Dispose();
        Copy.Dispose();
    }

    /// <summary>As if the host had been killed: nothing that is in memory only reaches the disk.</summary>
    public void Kill()
    {
        Client.Dispose();
        Copy.Dispose();
    }

    public void Open()
    {
        var membership = Membership.TryRead(_own, _item)!;
        Copy = ShareCopy.Open(membership, _folder, TimeProvider.System);
        Client = new OfficeClient(membership, _folder, this, TimeProvider.System, _seen) { Noticed = () => Change(_ => { }) };
        Client.Show();
    }

    public Id Add(string title, string password, params (OfficeMember Member, Right Right)[] grants)
    {
        var item = Client.AddItem(
            "login",
            new ContentBody
            {
                Fields = [Contents.Field("Title", title), Contents.Field("UserName", "office"), Contents.Field("Password", password)],
                Urls = [new ContentUrl("https://example.com", "hostname")],
            },
            [.. grants.Select(grant => new Grant { Principal = grant.Member.Id, Right = grant.Right })]);
        return item;
    }

    public void Set(Id item, Id principal, Right right) => Client.SetRight(item, new Grant { Principal = principal, Right = right });

    public string? Read(Id item, string field = "Password") => Unit.Vault.TestVault.Read(Copy.File, ShareCopy.IdOf(item), field);

    /// <summary>Changes a field in the copy, as the host does.</summary>
    public void Edit(Id item, string field, string value)
    {
        var id = ShareCopy.IdOf(item);
        Copy.File.Change(() =>
        {
            var draft = new ItemDraft
            {
                Fields = [field == "Password" ? Unit.Vault.TestVault.Secret(field, value) : NewField.Clear(field, value)],
            };
            Copy.File.Update(id, draft);
            var (kind, before) = ShareCopy.Read(Copy.File, id, Copy.File.Get(id)!.Revisions)!.Value;
            Client.ChangeItem(item, kind, before, ShareCopy.Read(Copy.File, id)!.Value.Body);
        });
    }

    public ItemStatus? StatusOf(Id item) => Client.StatusOf(item);

    public void Change(Action<ShareCopy> change)
    {
        lock (_gate)
        {
            change(Copy);
            var changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            changed.SetResult();
        }
    }

    /// <summary>Waits for what the copy is to show, looking whenever it was changed.</summary>
    public async Task UntilAsync(Func<bool> holds, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (_gate)
            {
                if (holds())
                {
                    return;
                }
                next = _changed.Task;
            }
            await next.WaitAsync(cancellation);
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        Copy.Dispose();
        _own.Dispose();
    }
}
