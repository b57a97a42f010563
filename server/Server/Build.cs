using System.Reflection;

namespace Server;

/// <summary>Which build this is.</summary>
internal static class Build
{
    public static string Version { get; } =
        Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
