using Contracts;
using FsCheck;
using FsCheck.Fluent;
using Office.Store;

namespace Suite.Shares;

/// <summary>Steps on the disk: what was begun is read back as it was, and what is no step is said.</summary>
public class AccessStepsTests
{
    private static Gen<Id> Ids => Gen.Choose(0, 255).ListOf(Id.Bytes).Select(bytes => new Id([.. bytes.Select(one => (byte)one)]));

    private static Gen<Grant> Grants =>
        from principal in Ids
        from right in Gen.Elements(Right.None, Right.Use, Right.Read, Right.Write, Right.Manage)
        from begin in Gen.Elements(0L, 1_790_000_000_000L, 9_000_000_000_000L)
        from end in Gen.Elements(0L, 1_800_000_000_000L)
        select new Grant { Principal = principal, Right = right, NotBefore = begin, NotAfter = end };

    private static Gen<AccessChange> Changes =>
        from item in Ids
        from grants in Grants.ListOf(2)
        from moves in Gen.Elements(true, false)
        from inFolder in Gen.Elements(true, false)
        from folder in Ids
        select new AccessChange(item, [.. grants], moves, inFolder ? folder : null);

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property Changes_are_read_as_they_were_written() => Prop.ForAll(
        Arb.From(Changes.ListOf(3)),
        changes => AccessSteps.Read(AccessSteps.Write([.. changes])).Zip(changes).All(pair =>
            pair.First.Item == pair.Second.Item && pair.First.Moves == pair.Second.Moves && pair.First.Folder == pair.Second.Folder
            && pair.First.Grants.SequenceEqual(pair.Second.Grants)));

    [FsCheck.NUnit.Property(MaxTest = 2_000)]
    public void What_is_no_list_of_changes_is_refused_and_nothing_else_happens(byte[]? bytes)
    {
        try
        {
            AccessSteps.Read(bytes ?? []);
        }
        catch (FormatException)
        {
            // as the journal of steps expects
        }
        catch (ArgumentException)
        {
            // an id that is none, likewise
        }
    }
}
