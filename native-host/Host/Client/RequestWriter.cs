using System.Text.Json;
using Host.Protocol;

namespace Host.Client;

/// <summary>Writes requests as a client does.</summary>
internal static class RequestWriter
{
    /// <summary>Writes one request into a frame.</summary>
    public static void Write(FrameBuffer frame, long id, Request request)
    {
        using var json = frame.NewWriter();
        using var members = new FrameBuffer();
        using (var inner = members.NewWriter())
        {
            JsonSerializer.Serialize(inner, request, ClientJson.Default.Options.GetTypeInfo(request.GetType()));
        }
        json.WriteStartObject();
        json.WriteNumber("id"u8, id);
        json.WriteString("type"u8, TypeOf(request));
        json.Flush();
        // "{…}" without its brace joins what is written already; "{}" adds nothing.
        var rest = members.Payload[1..];
        if (rest.Length > 1)
        {
            frame.Append(","u8);
        }
        frame.Append(rest);
    }

    private static string TypeOf(Request request) => request switch
    {
        Hello => "hello",
        GetStatus => "status",
        Create => "create",
        Unlock => "unlock",
        Protocol.Lock => "lock",
        Retire => "retire",
        FindMatches => "match",
        Explain => "explain",
        Search => "search",
        GetItem => "get",
        GetHistory => "history",
        Reveal => "reveal",
        GetCode => "code",
        ReadOtp => "readOtp",
        Fill => "fill",
        AlwaysFill => "alwaysFill",
        GetSite => "site",
        GetSites => "sites",
        Teach => "teach",
        GetTaught => "taught",
        Save => "save",
        Update => "update",
        Remove => "remove",
        Restore => "restore",
        GetTrash => "trash",
        GetFolders => "folders",
        GetVaults => "vaults",
        AddVault => "addVault",
        RemoveVault => "removeVault",
        ChangeVault => "changeVault",
        GetAttachment => "attachment",
        Attach => "attach",
        Capture => "capture",
        GetCaptured => "captured",
        RevealCaptured => "revealCaptured",
        KeepCaptured => "keepCaptured",
        Promote => "promote",
        DropNewPassword => "dropNew",
        FindPasskeys => "passkeys",
        CreatePasskey => "createPasskey",
        UsePasskey => "usePasskey",
        DropPasskey => "dropPasskey",
        GetDraft => "draft",
        Generate => "generate",
        KeepGenerated => "keepGenerated",
        GetGenerated => "generated",
        RevealGenerated => "revealGenerated",
        GetProfiles => "profiles",
        ChangeSettings => "settings",
        GetOffices => "offices",
        EnterOffice => "enterOffice",
        Invite => "invite",
        Uninvite => "uninvite",
        Reconnect => "reconnect",
        GetPeople => "people",
        RemoveMember => "removeMember",
        SetRole => "setRole",
        AddGroup => "addGroup",
        SetGroupMember => "setGroupMember",
        ShareItems => "share",
        SetGrant => "grant",
        GetAccess => "access",
        BringItems => "bring",
        AskAccess => "askAccess",
        GetAccessRequests => "accessRequests",
        AnswerAccess => "answerAccess",
        RemoveShared => "removeShared",
        GetOfficeLog => "officeLog",
        GetAudit => "audit",
        GetRemoval => "removal",
        GetLeavers => "leavers",
        GetWorklist => "worklist",
        GetOrphans => "orphans",
        Adopt => "adopt",
        GetGrid => "grid",
        SetAccess => "setAccess",
        GetAccessStep => "accessStep",
        AddFolder => "addFolder",
        RenameFolder => "renameFolder",
        RemoveFolder => "removeFolder",
        _ => throw new ArgumentOutOfRangeException(nameof(request)),
    };
}
