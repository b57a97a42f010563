using System.Diagnostics;
using NUnit.Framework;
using Server.Commands;

namespace Suite.Serving;

/// <summary>The unit file for systemd.</summary>
public class ServiceTests
{
    private static readonly string UnitPath = Path.Combine(Repository.Root, "manifests/latchkey-server.service");

    [Test]
    public void It_starts_the_server_with_options_that_there_are_in_the_folder_that_it_makes()
    {
        var lines = File.ReadAllLines(UnitPath);
        var words = lines.Single(line => line.StartsWith("ExecStart=", StringComparison.Ordinal))["ExecStart=".Length..].Split(' ');

        Assert.That(words[1], Is.EqualTo("serve"));
        Assert.That(ServeCommand.Make().Parse(words[2..]).Errors, Is.Empty);
        Assert.That(lines, Does.Contain("StateDirectory=latchkey-server"));
        Assert.That(words, Does.Contain("/var/lib/latchkey-server"));
    }

    /// <summary>It has no objection above 2.0 of 10.</summary>
    [Test]
    public void Systemd_finds_it_well_confined()
    {
        using var process = Process.Start(new ProcessStartInfo("systemd-analyze", ["security", "--offline=true", "--threshold=20", "--no-pager", UnitPath])
        {
            RedirectStandardOutput = true,
        })!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.That(process.ExitCode, Is.Zero, said);
    }
}
