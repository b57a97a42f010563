namespace Host.Protocol;

/// <summary>Reads requests about the audit.</summary>
internal static class LeaverReader
{
    private static readonly string[] _kinds =
    [
        "log", "invitation", "answer", "access", "revision", "removal", "putBack", "request", "profileDeleted", "restore", "reveal", "copy", "fill",
    ];

    public static GetAudit AuditOf(ref Members members) => new(
        members.Text("office"), RequestReader.LimitOf(ref members), members.TextOrNull("after"), members.TextOrNull("member"), members.TextOrNull("item"),
        members.Has("kinds") ? members.Words("kinds", _kinds) : null, members.TextOrNull("since"), members.TextOrNull("until"));
}
