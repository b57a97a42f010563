using Host.Protocol;

namespace Host.Service;

/// <summary>Answers <c>profiles</c>.</summary>
internal static class ProfileAnswers
{
    /// <summary>Takes a profile off the list: it must give every passphrase again.</summary>
    /// <exception cref="ProtocolException"><c>notFound</c>.</exception>
    public static void Remove(OwnVault vault, string profile)
    {
        if (!vault.Settings.Knows(profile))
        {
            throw ErrorKind.NotFoundError("profile");
        }
        vault.Commit(() =>
        {
            vault.Settings.RemoveProfile(profile);
            vault.VaultSettings.RemoveProfile(profile);
        });
    }

    public static Profiles List(OwnVault vault, string? current) => new(
        [.. vault.Settings.Profiles().Select(one => new KnownProfile(one.Profile, one.Browser, one.AddedAt, one.Profile == current))]);
}
