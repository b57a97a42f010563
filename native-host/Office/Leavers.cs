using Contracts;
using Office.Content;
using Office.State;

namespace Office;

/// <summary>Somebody who was removed from the office, and how far their passwords are changed.</summary>
/// <param name="Member">Who.</param>
/// <param name="RemovedAt">When, in milliseconds since 1970, as the log's entry has it.</param>
/// <param name="RemovedBy">By whom.</param>
/// <param name="Items">How many passwords that we know of they could open.</param>
/// <param name="Changed">How many of those were changed since by somebody else.</param>
/// <param name="Due">How many of those items wait for a new key.</param>
public sealed record Leaver(Id Member, long RemovedAt, Id RemovedBy, int Items, int Changed, int Due);

/// <summary>A password that a leaver could open.</summary>
/// <param name="Item">The item.</param>
/// <param name="Title">Its title.</param>
/// <param name="UserName">Its user name, or an empty text.</param>
/// <param name="Urls">Its URLs.</param>
/// <param name="Held">What the leaver could do with it, and through what.</param>
/// <param name="Uses">What the leaver did with it, as far as it was reported.</param>
/// <param name="ChangedAt">When somebody else changed it after that, in milliseconds since 1970; <see langword="null"/> while it is to do.</param>
/// <param name="IsDue">Whether the item waits for a new key.</param>
public sealed record ExposedPassword(
    Id Item, string Title, string UserName, IReadOnlyList<ContentUrl> Urls, Held Held, Uses Uses, long? ChangedAt, bool IsDue);

/// <summary>How often somebody did what with an item, as their own host reported it: more may have happened, and less is never told.</summary>
/// <param name="Revealed">How often it was shown.</param>
/// <param name="Copied">How often it was copied.</param>
/// <param name="Filled">How often it was filled.</param>
/// <param name="Last">When the last of these was, in milliseconds since 1970.</param>
public readonly record struct Uses(int Revealed, int Copied, int Filled, long Last)
{
    /// <summary>Whether there was any.</summary>
    public bool Any => Revealed + Copied + Filled > 0;

    internal Uses And(AuditEvent happened) => new(
        Revealed + (happened.Kind == AuditKind.Reveal ? 1 : 0), Copied + (happened.Kind == AuditKind.Copy ? 1 : 0),
        Filled + (happened.Kind == AuditKind.Fill ? 1 : 0), Math.Max(Last, happened.Time));
}

/// <summary>What a removal would do.</summary>
/// <param name="Items">How many items that we know of the member can open.</param>
/// <param name="Unopened">Items that nobody left could open.</param>
/// <param name="Unmanaged">Items that others can open and nobody left would manage.</param>
/// <param name="HasMore">Whether there are more of either than are listed.</param>
/// <param name="Groups">The groups that the member is in.</param>
/// <param name="Emptied">Those of them that nobody would be in any more.</param>
/// <param name="IsLastOwner">Whether nobody else owns the office: then it cannot be done.</param>
public sealed record Removal(
    int Items, IReadOnlyList<Id> Unopened, IReadOnlyList<Id> Unmanaged, bool HasMore, IReadOnlyList<Id> Groups, IReadOnlyList<Id> Emptied, bool IsLastOwner);

/// <summary>Decides what a leaver's password needs, from records, log, audit and the item's own history. Pure.</summary>
internal static class Exposure
{
    private const string Password = "Password";

    /// <summary>
    /// Worst first: what was really revealed or copied, then what was filled, then what could have been, the higher right first; <c>use</c>
    /// comes last, as the password was never shown by it. Between equals what was used most and last, then by title.
    /// </summary>
    public static IEnumerable<ExposedPassword> WorstFirst(this IEnumerable<ExposedPassword> passwords) => passwords
        .OrderByDescending(one => one.Uses is { Revealed: > 0 } or { Copied: > 0 } ? 2 : one.Uses.Any ? 1 : 0)
        .ThenByDescending(one => one.Held.Right)
        .ThenByDescending(one => one.Uses.Revealed + one.Uses.Copied + one.Uses.Filled)
        .ThenByDescending(one => one.Uses.Last)
        .ThenBy(one => one.Title, StringComparer.OrdinalIgnoreCase)
        .ThenBy(one => one.Item);

    /// <summary>Whether an item has, or had, a password.</summary>
    public static bool HasPassword(ItemContent content) =>
        PasswordOf(content.Body).Length > 0 || content.History.Any(revision => PasswordOf(revision.Body).Length > 0);

    /// <summary>When an item's password was changed by somebody else after a member could last open it.</summary>
    /// <param name="content">The item, with its history.</param>
    /// <param name="member">The leaver, whose own changes do not count: who made a password knows it.</param>
    /// <param name="after">When the leaver could last open it, in milliseconds since 1970.</param>
    /// <param name="now">The time: a change that is to come is no change.</param>
    /// <returns>When it last was, or <see langword="null"/>.</returns>
    public static long? ChangedAt(ItemContent content, Id member, long after, long now)
    {
        var next = content.Body;
        foreach (var revision in content.History)
        {
            if (revision.Until > after && revision.Until <= now && revision.By != member
                && !PasswordOf(revision.Body).AsSpan().SequenceEqual(PasswordOf(next)))
            {
                return revision.Until;
            }
            next = revision.Body;
        }
        return null;
    }

    /// <summary>A field that is no secret, as text.</summary>
    public static string TextOf(ContentBody body, string name) =>
        body.Fields.FirstOrDefault(field => field.Name == name && !field.IsProtected) is { } field
            ? System.Text.Encoding.UTF8.GetString(field.Value)
            : "";

    private static byte[] PasswordOf(ContentBody body) => body.Fields.FirstOrDefault(field => field.Name == Password)?.Value ?? [];
}
