using NUnit.Framework;
using Vault;
using Vault.Matching;

namespace Suite.Unit.Matching;

/// <summary>The table "Fill" of native-host/docs/protocol.md.</summary>
public class FillDecisionTests
{
    [TestCase("https://example.com", "https://example.com", "", "", null)]
    [TestCase("https://example.com", "ftp://example.com", "", "frame insecure", FillRefusal.Scheme)]
    [TestCase("https://example.com", "moz-extension://2c127fa4", "", "frame insecure", FillRefusal.Scheme)]
    [TestCase("https://example.com", "http://example.com", "", "frame insecure", FillRefusal.InsecureItem)]
    [TestCase("https://localhost:3000", "http://localhost:3000", "", "", null)]
    [TestCase("https://example.com", "https://evil-example.com", "", "frame insecure", FillRefusal.NoMatch)]
    [TestCase("https://example.com", "http://evil-example.com", "", "frame insecure", FillRefusal.NoMatch)]
    [TestCase("https://example.com", "https://example.com", "https://example.com", "", null)]
    [TestCase("https://example.com", "https://example.com", "https://other.example", "", FillRefusal.Frame)]
    [TestCase("https://example.com", "https://example.com", "https://other.example", "insecure", FillRefusal.Frame)]
    [TestCase("https://example.com", "https://example.com", "https://other.example", "frame", null)]
    [TestCase("https://example.com", "https://example.com", "https://example.com https://other.example", "", FillRefusal.Frame)]
    [TestCase("https://example.com", "https://example.com", "https://other.example https://example.com", "", FillRefusal.Frame)]
    [TestCase("https://example.com", "https://example.com", "null", "", FillRefusal.Frame)]
    [TestCase("https://example.com", "https://example.com", "http://example.com", "", FillRefusal.Frame)]
    [TestCase("https://example.com", "https://other.example", "https://example.com", "frame", FillRefusal.NoMatch)]
    [TestCase("https://alice.github.io", "https://alice.github.io", "https://mallory.github.io", "", FillRefusal.Frame)]
    [TestCase("http://example.com", "http://example.com", "", "", FillRefusal.Insecure)]
    [TestCase("http://example.com", "http://example.com", "", "frame", FillRefusal.Insecure)]
    [TestCase("http://example.com", "http://example.com", "", "insecure", null)]
    [TestCase("http://example.com", "https://example.com", "", "", null)]
    [TestCase("http://127.0.0.1:3000", "http://127.0.0.1:3000", "", "", null)]
    [TestCase("http://192.168.1.1", "http://192.168.1.1", "", "", FillRefusal.Insecure)]
    [TestCase("http://example.com", "http://example.com", "https://other.example", "", FillRefusal.Frame)]
    [TestCase("http://example.com", "http://example.com", "https://other.example", "frame", FillRefusal.Insecure)]
    [TestCase("http://example.com", "http://example.com", "https://other.example", "frame insecure", null)]
    public void Fill_that_the_person_asked_for(string url, string frame, string ancestors, string confirmed, FillRefusal? refusal)
    {
        var confirmations = new FillConfirmations(confirmed.Contains("frame"), confirmed.Contains("insecure"));

        Assert.That(FillDecision.ForPerson([new ItemUrl(url)], Place(frame, ancestors), confirmations, hasField: true), Is.EqualTo(refusal));
    }

    [TestCase("https://example.com", FillRefusal.NoField)]
    [TestCase("https://other.example", FillRefusal.NoMatch)]
    public void Item_without_the_asked_fields_is_refused_last(string url, FillRefusal refusal) =>
        Assert.That(
            FillDecision.ForPerson([new ItemUrl(url)], Place("https://example.com", ""), default, hasField: false),
            Is.EqualTo(refusal));

    [Test]
    public void One_url_that_agrees_is_enough() =>
        Assert.That(
            FillDecision.ForPerson(
                [new ItemUrl("ssh://example.com"), new ItemUrl("https://example.com"), new ItemUrl("http://example.com")],
                Place("http://example.com", ""),
                new FillConfirmations(Frame: false, Insecure: true),
                hasField: true),
            Is.Null);

