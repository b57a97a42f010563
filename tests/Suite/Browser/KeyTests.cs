using System.Runtime.Versioning;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>Keys for codes on their way into the form of a login: by hand, from the QR code of the page, from a picture.</summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class KeyTests(string name) : UnlockedBrowser(name, "keys")
{
    private const string FirstAccount = "the code of the first account";

    /// <summary>Forgets the form that a test left open: the popup would go on with it.</summary>
    [SetUp]
    public Task ForgetForm() => Browser.EvaluateInBackgroundAsync<object>("async () => { await chrome.storage.session.remove('editing'); }");

    [Test]
    public async Task Key_is_read_from_the_page_shown_with_its_code_and_saved()
    {
        await GotoAsync("qr-code", "shown.test");
        var popup = await NewLoginAsync();
        await popup.PressButtonAsync("Read QR code from this page");
        await popup.ReadsAsync("Codes for Shop · anna@shop.test");
        await popup.WaitForAsync("() => /^[0-9]{3} [0-9]{3}$/.test(document.querySelector('.proof .secret')?.textContent)");
        Assert.That(await popup.EvaluateAsync<string>("() => document.querySelector('#otp').type"), Is.EqualTo("password"));
        await popup.PressButtonAsync("Save");
        await popup.HeadingAsync(HostOf("shown.test"));
        await popup.CloseAsync();

        await Browser.CommandAsync(Page, "fill");
        await SucceededAsync();
        await Page.AnswersCodeAsync(FirstAccount);
    }

    [Test]
    public async Task Page_without_a_QR_code_says_so()
    {
        await GotoAsync("login", "nobody.test");
        var popup = await NewLoginAsync();
        await popup.PressButtonAsync("Read QR code from this page");
        await popup.ReadsAsync("No QR code was found.");
        await popup.PressButtonAsync("Back");
    }

    [TestCase("otpauth://hotp/x?secret=GEZDGNBVGY3TQOJQ&counter=1", "This key makes codes that count on")]
    [TestCase("otpauth-migration://offline?data=CjEKCkhlbGxv", "This moves several keys")]
    [TestCase("otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ&algorithm=MD5", "This key needs a hash")]
    [TestCase("otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ&digits=9", "do not have 6 to 8 digits")]
    [TestCase("otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ&period=0", "less than a second")]
    [TestCase("otpauth://totp/x?issuer=Office", "The key itself is missing")]
    public async Task Key_that_makes_no_codes_says_why_and_is_not_saved(string otp, string words)
    {
        await GotoAsync("login", "nobody.test");
        var popup = await NewLoginAsync();
        await popup.SetAsync("#otp", otp);
        await popup.ReadsAsync(words);
        await popup.PressButtonAsync("Save");
        await popup.WaitForAsync("() => document.activeElement.id === 'otp' && document.querySelector('#otp').ariaInvalid === 'true'");
        await popup.PressButtonAsync("Discard draft");
        await popup.PressButtonAsync("Back");
    }

    [Test]
    public async Task Key_that_is_still_being_read_is_not_saved()
    {
        await GotoAsync("login", "nobody.test");
        var popup = await NewLoginAsync();
        await popup.EvaluateAsync<object>("""
            () => {
              const field = document.querySelector("#otp");
              field.value = "otpauth://totp/x?secret=GEZDGNBVGY3TQOJQ&algorithm=MD5";
              field.dispatchEvent(new Event("input", { bubbles: true }));
              document.querySelector("button[form=edit]").click();
            }
            """);
        await popup.WaitForAsync("() => document.activeElement.id === 'otp' && document.querySelector('#otp').ariaInvalid === 'true'");
        await popup.PressButtonAsync("Discard draft");
        await popup.PressButtonAsync("Back");
    }

    [Test]
    public async Task Key_is_read_from_a_picture_into_the_form_that_was_left()
    {
        await GotoAsync("one-time-code", "picture.test");
        var popup = await NewLoginAsync();
        await popup.SetAsync("#username", "anna");
        var picture = await PicturePageAsync(popup);
        await picture.EvaluateAsync<object>(DropPictures, PictureOf("qr-code"));
        await picture.WaitForAsync("() => document.querySelector('.proof b')?.textContent === 'Codes for Shop · anna@shop.test'");
        popup = await Browser.PopupAfterAsync(() => picture.ClickAsync("#use"));
        await popup.HeadingAsync("New login");
        await popup.ReadsAsync("Codes for Shop · anna@shop.test");
        Assert.That(await popup.FieldAsync("#username"), Is.EqualTo("anna"));
        await popup.PressButtonAsync("Save");
        await popup.HeadingAsync(HostOf("picture.test"));
        await picture.CloseAsync();

        await Browser.CommandAsync(Page, "fill");
        await SucceededAsync();
        await Page.AnswersCodeAsync(FirstAccount);
    }

    [Test]
    public async Task Picture_without_a_key_says_what_it_is_instead()
    {
        await GotoAsync("login", "nobody.test");
        var popup = await NewLoginAsync();
        var picture = await PicturePageAsync(popup);
        foreach (var (files, words) in new[]
        {
            ((string[])[PictureOf("qr-address")], "The QR code there is not one for codes."),
            ([PictureOf("qr-counting")], "This key makes codes that count on"),
            ([Convert.ToBase64String("no picture"u8)], "That is no picture that can be read."),
            ([Convert.ToBase64String(Enlarged(Picture("qr-code")))], "The picture is too large."),
            ([PictureOf("qr-code"), PictureOf("qr-code")], "Choose one picture only."),
        })
        {
            await picture.EvaluateAsync<object>(DropPictures, files);
            await picture.WaitForAsync("(words) => document.querySelector('[role=alert]').textContent.startsWith(words)", words);
            Assert.That(await picture.EvaluateAsync<bool>("() => document.querySelector('#use') === null"));
        }
        await picture.CloseAsync();
        popup = await PopupAsync();
        await popup.HeadingAsync("New login");
        await popup.PressButtonAsync("Discard draft");
        await popup.PressButtonAsync("Back");
    }

    [Test]
    public async Task Picture_for_a_form_that_was_left_says_so()
    {
        await GotoAsync("login", "nobody.test");
        var popup = await NewLoginAsync();
        var picture = await PicturePageAsync(popup);
        popup = await PopupAsync();
        await popup.HeadingAsync("New login");
        await popup.PressButtonAsync("Discard draft");
        await popup.WaitForAsync("() => document.querySelector('header .chip').hidden");
        await popup.CloseAsync();
        await picture.ActivateAsync();
        await picture.EvaluateAsync<object>(DropPictures, PictureOf("qr-code"));
        await picture.WaitForAsync("() => document.querySelector('#use') !== null");
        await picture.ClickAsync("#use");
        await picture.WaitForAsync("() => document.querySelector('[role=alert]').textContent.startsWith('The form is not open any more.')");
        await picture.CloseAsync();
    }

    /// <summary>What a drop of pictures does.</summary>
    internal const string DropPictures = """
        (...pictures) => {
          const files = new DataTransfer();
          for (const [index, base64] of pictures.flat().entries()) {
            files.items.add(new File([Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))], `${index}.png`));
          }
          document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
        }
        """;

    private static byte[] Picture(string name) => File.ReadAllBytes(Repository.PathOf("tests", "pages", $"{name}.png"));

    internal static string PictureOf(string name) => Convert.ToBase64String(Picture(name));

    /// <summary>The picture with a header that says 65,536 pixels each way.</summary>
    private static byte[] Enlarged(byte[] png)
    {
        png[17] = png[21] = 1;
        return png;
    }

    private string HostOf(string hostname) => new Uri(Site.Secure(hostname)).Authority;

    private async Task<IView> NewLoginAsync()
    {
        var popup = await PopupAsync();
        await popup.ListedAsync();
        await popup.AskAsync("""{"type":"draft","key":"new","set":""}""");
        await popup.ClickAsync("#new");
        await popup.HeadingAsync("New login");
        return popup;
    }

    private async Task<IPage> PicturePageAsync(IView popup)
    {
        await popup.EvaluateAsync<object>("() => document.querySelector('#otp-picture').click()");
        var picture = await Browser.PageAsync("picture.html");
        await picture.WaitForAsync("() => document.querySelector('#choose') !== null");
        return picture;
    }
}
