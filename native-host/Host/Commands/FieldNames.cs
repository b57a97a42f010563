using Vault;

namespace Host.Commands;

/// <summary>The names that people use for the standard fields.</summary>
internal static class FieldNames
{
    private static readonly Dictionary<string, string> _aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["username"] = FieldName.UserName,
        ["password"] = FieldName.Password,
        ["url"] = FieldName.Url,
        ["title"] = FieldName.Title,
        ["notes"] = FieldName.Notes,
    };

    /// <summary>What a person calls the field of a name in the vault, in a sentence.</summary>
    public static string WordOf(string name) => name switch
    {
        FieldName.UserName => "user name",
        FieldName.Url => "URL",
        FieldName.Password or FieldName.Title or FieldName.Notes => name.ToLowerInvariant(),
        _ => $"field {name}",
    };

    /// <summary>The name of the field in the vault.</summary>
    public static string Of(string name) => _aliases.GetValueOrDefault(name, name);
}
