using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Host.Protocol;

namespace Host.Client;

/// <summary>Reads replies as a client does.</summary>
internal static class ReplyReader
{
    /// <summary>Reads a frame.</summary>
    /// <returns>The reply to the request, or <see langword="null"/> if the frame is an event.</returns>
    /// <exception cref="ProtocolException">The refusal, or the frame is not of this protocol.</exception>
    public static Reply? Read(ReadOnlyMemory<byte> payload, long id, Request request)
    {
        using var document = Members.Parse(payload);
        var message = document.RootElement;
        if (message.TryGetProperty("event", out _))
        {
            return null;
        }
        try
        {
            if (message.TryGetProperty("error", out var error))
            {
                throw new ProtocolException(error.Deserialize(ClientJson.Default.ErrorReply)!);
            }
            if (message.GetProperty("id").GetInt64() == id)
            {
                return (Reply)message.GetProperty("ok").Deserialize(ReplyTypeOf(request))!;
            }
        }
        catch (Exception notOurs) when (notOurs is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Told below, without what it quotes.
        }
        throw ErrorKind.BadMessageError("the host's answer is not of this protocol");
    }

    private static JsonTypeInfo ReplyTypeOf(Request request) => request switch
    {
        Hello => ClientJson.Default.Welcome,
        GetOffices => ClientJson.Default.Offices,
        EnterOffice => ClientJson.Default.ListedOffice,
        Invite => ClientJson.Default.Invited,
        Uninvite or RemoveShared or RenameFolder or RemoveFolder => ClientJson.Default.Done,
        Reconnect => ClientJson.Default.Reconnected,
        GetPeople or RemoveMember or SetRole or AddGroup or SetGroupMember => ClientJson.Default.People,
        ShareItems => ClientJson.Default.SharedItems,
        SetGrant or GetAccess => ClientJson.Default.AccessList,
        BringItems => ClientJson.Default.Brought,
        AskAccess or GetAccessRequests or AnswerAccess => ClientJson.Default.AccessRequests,
        GetOfficeLog => ClientJson.Default.OfficeLog,
        GetAudit => ClientJson.Default.AuditPage,
        GetRemoval => ClientJson.Default.RemovalPreview,
        GetLeavers => ClientJson.Default.Leavers,
        GetWorklist => ClientJson.Default.Worklist,
        GetOrphans => ClientJson.Default.Orphans,
        Adopt => ClientJson.Default.AccessList,
        GetGrid => ClientJson.Default.Grid,
        SetAccess or GetAccessStep => ClientJson.Default.AccessStep,
        AddFolder => ClientJson.Default.AddedFolder,
        GetStatus or Create or Unlock => ClientJson.Default.Status,
        Protocol.Lock or Retire or AlwaysFill or Remove or RemoveVault or Capture or KeepGenerated => ClientJson.Default.Done,
        FindMatches => ClientJson.Default.Matches,
        Search or GetTrash => ClientJson.Default.Found,
        GetItem => ClientJson.Default.Details,
        GetHistory => ClientJson.Default.History,
        GetFolders => ClientJson.Default.FoldersAndTags,
        GetVaults => ClientJson.Default.Vaults,
        AddVault or ChangeVault => ClientJson.Default.ListedVault,
        Reveal or RevealGenerated or RevealCaptured or GetAttachment => ClientJson.Default.Revealed,
        GetCode => ClientJson.Default.Code,
        ReadOtp => ClientJson.Default.OtpRead,
        Fill => ClientJson.Default.Filled,
        Save or Update or Restore or Attach => ClientJson.Default.Saved,
        GetCaptured => ClientJson.Default.Captured,
        Promote or DropNewPassword or DropPasskey => ClientJson.Default.Settled,
        FindPasskeys => ClientJson.Default.Passkeys,
        CreatePasskey => ClientJson.Default.CreatedPasskey,
        UsePasskey => ClientJson.Default.UsedPasskey,
        KeepCaptured => ClientJson.Default.KeptCapture,
        Generate => ClientJson.Default.Generated,
        GetGenerated => ClientJson.Default.GeneratedEntries,
        GetDraft => ClientJson.Default.Draft,
        Explain => ClientJson.Default.Explained,
        GetSite => ClientJson.Default.Site,
        GetSites => ClientJson.Default.Sites,
        Teach or GetTaught => ClientJson.Default.Taught,
        GetProfiles => ClientJson.Default.Profiles,
        ChangeSettings => ClientJson.Default.Settings,
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };
}
