namespace Suite;

/// <summary>Where the sources are, whatever folder the tests run from.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>NativeHost.sln</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The path of a file or folder below <see cref="Root"/>.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The program as people get it: trimmed, in one file, compiled ahead. <c>bash native-host/build.sh</c> makes it.</summary>
    public static string Program => File.Exists(PathOf("dist", "latchkey"))
        ? PathOf("dist", "latchkey")
        : throw new InvalidOperationException("dist/latchkey is not there: bash native-host/build.sh makes it");

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "NativeHost.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("NativeHost.sln is in no folder above the tests");
        }
        return folder;
    }
}
