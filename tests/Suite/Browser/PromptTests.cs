using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.RegularExpressions;
using Browsers;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>
/// Every line of <c>extension/docs/prompts.md</c>: no sign-in that should be offered for saving is missed, and no other is offered. All in one
/// test, each in a tab of its own, because an offer needs a second in which the page rests.
/// </summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public partial class PromptTests(string name) : UnlockedBrowser(name, "prompts")
{
    /// <summary>One line of the table.</summary>
    private sealed record Flow(string What, string Page, string[] Steps, string Known, bool Offered, string Hostname);

    /// <summary>The program keeps so many sign-ins of one browser.</summary>
    private const int Together = 6;

    /// <summary>
    /// Waits until the background has come to an end with each tab: a sign-in that should be offered is, or has been dropped. Returns
    /// which are offered.
    /// </summary>
    private const string Settled = """
        async (tabs) => {
          const signs = async () => {
            const kept = await chrome.storage.session.get(null);
            return tabs.map(({ id }) => kept[`sign:${id}`]);
          };
          const isDone = (sign, { offered }) => !offered || sign === undefined || sign.offered === true;
          for (let left = 1000; left > 0; left--) {
            if ((await signs()).every((sign, index) => isDone(sign, tabs[index]))) break;
            await new Promise((resolve) => setTimeout(resolve, 10));
          }
          return (await signs()).map((sign) => sign?.offered === true);
        }
        """;

    [Test]
    public async Task Prompts_are_those_of_the_table()
    {
        var flows = Flows();
        Assert.That(flows.Select(flow => flow.Offered), Does.Contain(false));
        Assert.That(flows[^1].Offered, Is.True, "the last one ends after all others have had their time");
        await AddKnownAsync(flows);

        var tabs = new List<(IPage Page, long Id)>();
        foreach (var flow in flows)
        {
            var page = await Browser.NewPageAsync();
            await Browser.OpenAsync(page, $"{Site.Secure(flow.Hostname)}/{flow.Page}");
            var id = await Browser.EvaluateInBackgroundAsync<long>(
                "async () => (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0].id");
            tabs.Add((page, id));
            await WalkAsync(page, flow);
            if (tabs.Count % Together == 0)
            {
                await OfferedAsync(flows, tabs);
            }
        }
        var offered = await OfferedAsync(flows, tabs);

        var lines = flows.Zip(offered).ToList();
        Assert.Multiple(() =>
        {
            Assert.That(lines.Where(line => line.Second && !line.First.Offered).Select(line => line.First.What), Is.Empty, "false prompts");
            Assert.That(lines.Where(line => !line.Second && line.First.Offered).Select(line => line.First.What), Is.Empty, "missed prompts");
        });
        foreach (var (page, _) in tabs)
        {
            await page.CloseAsync();
        }
    }

    private Task<bool[]> OfferedAsync(List<Flow> flows, List<(IPage Page, long Id)> tabs) => Browser.EvaluateInBackgroundAsync<bool[]>(
        Settled, (object)tabs.Select((tab, index) => new { id = tab.Id, offered = flows[index].Offered }).ToArray());

    private static List<Flow> Flows() =>
    [
        .. File.ReadLines(Repository.PathOf("extension", "docs", "prompts.md"))
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2)
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim()).ToArray())
            .Select((cells, index) => new Flow(
                cells[0], cells[1].Trim('`'), cells[2].Split(", "), cells[3],
                cells[4] switch { "yes" => true, "no" => false, var other => throw new FormatException(other) }, $"flow{index}.test")),
    ];

    /// <summary>Does what the person does, step by step, and waits for what the page makes of it.</summary>
    private async Task WalkAsync(IPage page, Flow flow)
    {
        foreach (var (step, next) in flow.Steps.Zip(flow.Steps.Skip(1).Append("")))
        {
            var (click, selector, value) = StepOf(step);
            if (!click)
            {
                await page.ClickAsync(selector);
                await page.TypeAsync(value);
                continue;
            }
            await page.ClickAsync(selector);
            // The field that comes next is there, empty; or the page has answered, or goes on in a way of its own.
            await page.WaitForAsync(next == ""
                ? "() => document.querySelector('#answer')?.textContent || document.querySelector('#code')?.checkVisibility() || location.pathname.endsWith('/two-steps.html')"
                : $"() => {{ const field = document.querySelector('{StepOf(next).Selector}'); return field?.checkVisibility() && field.value === ''; }}");
        }
    }

    private (bool Click, string Selector, string Value) StepOf(string step)
    {
        var parts = Step().Match(step);
        var (selector, value) = (parts.Groups["selector"].Value, parts.Groups["value"].Value);
        Assert.That(parts.Success, step);
        var isName = selector == "#username";
        return (parts.Groups["click"].Success, selector, value switch
        {
            "right" => isName ? Site.UserName : Site.Password,
            "wrong" => "a slip of the finger",
            _ => value,
        });
    }

    private async Task AddKnownAsync(List<Flow> flows)
    {
        var options = await Browser.OpenExtensionPageAsync("options.html");
        foreach (var flow in flows.Where(flow => flow.Known != ""))
        {
            await options.AskAsync(JsonSerializer.Serialize(new
            {
                type = "save",
                item = new
                {
                    kind = "login",
                    title = flow.What,
                    username = Site.UserName,
                    password = flow.Known == "same" ? Site.Password : "another one",
                    urls = new[] { new { url = $"https://{flow.Hostname}", match = "hostname" } },
                    tags = Array.Empty<string>(),
                },
            }));
        }
        await options.CloseAsync();
    }

    [GeneratedRegex("^(?<click>click )?`(?<selector>[^`]+)`( (?<value>.+))?$")]
    private static partial Regex Step();
}
