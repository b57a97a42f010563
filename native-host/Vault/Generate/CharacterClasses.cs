namespace Vault.Generate;

/// <summary>Classes of characters.</summary>
[Flags]
public enum CharacterClasses
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>a</c> to <c>z</c>.</summary>
    Lower = 1,

    /// <summary><c>A</c> to <c>Z</c>.</summary>
    Upper = 2,

    /// <summary><c>0</c> to <c>9</c>.</summary>
    Digit = 4,

    /// <summary>The 32 other visible characters of ASCII.</summary>
    Symbol = 8,

    /// <summary>All of them.</summary>
    All = Lower | Upper | Digit | Symbol,
}
