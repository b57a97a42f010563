namespace Contracts;

/// <summary>What both sides hold to; checked before anything is allocated or looped over.</summary>
public static class Limits
{
    /// <summary>The content of one item after padding, which goes up in powers of two.</summary>
    public const int PaddedItemBytes = 1024 * 1024;

    /// <summary>What sealing adds to the padded length: suite 1, salt 32, commitment 32, tag 16.</summary>
    public const int SealOverheadBytes = 81;

    /// <summary>One sealed envelope.</summary>
    public const int SealedItemBytes = PaddedItemBytes + SealOverheadBytes;

    /// <summary>All sealed parts of one item's attached files together, with those that only its history names.</summary>
    public const int AttachmentBytesPerItem = 20 * 1024 * 1024;

    /// <summary>Parts of one item's attached files: each has up to <see cref="SealedItemBytes"/>.</summary>
    public const int PartsPerItem = 500;

    /// <summary>Grants of one access record.</summary>
    public const int GrantsPerRecord = 500;

    /// <summary>Body of a request or an answer.</summary>
    public const int BodyBytes = 4 * 1024 * 1024;

    /// <summary>Body of a request that nobody signed: a member record and a profile fit in well.</summary>
    public const int UnsignedBodyBytes = 256 * 1024;

    /// <summary>Changes in one page; a page also keeps to <see cref="BodyBytes"/>.</summary>
    public const int ChangesPerPage = 500;

    /// <summary>UTF-16 code units of a name.</summary>
    public const int NameCharacters = 200;

    /// <summary>Every number in signed bytes is below this, so that JSON readers of any language hold it exactly.</summary>
    public const long NumbersBelow = 1L << 53;

    /// <summary>Items that one member may be granted.</summary>
    public const int ItemsPerMember = 100_000;

    /// <summary>Members of one group, and wraps of one group's key.</summary>
    public const int MembersPerGroup = 2000;

    /// <summary>Pins of an office's root keys: the current one and the next.</summary>
    public const int Pins = 2;

    /// <summary>Addresses of one office.</summary>
    public const int Addresses = 16;

    /// <summary>Signed bytes of one record: <see cref="GrantsPerRecord"/> grants of 60 bytes fit in well.</summary>
    public const int RecordBytes = 64 * 1024;

    /// <summary>Principals of one member, and so positions of one request.</summary>
    public const int Positions = 2000;

    /// <summary>Answers that are kept of one invitation: more than one is an alarm already.</summary>
    public const int AnswersPerInvitation = 8;

    /// <summary>The sealed reason of a request for access.</summary>
    public const int ReasonBytes = 4096;

    /// <summary>For how long an invitation is good at the most, in days; its author's host keeps the secret as long.</summary>
    public const int InvitationDays = 7;

    /// <summary>How far a request's clock may differ from the server's, in seconds, either way.</summary>
    public const int RequestWindowSeconds = 300;

    /// <summary>Path and query of a request, in characters.</summary>
    public const int TargetCharacters = 2048;

    /// <summary>
    /// Whether a text may be shown as a name: 1 to <see cref="NameCharacters"/>, whole characters, none of them a control,
    /// a line end, or one that turns the direction of what follows (Unicode UAX #9, the explicit formatting characters and marks).
    /// </summary>
    public static bool IsName(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > NameCharacters)
        {
            return false;
        }
        for (var rest = text; !rest.IsEmpty;)
        {
            if (System.Text.Rune.DecodeFromUtf16(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done
                || System.Text.Rune.IsControl(rune)
                || IsLineEndOrDirection(rune.Value))
            {
                return false;
            }
            rest = rest[length..];
        }
        return true;
    }

    private static bool IsLineEndOrDirection(int character) =>
        character is 0x061C or 0x200E or 0x200F or (>= 0x2028 and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
