using NUnit.Framework;
using Vault;
using Vault.Search;

namespace Suite.Unit.Search;

public class SearchIndexTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static readonly ItemSummary[] Office =
    [
        Item("GitHub", "anna@example.com", "https://github.com/login", tags: ["work", "code"]),
        Item("Müller & Söhne", "büro", "https://shop.example.de", folder: "Suppliers/Food"),
        Item("Old bank", "anna", "http://bank.example", expires: Now.AddDays(-1)),
        Item("New bank", "bert", "https://bank.example", hasCode: true),
        Item("Door code", kind: ItemKind.Note, tags: ["house keys"]),
        Item("Visa", kind: ItemKind.Card),
        Item("Anna Łukasiewicz", kind: ItemKind.Identity),
    ];

    [TestCase("github", "GitHub")]
    [TestCase("GITHUB", "GitHub")]
    [TestCase("hub", "GitHub")]
    [TestCase("muller", "Müller & Söhne")]
    [TestCase("MÜLLER", "Müller & Söhne")]
    [TestCase("mu\u0308ller", "Müller & Söhne")]
    [TestCase("ｍｕｌｌｅｒ", "Müller & Söhne")]
    [TestCase("sohne muller", "Müller & Söhne")]
    [TestCase("lukasiewicz", "Anna Łukasiewicz")]
    [TestCase("buro", "Müller & Söhne")]
    [TestCase("suppliers/food", "Müller & Söhne")]
    [TestCase("github.com/login", "GitHub")]
    [TestCase("https://github.com/login", "GitHub")]
    [TestCase("user:bert", "New bank")]
    [TestCase("user:github")]
    [TestCase("url:bank", "New bank", "Old bank")]
    [TestCase("url:https://bank.example", "New bank", "Old bank")]
    [TestCase("tag:work", "GitHub")]
    [TestCase("tag:bank")]
    [TestCase("tag:\"house keys\"", "Door code")]
    [TestCase("\"new bank\"", "New bank")]
    [TestCase("\"bank new\"")]
    [TestCase("bank new", "New bank")]
    [TestCase("bank nothing")]
    [TestCase("is:expired", "Old bank")]
    [TestCase("is:code", "New bank")]
    [TestCase("is:note", "Door code")]
    [TestCase("is:card", "Visa")]
    [TestCase("is:identity", "Anna Łukasiewicz")]
    [TestCase("is:login bank is:code", "New bank")]
    [TestCase("is:nothing")]
    [TestCase("other:bank")]
    [TestCase("user:")]
    [TestCase("\"user:bert\"")]
    [TestCase("workcode")]
    [TestCase("\"", "Anna Łukasiewicz", "Door code", "GitHub", "Müller & Söhne", "New bank", "Old bank", "Visa")]
    [TestCase("  ", "Anna Łukasiewicz", "Door code", "GitHub", "Müller & Söhne", "New bank", "Old bank", "Visa")]
    public void Query_finds(string query, params string[] titles)
    {
        Assert.That(Titles(new SearchIndex(Office).Find(query, Now, limit: 100)), Is.EqualTo(titles));
    }

    [Test]
    public void Items_come_by_where_the_word_stands()
    {
        var index = new SearchIndex(
        [
            Item("a", folder: "mail"),
            Item("b", tags: ["mail"]),
            Item("c", url: "https://mail.example"),
            Item("d", user: "mail"),
            Item("hotmail"),
            Item("hotmail mail"),
            Item("my mail"),
            Item("mail archive"),
            Item("Mail"),
        ]);

        Assert.That(
            Shown(index.Find("mail", Now, limit: 100)),
            Is.EqualTo("Mail, mail archive, hotmail mail, my mail, hotmail, d, c, b, a"));
    }

    [Test]
    public void Equals_come_by_last_use()
    {
        var index = new SearchIndex(
        [
            Item("bank a", used: Now.AddDays(-2)),
            Item("bank b", used: Now.AddDays(-1)),
            Item("bank c", used: Now.AddDays(-3)),
        ]);

        Assert.That(Shown(index.Find("bank", Now, limit: 100)), Is.EqualTo("bank b, bank a, bank c"));
    }

    [Test]
    public void Pages_follow_each_other_without_gap_or_repetition([Values(1, 7, 100, 999)] int limit)
    {
        var random = new Random(1);
        var items = Enumerable.Range(0, 1000).Select(number => Item($"item {number:0000}", used: Now.AddDays(-random.Next(50)))).ToArray();
        var index = new SearchIndex(items);
        var expected = items.OrderByDescending(item => item.UsedAt).ThenBy(item => item.Title, StringComparer.Ordinal).Select(item => item.Title);

        var titles = new List<string>();
        for (int? offset = 0; offset is { } at;)
        {
            var page = index.Find("item", Now, limit, at);
            Assert.That(page.Total, Is.EqualTo(1000));
            titles.AddRange(Titles(page));
            offset = page.Next;
        }

        Assert.That(titles, Is.EqualTo(expected));
    }

    [Test]
    public void Offset_beyond_the_end_gives_an_empty_page()
    {
        var page = new SearchIndex(Office).Find("", Now, limit: 10, offset: 7);

        Assert.That((page.Items.Count, page.Total, page.Next), Is.EqualTo((0, 7, (int?)null)));
    }

    [Test]
    public void Changed_item_is_found_by_its_new_text_only()
    {
        var index = new SearchIndex(Office);
        index.Set(Office[0] with { Title = "Forge", UserName = "", Urls = [] });

        Assert.That(Shown(index.Find("github", Now, limit: 10)), Is.Empty);
        Assert.That(Shown(index.Find("forge", Now, limit: 10)), Is.EqualTo("Forge"));
        Assert.That(index.Count, Is.EqualTo(7));
    }

    [Test]
    public void Removed_item_is_not_found()
    {
        var index = new SearchIndex(Office);

        Assert.That(index.Remove(Office[0].Id), Is.True);
        Assert.That(index.Remove(Office[0].Id), Is.False);
        Assert.That(Shown(index.Find("github", Now, limit: 10)), Is.Empty);
        Assert.That(Shown(index.Find("anna", Now, limit: 10)), Is.EqualTo("Anna Łukasiewicz, Old bank"));
    }

    [Test]
    public void Index_that_was_changed_often_finds_what_a_new_one_finds()
    {
        var random = new Random(2);
        var items = Enumerable.Range(0, 500).Select(number => Item($"item {number}", user: new string('x', 200))).ToArray();
        var index = new SearchIndex(items);
        for (var change = 0; change < 5000; change++)
        {
            var at = random.Next(items.Length);
            items[at] = items[at] with { Title = $"item {change} of {at}" };
            index.Set(items[at]);
        }
        foreach (var item in items[..100])
        {
            index.Remove(item.Id);
        }

        foreach (var query in new[] { "item 49", "of 2", "xx item", "" })
        {
            Assert.That(
                index.Find(query, Now, limit: 500).Items,
                Is.EqualTo(new SearchIndex(items[100..]).Find(query, Now, limit: 500).Items));
        }
    }

    /// <summary>Also with items that are equal but for their ids, and where one index has nothing.</summary>
    [TestCase("item", 1)]
    [TestCase("item", 7)]
    [TestCase("item 1", 10)]
    [TestCase("", 40)]
    [TestCase("nothing", 10)]
    public void Several_indexes_are_searched_as_one(string query, int limit)
    {
        var random = new Random(3);
        ItemSummary[] items =
        [
            .. Enumerable.Range(0, 200).Select(n => Item($"item {random.Next(30)}", $"item {random.Next(3)}", used: Now.AddDays(-random.Next(4)))),
        ];
        var one = new SearchIndex(items);
        SearchIndex[] several = [new(items[..20]), new([]), new(items[20..150]), new(items[150..])];

        for (int? offset = 0; offset is { } at;)
        {
            var expected = one.Find(query, Now, limit, at);
            var page = SearchIndex.Find(several, query, Now, limit, at);
            Assert.That(page.Items.Select(found => found.Item), Is.EqualTo(expected.Items));
            Assert.That((page.Total, page.Next), Is.EqualTo((expected.Total, expected.Next)));
            Assert.That(page.Items, Has.All.Matches<(ItemSummary Item, int Index)>(
                found => found.Index == (Array.IndexOf(items, found.Item) switch { < 20 => 0, < 150 => 2, _ => 3 })));
            offset = page.Next;
        }
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void Any_item_is_found_by_its_whole_title(FsCheck.NonNull<string> title, FsCheck.NonNull<string> user)
    {
        // A quote is the query's own syntax.
        var typed = title.Get.Replace('"', ' ');
        var index = new SearchIndex([Item(typed, user.Get, user.Get)]);

        Assert.That(index.Find($"\"{typed}\"", Now, limit: 1).Total, Is.EqualTo(1));
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public void Any_query_is_answered(FsCheck.NonNull<string> query)
    {
        Assert.That(new SearchIndex(Office).Find(query.Get, Now, limit: 10).Total, Is.InRange(0, 7));
    }

    private static string Shown(SearchPage page) => string.Join(", ", Titles(page));

    private static string[] Titles(SearchPage page) => [.. page.Items.Select(item => item.Title)];

    private static ItemSummary Item(
        string title,
        string user = "",
        string? url = null,
        string[]? tags = null,
        string folder = "",
        ItemKind kind = ItemKind.Login,
        bool hasCode = false,
        DateTimeOffset used = default,
        DateTimeOffset? expires = null) => new()
        {
            Id = ItemId.New(),
            Kind = kind,
            Title = title,
            UserName = user,
            Urls = url is null ? [] : [new ItemUrl(url)],
            Tags = tags ?? [],
            Folder = folder,
            HasCode = hasCode,
            UsedAt = used,
            ExpiresAt = expires,
        };
}
