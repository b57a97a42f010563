#:project ../tests/Browsers/Browsers.csproj
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false

// Shows the main job from end to end with everything real: the program, the extension, a browser, a page. Called by try.sh, which
// has built all of it. Nothing of the person's own is touched: home, vault and browser profile are made for this run.

using System.Diagnostics;
using System.Text;
using Browsers;
using Browsers.Site;

const string DemoPassphrase = "seven quiet lanterns drift over harbour moss";

var options = Options.Parse(args);
if (options is null)
{
    Console.Error.WriteLine("error: that is not how this is called\nhint: bash native-host/try.sh [--firefox] [--vault FILE], or --help");
    return 2;
}
if (options.Vault is { } file && !File.Exists(file))
{
    Console.Error.WriteLine($"error: there is no file {file}\nhint: give the path of your KeePass file after --vault");
    return 2;
}

var root = Directory.CreateTempSubdirectory("latchkey-try-").FullName;
var world = new World(root, options);
try
{
    return await RunAsync();
}
catch (RefusedException)
{
    return 1; // the program's own words stand on standard error already
}
catch (Exception failure) when (failure is BrowserException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"error: {failure.Message}\nhint: run it again; if it comes back, bash tests/run.sh says what is broken");
    return 1;
}
finally
{
    await world.LatchkeyAsync(["lock"]);
    Directory.Delete(root, recursive: true);
}

async Task<int> RunAsync()
{
    if (options.Vault is not null)
    {
        Say($"vault    a copy of {options.Vault} is made, and thrown away at the end: the file itself is not touched");
    }
    var passphrase = options.Vault is null ? DemoPassphrase : ReadPassphrase(options.Vault);
    await using var site = await TestSite.StartAsync("anna.berg", "Tide7-harbour&Moss41");
    await world.MakeVaultAsync(passphrase, site);
    await world.LatchkeyAsync(["install", "--browser", options.Browser, .. options.Browser == "chromium" ? (string[])["--user-data-dir", world.Profile] : []], passphrase: null);
    Say(options.Vault is null
        ? $"vault    a demo vault with one login for the demo page; its passphrase: {DemoPassphrase}"
        : "vault    the copy has one login more, for the demo page");

    await using var browser = await Browser.StartAsync(options.Browser, world.Setup);
    await (await browser.PageAsync("firstRun.html")).CloseAsync(); // the extension opens it when it is new
    var blank = await browser.PagesAsync(); // the browser's own, which nobody needs
    var page = await browser.NewPageAsync();
    foreach (var other in blank)
    {
        await other.CloseAsync();
    }
    await page.GotoAsync(site.Loopback + "/login.html");
    Say($"page     {site.Loopback}/login.html in {options.Browser}");

    // First fill: unlock in the popup, Enter fills the row of this site.
    var popup = await browser.TriggerActionAsync(page);
    await popup.WaitForAsync("() => document.activeElement?.type === 'password'");
    await popup.TypeAsync(passphrase);
    await popup.PressAsync("Enter");
    await popup.WaitForAsync("() => document.querySelector('.row[aria-selected=true] .btn.primary')");
    await File.WriteAllBytesAsync(options.Picture("popup"), await popup.ScreenshotAsync());
    await popup.PressAsync("Enter");
    var first = await FieldsAsync(page, site);
    Say($"filled   {first}");

    // Chosen once in the popup; afterwards this page fills by itself.
    popup = await browser.TriggerActionAsync(page);
    await popup.ClickAsync("#always");
    await popup.WaitForAsync("() => document.querySelector('#always').getAttribute('aria-pressed') === 'true'");
    await popup.CloseAsync();
    await page.ClickAsync("button[type=submit], form button");
    await page.WaitForAsync("() => document.body.textContent.includes('signed in')");
    Say($"page     says \"{await page.EvaluateAsync<string>("() => document.body.innerText.trim()")}\"");

    await page.GotoAsync(site.Loopback + "/login.html");
    var second = await FieldsAsync(page, site);
    Say($"again    {second}, by itself");
    await File.WriteAllBytesAsync(options.Picture("page"), await page.ScreenshotAsync());
    Say($"pictures {options.Picture("popup")} and {options.Picture("page")}");

    if (Options.Visible)
    {
        Say("""
            The window is yours: click the puzzle piece beside the address, then Latchkey.
            Try: reload the page, which fills by itself; look at the login in the popup, and copy its password; lock there, and unlock with the passphrase.
            Close the window to end.
            """);
        await browser.Gone;
    }
    return 0;
}

