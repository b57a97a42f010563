using System.Text.Json.Serialization;

namespace Host.Protocol;

/// <summary>Remembers what a field of a form is, because the person said so.</summary>
/// <param name="Origin">The origin of the document that the field stands in; its hostname is the site.</param>
/// <param name="Role">A word of <see cref="TaughtField.Roles"/>.</param>
/// <param name="Form">The form's fingerprint: 16 digits of lower-case hexadecimal.</param>
/// <param name="Field">The place of the field among the form's, from 0.</param>
/// <param name="Page">The path of the page where it was taught.</param>
public sealed record Teach(string Origin, string Role, string Form, int Field, string Page) : Request;

/// <summary>Lists what was taught, and forgets one thing before.</summary>
public sealed record GetTaught(TaughtName? Remove = null) : Request;

/// <summary>Which field was taught: a form takes one of each role.</summary>
public sealed record TaughtName(string Hostname, string Role, string Form);

/// <summary>Answers <c>teach</c> and <c>taught</c> with all that was taught, sorted.</summary>
public sealed record Taught([property: JsonPropertyName("taught")] IReadOnlyList<TaughtField> List) : Reply;

/// <summary>A field that was taught.</summary>
public sealed record TaughtField(string Hostname, string Role, string Form, int Field, string Page)
{
    /// <summary>What a field can be taught to be.</summary>
    public static ReadOnlySpan<string> Roles => _roles;

    private static readonly string[] _roles = ["username", "password", "code"];
}
