using Contracts;
using Office;
using Office.Store;
using Vault;
using Vault.Sharing;

namespace Benchmarks;

/// <summary>A member's host as far as an office goes: the client, and the copy that it shows in.</summary>
internal sealed class OfficeHost : IShareView, IDisposable
{
    private readonly Lock _gate = new();
    private Func<VaultFile, bool> _awaited = _ => false;
    private TaskCompletionSource _shown = new();

    /// <summary>Opens an office that was never open on this computer.</summary>
    public OfficeHost(Membership us, string folder)
    {
        Directory.CreateDirectory(folder);
        // The client's own, which wipes it in the end.
        var own = Membership.New(
            us.Office, us.Member, us.Address, us.Server.Pins, us.Invitation, SigningKey.Import(us.Signing.Export()), AgreementKey.Import(us.Agreement.Export()));
        Copy = ShareCopy.Open(own, folder, TimeProvider.System);
        Client = new OfficeClient(own, folder, this, TimeProvider.System);
        Client.Show();
    }

    public OfficeClient Client { get; }

    public ShareCopy Copy { get; }

    public void Change(Action<ShareCopy> change)
    {
        lock (_gate)
        {
            change(Copy);
            _ = Copy.TakeChanged();
            if (_awaited(Copy.File))
            {
                _shown.TrySetResult();
            }
        }
    }

    /// <summary>Waits from now on for what the copy is to show, looked at whenever it changes.</summary>
    public Task Awaits(Func<VaultFile, bool> holds)
    {
        lock (_gate)
        {
            (_awaited, _shown) = (holds, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            return _shown.Task;
        }
    }

    /// <summary>Saves another title, as a person does in the popup: durable in the outbox when it returns.</summary>
    public void Rename(Id item, string title)
    {
        var id = ShareCopy.IdOf(item);
        lock (_gate)
        {
            Copy.File.Change(() =>
            {
                Copy.File.Update(id, new ItemDraft { Fields = [NewField.Clear(FieldName.Title, title)] });
                var (kind, before) = ShareCopy.Read(Copy.File, id, Copy.File.Get(id)!.Revisions)!.Value;
                Client.ChangeItem(item, kind, before, ShareCopy.Read(Copy.File, id)!.Value.Body);
            });
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        Copy.Dispose();
    }
}