// Throws, and so ends the run with an error, if the fields do not hold the login within the deadline.
async Task<string> FieldsAsync(IPage page, TestSite site)
{
    await page.WaitForAsync(
        "(user, password) => document.querySelector('input[type=password]').value === password && [...document.querySelectorAll('input')].some((i) => i.value === user)",
        site.UserName, site.Password);
    return await page.EvaluateAsync<string>(
        "() => [...document.querySelectorAll('input')].filter((i) => i.value).map((i) => `${i.name}=${i.type === 'password' ? '*'.repeat(i.value.length) : i.value}`).join(' ')");
}

static string ReadPassphrase(string vault)
{
    Console.Error.Write($"passphrase of {vault}: ");
    if (Console.IsInputRedirected)
    {
        return Console.ReadLine() ?? "";
    }
    var typed = new StringBuilder();
    while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
    {
        typed.Length -= key.Key == ConsoleKey.Backspace && typed.Length > 0 ? 1 : 0;
        typed.Append(char.IsControl(key.KeyChar) ? "" : key.KeyChar);
    }
    Console.Error.WriteLine();
    return typed.ToString();
}

static void Say(string line) => Console.WriteLine(line);

/// <summary>What the command line asks for.</summary>
internal sealed record Options(string Browser, string? Vault, string Dist)
{
    public static bool Visible => Environment.GetEnvironmentVariable("DISPLAY") is { Length: > 0 } || Environment.GetEnvironmentVariable("WAYLAND_DISPLAY") is { Length: > 0 };

    public string Picture(string of) => Path.Combine(Dist, $"try-{Browser}-{of}.png");

    public static Options? Parse(string[] args)
    {
        var options = new Options("chromium", null, args[0]);
        for (var at = 1; at < args.Length; at++)
        {
            switch (args[at])
            {
                case "--firefox": options = options with { Browser = "firefox" }; break;
                case "--vault" when at + 1 < args.Length: options = options with { Vault = args[++at] }; break;
                default: return null;
            }
        }
        return options;
    }
}

/// <summary>A home, a vault and a profile for this run.</summary>
internal sealed class World(string root, Options options)
{
    private readonly Dictionary<string, string> _environment = new()
    {
        ["HOME"] = Folder(root, "home"),
        ["XDG_RUNTIME_DIR"] = Folder(root, "run"),
        ["XDG_DATA_HOME"] = Folder(root, "data"),
        ["XDG_CONFIG_HOME"] = Folder(root, "config"),
        ["XDG_STATE_HOME"] = Folder(root, "state"),
    };

    public string Profile { get; } = Folder(root, "profile");

    public BrowserSetup Setup => new()
    {
        ExtensionFolder = Path.Combine(options.Dist, $"extension-{options.Browser}"),
        ProfileFolder = Profile,
        HomeFolder = _environment["HOME"],
        Environment = _environment,
        Headless = !Options.Visible,
        // Pictures are sharper at 2; a window would be twice as large as its screen.
        DeviceScale = Options.Visible ? 1 : 2,
    };

    public async Task MakeVaultAsync(string passphrase, TestSite site)
    {
        var path = Path.Combine(_environment["XDG_DATA_HOME"], "latchkey", "vault.kdbx");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (options.Vault is null)
        {
            await LatchkeyAsync(["init"], $"{passphrase}\n{passphrase}\n");
        }
        else
        {
            File.Copy(options.Vault, path);
        }
        await LatchkeyAsync(
            ["add", "--title", "Demo page", "--username", site.UserName, "--url", site.Loopback], $"{passphrase}\n{site.Password}\n");
    }

    /// <summary>Runs the program; its secrets go in by standard input.</summary>
    /// <exception cref="RefusedException">It refused; its own words are on standard error.</exception>
    public async Task LatchkeyAsync(string[] arguments, string? passphrase = null)
    {
        var start = new ProcessStartInfo(Path.Combine(options.Dist, "latchkey"), arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(passphrase ?? "");
        process.StandardInput.Close();
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new RefusedException($"latchkey {arguments[0]} ended with {process.ExitCode}");
        }
    }

    // The temporary folder above it is readable by its owner only.
    private static string Folder(string root, string name) => Directory.CreateDirectory(Path.Combine(root, name)).FullName;
}

/// <summary>The program refused.</summary>
internal sealed class RefusedException(string message) : Exception(message);
