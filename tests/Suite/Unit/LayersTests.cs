using System.Xml.Linq;
using NUnit.Framework;

namespace Suite.Unit;

public class LayersTests
{
    /// <summary>What each project may reference. A new arrow is a decision: make it here, with its reason.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [], // what host and server agree on; neither's code in it
        ["Vault"] = ["Contracts"],
        ["Office"] = ["Contracts", "Vault"], // what a member's host does with a share server: no protocol, no command line
        ["Host"] = ["Contracts", "Office", "Vault"],
        ["Browsers"] = [], // drivers know browsers, not the product
        ["EchoHost"] = [], // a floor to measure against: nothing of ours in it
        ["Server"] = ["Contracts"], // never Vault: it must not even contain the code that opens an item
        ["Suite"] = ["Browsers", "Contracts", "Host", "Office", "Server", "Vault"],
        ["Benchmarks"] = ["Browsers", "Contracts", "Host", "Office", "Server", "Vault"],
    };

    private static IEnumerable<string> Projects =>
        Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension)!;

    [TestCaseSource(nameof(Projects))]
    public void Project_references_only_what_it_may(string project)
    {
        var file = Directory.GetFiles(Repository.Root, $"{project}.csproj", SearchOption.AllDirectories).Single();
        var referenced = XDocument.Load(file).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));

        Assert.That(Allowed, Contains.Key(project));
        Assert.That(referenced, Is.SubsetOf(Allowed[project]));
    }
}
