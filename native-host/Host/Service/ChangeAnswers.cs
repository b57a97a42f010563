using Host.Protocol;
using Vault.Matching;

namespace Host.Service;

/// <summary>Answers that write the vault: <c>alwaysFill</c>, <c>site</c>, <c>teach</c>, <c>settings</c>. What they answer is durable.</summary>
internal static class ChangeAnswers
{
    public static Done AlwaysFill(SeenVaults vaults, AlwaysFill request)
    {
        var homed = vaults.Require(request.Item);
        var page = Words.OriginOf(request.Origin);
        if (request.On)
        {
            CheckFillsOnLoad(homed, page);
        }
        vaults.Own.Commit(() => vaults.Own.Settings.SetAlwaysFill(homed.Id, page.Hostname, request.On));
        return new Done();
    }

    public static Site Site(OwnVault vault, GetSite request)
    {
        var hostname = Words.OriginOf(request.Origin).Hostname;
        if (request.Never is { } never && never != vault.Settings.IsNever(hostname))
        {
            vault.Commit(() => vault.Settings.SetNever(hostname, never));
        }
        return new Site(hostname, vault.Settings.IsNever(hostname));
    }

    public static Taught Teach(OwnVault vault, Teach request)
    {
        var hostname = Words.OriginOf(request.Origin).Hostname;
        vault.Commit(() => vault.Settings.Taught.Add(new TaughtField(hostname, request.Role, request.Form, request.Field, request.Page)));
        return new Taught(vault.Settings.Taught.All());
    }

    public static Taught Taught(OwnVault vault, GetTaught request)
    {
        if (request.Remove is { } name)
        {
            vault.Commit(() => vault.Settings.Taught.Forget(name));
        }
        return new Taught(vault.Settings.Taught.All());
    }

    public static Settings Change(OwnVault vault, SettingsChange change)
    {
        vault.Commit(() => vault.Settings.Change(change));
        return vault.Settings.Read();
    }

    /// <summary>Refuses a choice that no load would ever honour.</summary>
    private static void CheckFillsOnLoad(HomedItem homed, Origin page)
    {
        if (!homed.Vault.MatchesHostname(homed.Item.Id, page))
        {
            throw FillAnswers.Refused(FillRefusal.NoMatch);
        }
        if (!page.IsSecure && !page.IsLoopback)
        {
            throw FillAnswers.Refused(FillRefusal.Insecure);
        }
    }
}
