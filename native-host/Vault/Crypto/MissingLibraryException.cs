namespace Vault.Crypto;

/// <summary>A system library that the vault needs is not installed. The message names the Debian package that carries it.</summary>
/// <param name="library">The file name of the library.</param>
/// <param name="package">The Debian package.</param>
public sealed class MissingLibraryException(string library, string package)
    : Exception($"the system library {library} is not installed")
{
    /// <summary>The file name of the library.</summary>
    public string Library { get; } = library;

    /// <summary>The Debian package that carries it.</summary>
    public string Package { get; } = package;

    /// <summary>What to do.</summary>
    public string Hint => $"install it with: apt-get install {Package}";
}
