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

    /// <summary>The name of the field in the vault.</summary>
    public static string Of(string name) => _aliases.GetValueOrDefault(name, name);
}
