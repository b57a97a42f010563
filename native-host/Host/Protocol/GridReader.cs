namespace Host.Protocol;

/// <summary>Reads the requests about an office's grid.</summary>
internal static class GridReader
{
    public static SetAccess SetOf(ref Members members)
    {
        var set = new SetAccess(members.Text("office"), members.Text("step"), members.Objects("changes", ChangeOf));
        return set.Changes.Count is > 0 and <= Limits.MaxAccessItems && set.Changes.Sum(change => change.Grants.Count) <= Limits.MaxAccessGrants
            ? set
            : throw ErrorKind.BadMessageError($"the changes are not 1 to {Limits.MaxAccessItems} items with at most {Limits.MaxAccessGrants} grants");
    }

    private static AccessToSet ChangeOf(Members members)
    {
        var change = new AccessToSet(members.Text("item"), members.Objects("grants", RequestReader.GrantOf), members.TextOrNull("folder"));
        members.Close();
        return change.Grants.DistinctBy(grant => grant.Principal).Count() == change.Grants.Count
            ? change
            : throw ErrorKind.BadMessageError("a change names a principal twice");
    }
}
