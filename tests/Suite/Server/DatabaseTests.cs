using Contracts;
using NUnit.Framework;
using Server.Storage;

namespace Suite.Serving;

/// <summary>Writes that wait for each other, on both databases.</summary>
public class DatabaseTests(DatabaseKind database) : ServerTests(database)
{
    [Test]
    public async Task Of_writes_that_are_stored_together_each_is_stored_whole_or_not_at_all()
    {
        await using var opened = World.OpenDatabase();
        var told = new List<string>();
        var (first, goes) = await HoldAsync(opened);
        var member = Id.New();
        var one = opened.WriteAsync(session => PutAsync(session, member, told, "one"), CancellationToken.None);
        var failing = opened.WriteAsync(
            async session =>
            {
                await PutAsync(session, member, told, "failing");
                throw new InvalidOperationException("half done");
            },
            CancellationToken.None);
        var refused = opened.WriteAsync(
            async session =>
            {
                await PutAsync(session, member, told, "refused");
                await session.RunAsync("INSERT INTO server (one, incarnation, restored, swept, probe) VALUES (2, NULL, 0, 0, 0)");
            },
            CancellationToken.None);
        var other = opened.WriteAsync(session => PutAsync(session, member, told, "other"), CancellationToken.None);

        goes.SetResult();
        await Task.WhenAll(first, one, other);

        Assert.That(async () => await failing, Throws.TypeOf<InvalidOperationException>());
        Assert.That(async () => await refused, Throws.InstanceOf<System.Data.Common.DbException>());
        Assert.That(await CountAsync(opened, member), Is.EqualTo(2));
        Assert.That(string.Join(" ", told), Is.EqualTo("one other"), "and only of those is told");
    }

    [TestCase("is given up while it asks")]
    [TestCase("fails before it asks")]
    [TestCase("fails when it has asked")]
    [TestCase("puts off what cannot be done")]
    public async Task What_a_write_put_off_is_stored_whatever_becomes_of_the_next(string next)
    {
        await using var opened = World.OpenDatabase();
        var (first, goes) = await HoldAsync(opened);
        var member = Id.New();
        Task PutLater(Session session)
        {
            session.Later("INSERT INTO done (member, id, digest, at) VALUES (@member, @id, @id, 0)", ("member", member), ("id", Id.New()));
            return Task.CompletedTask;
        }
        using var gone = new CancellationTokenSource();
        var before = opened.WriteAsync(PutLater, CancellationToken.None);
        var failing = opened.WriteAsync(
            async session =>
            {
                switch (next)
                {
                    case "is given up while it asks":
                        await gone.CancelAsync();
                        await session.HasAsync("SELECT 1 FROM server");
                        break;
                    case "fails when it has asked":
                        await session.HasAsync("SELECT 1 FROM server");
                        throw new InvalidOperationException("refused");
                    case "puts off what cannot be done":
                        session.Later("INSERT INTO server (one, incarnation, restored, swept, probe) VALUES (2, NULL, 0, 0, 0)");
                        break;
                    default:
                        throw new InvalidOperationException("refused");
                }
            },
            gone.Token);
        var after = opened.WriteAsync(PutLater, CancellationToken.None);

        goes.SetResult();
        await Task.WhenAll(first, before, after);

        Assert.That(async () => await failing, Throws.Exception);
        Assert.That(await CountAsync(opened, member), Is.EqualTo(2));
    }

    [Test]
    public async Task What_a_write_knows_those_behind_it_know_if_it_is_done_and_it_is_stored_once()
    {
        await using var opened = World.OpenDatabase();
        var (first, goes) = await HoldAsync(opened);
        var member = Id.New();
        var seen = new List<string>();
        Task WriteAsync(string name, bool fails) => opened.WriteAsync(
            async session =>
            {
                seen.Add($"{name} knows {session.Known<string>() ?? "nothing"}");
                await PutAsync(session, member, [], name);
                session.Know(name, last =>
                {
                    seen.Add($"{name} is stored");
                    last.Later("INSERT INTO done (member, id, digest, at) VALUES (@member, @id, @id, 0)", ("member", member), ("id", Id.New()));
                });
                if (fails)
                {
                    throw new InvalidOperationException("half done");
                }
            },
            CancellationToken.None);
        var (one, failing, other) = (WriteAsync("one", fails: false), WriteAsync("failing", fails: true), WriteAsync("other", fails: false));

        goes.SetResult();
        await Task.WhenAll(first, one, other);

        Assert.That(async () => await failing, Throws.TypeOf<InvalidOperationException>());
        // At first without points to go back to, and so from the start again.
        Assert.That(
            string.Join(", ", seen),
            Is.EqualTo("one knows nothing, failing knows one, one knows nothing, failing knows one, other knows one, other is stored"));
        Assert.That(await CountAsync(opened, member), Is.EqualTo(3));
        await WriteAsync("next", fails: false);
        Assert.That(seen[^2], Is.EqualTo("next knows nothing"), "it is another transaction");
    }

    [Test]
    public async Task A_write_that_nobody_waits_for_any_more_is_not_done()
    {
        await using var opened = World.OpenDatabase();
        var (first, goes) = await HoldAsync(opened);
        var member = Id.New();
        using var gone = new CancellationTokenSource();
        var given = opened.WriteAsync(session => PutAsync(session, member, [], "given up"), gone.Token);
        var next = opened.WriteAsync(session => PutAsync(session, member, [], "next"), CancellationToken.None);

        await gone.CancelAsync();
        goes.SetResult();

        Assert.That(async () => await given, Throws.InstanceOf<OperationCanceledException>());
        await Task.WhenAll(first, next);
        Assert.That(await CountAsync(opened, member), Is.EqualTo(1));
    }

    [Test]
    public async Task A_database_that_is_gone_fails_all_that_wait_and_the_next_write_is_done()
    {
        await using var opened = World.OpenDatabase();
        var (first, goes) = await HoldAsync(opened);
        var member = Id.New();
        var broken = Enumerable.Range(0, 3).Select(_ => opened.WriteAsync(
            async session =>
            {
                await PutAsync(session, member, [], "broken");
                // As if the connection broke: not even the savepoint is there.
                await session.RunAsync("ROLLBACK");
                await session.RunAsync("SELECT nothing FROM nowhere");
            },
            CancellationToken.None)).ToList();

        goes.SetResult();
        await first;

        foreach (var write in broken)
        {
            Assert.That(async () => await write, Throws.Exception);
        }
        await opened.WriteAsync(session => PutAsync(session, member, [], "next"), CancellationToken.None);
        Assert.That(await CountAsync(opened, member), Is.EqualTo(1));
    }

    /// <summary>Begins a write that others wait for, until it is let go.</summary>
    private static async Task<(Task Write, TaskCompletionSource Goes)> HoldAsync(Database opened)
    {
        var (begun, goes) = (new TaskCompletionSource(), new TaskCompletionSource());
        var write = opened.WriteAsync(
            async _ =>
            {
                begun.TrySetResult();
                await goes.Task;
            },
            CancellationToken.None);
        await begun.Task;
        return (write, goes);
    }

    private static async Task PutAsync(Session session, Id member, List<string> told, string word)
    {
        await session.RunAsync(
            "INSERT INTO done (member, id, digest, at) VALUES (@member, @id, @id, 0)", ("member", member), ("id", Id.New()));
        session.AfterCommit(() => told.Add(word));
    }

    private static async Task<long> CountAsync(Database opened, Id member) =>
        await opened.ReadAsync(
            session => session.NumberAsync("SELECT COUNT(*) FROM done WHERE member = @member", ("member", member)), CancellationToken.None) ?? 0;
}
