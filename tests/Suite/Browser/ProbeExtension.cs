using System.Runtime.Versioning;
using Browsers;

namespace Suite.Browser;

/// <summary>
/// A throw-away extension in a temporary folder, which exercises what the drivers promise: its content script asks its
/// background, that asks a native host, and the answer is written into the page's user name
/// field if the page's query is <c>fill</c>.
/// </summary>
[UnsupportedOSPlatform("windows")] // a line "#!" makes the host a program
internal sealed class ProbeExtension
{
    private const string HostName = "drivers.echo";

    private readonly string _folder = Directory.CreateTempSubdirectory("probe-").FullName;

    /// <param name="browser">The browser that the manifest is for.</param>
    public ProbeExtension(string browser)
    {
        var forBrowser = browser == "chromium"
            ? """ "background": { "service_worker": "background.js" } """
            : """
              "background": { "scripts": ["background.js"] },
              "browser_specific_settings": { "gecko": { "id": "probe@drivers.test" } }
              """;
        Write("manifest.json", $$"""
            {
              "manifest_version": 3, "name": "Probe", "version": "1.0", "description": "probe",
              "permissions": ["nativeMessaging", "tabs"], "host_permissions": ["<all_urls>"],
              "action": { "default_popup": "popup.html" },
              "commands": {
                "other": { "suggested_key": { "default": "Alt+Shift+K" }, "description": "other" },
                "mark": { "suggested_key": { "default": "Alt+Shift+L" }, "description": "mark" }
              },
              "content_scripts": [{ "matches": ["<all_urls>"], "js": ["content.js"], "all_frames": true }],
              {{forBrowser}}
            }
            """);
        Write("background.js", $$"""
            globalThis.born = String(Math.random());
            globalThis.commands = [];
            chrome.commands.onCommand.addListener((name, tab) =>
              commands.push(`${name} on ${new URL(tab.url).pathname}`));
            chrome.runtime.onMessage.addListener((message, sender, answer) => {
              const port = chrome.runtime.connectNative("{{HostName}}");
              port.onMessage.addListener(answer);
              port.onDisconnect.addListener(() => answer({ error: chrome.runtime.lastError?.message ?? "no host" }));
              port.postMessage(message);
              return true;
            });
            """);
        Write("content.js", """
            const field = location.search === "?fill" && document.querySelector("input[name=username]");
            const show = (reply) => { field.value = JSON.stringify(reply); };
            if (field) chrome.runtime.sendMessage({ ask: "who" }).then(show);
            """);
        Write("popup.html", """
            <!doctype html><html lang="en"><meta charset="utf-8"><title>popup</title>
            <style>body { width: 300px; height: 100px }</style>
            <button id="press">press</button> <input id="text"><script src="popup.js"></script>
            """);
        Write("popup.js", """
            document.getElementById("press").onclick = (event) => { document.title = `pressed ${event.isTrusted}`; };
            document.getElementById("text").onkeydown = (event) => {
              if (event.key === "Enter") document.title = `entered ${event.isTrusted}`;
            };
            """);
        Host = new NativeHost(HostName, Write("host", """
            #!/usr/bin/env node
            let input = Buffer.alloc(0);
            process.stdin.on("data", (bytes) => {
              input = Buffer.concat([input, bytes]);
              while (input.length >= 4 && input.length >= 4 + input.readUInt32LE(0)) {
                const length = input.readUInt32LE(0);
                const echo = JSON.parse(input.subarray(4, 4 + length));
                input = input.subarray(4 + length);
                const reply = Buffer.from(JSON.stringify({ echo, home: process.env.HOME, probe: process.env.PROBE }));
                const head = Buffer.alloc(4);
                head.writeUInt32LE(reply.length);
                process.stdout.write(Buffer.concat([head, reply]));
              }
            });
            process.stdin.on("end", () => process.exit(0));
            """));
        File.SetUnixFileMode(Host.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>The unpacked extension.</summary>
    public string Folder => _folder;

    /// <summary>
    /// A host that answers <c>{"echo": …, "home": …, "probe": …}</c>, the latter two from its environment.
    /// </summary>
    public NativeHost Host { get; }

    public void Delete() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
