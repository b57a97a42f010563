using System.Text.Json.Serialization;

namespace Host.Install;

/// <summary>How a check of <c>doctor</c> ended.</summary>
internal enum CheckState
{
    /// <summary>As it should be.</summary>
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>Worth knowing, nothing to mend.</summary>
    [JsonStringEnumMemberName("note")]
    Note,

    /// <summary>To be mended: the hint says how.</summary>
    [JsonStringEnumMemberName("problem")]
    Problem,
}

/// <summary>One line of <c>doctor</c>.</summary>
/// <param name="Subject">What was looked at: <c>vault</c>, <c>host</c>, or a browser's name.</param>
/// <param name="Name">Which link of the chain.</param>
/// <param name="State">How it ended.</param>
/// <param name="Message">What was found.</param>
/// <param name="Hint">What to do about it.</param>
internal sealed record Check(string Subject, string Name, CheckState State, string Message, string? Hint = null)
{
    public static Check Ok(string subject, string name, string message) => new(subject, name, CheckState.Ok, message);

    public static Check Note(string subject, string name, string message, string? hint = null) =>
        new(subject, name, CheckState.Note, message, hint);

    public static Check Problem(string subject, string name, string message, string hint) =>
        new(subject, name, CheckState.Problem, message, hint);
}
