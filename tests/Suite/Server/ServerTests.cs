using NUnit.Framework;

namespace Suite.Serving;

/// <summary>Tests over both databases: a server and an office with an owner for each class, whatever else a test needs it makes.</summary>
[TestFixture(DatabaseKind.Sqlite)]
[TestFixture(DatabaseKind.Postgres)]
public abstract class ServerTests(DatabaseKind database)
{
    private protected ServerWorld World { get; private set; } = null!;

    private protected OfficeMember Olga { get; private set; } = null!;

    [OneTimeSetUp]
    public async Task StartServer()
    {
        World = await ServerWorld.StartAsync(database);
        Olga = await World.FoundAsync();
    }

    [OneTimeTearDown]
    public async Task StopServer() => await World.DisposeAsync();
}
