using System.Text;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Vault.Generate;

namespace Suite.Unit.Generate;

public class RecipeTests
{
    /// <summary>How many standard deviations above its mean a chi-square statistic may lie. A sound generator exceeds
    /// it less than once in 10^9
    /// runs (the distribution with many degrees of freedom is nearly normal, and 8 leaves room for its longer
    /// tail).</summary>
    private const double MaxDeviations = 8;

    [TestCase(4, CharacterClasses.All)]
    [TestCase(8, CharacterClasses.Lower | CharacterClasses.Digit)]
    [TestCase(20, CharacterClasses.All)]
    [TestCase(256, CharacterClasses.All)]
    [TestCase(16, CharacterClasses.Symbol)]
    public void Characters_have_the_length_and_every_class_and_no_other(int length, CharacterClasses classes)
    {
        var recipe = new CharacterRecipe(length, classes, avoidAmbiguous: false);
        for (var run = 0; run < 200; run++)
        {
            var password = Make(recipe);

            Assert.That(password, Has.Length.EqualTo(length));
            Assert.That(ClassesOf(password), Is.EqualTo(classes));
        }
    }

    [Test]
    public void Ambiguous_characters_are_avoided_when_asked()
    {
        var passwords = string.Concat(Enumerable.Range(0, 200).Select(_ => Make(new CharacterRecipe(64, CharacterClasses.All, avoidAmbiguous: true))));

        Assert.That(passwords.Intersect("0Oo1Il|'`"), Is.Empty);
        Assert.That(passwords.Distinct().Count(), Is.EqualTo(94 - 9));
    }

    [TestCase(4, CharacterClasses.Digit, false, 13.287712)] // 10^4
    [TestCase(4, CharacterClasses.Lower | CharacterClasses.Digit, false, 20.209720)] // 36^4 - 26^4 - 10^4
    [TestCase(4, CharacterClasses.All, false, 22.307770)] // 24 * 26 * 26 * 10 * 32
    [TestCase(4, CharacterClasses.All, true, 21.612868)] // 24 * 24 * 24 * 8 * 29
    [TestCase(20, CharacterClasses.All, false, 130.925867)]
    public void Bits_of_characters(int length, CharacterClasses classes, bool avoidAmbiguous, double bits) =>
        Assert.That(new CharacterRecipe(length, classes, avoidAmbiguous).Bits, Is.EqualTo(bits).Within(0.00001));

    [TestCase(3, CharacterClasses.All)]
    [TestCase(257, CharacterClasses.All)]
    [TestCase(20, CharacterClasses.None)]
    [TestCase(20, (CharacterClasses)16)]
    public void Characters_out_of_range_are_refused(int length, CharacterClasses classes) =>
        Assert.That(() => new CharacterRecipe(length, classes, false), Throws.InstanceOf<ArgumentOutOfRangeException>());

    /// <summary>Short passwords of all classes are where a generator that patches classes in afterwards is furthest
    /// from even.</summary>
    [Test]
    public void Every_character_is_equally_likely_in_every_place()
    {
        const int Length = 4;
        const int Passwords = 30_000;
        var recipe = new CharacterRecipe(Length, CharacterClasses.All, avoidAmbiguous: false);
        var counts = new long[Length, 128];
        for (var run = 0; run < Passwords; run++)
        {
            var password = Make(recipe);
            for (var place = 0; place < Length; place++)
            {
                counts[place, password[place]]++;
            }
        }

        for (var place = 0; place < Length; place++)
        {
            // Each class is in each place a quarter of the time; within the class each character as often as the
            // others.
            foreach (var characters in Enumerable.Range(33, 94).Select(code => (char)code).GroupBy(one => ClassesOf(one.ToString())))
            {
                var expected = Passwords / 4.0 / characters.Count();
                AssertEven(characters.Select(one => counts[place, one]), expected);
            }
        }
    }

    [Test]
    public void Every_pair_of_neighbours_is_equally_likely()
    {
        const int Passwords = 2_000;
        var recipe = new CharacterRecipe(100, CharacterClasses.Lower, avoidAmbiguous: false);
        var counts = new long[26 * 26];
        for (var run = 0; run < Passwords; run++)
        {
            var password = Make(recipe);
            for (var at = 0; at < 100; at += 2)
            {
                counts[((password[at] - 'a') * 26) + password[at + 1] - 'a']++;
            }
        }

        AssertEven(counts, Passwords * 50 / (26.0 * 26));
    }

