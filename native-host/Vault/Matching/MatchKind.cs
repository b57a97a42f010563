namespace Vault.Matching;

/// <summary>How an item's URL must agree with an origin. See native-host/docs/matching.md.</summary>
public enum MatchKind
{
    /// <summary>The same hostname; the port number too if the URL names one or the hostname is an IP address, localhost or a single label.</summary>
    Hostname,

    /// <summary>The same registrable domain by the Public Suffix List.</summary>
    Site,

    /// <summary>The same scheme, hostname and port number.</summary>
    Origin,

    /// <summary>No origin: the URL is there to be opened.</summary>
    Never,
}
