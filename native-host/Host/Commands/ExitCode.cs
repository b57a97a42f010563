namespace Host.Commands;

/// <summary>
/// The exit codes of <c>latchkey</c>, one for each thing that a script may want to tell apart. The same table stands in
/// native-host/docs/cli.md and in <c>latchkey --help</c>; a test compares them. A number is never reused.
/// </summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Error = 1;
    public const int Usage = 2;
    public const int Interrupted = 130;

    /// <summary>Code, the error kinds that end with it, and what it means.</summary>
    public static readonly IReadOnlyList<(int Code, string[] Kinds, string Meaning)> Table =
    [
        (Ok, [], "done"),
        (Error, ["internal", "badMessage", "unknownType", "helloFirst"], "a bug: the details are in the log"),
        (Usage, ["usage"], "the command line, or what was typed, is not usable"),
        (3, ["wrongKey"], "the passphrase or key file does not open the vault"),
        (4, ["locked"], "the vault is locked"),
        (5, ["notFound"], "no such item, field or attachment"),
        (6, ["ambiguous"], "several items fit"),
        (7, ["notAllowed", "refused"], "the host refused"),
        (8, ["noVault", "vaultMissing"], "there is no vault"),
        (9, ["protocolVersion"], "host and command are of versions too far apart"),
        (10, ["vaultExists", "fileExists"], "a file is there already"),
        (11, ["vaultDamaged"], "the vault is damaged"),
        (12, ["vaultUnsupported", "vaultTooCostly"], "the vault is of a kind that is not read here"),
        (13, ["vaultReadOnly", "notWritable"], "a file or folder cannot be written"),
        (14, ["diskFull"], "no space left"),
        (15, ["vaultInUse"], "another program has the vault open"),
        (16, ["vaultChanged"], "another program rewrote the vault; ours is beside it"),
        (17, ["rateLimited"], "too many passphrases or secrets: wait"),
        (18, ["hostFailed", "programGone"], "the host could not be started or reached"),
        (19, ["libraryMissing"], "libargon2 or libsodium is not installed"),
        (20, ["problemsFound"], "doctor found problems"),
        (21, ["attachmentTooLarge"], "an attachment is above 16 MiB"),
        (22, ["noBrowser"], "install found no browser"),
        (23, ["noClipboard"], "the clipboard cannot be reached"),
        (24, ["notReadable"], "a file cannot be read"),
        (25, ["office"], "the office or its server refused, or cannot be reached"),
        (Interrupted, ["interrupted"], "ended by Ctrl-C or a signal"),
    ];

    /// <summary>The code for an error kind; <see cref="Error"/> for one that is not in the table.</summary>
    public static int Of(string kind)
    {
        foreach (var (code, kinds, _) in Table)
        {
            if (kinds.Contains(kind))
            {
                return code;
            }
        }
        return Error;
    }
}
