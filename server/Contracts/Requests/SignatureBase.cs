using System.Text;

namespace Contracts.Requests;

/// <summary>The bytes that a message signature covers (RFC 9421, section 2.5).</summary>
internal static class SignatureBase
{
    /// <summary>Builds them from components, in order, and the inner list with its parameters (section 2.3).</summary>
    /// <remarks>The values must hold no line end; callers check each against its own grammar before.</remarks>
    internal static byte[] Of(IEnumerable<(string Name, string Value)> components, string parameters)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in components)
        {
            text.Append('"').Append(name).Append("\": ").Append(value).Append('\n');
        }
        text.Append("\"@signature-params\": ").Append(parameters);
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>The inner list of the components' names and the parameters behind it (section 2.3).</summary>
    internal static string Parameters(IEnumerable<(string Name, string Value)> components, string parameters) =>
        $"({string.Join(' ', components.Select(component => $"\"{component.Name}\""))}){parameters}";
}
