using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>The page of an item's attachments: files dropped on it are in the vault, and come out as they went in.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class AttachmentPageTests(string name) : UnlockedBrowser(name, "forms")
{
    /// <summary>What a drop of files does, and no script can do otherwise: the list that an input takes cannot be made.</summary>
    internal const string Drop = """
        (name, size, first) => {
          const files = new DataTransfer();
          const bytes = new Uint8Array(size);
          bytes.set(new TextEncoder().encode(first).slice(0, size));
          files.items.add(new File([bytes], name));
          document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
        }
        """;

    /// <summary>Saves the attachment of that row. Returns the name and the text that the browser's downloads get.</summary>
    internal const string Download = """
        async (row) => {
          let given;
          const make = URL.createObjectURL;
          URL.createObjectURL = (blob) => { given = blob; return make(blob); };
          let name;
          document.createElement = (tag) => {
            const made = Document.prototype.createElement.call(document, tag);
            made.addEventListener("click", (event) => { name = made.download; event.preventDefault(); });
            return made;
          };
          document.querySelectorAll("li.file")[row].querySelector("button").click();
          while (!name) await new Promise((resolve) => setTimeout(resolve, 10));
          delete document.createElement;
          URL.createObjectURL = make;
          return [name, await given.text()];
        }
        """;

    private IPage _page = null!;

    [SetUp]
    public async Task OpenAttachmentsFromTheDetails()
    {
        await GotoAsync("login");
        var popup = await PopupAsync();
        await popup.ListedAsync();
        await popup.AskAsync("""{"type":"save","item":{"kind":"note","title":"Paper","urls":[],"tags":[]}}""");
        await popup.SearchAsync("paper", "Paper");
        await popup.PressAsync("Enter");
        await popup.HeadingAsync("Paper");
        await popup.ClickAsync("#item-menu");
        await popup.EvaluateAsync<object>("() => [...document.querySelectorAll('[role=menuitem]')].find((each) => each.textContent === 'Attachments').click()");
        _page = await Browser.PageAsync("attachments.html");
        await FilesAsync();
    }

    [TearDown]
    public async Task RemoveItem()
    {
        await _page.EvaluateAsync<object>("async () => void await chrome.runtime.sendMessage({ type: 'remove', item: location.hash.slice(1) })");
        await _page.CloseAsync();
    }

    [Test]
    public async Task File_goes_in_and_comes_out_as_it_was()
    {
        await _page.EvaluateAsync<object>(Drop, "codes.txt", 3, "one");
        await FilesAsync("codes.txt");
        await _page.EvaluateAsync<object>(Drop, "empty.bin", 0, "");
        await FilesAsync("codes.txt", "empty.bin");

        Assert.That(await _page.EvaluateAsync<string[]>(Download, 0), Is.EqualTo((string[])["codes.txt", "one"]));
        Assert.That(await _page.EvaluateAsync<string[]>(Download, 1), Is.EqualTo((string[])["empty.bin", ""]));
    }

    [Test]
    public async Task File_of_more_than_a_message_may_have_goes_in_and_comes_out()
    {
        await _page.EvaluateAsync<object>(Drop, "large.bin", 3 << 20, "begins so");
        await FilesAsync("large.bin");

        var saved = await _page.EvaluateAsync<string[]>($"async (row) => {{ const [name, text] = await ({Download})(row); return [name, text.slice(0, 9), String(text.length)]; }}", 0);

        Assert.That(saved, Is.EqualTo((string[])["large.bin", "begins so", $"{3 << 20}"]));
    }

    [Test]
    public async Task Removed_file_comes_back()
    {
        await _page.EvaluateAsync<object>(Drop, "codes.txt", 3, "one");
        await FilesAsync("codes.txt");
        await _page.ClickAsync("li.file button:last-child");
        await FilesAsync();
        await _page.WaitForAsync("() => document.querySelector('.toast button') !== null");
        await _page.ClickAsync(".toast button");
        await FilesAsync("codes.txt");

        Assert.That(await _page.EvaluateAsync<string[]>(Download, 0), Is.EqualTo((string[])["codes.txt", "one"]));
    }

    [Test]
    public async Task File_that_is_too_large_is_said_and_not_sent()
    {
        // The host would refuse it in the same words.
        await _page.EvaluateAsync<object>("""
            () => {
              const send = chrome.runtime.sendMessage;
              globalThis.sent = [];
              chrome.runtime.sendMessage = (message) => { sent.push(message.type); return send.call(chrome.runtime, message); };
            }
            """);
        await _page.EvaluateAsync<object>(Drop, "huge.bin", (16 << 20) + 1, "");
        await _page.WaitForAsync("() => document.querySelector('[role=alert]')?.textContent === 'The attachment is larger than 16 MiB. Keep it elsewhere.'");
        Assert.That(await _page.EvaluateAsync<string[]>("() => sent"), Does.Not.Contain("attach"));
        await FilesAsync();
    }

    [Test]
    public async Task Item_that_is_gone_is_said()
    {
        var gone = await Browser.OpenExtensionPageAsync("attachments.html#AAAAAAAAAAAAAAAAAAAAAA");
        await gone.WaitForAsync("() => !document.querySelector('main > [role=alert]').hidden && document.querySelector('.drop').hidden");
        await gone.CloseAsync();
    }

    private Task FilesAsync(params string[] names) => _page.WaitForAsync("""
        (names) => !document.querySelector(".drop").hidden
          && JSON.stringify([...document.querySelectorAll("li.file .grow")].map((each) => each.textContent)) === JSON.stringify(names)
        """, (object)names);
}
