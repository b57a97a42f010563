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
        Hello or GetStatus or FindMatches or FindPasskeys or Explain or GetSites or GetVaults or GetOffices or GetAccessRequests or Capture or GetCaptured or Protocol.Lock or Retire => false,
        Promote promote => promote.Item is not null,
        GetDraft draft => draft.Set is not null,
        GetSite site => site.Never is not null,
        GetProfiles profiles => profiles.Remove is not null,
        ChangeSettings settings => settings.Set is not null,
        Fill fill => fill.Cause == "person",
        _ => true,
    };

    /// <summary>Tells what changes the lists that other clients show.</summary>
    public static bool ChangesLists(Request request) =>
        request is Save or Update or Remove or Restore or Attach or KeepCaptured or AlwaysFill or GetSite { Never: not null }
            or RemoveVault or ChangeVault or Promote or DropNewPassword or CreatePasskey or DropPasskey or Fill { NewPassword: not null }
            or EnterOffice or ShareItems or SetGrant or RemoveShared or BringItems or AskAccess or AnswerAccess;
}
