namespace Host;

/// <summary>Exit codes of the roles that no person starts. Those of the command line are in native-host/docs/commands.md.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The relay's caller is not on the list, or its frames are none.</summary>
    public const int Refused = 70;

    /// <summary>Another host runs already.</summary>
    public const int AnotherHost = 71;

    /// <summary>The runtime folder or the socket cannot be used.</summary>
    public const int CannotListen = 72;

    /// <summary>The executable could not be started with a clean environment.</summary>
    public const int CannotHarden = 73;

    /// <summary>A system library is missing.</summary>
    public const int LibraryMissing = 74;
}
