namespace Server;

/// <summary>Every line that the server writes. Ids of members and patterns of paths; no body, field of a request, or exception of the database.</summary>
internal static partial class Log
{
    [LoggerMessage(1001, LogLevel.Information, "started: {Address}, database {Database}, build {Build}")]
    public static partial void Started(ILogger logger, string address, string database, string build);

    [LoggerMessage(1002, LogLevel.Information, "leaf certificate made, good until {Until}")]
    public static partial void LeafMade(ILogger logger, DateTimeOffset until);

    [LoggerMessage(1003, LogLevel.Information, "office {Office} founded")]
    public static partial void Founded(ILogger logger, string office);

    [LoggerMessage(2001, LogLevel.Debug, "{Method} {Path}: {Status} in {Milliseconds} ms, member {Member}")]
    public static partial void RequestDone(ILogger logger, string method, string path, int status, long milliseconds, string member);

    [LoggerMessage(2002, LogLevel.Error, "{Method} {Path} failed")]
    public static partial void RequestFailed(ILogger logger, string method, string path, Exception failure);

    [LoggerMessage(2003, LogLevel.Error, "{Path}: the database failed: {Failure} {State} {Code}")]
    public static partial void DatabaseFailed(ILogger logger, string path, string failure, string state, int code);

    [LoggerMessage(2004, LogLevel.Error, "background work {Work} failed: {Failure}")]
    public static partial void WorkFailed(ILogger logger, string work, string failure);
}
