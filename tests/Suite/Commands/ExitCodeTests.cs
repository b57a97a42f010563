using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Host.Commands;
using Host.Protocol;
using NUnit.Framework;

namespace Suite.Commands;

public class ExitCodeTests
{
    private static IEnumerable<string> KindsOfTheProtocol =>
        typeof(ErrorKind).GetFields(BindingFlags.Public | BindingFlags.Static).Where(constant => constant.IsLiteral)
            .Select(constant => (string)constant.GetRawConstantValue()!);

    [Test]
    public void Every_kind_of_the_protocol_has_exactly_one_code()
    {
        var kinds = ExitCode.Table.SelectMany(row => row.Kinds).ToList();

        Assert.That(kinds, Is.Unique);
        Assert.That(kinds, Is.SupersetOf(KindsOfTheProtocol));
        Assert.That(ExitCode.Table.Select(row => row.Code), Is.Unique.And.Ordered);
    }

    [Test]
    public void The_page_lists_the_same_codes()
    {
        var page = File.ReadAllText(Repository.PathOf("native-host", "docs", "cli.md"));
        var rows = Regex.Matches(page, @"^\| (\d+) \| (.*?) \| (.*?) \|$", RegexOptions.Multiline)
            .Select(row => (int.Parse(row.Groups[1].Value), row.Groups[2].Value, row.Groups[3].Value));

        Assert.That(rows, Is.EqualTo(ExitCode.Table.Select(row =>
            (row.Code, string.Join(", ", row.Kinds.Select(kind => $"`{kind}`")), row.Meaning))));
    }

    [TestCase("wrongKey", 3)]
    [TestCase("locked", 4)]
    [TestCase("notFound", 5)]
    [TestCase("vaultMissing", 8)]
    [TestCase("vaultInUse", 15)]
    [TestCase("a kind of a newer host", 1)]
    public async Task Refusal_of_the_host_ends_with_its_code(string kind, int exitCode)
    {
        var result = await InProcess.RunAsync(InProcess.Refusing(kind), "passphrase\n"u8.ToArray(), "list");

        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
        Assert.That(result.Messages, Is.EqualTo("error: said by the host\nhint: done by the person\n"));
        Assert.That(result.Data, Is.Empty);
    }

    [TestCase("list")]
    [TestCase("get", "x", "--field", "password")]
    [TestCase("add", "--title", "T")]
    [TestCase("unlock")]
    [TestCase("lock")]
    [TestCase("status")]
    [TestCase("generate")]
    [TestCase("init")]
    public async Task Refusal_with_json_is_one_document_and_nothing_else(params string[] args)
    {
        var result = await InProcess.RunAsync(InProcess.Refusing("vaultDamaged"), "one\none\n"u8.ToArray(), [.. args, "--json"]);

        using var document = JsonDocument.Parse(result.Data);
        var error = document.RootElement.GetProperty("error");
        Assert.That(error.GetProperty("kind").GetString(), Is.EqualTo("vaultDamaged"));
        Assert.That(error.GetProperty("hint").GetString(), Is.EqualTo("done by the person"));
        Assert.That(result.ExitCode, Is.EqualTo(11));
        Assert.That(result.Messages, Does.Not.Contain("error"));
    }

    [TestCase("--json")]
    [TestCase("lst", "--json")]
    [TestCase("--json", "list", "too", "many")]
    [TestCase("get", "--json")]
    [TestCase("search", "a", "--limit", "many", "--json")]
    public async Task Usage_error_with_json_is_one_document(params string[] args)
    {
        var result = await InProcess.RunAsync(args);

        using var document = JsonDocument.Parse(result.Data);
        Assert.That(document.RootElement.GetProperty("error").GetProperty("kind").GetString(), Is.EqualTo("usage"));
        Assert.That(result, Has.Property("ExitCode").EqualTo(2).And.Property("Messages").Empty);
    }

    [TestCase("--help", "help"), TestCase("--version", "version")]
    public async Task Help_and_version_with_json_are_one_document(string option, string member)
    {
        var result = await InProcess.RunAsync(option, "--json");

        using var document = JsonDocument.Parse(result.Data);
        Assert.That(document.RootElement.GetProperty(member).GetString(), Is.Not.Empty);
        Assert.That(result.ExitCode, Is.Zero);
    }
}