    [Test]
    public void Every_word_is_equally_likely()
    {
        // So many that taking a 16-bit number's remainder would show: it favours 3,328 words by an eighth.
        const int Passphrases = 25_000;
        var recipe = new WordRecipe(32, " ", capitalise: false, hasDigit: false);
        var counts = new Dictionary<string, long>();
        for (var run = 0; run < Passphrases; run++)
        {
            foreach (var word in Make(recipe).Split(' '))
            {
                counts[word] = counts.GetValueOrDefault(word) + 1;
            }
        }

        Assert.That(counts, Has.Count.EqualTo(7776));
        AssertEven(counts.Values, Passphrases * 32 / 7776.0);
    }

    /// <summary>A remainder of a byte favours the digits 0 to 5 by a 25th.</summary>
    [Test]
    public void Every_digit_of_a_pattern_is_equally_likely()
    {
        const int Passwords = 1_000;
        var recipe = PatternRecipe.TryParse("d{256}")!;
        var counts = new long[10];
        for (var run = 0; run < Passwords; run++)
        {
            foreach (var digit in Make(recipe))
            {
                counts[digit - '0']++;
            }
        }

        AssertEven(counts, Passwords * 256 / 10.0);
    }

    [Test]
    public void Digit_stands_behind_each_word_equally_often_and_is_each_digit_equally_often()
    {
        const int Passphrases = 40_000;
        var recipe = new WordRecipe(4, ".", capitalise: true, hasDigit: true);
        var counts = new long[40];
        for (var run = 0; run < Passphrases; run++)
        {
            var words = Make(recipe).Split('.');
            var place = Array.FindIndex(words, word => char.IsAsciiDigit(word[^1]));
            counts[(place * 10) + words[place][^1] - '0']++;
        }

        AssertEven(counts, Passphrases / 40.0);
    }

    [TestCase(3, "-", false, false, "^[a-z-]+-[a-z-]+-[a-z-]+$", 38.774444)]
    [TestCase(4, "", true, false, "^([A-Z][a-z-]{2,8}){4}$", 51.699250)]
    [TestCase(6, " ", true, true, "^(?=[^0-9]*[0-9][^0-9]*$)[A-Z][a-z-]+[0-9]?( [A-Z][a-z-]+[0-9]?){5}$", 83.455766)]
    [TestCase(3, "é", false, false, "^[a-z-]+é[a-z-]+é[a-z-]+$", 38.774444)]
    public void Words(int count, string separator, bool capitalise, bool hasDigit, string form, double bits)
    {
        var recipe = new WordRecipe(count, separator, capitalise, hasDigit);
        for (var run = 0; run < 100; run++)
        {
            Assert.That(Make(recipe), Does.Match(form));
        }
        Assert.That(recipe.Bits, Is.EqualTo(bits).Within(0.00001));
    }

    [TestCase(2, "-")]
    [TestCase(33, "-")]
    [TestCase(6, "12345678901234567")]
    public void Words_out_of_range_are_refused(int count, string separator) =>
        Assert.That(() => new WordRecipe(count, separator, false, false), Throws.InstanceOf<ArgumentOutOfRangeException>());

