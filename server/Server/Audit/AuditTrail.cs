using Contracts;
using Server.Storage;

namespace Server.Audit;

/// <summary>What one transaction enters into the audit: gathered while it works, chained and stored at its end.</summary>
internal sealed class AuditTrail(Session session, Id chain, long now)
{
    /// <summary>Where the chain ends, which nothing else moves meanwhile.</summary>
    private readonly Func<Task<List<End>>> _end = session.Known<End>() is { } known && known.Chain == chain
        ? () => Task.FromResult<List<End>>([known])
        : session.ListLater(
            "SELECT number, hash FROM audit_chains WHERE chain = @chain",
            row => new End(chain, row.Number(0), row.IsNull(1) ? null : row.Hash(1)),
            ("chain", chain));

    private readonly List<(AuditKind Kind, Id? Member, Id? Subject, long Detail)> _entries = [];

    public void Add(AuditKind kind, Id? member, Id? subject, long detail = 0) => _entries.Add((kind, member, subject, detail));

    public async Task StoreAsync()
    {
        if (_entries.Count == 0)
        {
            return;
        }
        if ((await _end()) is not [var (_, number, hash)])
        {
            throw new InvalidDataException("the audit has no chain for this app server");
        }
        foreach (var (kind, member, subject, detail) in _entries)
        {
            var bytes = new AuditEntry
            {
                Chain = chain,
                Number = ++number,
                Previous = hash,
                Time = now,
                Kind = kind,
                Member = member,
                Subject = subject,
                Detail = detail,
            }.Encode();
            hash = Hash.Of(bytes);
            session.Later(
                "INSERT INTO audit (chain, number, bytes) VALUES (@chain, @number, @bytes)",
                ("chain", chain), ("number", number), ("bytes", bytes));
        }
        session.Know(
            new End(chain, number, hash),
            last => last.Later(
                "UPDATE audit_chains SET number = @number, hash = @hash WHERE chain = @chain",
                ("number", number), ("hash", hash), ("chain", chain)));
    }

    /// <summary>Where a chain ends.</summary>
    private sealed record End(Id Chain, long Number, Hash? Hash);

    /// <summary>The chain of the app server with a name, made where there is none yet.</summary>
    public static Task<Id> ChainOfAsync(Database database, string name, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async session =>
            {
                await session.RunAsync(
                    "INSERT INTO audit_chains (chain, name, number) VALUES (@chain, @name, 0) ON CONFLICT (name) DO NOTHING",
                    ("chain", Id.New()), ("name", name));
                var found = await session.FindAsync("SELECT chain FROM audit_chains WHERE name = @name", row => row.Bytes(0), ("name", name));
                return new Id(found);
            },
            cancellationToken);
}
