using System.Text.Json.Nodes;

namespace Browsers.Firefox;

/// <summary>
/// The browser's own window, in which a driver with system access may run JavaScript: what a person does outside of
/// pages is done here.
/// </summary>
/// <remarks>
/// The names used here are Firefox's internals (toolkit/components/extensions, browser/components/extensions). They
/// carry no promise, but Firefox's own tests use the same ones.
/// </remarks>
internal sealed class FirefoxWindow : FirefoxFrame
{
    private FirefoxWindow(BidiConnection connection, Watch watch, string context) : base(connection, watch, context) { }

    public static async Task<FirefoxWindow> FindAsync(BidiConnection connection, Watch watch)
    {
        var tree = await connection.SendAsync("browsingContext.getTree", new JsonObject { ["moz:scope"] = "chrome" });
        var window = tree["contexts"]!.AsArray().First(each => ((string)each!["url"]!).EndsWith("/browser.xhtml"));
        return new FirefoxWindow(connection, watch, (string)window!["context"]!);
    }

    /// <summary>Lets an extension into private windows, as its page among the add-ons does: before it is installed, so that it begins with that.</summary>
    public Task LetIntoPrivateWindowsAsync(string id) => EvaluateAsync<object>("""
        async (id) => {
          const { ExtensionPermissions } = ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
          await ExtensionPermissions.add(id, { permissions: ["internal:privateBrowsingAllowed"], origins: [] });
        }
        """, id);

    /// <summary>Does what a click on the extension's toolbar button does: it would only close a popup that is open.</summary>
    public Task TriggerActionAsync(string id) => EvaluateAsync<object>("""
        async (id) => {
          const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
          const { extension } = WebExtensionPolicy.getByID(id);
          await ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window);
        }
        """, id);

    /// <summary>Runs the key element that Firefox made for a command's shortcut.</summary>
    /// <exception cref="BrowserException">The extension has no such command, or it has no shortcut.</exception>
    public Task CommandAsync(string id, string name) => EvaluateAsync<object>("""
        async (id, name) => {
          const { extension } = WebExtensionPolicy.getByID(id);
          const commands = [...await extension.shortcuts.commands].filter(([, command]) => command.shortcut);
          const at = commands.findIndex(([each]) => each === name);
          if (at < 0) throw new Error(`the extension has no command ${name} with a shortcut`);
          // One key element a command, in their order; the elements themselves do not name it.
          const keyset = document.getElementById(`ext-keyset-id-${id.replace(/[^a-z0-9_-]/gi, "_")}`);
          keyset.querySelectorAll("key")[at].doCommand();
        }
        """, id, name);

    /// <summary>Raises what a click on an entry of the extension's context menu raises.</summary>
    public Task ContextMenuAsync(string id, string entry, long frame) => EvaluateAsync<object>("""
        (id, entry, frameId) => {
          const { extension } = WebExtensionPolicy.getByID(id);
          const info = { menuItemId: entry, editable: true, frameId, modifiers: [], button: 0 };
          extension.emit("webext-menu-menuitem-click", info, gBrowser.selectedTab);
        }
        """, id, entry, frame);

    /// <summary>Ends the extension's background as the idle timer does, also while it has a native port open.</summary>
    public Task KillBackgroundAsync(string id) => EvaluateAsync<object>("""
        async (id) => {
          const { extension } = WebExtensionPolicy.getByID(id);
          const state = extension.backgroundState;
          if (state !== "running") throw new Error(`the background is ${state}`);
          await extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
        }
        """, id);

    /// <summary>Has the browser offer to save passwords, as it does for people: a driver's own preferences keep it from that.</summary>
    public Task OfferToSavePasswordsAsync() => EvaluateAsync<object>("""() => Services.prefs.setBoolPref("signon.rememberSignons", true)""");

    /// <summary>Whether the browser has asked, unasked, to save a password in a tab whose address contains that.</summary>
    public Task<bool> OffersToSaveAsync(string urlPart) => EvaluateAsync<bool>("""
        (urlPart) => {
          const tab = gBrowser.browsers.find((each) => each.currentURI.spec.includes(urlPart));
          if (!tab) throw new Error(`no tab has an address with ${urlPart}`);
          const offer = PopupNotifications.getNotification("password", tab);
          // What was dismissed from the beginning is the key in the address bar: Firefox shows it for whatever is typed into a password field.
          return offer !== null && offer.options.dismissed !== true;
        }
        """, urlPart);

    /// <summary>Waits until the popup's panel is open and has come to rest: it grows with its document.</summary>
    public Task PopupShownAsync() => WaitForAsync($$"""
        async () => {
          const popup = ({{Popup}})();
          const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
          const box = () => JSON.stringify(popup.getBoundingClientRect());
          const before = box();
          for (let frames = 0; frames < 6; frames++) await frame();
          return popup.closest("panel").state === "open" && box() === before;
        }
        """);

    /// <summary>Clicks in the popup at a point of its own view, through the window as a mouse does.</summary>
    public Task ClickInPopupAsync(Point point) => EvaluateAsync<object>($$"""
        async (x, y) => {
          const box = ({{Popup}})().getBoundingClientRect();
          for (const type of ["mousemove", "mousedown", "mouseup"]) {
            const clickCount = type === "mousemove" ? 0 : 1;
            window.synthesizeMouseEvent(type, box.x + x, box.y + y, { button: 0, clickCount });
          }
        }
        """, point.X, point.Y);

    /// <summary>Presses keys, all down in order and then up, with the focus in the popup.</summary>
    /// <param name="keys">Names as in UI Events.</param>
    public Task PressInPopupAsync(params IEnumerable<PopupKey> keys) => EvaluateAsync<object>($$"""
        async (keys) => {
          ({{Popup}})().focus();
          const input = Cc["@mozilla.org/text-input-processor;1"].createInstance(Ci.nsITextInputProcessor);
          if (!input.beginInputTransactionForTests(window)) throw new Error("the window takes no keys");
          const events = keys.map(({ Key, KeyCode }) => new KeyboardEvent("", { key: Key, keyCode: KeyCode }));
          for (const event of events) input.keydown(event);
          for (const event of events.toReversed()) input.keyup(event);
        }
        """, keys);

    /// <summary>A picture of the popup.</summary>
    public async Task<byte[]> CapturePopupAsync(double scale)
    {
        var picture = await EvaluateAsync<string>($$"""
            async (scale) => {
              const popup = ({{Popup}})();
              const content = popup.browsingContext.currentWindowGlobal;
              const bitmap = await content.drawSnapshot(null, scale, "rgb(255,255,255)");
              const canvas = document.createElementNS("http://www.w3.org/1999/xhtml", "canvas");
              [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
              canvas.getContext("2d").drawImage(bitmap, 0, 0);
              return canvas.toDataURL("image/png").split(",")[1];
            }
            """, scale);
        return Convert.FromBase64String(picture);
    }

    /// <summary>Closes the popup's panel if it is open.</summary>
    public Task ClosePopupAsync() => EvaluateAsync<object>($$"""
        async () => {
          const panel = ({{Popup}})()?.closest("panel");
          if (!panel || panel.state === "closed") return;
          const hidden = new Promise((resolve) => panel.addEventListener("popuphidden", resolve, { once: true }));
          panel.hidePopup();
          await hidden;
        }
        """);

    private const string Popup = """() => document.querySelector("panel browser.webextension-popup-browser")""";
}

/// <summary>A key as a KeyboardEvent names it; the code is 0 for a character.</summary>
internal sealed record PopupKey(string Key, int KeyCode);
