using NUnit.Framework;
using Vault;
using Vault.Matching;

namespace Suite.Unit.Matching;

/// <summary>The rules of native-host/docs/matching.md, row by row.</summary>
public class MatchTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    // The same host.
    [TestCase("https://example.com", MatchKind.Hostname, "https://example.com", "Origin")]
    [TestCase("example.com", MatchKind.Hostname, "https://example.com", "Origin")]
    [TestCase("https://EXAMPLE.com/login?x", MatchKind.Hostname, "https://example.com", "Origin")]
    [TestCase("https://anna@example.com", MatchKind.Hostname, "https://example.com", "Origin")]
    [TestCase("bücher.example", MatchKind.Hostname, "https://xn--bcher-kva.example", "Origin")]
    [TestCase("https://example.com", MatchKind.Never, "https://example.com", null)]

    // Look-alikes of the name.
    [TestCase("https://example.com", MatchKind.Hostname, "https://evil-example.com", null)]
    [TestCase("https://example.com", MatchKind.Hostname, "https://example.com.evil.example", null)]
    [TestCase("https://example.com", MatchKind.Hostname, "https://example.com.", null)]
    [TestCase("https://example.com", MatchKind.Hostname, "https://www.example.com", null)]
    [TestCase("https://www.example.com", MatchKind.Hostname, "https://example.com", null)]
    [TestCase("https://example.com", MatchKind.Site, "https://evil-example.com", null)]
    [TestCase("https://example.com", MatchKind.Site, "https://example.com.evil.example", null)]
    [TestCase("https://example.com", MatchKind.Site, "https://example.com.", null)]
    [TestCase("https://good.example@evil.example", MatchKind.Hostname, "https://good.example", null)]
    [TestCase("https://good.example@evil.example", MatchKind.Hostname, "https://evil.example", "Origin")]

    // Sites.
    [TestCase("https://example.com", MatchKind.Site, "https://www.example.com", "Site")]
    [TestCase("https://a.example.com", MatchKind.Site, "https://b.example.com", "Site")]
    [TestCase("https://a.example.com", MatchKind.Site, "https://a.example.com", "Origin")]
    [TestCase("https://a.example.com:8443", MatchKind.Site, "https://b.example.com:9443", "Site")]
    [TestCase("https://alice.github.io", MatchKind.Site, "https://mallory.github.io", null)]
    [TestCase("https://shop.pages.dev", MatchKind.Site, "https://evil.pages.dev", null)]
    [TestCase("https://github.io", MatchKind.Site, "https://mallory.github.io", null)]
    [TestCase("https://bank.co.uk", MatchKind.Site, "https://evil.co.uk", null)]
    [TestCase("https://www.bank.co.uk", MatchKind.Site, "https://bank.co.uk", "Site")]
    [TestCase("https://co.uk", MatchKind.Site, "https://co.uk", "Origin")]
    [TestCase("http://192.168.1.1", MatchKind.Site, "http://192.168.1.1", "Origin")]
    [TestCase("http://192.168.1.1", MatchKind.Site, "http://192.168.1.2", null)]
    [TestCase("http://192.168.1.1", MatchKind.Site, "http://192.168.1.1:81", null)]

    // Port numbers.
    [TestCase("https://example.com", MatchKind.Hostname, "https://example.com:8443", "Hostname")]
    [TestCase("https://example.com:8443", MatchKind.Hostname, "https://example.com:8443", "Origin")]
    [TestCase("https://example.com:8443", MatchKind.Hostname, "https://example.com", null)]
    [TestCase("https://example.com:443", MatchKind.Hostname, "https://example.com", "Origin")]
    [TestCase("https://example.com:443", MatchKind.Hostname, "https://example.com:8443", null)]
    [TestCase("http://192.168.1.1:8080", MatchKind.Hostname, "http://192.168.1.1:8080", "Origin")]
    [TestCase("http://192.168.1.1", MatchKind.Hostname, "http://192.168.1.1:8080", null)]
    [TestCase("http://[fd00::1]", MatchKind.Hostname, "http://[fd00::1]:8080", null)]
    [TestCase("http://[FD00:0::1]:81", MatchKind.Hostname, "http://[fd00::1]:81", "Origin")]
    [TestCase("http://localhost:3000", MatchKind.Hostname, "http://localhost:3000", "Origin")]
    [TestCase("http://localhost:3000", MatchKind.Hostname, "http://localhost:4000", null)]
    [TestCase("http://intranet", MatchKind.Hostname, "http://intranet:8080", null)]
    [TestCase("intranet", MatchKind.Hostname, "http://intranet", "Origin")]
    [TestCase("intranet", MatchKind.Hostname, "https://intranet", "Origin")]
    [TestCase("intranet:8080", MatchKind.Hostname, "http://intranet:8080", "Origin")]

    // Schemes.
    [TestCase("http://example.com", MatchKind.Hostname, "https://example.com", "Hostname")]
    [TestCase("http://example.com:80", MatchKind.Hostname, "https://example.com", "Hostname")]
    [TestCase("http://example.com:8080", MatchKind.Hostname, "https://example.com", null)]
    [TestCase("http://example.com", MatchKind.Hostname, "http://example.com", "Origin")]
    [TestCase("http://intranet", MatchKind.Hostname, "https://intranet", "Hostname")]
    [TestCase("https://example.com", MatchKind.Hostname, "http://example.com", "insecure")]
    [TestCase("https://example.com", MatchKind.Site, "http://www.example.com", "insecure")]
    [TestCase("https://example.com", MatchKind.Origin, "http://example.com", "insecure")]
    [TestCase("https://example.com", MatchKind.Never, "http://example.com", null)]
    [TestCase("https://other.example", MatchKind.Hostname, "http://example.com", null)]
    [TestCase("example.com", MatchKind.Hostname, "http://example.com", "insecure")]
    [TestCase("https://192.168.1.1", MatchKind.Hostname, "http://192.168.1.1", "insecure")]
    [TestCase("https://localhost:3000", MatchKind.Hostname, "http://localhost:3000", "Hostname")]
    [TestCase("https://localhost", MatchKind.Hostname, "http://localhost", "Hostname")]
    [TestCase("ftp://example.com", MatchKind.Hostname, "https://example.com", null)]
    [TestCase("https://example.com", MatchKind.Hostname, "ftp://example.com", null)]
    [TestCase("https://example.com", MatchKind.Hostname, "wss://example.com", null)]

    // Whole origins.
    [TestCase("https://example.com", MatchKind.Origin, "https://example.com", "Origin")]
    [TestCase("https://example.com", MatchKind.Origin, "https://example.com:8443", null)]
    [TestCase("https://example.com:8443/x", MatchKind.Origin, "https://example.com:8443", "Origin")]
    [TestCase("http://example.com", MatchKind.Origin, "https://example.com", null)]
    [TestCase("http://localhost", MatchKind.Origin, "http://localhost", "Origin")]
    public void Url_and_origin(string url, MatchKind kind, string page, string? expected)
    {
        var found = new MatchIndex([Item("it", new ItemUrl(url, kind))]).Find(Origin.TryParse(page)!);

        Assert.That(found.Items.Select(match => match.Strength.ToString()).SingleOrDefault() ?? (found.HasInsecureItems ? "insecure" : null), Is.EqualTo(expected));
    }

    [Test]
    public void Offers_come_by_strength_then_last_use_then_path()
    {
        var index = new MatchIndex(
        [
            Item("site, used now", new ItemUrl("https://example.com", MatchKind.Site)) with { UsedAt = Now },
            Item("hostname", new ItemUrl("http://www.example.com")),
            Item("hostname, used", new ItemUrl("http://www.example.com")) with { UsedAt = Now.AddDays(-1) },
            Item("origin", new ItemUrl("https://www.example.com")),
            Item("origin, other path", new ItemUrl("https://www.example.com/wiki")),
            Item("origin, begins alike", new ItemUrl("https://www.example.com/admin/log")),
            Item("origin, longer path", new ItemUrl("https://www.example.com/admin/login/")),
            Item("origin, path", new ItemUrl("https://www.example.com/admin")),
            Item("origin, used", new ItemUrl("https://www.example.com")) with { UsedAt = Now.AddDays(-1) },
        ]);

        Assert.That(
            Titles(index.Find(Origin.TryParse("https://www.example.com")!, "/admin/login/x")),
            Is.EqualTo("origin, used; origin, longer path; origin, path; origin; origin, begins alike; origin, other path; hostname, used; hostname; site, used now"));
    }

    [Test]
    public void Item_of_several_urls_comes_once_with_its_best()
    {
        var best = new ItemUrl("https://www.example.com");
        var index = new MatchIndex(
            [Item("it", new ItemUrl("example.com", MatchKind.Site), new ItemUrl("http://www.example.com"), best, new ItemUrl("https://other.example"))]);

        var match = index.Find(Origin.TryParse("https://www.example.com")!).Items.Single();

        Assert.That((match.Url, match.Strength), Is.EqualTo((best, MatchStrength.Origin)));
    }

    [Test]
    public void Insecure_items_are_reported_beside_those_that_may_be_offered()
    {
        var index = new MatchIndex([Item("secure", new ItemUrl("https://example.com")), Item("plain", new ItemUrl("http://example.com"))]);

        var found = index.Find(Origin.TryParse("http://example.com")!);

        Assert.That((Titles(found), found.HasInsecureItems), Is.EqualTo(("plain", true)));
    }

    [Test]
    public void Changed_item_is_found_under_its_new_urls_only()
    {
        var item = Item("it", new ItemUrl("https://old.example"), new ItemUrl("https://kept.example"));
        var index = new MatchIndex([item]);
        index.Set(item with { Title = "changed", Urls = [new ItemUrl("https://kept.example"), new ItemUrl("https://new.example")] });

        Assert.That(
            string.Join(", ", "old kept new".Split(' ').Select(name => Titles(index.Find(Origin.TryParse($"https://{name}.example")!)))),
            Is.EqualTo(", changed, changed"));
        Assert.That((index.Count, index.Get(item.Id)!.Title), Is.EqualTo((1, "changed")));
    }

    [Test]
    public void Removed_item_is_not_found()
    {
        var (first, second, third) = (Item("a", new ItemUrl("example.com")), Item("b", new ItemUrl("example.com")), Item("c", new ItemUrl("example.com")));
        var index = new MatchIndex([first, second, third]);

        Assert.That((index.Remove(second.Id), index.Remove(second.Id), index.Count), Is.EqualTo((true, false, 2)));
        Assert.That(Titles(index.Find(Origin.TryParse("https://example.com")!)), Is.EqualTo("a; c"));
        Assert.That(index.Get(second.Id), Is.Null);
    }

    [Test]
    public void Index_that_was_changed_often_finds_what_a_new_one_finds()
    {
        var random = new Random(3);
        var items = Enumerable.Range(0, 200).Select(number => Item($"{number}", Urls(random))).ToArray();
        var index = new MatchIndex();
        for (var change = 0; change < 5000; change++)
        {
            var at = random.Next(items.Length);
            if (change % 3 == 0)
            {
                index.Remove(items[at].Id);
            }
            items[at] = items[at] with { Urls = Urls(random) };
            index.Set(items[at]);
        }
        for (var at = 0; at < items.Length; at++)
        {
            index.Set(items[at]);
        }
        var fresh = new MatchIndex(items);

        for (var number = 0; number < 20; number++)
        {
            foreach (var page in new[] { $"https://h{number}.site{number % 5}.example", $"http://h{number}.site{number % 5}.example:8080" })
            {
                Assert.That(index.Find(Origin.TryParse(page)!).Items, Is.EqualTo(fresh.Find(Origin.TryParse(page)!).Items), page);
            }
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public void Any_url_can_be_set_and_removed(string?[] urls)
    {
        var item = Item("it", [.. urls.Select((url, at) => new ItemUrl(url ?? "", (MatchKind)(at % 4)))]);
        var index = new MatchIndex([item]);

        index.Find(Origin.TryParse("https://example.com")!);

        Assert.That((index.Remove(item.Id), index.Count), Is.EqualTo((true, 0)));
    }

    private static ItemUrl[] Urls(Random random) =>
    [
        .. Enumerable.Range(0, random.Next(4)).Select(_ =>
        {
            var number = random.Next(20);
            return new ItemUrl($"{(random.Next(2) == 0 ? "http" : "https")}://h{number}.site{number % 5}.example", (MatchKind)random.Next(4));
        }),
    ];

    private static string Titles(MatchResult found) => string.Join("; ", found.Items.Select(match => match.Item.Title));

    private static ItemSummary Item(string title, params ItemUrl[] urls) =>
        new() { Id = ItemId.New(), Kind = ItemKind.Login, Title = title, UserName = "", Urls = urls };
}
