using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Browsers;
using Browsers.Site;
using NUnit.Framework;

namespace Suite.Browser;

/// <summary>
/// The detector on the labelled pages of <c>tests/pages/forms</c>, whose README says what the labels mean. The score is a file beside
/// them: a change that makes it better is as much a difference as one that makes it worse, and is kept by whoever means it.
/// </summary>
[UnsupportedOSPlatform("windows")]
[TestFixture("chromium")]
[TestFixture("firefox")]
public class DetectorScoreTests(string name)
{
    private static readonly string _folder = Repository.PathOf("tests", "pages", "forms");

    private static readonly string[] _roles = ["username", "current-password", "new-password", "one-time-code"];

    private static readonly string[] _loginKinds = ["login", "username-first", "password-only"];

    /// <summary>What a labelled page wants and what the detector says, field by field; then what it says of the page's report.</summary>
    private const string Look = """
        (path, html) => {
          const show = (text) => {
            const { documentElement } = new DOMParser().parseFromString(text, "text/html");
            document.documentElement.replaceWith(document.adoptNode(documentElement));
          };
          const told = () => __detect(document).map(({ role, formKind, fill }) => [formKind, role, fill].join(" ")).join(", ");
          history.replaceState(null, "", path);
          show(html);
          const found = new Map(__detect(document).map((field) => [field.element, field]));
          const fieldsOf = (group) => [...document.querySelectorAll("[data-role]")].filter((each) => each.closest("[data-kind]") === group);
          const Groups = [...document.querySelectorAll("[data-kind]")].map((group) => ({
            Kind: group.dataset.kind,
            Fields: fieldsOf(group).map((each) => ({
              Want: each.dataset.role,
              Name: each.name || each.id || each.placeholder || each.type,
              Got: found.get(each)?.role ?? "none",
              Kind: found.get(each)?.formKind ?? null,
              Fill: found.get(each)?.fill ?? false,
            })),
          }));
          const [Page, report] = [told(), __report(document)];
          show(report);
          return { Groups, Page, Report: told() };
        }
        """;

