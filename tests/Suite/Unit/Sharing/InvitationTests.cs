using Contracts;
using NUnit.Framework;

namespace Suite.Unit.Sharing;

public class InvitationTests
{
    private const string Code = "000G-40R4-0M30-E209-185G-R38E-1WQS";

    private static readonly byte[] Secret = [.. Enumerable.Range(0, 16).Select(number => (byte)number)];
    private static readonly Id Office = Id.New();

    private static readonly Invitation Invited = new()
    {
        Office = Office,
        LogHead = new LogHead(3, Hash.Of("head"u8)),
        Address = "https://office.example:8443",
        Pins = [],
        Role = Role.Member,
        Expires = 5,
    };

    [Test]
    public void A_code_has_28_characters_in_groups()
    {
        using var secret = new InvitationSecret(Secret);

        Assert.That(secret.ToCode(), Is.EqualTo(Code));
    }

    [TestCase("000G-40R4-0M30-E209-185G-R38E-1WQS")]
    [TestCase("000g40r40m30e209185gr38e1wqs")]
    [TestCase("OOOG 4OR4 OM3O E2O9 L85G R38E IWQS")]
    public void A_code_is_read_as_people_type_it(string typed)
    {
        using var expected = new InvitationSecret(Secret);
        using var secret = InvitationSecret.TryParse(typed)!;

        Assert.That(secret.Invitation, Is.EqualTo(expected.Invitation));
    }

    [TestCase("")]
    [TestCase("000G-40R4-0M30-E209-185G-R38E-1WQ")]
    [TestCase("000G-40R4-0M30-E209-185G-R38E-1WQSS")]
    [TestCase("000G-40R4-0M30-E209-185G-R38E-1XQS")] // the unused bits
    [TestCase("000G-40R4-0M30-E209-185G-R38E-1WQT")]
    [TestCase("000G-40R4-0M30-E209-185G-R38U-1WQS")]
    [TestCase("00G0-40R4-0M30-E209-185G-R38E-1WQS")]
    public void A_typing_error_is_seen(string typed) => Assert.That(InvitationSecret.TryParse(typed), Is.Null);

    [Test]
    public void One_character_changed_is_nearly_always_seen()
    {
        var plain = Code.Replace("-", "", StringComparison.Ordinal);
        var unseen = 0;
        for (var place = 0; place < plain.Length; place++)
        {
            foreach (var character in "0123456789ABCDEFGHJKMNPQRSTVWXYZ".Where(character => character != plain[place]))
            {
                using var secret = InvitationSecret.TryParse(plain[..place] + character + plain[(place + 1)..]);
                unseen += secret is null ? 0 : 1;
            }
        }

        // 868 changes, and 10 bits to see them by.
        Assert.That(unseen, Is.LessThan(8));
    }

    [FsCheck.NUnit.Property]
    public bool Every_code_comes_back(int seed)
    {
        var bytes = new byte[16];
        new Random(seed).NextBytes(bytes);
        using var secret = new InvitationSecret(bytes);
        using var again = InvitationSecret.TryParse(secret.ToCode());
        return again?.ToCode() == secret.ToCode();
    }

    [Test]
    public void Only_who_has_the_secret_leaves_an_invitation()
    {
        using var secret = new InvitationSecret(Secret);
        using var other = InvitationSecret.New();
        var bytes = Invited.Encode();
        var authentication = secret.AuthenticateInvitation(bytes);

        Assert.That(secret.Read(bytes, authentication)!.Encode(), Is.EqualTo(bytes));
        Assert.That(other.Read(bytes, authentication), Is.Null);
        Assert.That(Enumerable.Range(0, bytes.Length).Select(place => secret.Read(bytes.With(place), authentication)), Is.All.Null);
        Assert.That(Enumerable.Range(0, 32).Select(place => secret.Read(bytes, authentication.With(place))), Is.All.Null);
        Assert.That(secret.Read(bytes, []), Is.Null);
    }

    [Test]
    public void Only_who_has_the_secret_answers_and_for_one_office()
    {
        using var secret = new InvitationSecret(Secret);
        using var other = InvitationSecret.New();
        var anna = new Person();
        var authentication = secret.AuthenticateAnswer(Office, anna.Record);

        Assert.That(secret.IsAnswer(Office, anna.Record, authentication), Is.True);
        Assert.That(secret.IsAnswer(Id.New(), anna.Record, authentication), Is.False);
        Assert.That(secret.IsAnswer(Office, new Person().Record, authentication), Is.False);
        Assert.That(other.IsAnswer(Office, anna.Record, authentication), Is.False);
        Assert.That(secret.IsAnswer(Office, anna.Record, secret.AuthenticateInvitation(anna.Record.Bytes)), Is.False, "the other key");
    }

    [Test]
    public void An_answer_that_its_own_key_did_not_sign_is_none()
    {
        using var secret = new InvitationSecret(Secret);
        var anna = new Person();
        var forged = Person.RecordOf(anna.Id, anna.Signing.Public, anna.Agreement.Public, 1, new Person().Signing);

        Assert.That(secret.IsAnswer(Office, forged, secret.AuthenticateAnswer(Office, forged)), Is.False);
    }
}
