using Host.Protocol;
using NUnit.Framework;
using Suite.Unit.Vault;

namespace Suite.Hosting;

/// <summary>An open vault's passphrase can be tried by whoever reaches the host: the limit is the host's, not the asker's.</summary>
public class PassphraseLimitTests
{
    [Test]
    public void Tries_count_together_whatever_port_profile_or_terminal_they_come_from()
    {
        using var host = new TestSession();
        var open = host.Unlocked('A');
        TestClient[] askers = [open, host.Extension('A'), host.Extension('B'), host.CommandLine(), host.CommandLine()];
        foreach (var asker in askers)
        {
            Assert.That(asker.Refusal(new Unlock(TestClient.SecretOf("wrong"))), Is.EqualTo("wrongKey"));
            asker.Leave(); // a new connection is no new start
        }

        foreach (var asker in (TestClient[])[open, host.Extension('B'), host.Extension('C'), host.CommandLine()])
        {
            Assert.That(asker.Refusal(new Unlock(TestClient.SecretOf("wrong"))), Is.EqualTo("rateLimited"));
            Assert.That(asker.Refusal(new Unlock(TestClient.SecretOf(TestVault.Passphrase))), Is.EqualTo("rateLimited"), "nor is the right one told");
        }
    }

    [Test]
    public void Open_vault_goes_on_serving_while_passphrases_are_limited()
    {
        using var host = new TestSession();
        var open = host.Unlocked('A');
        var other = host.CommandLine();
        for (var n = 0; n < 6; n++)
        {
            other.Refusal(new Unlock(TestClient.SecretOf("wrong")));
        }

        Assert.That(open.Ask<Found>(new Search("", 1)).Total, Is.Zero);
    }
}
