using System.Diagnostics;
using NUnit.Framework;

namespace Suite.Unit.Vault;

/// <summary>A file system of 256 KiB in memory. Mounting wants root, as the machines of continuous integration are.</summary>
internal sealed class SmallDisk : IDisposable
{
    internal SmallDisk() => Run("mount", "-t", "tmpfs", "-o", "size=256k", "latchkey-test", Folder);

    internal string Folder { get; } = Directory.CreateTempSubdirectory("latchkey-disk").FullName;

    internal void Remount(string mode) => Run("mount", "-o", $"remount,{mode}", Folder);

    /// <summary>Takes all space, and gives the path of the file that does.</summary>
    internal string Fill()
    {
        var filler = Path.Combine(Folder, "filler");
        Assert.That(() => System.IO.File.WriteAllBytes(filler, new byte[1 << 20]), Throws.InstanceOf<IOException>());
        return filler;
    }

    public void Dispose()
    {
        Run("umount", Folder);
        Directory.Delete(Folder);
    }

    private static void Run(string command, params string[] arguments)
    {
        using var process = Process.Start(command, arguments);
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, $"{command} {string.Join(' ', arguments)}");
    }
}
