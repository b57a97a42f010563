using Contracts;
using Contracts.Wire;
using Server.Http;
using Server.Storage;

namespace Server.Office;

/// <summary>Signed rows beside the log that replace each other and can be deleted: profiles, names of groups, the beacon.</summary>
internal static class Statements
{
    /// <summary>Stores one, if its counter is higher than what is there.</summary>
    /// <exception cref="ApiException">Another one with this counter, or a later one, is there.</exception>
    public static async Task StoreAsync(Work work, Id office, WireChangeKind kind, Id subject, long counter, WireSigned statement)
    {
        var there = await work.Session.FindAsync(
            "SELECT counter, bytes FROM statements WHERE kind = @kind AND subject = @subject",
            row => Tuple.Create(row.Number(0), row.IsNull(1) ? null : row.Bytes(1)),
            ("kind", (int)kind), ("subject", subject));
        if (there?.Item1 == counter && there.Item2.AsSpan().SequenceEqual(statement.Bytes.Span))
        {
            return;
        }
        if (there?.Item1 >= counter)
        {
            throw ApiException.Conflict("a later one is there", subject);
        }
        await work.Session.RunAsync(
            """
            INSERT INTO statements (kind, subject, counter, bytes, signature) VALUES (@kind, @subject, @counter, @bytes, @signature)
            ON CONFLICT (kind, subject) DO UPDATE SET counter = excluded.counter, bytes = excluded.bytes, signature = excluded.signature
            """,
            ("kind", (int)kind), ("subject", subject), ("counter", counter), ("bytes", statement.Bytes), ("signature", statement.Signature));
        work.Moves.Add(office, kind, subject);
    }

    /// <summary>Deletes one. Its counter stays, so that it does not come back.</summary>
    /// <returns>Whether there was one.</returns>
    public static async Task<bool> DeleteAsync(Work work, Id office, WireChangeKind kind, Id subject)
    {
        var was = await work.Session.RunAsync(
            "UPDATE statements SET bytes = NULL, signature = NULL WHERE kind = @kind AND subject = @subject AND bytes IS NOT NULL",
            ("kind", (int)kind), ("subject", subject)) > 0;
        if (was)
        {
            work.Moves.Add(office, kind, subject);
        }
        return was;
    }
}
