using Host.Native;

namespace Host.Install;

/// <summary>Whether a program may be started for everybody: else whoever can change it would be everybody.</summary>
internal static class SharedProgram
{
    private const ushort WritableByOthers = 0x12; // group and others
    private const ushort UsableByOthers = 0x01;   // executable, or to be passed through
    private const uint Root = 0;

    /// <summary>Looks at a program and all folders above it.</summary>
    /// <param name="path">Its absolute path, without symbolic links.</param>
    /// <returns>What is wrong, or <see langword="null"/>.</returns>
    public static string? ProblemWith(string path)
    {
        for (var part = path; part is not null; part = Path.GetDirectoryName(part))
        {
            if (FileFacts.Of(part) is not { } facts)
            {
                return $"{part} is not there";
            }
            if (facts.Owner != Root || (facts.Mode & WritableByOthers) != 0)
            {
                return $"{part} can be changed by others than root";
            }
            if ((facts.Mode & UsableByOthers) == 0)
            {
                return $"{part} is closed to others than root";
            }
        }
        return null;
    }
}