    /// <summary>Items are written as title=URL, a star before those chosen for this hostname, a minus before those
    /// without the fields.</summary>
    [TestCase("*a=https://example.com", false, "https://example.com", "", "a")]
    [TestCase("*a=https://example.com b=https://example.com", false, "https://example.com", "", "a")]
    [TestCase("a=https://example.com", false, "https://example.com", "", "NotChosen")]
    [TestCase("a=https://example.com", true, "https://example.com", "", "a")]
    [TestCase("a=https://example.com b=https://example.com", true, "https://example.com", "", "NotChosen")]
    [TestCase("*a=https://example.com b=https://example.com", true, "https://example.com", "", "a")]
    [TestCase("*a=https://example.com *b=https://example.com", true, "https://example.com", "", "Several")]
    [TestCase("*a=https://other.example", true, "https://example.com", "", "NoMatch")]
    [TestCase("", true, "https://example.com", "", "NoMatch")]
    [TestCase("*a=https://example.com", true, "http://example.com", "", "InsecureItem")]
    [TestCase("*a=http://example.com", true, "http://example.com", "", "Insecure")]
    [TestCase("*a=http://localhost", false, "http://localhost", "", "a")]
    [TestCase("*a=https://example.com", false, "ftp://example.com", "", "Scheme")]
    [TestCase("*a=https://example.com", false, "https://example.com", "https://example.com", "Subframe")]
    [TestCase("*a=https://example.com", false, "https://example.com", "https://other.example", "Frame")]
    [TestCase("a=https://example.com", false, "https://example.com", "https://example.com", "NotChosen")]
    [TestCase("*-a=https://example.com", false, "https://example.com", "", "NoField")]
    public void Fill_on_load(string items, bool fillsOwnItems, string frame, string ancestors, string outcome)
    {
        var place = Place(frame, ancestors);
        var found = new MatchIndex([.. items.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Item)]).Find(place.Frame);

        var (item, refusal) = FillDecision.ForLoad(
            found,
            candidate => candidate.Title.Contains('*'),
            _ => fillsOwnItems,
            isNever: false,
            place,
            candidate => !candidate.Title.Contains('-'));

        Assert.That(item?.Title.TrimStart('*') ?? refusal.ToString(), Is.EqualTo(outcome));
        Assert.That(item is null, Is.EqualTo(refusal is not null));
    }

    /// <summary>"Never" stands behind what is wrong with the place, and before what is wrong with the choice.</summary>
    [TestCase("*a=https://example.com", "https://example.com", "", FillRefusal.Never)]
    [TestCase("*a=https://example.com *b=https://example.com", "https://example.com", "", FillRefusal.Never)]
    [TestCase("*-a=https://example.com", "https://example.com", "https://example.com", FillRefusal.Never)]
    [TestCase("a=https://example.com", "https://example.com", "", FillRefusal.NotChosen)]
    [TestCase("*a=https://example.com", "https://example.com", "https://other.example", FillRefusal.Frame)]
    [TestCase("*a=http://example.com", "http://example.com", "", FillRefusal.Insecure)]
    public void Fill_on_load_where_the_person_chose_never(string items, string frame, string ancestors, FillRefusal refusal)
    {
        var place = Place(frame, ancestors);
        var found = new MatchIndex([.. items.Split(' ').Select(Item)]).Find(place.Frame);

        Assert.That(
            FillDecision.ForLoad(found, one => one.Title.Contains('*'), _ => false, isNever: true, place, one => !one.Title.Contains('-')),
            Is.EqualTo(((ItemSummary?)null, (FillRefusal?)refusal)));
    }

    [Test]
    public void Site_alone_is_not_enough_on_load()
    {
        var item = Item("*a=x") with { Urls = [new ItemUrl("https://example.com", MatchKind.Site)] };
        var place = Place("https://www.example.com", "");

        var (_, refusal) = FillDecision.ForLoad(new MatchIndex([item]).Find(place.Frame), _ => true, _ => true, isNever: false, place, _ => true);

        Assert.That(refusal, Is.EqualTo(FillRefusal.NoMatch));
    }

    private static FillPlace Place(string frame, string ancestors) =>
        new(Origin.TryParse(frame)!, [.. ancestors.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Origin.TryParse)]);

    private static ItemSummary Item(string text) => text.Split('=') is [var title, var url]
        ? new() { Id = ItemId.New(), Kind = ItemKind.Login, Title = title, UserName = "", Urls = [new ItemUrl(url)] }
        : throw new ArgumentException(text);
}
