using Host.Service;
using Office;
using Vault;
using Vault.Crypto;

namespace Host.Protocol;

/// <summary>The error kinds of native-host/docs/protocol.md, and the refusals that are made in more than one place.</summary>
internal static class ErrorKind
{
    public const string BadMessage = "badMessage", UnknownType = "unknownType", HelloFirst = "helloFirst", ProtocolVersion = "protocolVersion",
        NotAllowed = "notAllowed", NoVault = "noVault", VaultExists = "vaultExists", Locked = "locked", WrongKey = "wrongKey",
        RateLimited = "rateLimited", VaultMissing = "vaultMissing", VaultDamaged = "vaultDamaged", VaultUnsupported = "vaultUnsupported",
        VaultTooCostly = "vaultTooCostly", VaultReadOnly = "vaultReadOnly", DiskFull = "diskFull", VaultInUse = "vaultInUse",
        VaultChanged = "vaultChanged", NotFound = "notFound", Refused = "refused",
        AttachmentTooLarge = "attachmentTooLarge", Office = "office", HostFailed = "hostFailed",
        ProgramGone = "programGone", LibraryMissing = "libraryMissing", Internal = "internal";

    public static ProtocolException Error(string kind, string message, string? hint = null, string? reason = null) =>
        new(new ErrorReply(kind, message, hint, reason));

    public static ProtocolException BadMessageError(string what) => Error(BadMessage, what, "update the older side");

    public static ProtocolException LockedError() => Error(Locked, "the vault is locked", "unlock it");

    public static ProtocolException NotFoundError(string what) => Error(NotFound, $"there is no such {what}", "reload the list");

    public static ProtocolException LibraryMissingError() =>
        Error(LibraryMissing, "a system library is not installed", "sudo apt-get install libargon2-1 libsodium23");

    public static ProtocolException HostFailedError(string message, string hint = "latchkey doctor") => Error(HostFailed, message, hint);

    /// <summary>The refusal that a failure of the outside becomes.</summary>
    /// <returns>The refusal, or <see langword="null"/> if it is no such failure but a bug.</returns>
    public static ProtocolException? Of(Exception failure) => failure switch
    {
        ProtocolException refusal => refusal,
        VaultException vault => Of(vault),
        OfficeException office => new ProtocolException(OfficeAnswers.ErrorOf(office)),
        UnsafePathException unsafePath => HostFailedError(unsafePath.Message, unsafePath.Hint),
        MissingLibraryException => LibraryMissingError(),
        _ => null,
    };

    /// <summary>The word for a vault's failure.</summary>
    public static ProtocolException Of(VaultException failure) => new(new ErrorReply(
        failure.Error switch
        {
            VaultError.Missing => VaultMissing,
            VaultError.Exists => VaultExists,
            VaultError.WrongKey => WrongKey,
            VaultError.Damaged => VaultDamaged,
            VaultError.Unsupported => VaultUnsupported,
            VaultError.TooCostly or VaultError.TooLarge => VaultTooCostly,
            VaultError.ReadOnly => VaultReadOnly,
            VaultError.DiskFull => DiskFull,
            VaultError.Changed => VaultChanged,
            _ => Internal,
        },
        failure.Message,
        failure.Hint,
        File: failure.File));
}
