using Host.Protocol;

namespace Host.Service;

/// <summary>What follows from an answered request besides its answer.</summary>
internal static class RequestEffects
{
    /// <summary>
    /// Tells what keeps a vault open. Not what an extension or a page can cause without a person: else a page that reloads itself would.
    /// </summary>
    public static bool IsAction(Request request) => request switch
    {
        Hello or GetStatus or FindMatches or FindPasskeys or Explain or GetSites or GetVaults or Capture or GetCaptured or Protocol.Lock or Retire => false,
        GetOffices or GetPeople or GetOfficeLog or GetAccessRequests or GetLeavers or GetWorklist or GetOrphans or GetGrid or GetAccessStep { Cancel: not true } => false, // what an open page of an office looks at again by itself
        Promote promote => promote.Item is not null,
        GetDraft draft => draft.Set is not null,
        GetSite site => site.Never is not null,
        GetTaught taught => taught.Remove is not null,
        GetProfiles profiles => profiles.Remove is not null,
        ChangeSettings settings => settings.Set is not null,
        Fill fill => fill.Cause == "person",
        _ => true,
    };

    /// <summary>Tells what changes the lists that other clients show.</summary>
    public static bool ChangesLists(Request request) =>
        request is Save or Update or Remove or Restore or Attach or KeepCaptured or AlwaysFill or GetSite { Never: not null } or Teach or GetTaught { Remove: not null }
            or RemoveVault or ChangeVault or Promote or DropNewPassword or CreatePasskey or DropPasskey or Fill { NewPassword: not null }
            or EnterOffice or ShareItems or SetGrant or RemoveShared or BringItems or RemoveMember or SetRole or AddGroup or SetGroupMember or Adopt
            or AskAccess or AnswerAccess;
}