    /// <summary>The claim on which the entropy of words without a separator rests.</summary>
    [Test]
    public void No_word_is_the_beginning_of_another()
    {
        var words = Enumerable.Range(0, WordList.Words).Select(number => Encoding.ASCII.GetString(WordList.Word(number))).Order(StringComparer.Ordinal).ToArray();

        Assert.That(words.Zip(words.Skip(1)).Where(pair => pair.Second.StartsWith(pair.First, StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase("Aaaa-dddd", "^[A-Z][a-z]{3}-[0-9]{4}$", 32.089471)]
    [TestCase("d{6}", "^[0-9]{6}$", 19.931569)]
    [TestCase("w.W", "^[a-z-]+\\.[A-Z][a-z-]+$", 25.849625)]
    [TestCase("[ab]{3}", "^[ab]{3}$", 3)]
    [TestCase("[aab]", "^[ab]$", 1)]
    [TestCase("[\\]\\\\]", "^[\\]\\\\]$", 1)]
    [TestCase("\\a\\{\\}\\[\\]\\\\", "^a\\{\\}\\[\\]\\\\$", 0)]
    [TestCase("ü€ 1", "^ü€ 1$", 0)]
    [TestCase("😀{2}", "^😀😀$", 0)]
    [TestCase("lxvs", "^[A-Za-z][A-Za-z0-9][!-~][!-/:-@\\[-`{-~]$", 23.209225)]
    public void Pattern(string pattern, string form, double bits)
    {
        var recipe = PatternRecipe.TryParse(pattern)!;
        for (var run = 0; run < 100; run++)
        {
            Assert.That(Make(recipe), Does.Match(form));
        }
        Assert.That(recipe.Bits, Is.EqualTo(bits).Within(0.00001));
    }

    [TestCase("")]
    [TestCase("b")]
    [TestCase("aZ")]
    [TestCase("[")]
    [TestCase("[]")]
    [TestCase("[ab")]
    [TestCase("[é]")]
    [TestCase("]")]
    [TestCase("{3}")]
    [TestCase("a{")]
    [TestCase("a{}")]
    [TestCase("a{0}")]
    [TestCase("a{-1}")]
    [TestCase("a{257}")]
    [TestCase("a{256}a")]
    [TestCase("a{3}{3}")]
    [TestCase("\\")]
    [TestCase("a\n")]
    public void Text_that_is_no_pattern_is_refused(string pattern) => Assert.That(PatternRecipe.TryParse(pattern), Is.Null);

    [Test]
    public void Lone_surrogate_is_no_pattern() => Assert.That(PatternRecipe.TryParse(new string('\ud800', 1)), Is.Null);

    [FsCheck.NUnit.Property(MaxTest = 1000)]
    public void Any_text_is_a_pattern_or_refused(FsCheck.NonNull<string> text)
    {
        var recipe = PatternRecipe.TryParse(text.Get);

        Assert.That(recipe is null ? 0 : Encoding.UTF8.GetByteCount(Make(recipe)), Is.LessThanOrEqualTo(recipe?.MaxBytes ?? 0));
    }

    [Test]
    public void Short_destination_is_a_bug_of_the_caller() =>
        Assert.That(() => new CharacterRecipe(20, CharacterClasses.All, false).Make(new byte[19]), Throws.ArgumentException);

    [Test]
    public void Password_comes_in_guarded_memory_of_its_own_length()
    {
        using var password = PatternRecipe.TryParse("[x]{3}wé")!.Make();

        Assert.That(Encoding.UTF8.GetString(password.Span), Does.Match("^x{3}[a-z-]{3,9}é$"));
    }

    [Test]
    public void Generator_uses_the_systems_random_numbers_only()
    {
        var weak = new Regex(@"\bnew Random\b|\bRandom\.Shared\b|\bGuid\.NewGuid\b");
        var files = Directory.GetFiles(Repository.PathOf("native-host", "Vault", "Generate"), "*.cs");

        Assert.That(files, Is.Not.Empty);
        Assert.That(files.Where(file => weak.IsMatch(File.ReadAllText(file))), Is.Empty);
    }

    private static void AssertEven(IEnumerable<long> counts, double expected)
    {
        var all = counts.ToArray();
        var degrees = all.Length - 1;
        var statistic = all.Sum(count => Math.Pow(count - expected, 2) / expected);

        Assert.That((statistic - degrees) / Math.Sqrt(2 * degrees), Is.LessThan(MaxDeviations));
    }

    private static string Make(Recipe recipe)
    {
        Span<byte> password = stackalloc byte[recipe.MaxBytes];
        return Encoding.UTF8.GetString(password[..recipe.Make(password)]);
    }

    private static CharacterClasses ClassesOf(string password) => password.Aggregate(CharacterClasses.None, (classes, character) => classes | character switch
    {
        >= 'a' and <= 'z' => CharacterClasses.Lower,
        >= 'A' and <= 'Z' => CharacterClasses.Upper,
        >= '0' and <= '9' => CharacterClasses.Digit,
        _ => CharacterClasses.Symbol,
    });
}
