using System.Text;
using Host.Commands;
using NUnit.Framework;

namespace Suite.Commands;

public class PassphraseStrengthTests
{
    [TestCase("", true)]
    [TestCase("password", true)]
    [TestCase("Password1!", true)]
    [TestCase("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", true)]
    [TestCase("abcdefghijklmnopqrstuvwxyz", true)]
    [TestCase("1234567890123456", true)]
    [TestCase("grün blau", true)]
    [TestCase("correct horse battery", true)]
    [TestCase("correct horse battery staple", false)]
    [TestCase("straße-über-fluss-nach-köln", false)]
    [TestCase("x8#Kq2!vR9$w", false)]
    public void Weak_is_what_a_dictionary_or_a_counter_finds(string passphrase, bool isWeak) =>
        Assert.That(
            PassphraseStrength.Bits(Encoding.UTF8.GetBytes(passphrase)) < PassphraseStrength.WeakBelowBits, Is.EqualTo(isWeak));

    [Test]
    public void A_word_counts_as_a_word_however_long() =>
        Assert.That(PassphraseStrength.Bits("incomprehensibilities"u8), Is.EqualTo(13));
}
