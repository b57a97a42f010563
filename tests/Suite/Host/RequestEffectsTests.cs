using Host.Protocol;
using Host.Service;
using NUnit.Framework;

namespace Suite.Hosting;

/// <summary>An open page of an office asks again whenever something changed there: that must not keep the vault open.</summary>
public class RequestEffectsTests
{
    private static readonly Request[] _asksByItself =
    [
        new GetOffices(), new GetPeople("office"), new GetOfficeLog("office"), new GetLeavers("office"), new GetWorklist("office", "member"),
        new GetOrphans("office"),
    ];

    private static readonly Request[] _personAsks =
    [
        new GetAudit("office", 10), new GetRemoval("office", "member"), new RemoveMember("office", "member"), new Adopt("item", "member"),
    ];

    [TestCaseSource(nameof(_asksByItself))]
    public void What_a_page_asks_by_itself_is_no_action(Request request) => Assert.That(RequestEffects.IsAction(request), Is.False);

    [TestCaseSource(nameof(_personAsks))]
    public void What_a_person_asks_is_one(Request request) => Assert.That(RequestEffects.IsAction(request));
}
