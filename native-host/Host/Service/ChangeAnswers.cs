using Host.Protocol;
using Vault;
using Vault.Matching;

namespace Host.Service;

/// <summary>Answers that write the vault: <c>alwaysFill</c>, <c>settings</c>. What they answer is durable.</summary>
internal static class ChangeAnswers
{
    public static Done AlwaysFill(OpenVault vault, AlwaysFill request)
    {
        var item = vault.Require(request.Item);
        var page = Words.OriginOf(request.Origin);
        if (request.On)
        {
            CheckFillsOnLoad(vault, item, page);
        }
        vault.Commit(() => vault.Settings.SetAlwaysFill(item.Id, page.Hostname, request.On));
        return new Done();
    }

    public static Settings Change(OpenVault vault, SettingsChange change)
    {
        vault.Commit(() => vault.Settings.Change(change));
        return vault.Settings.Read();
    }

    /// <summary>Refuses a choice that no load would ever honour.</summary>
    private static void CheckFillsOnLoad(OpenVault vault, ItemSummary item, Origin page)
    {
        var matches = vault.Matches.Find(page).Items.Any(
            match => match.Item.Id == item.Id && match.Strength >= MatchStrength.Hostname);
        if (!matches)
        {
            throw SecretAnswers.Refused(FillRefusal.NoMatch);
        }
        if (!page.IsSecure && !page.IsLoopback)
        {
            throw SecretAnswers.Refused(FillRefusal.Insecure);
        }
    }
}
