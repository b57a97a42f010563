namespace Host.Protocol;

/// <summary>The numbers of native-host/docs/protocol.md.</summary>
internal static class Limits
{
    /// <summary>The protocol version spoken here.</summary>
    public const int Version = 1;

    /// <summary>Bytes of a frame's length.</summary>
    public const int HeaderBytes = sizeof(uint);

    /// <summary>The longest payload to the host.</summary>
    public const int ToHostBytes = 1 << 20;

    /// <summary>The longest payload from the host.</summary>
    public const int FromHostBytes = 1 << 19;

    /// <summary>The longest message that travels in parts: an attachment of 16 MiB as base64, and room for what stands around it.</summary>
    public const int MessageBytes = 24 << 20;

    /// <summary>The most parts of a message: more than the longest can need, however it is cut.</summary>
    public const int MaxParts = 256;

    /// <summary>The word by which a side says in <c>hello</c> that it takes messages in parts.</summary>
    public const string Parts = "parts";

    /// <summary>How deep objects and arrays may nest.</summary>
    public const int Depth = 16;

    /// <summary>The greatest id: the greatest integer that a JavaScript number holds exactly.</summary>
    public const long MaxId = (1L << 53) - 1;

    /// <summary>The longest attachment.</summary>
    public const int AttachmentBytes = 16 << 20;

    /// <summary>The most items that one page of a search may ask for.</summary>
    public const int MaxPage = 200;

    /// <summary>For how long an invitation to an office is good at the most.</summary>
    public const int MaxInvitationHours = 7 * 24;

    /// <summary>The most rows of a page of an office's grid, and the most grants in them: about a megabyte.</summary>
    public const int MaxGridItems = 2000, MaxGridGrants = 10_000;

    /// <summary>The most items of one change of access, and the most grants in it: what one entry of a journal holds.</summary>
    public const int MaxAccessItems = 20_000, MaxAccessGrants = 100_000;
}
