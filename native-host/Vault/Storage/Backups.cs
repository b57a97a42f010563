using System.Globalization;

namespace Vault.Storage;

/// <summary>Copies of a vault beside it: <c>vault.kdbx.backup-20261120-141500</c>, times in UTC, the newest five.</summary>
internal static class Backups
{
    /// <summary>How many are kept.</summary>
    internal const int Kept = 5;

    private const string Mark = ".backup-";
    private const string DayFormat = "yyyyMMdd";
    private const string TimeFormat = "yyyyMMdd-HHmmss";

    /// <summary>Copies the file unless there is a copy of this day already.</summary>
    internal static void MakeDaily(string path, DateTimeOffset now)
    {
        var today = $"{path}{Mark}{now.ToString(DayFormat, CultureInfo.InvariantCulture)}";
        if (!Existing(path).Any(backup => backup.StartsWith(today, StringComparison.Ordinal)))
        {
            Make(path, now);
        }
    }

    /// <summary>Copies the file, then deletes the oldest copies beyond <see cref="Kept"/>.</summary>
    internal static void Make(string path, DateTimeOffset now)
    {
        if (!File.Exists(path))
        {
            return;
        }
        var backup = $"{path}{Mark}{now.ToString(TimeFormat, CultureInfo.InvariantCulture)}";
        SafeFile.Replace(backup, output => Copy(path, output));
        foreach (var old in Existing(path).SkipLast(Kept))
        {
            File.Delete(old);
        }
    }

    /// <summary>The copies, oldest first.</summary>
    internal static IEnumerable<string> Existing(string path) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileName(path)}{Mark}*")
            .Order(StringComparer.Ordinal);

    private static void Copy(string path, Stream output)
    {
        using var input = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        input.CopyTo(output);
    }
}
