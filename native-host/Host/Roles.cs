namespace Host;

/// <summary>The first argument of the roles that no person starts.</summary>
internal static class Roles
{
    /// <summary>Copies frames for a browser; what the browser passed follows.</summary>
    public const string Relay = "relay";

    /// <summary>After <see cref="Relay"/>: a host was started at the same time, whose process id follows.</summary>
    public const string Beside = "beside";

    /// <summary>Holds the vault.</summary>
    public const string Host = "host";

    /// <summary>After <see cref="Host"/>: whoever started it reads <see cref="HostLink.ReadyDescriptor"/>.</summary>
    public const string Awaited = "awaited";
}