    [Test]
    public async Task Score_on_labelled_pages_is_the_one_that_is_kept()
    {
        await using var site = await TestSite.StartAsync();
        await using var browser = await Browsers.Browser.StartAsync(name, new BrowserSetup());
        var page = await browser.NewPageAsync();
        await page.SetViewportAsync(1280, 4000);
        var detector = await File.ReadAllTextAsync(Repository.PathOf("dist", "detector.js"));
        var names = Directory.GetFiles(_folder, "*.html").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);
        var score = new Score();
        // No page has a script: each takes the place of the one before, which is much quicker than to load it.
        await page.GotoAsync($"{site.Secure("forms.test")}/login.html");
        await page.EvaluateAsync<object>($"() => {{ {detector} }}");
        foreach (var each in names)
        {
            var html = await File.ReadAllTextAsync(Path.Combine(_folder, $"{each}.html"));
            var seen = await page.EvaluateAsync<Seen>(Look, $"/forms/{each}.html", html);
            score.Add(each, seen.Groups);
            score.AddReplayed(each, seen.Page, seen.Report);
        }
        var report = score.ToString();
        await File.WriteAllTextAsync(Path.Combine(TestContext.CurrentContext.WorkDirectory, $"score-{name}.md"), report);
        Assert.That(report, Is.EqualTo(await File.ReadAllTextAsync(Path.Combine(_folder, "score.md"))));
    }

    private sealed record Seen(Group[] Groups, string Page, string Report);

    private sealed record Group(string Kind, Field[] Fields);

    private sealed record Field(string Want, string Name, string Got, string? Kind, bool Fill);

    private sealed class Score
    {
        private readonly Dictionary<string, (int Right, int Wrong, int Missed)> _counts = _roles.ToDictionary(role => role, _ => (0, 0, 0));
        private readonly List<string> _misses = [];
        private (int Right, int All) _kinds;
        private (int Right, int Nothing, int Wrong, int All) _logins;
        private (int Filled, int All) _others;
        private int _passwordsAstray;
        private readonly List<string> _otherwise = [];
        private int _replayed;

        /// <summary>Counts what the detector says of a page and of its report.</summary>
        public void AddReplayed(string page, string seen, string replayed)
        {
            _replayed++;
            if (seen != replayed)
            {
                _otherwise.Add($"- {page}: {seen} → {replayed}");
            }
        }

        public void Add(string page, Group[] groups)
        {
            var shown = groups.Where(group => group.Kind != "hidden").ToList();
            foreach (var group in shown)
            {
                AddKind(page, group);
                foreach (var field in group.Fields.Where(field => field.Want != "hidden"))
                {
                    AddRole(page, field);
                }
            }
            var astray = groups.SelectMany(group => group.Fields).Where(field => field.Fill && field.Got != field.Want).ToList();
            _passwordsAstray += astray.Any(field => field.Got == "current-password") ? 1 : 0;
            var login = shown.Find(group => _loginKinds.Contains(group.Kind));
            if (login is null)
            {
                _others = (_others.Filled + (astray.Count > 0 ? 1 : 0), _others.All + 1);
            }
            else
            {
                AddLogin(page, login, astray.Count > 0);
            }
        }

        public override string ToString()
        {
            var text = new StringBuilder("# The detector's score on these pages\n\nMade by `DetectorScoreTests`; the same in Chromium and Firefox.\n\n");
            text.Append("| role | right | wrong | missed | F1 |\n| --- | --- | --- | --- | --- |\n");
            foreach (var role in _roles)
            {
                var (right, wrong, missed) = _counts[role];
                text.Append(Line($"| {role} | {right} | {wrong} | {missed} | {200.0 * right / ((2 * right) + wrong + missed):0.0} |\n"));
            }
            text.Append(Line($"\nKinds: {_kinds.Right} of {_kinds.All} right ({100.0 * _kinds.Right / _kinds.All:0.0} %).\n"));
            text.Append(Line($"Pages with a login: {_logins.Right} of {_logins.All} filled right, {_logins.Wrong} wrong, {_logins.Nothing} not or in part.\n"));
            text.Append(Line($"Other pages: {_others.Filled} of {_others.All} filled. Pages where a password would go astray: {_passwordsAstray}.\n\n"));
            text.Append("## Misses\n\n").AppendJoin('\n', _misses).Append('\n');
            text.Append(Line($"\n## Reports\n\n{_replayed - _otherwise.Count} of {_replayed} pages are judged by their report as they are themselves.\n\n"));
            text.AppendJoin('\n', _otherwise).Append('\n');
            return text.ToString();
        }

        private static string Line(FormattableString line) => line.ToString(CultureInfo.InvariantCulture);

        private void AddKind(string page, Group group)
        {
            var seen = group.Fields.Where(field => field.Kind is not null).GroupBy(field => field.Kind!)
                .OrderByDescending(kind => kind.Count()).Select(kind => kind.Key).FirstOrDefault() ?? "not-login";
            _kinds = (_kinds.Right + (seen == group.Kind ? 1 : 0), _kinds.All + 1);
            if (seen != group.Kind)
            {
                _misses.Add($"- {page}: a {group.Kind} is taken for {seen}");
            }
        }

        private void AddRole(string page, Field field)
        {
            var want = Same(field.Want);
            // Who signs up gets no stored name.
            var isNew = field.Kind is "signup" or "change-password" or "not-login" or "one-time-code";
            var got = field.Got == "username" && isNew ? "signup-identifier" : Same(field.Got);
            if (got == want)
            {
                Count(want, right: 1);
                return;
            }
            Count(want, missed: 1);
            Count(got, wrong: 1);
            if (_counts.ContainsKey(want) || _counts.ContainsKey(got))
            {
                _misses.Add($"- {page}: {field.Name}, {want}, is taken for {got}");
            }
        }

        private void AddLogin(string page, Group login, bool isWrong)
        {
            var needed = login.Fields.Where(field => field.Want is "username" or "current-password").ToList();
            var isRight = needed.Select(field => field.Want).Distinct().All(want => needed.Exists(field => field.Want == want && field.Fill));
            _logins = (_logins.Right + (isRight && !isWrong ? 1 : 0), _logins.Nothing + (!isRight && !isWrong ? 1 : 0), _logins.Wrong + (isWrong ? 1 : 0), _logins.All + 1);
            if (isWrong || !isRight)
            {
                _misses.Add($"- {page}: {(isWrong ? "filled wrong" : "not filled, or in part")}");
            }
        }

        private void Count(string role, int right = 0, int wrong = 0, int missed = 0)
        {
            if (_counts.TryGetValue(role, out var count))
            {
                _counts[role] = (count.Right + right, count.Wrong + wrong, count.Missed + missed);
            }
        }

        private static string Same(string role) => role == "confirm-password" ? "new-password" : role;
    }
}
