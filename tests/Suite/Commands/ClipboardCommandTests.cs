using System.Diagnostics;
using System.Text;
using NUnit.Framework;
using Suite.Hosting;

namespace Suite.Commands;

/// <summary><c>--copy</c> on a real X server, by the real xclip.</summary>
public sealed class ClipboardCommandTests
{
    private const string Id = "AAAAAAAAAAAAAAAAAAAAAA";

    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(60);

    private Process _server = null!;
    private string _display = null!;
    private string? _displayBefore;
    private string? _waylandBefore;

    [OneTimeSetUp]
    public async Task StartServer()
    {
        _server = Process.Start(new ProcessStartInfo("Xvfb", ["-displayfd", "1", "-nolisten", "tcp", "-noreset"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _display = ":" + await _server.StandardOutput.ReadLineAsync().WaitAsync(_limit);
        (_displayBefore, _waylandBefore) = (Environment.GetEnvironmentVariable("DISPLAY"), Environment.GetEnvironmentVariable("WAYLAND_DISPLAY"));
        Environment.SetEnvironmentVariable("DISPLAY", _display);
        Environment.SetEnvironmentVariable("WAYLAND_DISPLAY", null);
    }

    [OneTimeTearDown]
    public void StopServer()
    {
        Environment.SetEnvironmentVariable("DISPLAY", _displayBefore);
        Environment.SetEnvironmentVariable("WAYLAND_DISPLAY", _waylandBefore);
        _server.Kill();
        _server.Dispose();
    }

    [TestCase("get bank --copy", "secret of " + Id, "password of 'bank'")]
    [TestCase("get bank --field title --copy", "bank", "title of 'bank'")]
    [TestCase("code bank --copy", "123456", "code of 'bank'")]
    public async Task Secret_is_in_the_clipboard_until_the_time_is_over(string command, string secret, string what)
    {
        var host = new MemoryHost(MemoryHost.Item(Id, "bank", fields: [new("Password", true)]));
        var running = InProcess.RunAsync(host.Access, "open sesame\n"u8.ToArray(), command.Split(' '));

        await UntilClipboardIsAsync(secret);
        var result = await running.WaitAsync(_limit);

        Assert.That(result, Is.EqualTo(new CommandResult(0, "cleared\n", $"copied the {what}; it is cleared in 3 seconds, or now at Ctrl-C\n")));
        Assert.That(await ClipboardAsync(), Is.Null);
    }

    [Test]
    public async Task What_another_program_copied_meanwhile_stays()
    {
        var host = new MemoryHost(MemoryHost.Item(Id, "bank", fields: [new("Password", true)])) { Settings = LongSettings };
        var running = InProcess.RunAsync(host.Access, "open sesame\n"u8.ToArray(), "get", "bank", "--copy");
        await UntilClipboardIsAsync("secret of " + Id);

        await CopyAsync("of somebody else");
        var result = await running.WaitAsync(_limit);

        Assert.That(result.Data, Is.EqualTo("something else was copied meanwhile, which stays\n"));
        Assert.That(await ClipboardAsync(), Is.EqualTo("of somebody else"));
    }

    [Test]
    public async Task Command_that_is_ended_clears_the_clipboard()
    {
        using var person = new Person();
        person.MakeVault("v.kdbx", "open sesame", TestSession.Login("Bank", "https://bank.example", password: "the password"));
        using var process = person.Start(Person.Executable, "get", "Bank", "--copy", "--vault", "v.kdbx");
        await process.StandardInput.WriteAsync("open sesame\n");
        process.StandardInput.Close();
        await UntilClipboardIsAsync("the password", process);

        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        var result = await Person.EndAsync(process);

        Assert.That(result.ExitCode, Is.EqualTo(130));
        Assert.That(await ClipboardAsync(), Is.Null);
    }

    [Test]
    public async Task Display_that_is_gone_is_an_error()
    {
        Environment.SetEnvironmentVariable("DISPLAY", ":99999");
        try
        {
            var host = new MemoryHost(MemoryHost.Item(Id, "bank", fields: [new("Password", true)]));
            var result = await InProcess.RunAsync(host.Access, "open sesame\n"u8.ToArray(), "get", "bank", "--copy", "--json");

            Assert.That(result.ExitCode, Is.EqualTo(23));
            Assert.That(result.Data, Does.Contain("xclip could not copy: ").And.Not.Contain("secret of"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("DISPLAY", _display);
        }
    }

    private static global::Host.Protocol.Settings LongSettings =>
        new(10, 8, ClipboardSeconds: 600, "chosen", "hostname", LockOnScreenLock: true, LockWithoutBrowserMinutes: 0);

    private static async Task UntilClipboardIsAsync(string text, Process? process = null)
    {
        using var timeout = new CancellationTokenSource(_limit);
        while (await ClipboardAsync() != text)
        {
            if (process?.HasExited == true)
            {
                Assert.Fail(await process.StandardError.ReadToEndAsync(timeout.Token));
            }
            timeout.Token.ThrowIfCancellationRequested();
        }
    }

    /// <summary>What the clipboard holds, or <see langword="null"/> if it is nobody's.</summary>
    private static async Task<string?> ClipboardAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("xclip", ["-o", "-selection", "clipboard"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        })!;
        var text = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? text : null;
    }

    private static async Task CopyAsync(string text)
    {
        using var process = Process.Start(new ProcessStartInfo("xclip", ["-selection", "clipboard"]) { RedirectStandardInput = true })!;
        await process.StandardInput.WriteAsync(text);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
    }
}
