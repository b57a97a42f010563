using System.Globalization;
using System.Runtime.InteropServices;

namespace Browsers;

/// <summary>
/// The processes of a browser: its main process leads a group, and its helpers and the native hosts that did not leave
/// it are in that group.
/// </summary>
internal static partial class ProcessGroup
{
    private const int SigKill = 9;

    /// <summary>Kills one process. It need not be there any longer.</summary>
    public static void KillLeader(int processId) => _ = Kill(processId, SigKill);

    /// <summary>Kills whatever is left of a group and waits until the last of its processes has ended.</summary>
    /// <exception cref="BrowserException">One was still there at the deadline.</exception>
    public static async Task EndAsync(int group, TimeSpan limit)
    {
        _ = Kill(-group, SigKill);
        // The system reports the end of a process to its parent only, and these may have another parent by now.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        var started = TimeProvider.System.GetTimestamp();
        while (Members(group).Any())
        {
            if (TimeProvider.System.GetElapsedTime(started) > limit)
            {
                throw new BrowserException($"a process of group {group} did not end within {limit}");
            }
            await timer.WaitForNextTickAsync();
        }
    }

    private static IEnumerable<string> Members(int group) => Directory.EnumerateDirectories("/proc")
        .Where(folder => int.TryParse(Path.GetFileName(folder), out _) && GroupOf(folder) == group);

    /// <summary>
    /// The group of a process that has not ended, else <see langword="null"/>. See proc(5), /proc/pid/stat.
    /// </summary>
    private static int? GroupOf(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            // The name in parentheses may itself contain spaces and parentheses: state, parent and group follow it.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : int.Parse(fields[2], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null; // it ended between the listing and the reading
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
