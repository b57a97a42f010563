using System.Text;
using NUnit.Framework;
using Vault.Generate;

namespace Suite.Unit.Generate;

public class RulesRecipeTests
{
    /// <summary>What rules ask for, small enough to count all passwords.</summary>
    public sealed record Rules(int Length, string Allowed, int? MaxConsecutive, params string[] Required)
    {
        public RulesRecipe Recipe => new(Length, Encoding.ASCII.GetBytes(Allowed), [.. Required.Select(Encoding.ASCII.GetBytes)], MaxConsecutive);

        public bool IsMetBy(string password) =>
            password.Length == Length && password.All(Allowed.Contains) && Required.All(set => password.Any(set.Contains))
            && (MaxConsecutive is not { } most || Enumerable.Range(0, Math.Max(0, Length - most)).All(at => password[at..(at + most + 1)].Distinct().Count() > 1));

        public override string ToString() => $"{Length} of {Allowed}, {MaxConsecutive} in a row, {string.Join(" and ", Required)}";
    }

    private static readonly Rules[] Met =
    [
        new(5, "abc", null),
        new(5, "abc", 1),
        new(5, "abc", 2, "a"),
        new(5, "abc1", null, "abc", "1"),
        new(4, "abc1", 1, "ab", "bc", "1"),
        new(3, "abc", 5, "a", "b", "c"),
        new(2, "ab", 1, "a", "a", "b"),
        new(1, "#", 1, "#"),
    ];

    private static readonly Rules[] NotMet =
    [
        new(2, "abc", null, "a", "b", "c"),
        new(3, "a", 2),
        new(2, "a", 1, "a"),
    ];

    private static readonly Rules[] Nonsense =
    [
        new(0, "abc", null),
        new(257, "abc", null),
        new(4, "", null),
        new(4, "aba", null),
        new(4, "ab\u007f", null),
        new(4, "ab\t", null),
        new(4, "abc", 0),
        new(4, "abc", -1),
        new(4, "abc", null, ""),
        new(4, "abc", null, "ad"),
        new(4, "abc", null, "aa"),
        new(9, "abc", null, "a", "a", "a", "a", "a", "a", "a", "a", "a"),
    ];

    [TestCaseSource(nameof(Met))]
    public void Passwords_meet_the_rules_and_their_number_is_that_of_all_that_do(Rules rules)
    {
        var recipe = rules.Recipe;
        for (var run = 0; run < 200; run++)
        {
            using var made = recipe.Make();
            Assert.That(rules.IsMetBy(Encoding.ASCII.GetString(made.Span)));
        }

        Assert.That(Math.Pow(2, recipe.Bits), Is.EqualTo(All(rules.Allowed, rules.Length).Count(rules.IsMetBy)).Within(0.001));
    }

    [TestCaseSource(nameof(NotMet))]
    public void Rules_that_no_password_meets_are_said_to_be_so(Rules rules) => Assert.Throws<UnmetRulesException>(() => _ = rules.Recipe);

    [TestCaseSource(nameof(Nonsense))]
    public void Nonsense_is_refused(Rules rules) => Assert.Throws<ArgumentOutOfRangeException>(() => _ = rules.Recipe);

    [Test]
    public void Rules_that_next_to_no_password_meets_end_too()
    {
        var hard = new Rules(250, "ab", 1);

        using (var made = new Rules(16, "ab", 3).Recipe.Make())
        {
            Assert.That(made.Length, Is.EqualTo(16));
        }
        Assert.Throws<UnmetRulesException>(() => hard.Recipe.Make());
    }

    private static IEnumerable<string> All(string characters, int length) => length == 0
        ? [""]
        : All(characters, length - 1).SelectMany(start => characters.Select(character => start + character));
}
