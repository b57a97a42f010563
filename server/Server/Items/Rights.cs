using Contracts;
using Server.Storage;

namespace Server.Items;

/// <summary>Who holds which item, asked in SQL.</summary>
internal static class Rights
{
    /// <summary>
    /// A condition: the member <c>@member</c> holds at least <c>@right</c> to the item of the column that is named item in i, by name or
    /// through a group, at <c>@now</c>.
    /// </summary>
    public const string HeldOnItem =
        """
        EXISTS (
          SELECT 1 FROM grants g JOIN principals p ON p.principal = g.principal
          WHERE p.member = @member AND g.item = i.item AND g.granted >= @right
            AND g.not_before <= @now AND (g.not_after = 0 OR g.not_after >= @now))
        """;

    /// <summary>Whether a member holds a right to an item in force.</summary>
    public static Task<bool> HasAsync(Session session, Id member, Id item, Right right, long now) =>
        session.HasAsync(
            $"SELECT 1 FROM items i WHERE i.item = @item AND {HeldOnItem}",
            ("item", item), ("member", member), ("right", (int)right), ("now", now));
}
