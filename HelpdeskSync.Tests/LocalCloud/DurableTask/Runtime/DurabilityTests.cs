using HelpdeskSync.LocalCloud.DurableTask.Storage;
using HelpdeskSync.LocalCloud.FunctionsHost.Hosting;
using HelpdeskSync.Tests.LocalCloud.DurableTask.Client;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Runtime;

/// <summary>What SQLite was told of durability, read back from the connections themselves.</summary>
[Trait("Behaviour", "Local")]
public sealed class DurabilityTests : IAsyncDisposable
{
    private readonly DurableFixture durable = new();

    public ValueTask DisposeAsync() => durable.DisposeAsync();

    [Theory]
    [InlineData(null, "NORMAL")]
    [InlineData("false", "NORMAL")]
    [InlineData("true", "FULL")]
    public async Task FlushEveryCommit_AsTheSettingSays_IsInForceOnTheEnginesWriter(string? setting, string synchronous)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["LocalCloud:Durable:FlushEveryCommit"] = setting }).Build();
        durable.Configure = DurableSettings.Read(configuration).ApplyTo;

        await durable.StartAsync(ClientFixture.Register);

        Assert.Contains(
            durable.Log,
            line => line.Text == $"The Durable Task database '{durable.DatabasePath}' is open: journal_mode=WAL, synchronous={synchronous}.");
        await durable.RunAsync(ClientFixture.Echo, 1);
    }

    [Theory]
    [InlineData(false, "NORMAL")]
    [InlineData(true, "FULL")]
    public void EveryConnection_IsInWal_AndOnlyTheWriterWrites(bool flushEveryCommit, string synchronous)
    {
        using var writer = StoreConnection.OpenWriter(durable.DatabasePath, flushEveryCommit);
        StoreSchema.Ensure(writer);
        using var reader = StoreConnection.OpenReader(durable.DatabasePath);

        Assert.Equal(("WAL", synchronous), StoreConnection.Durability(writer));
        Assert.Equal("WAL", StoreConnection.Durability(reader).Journal);
        StoreSchema.Execute(writer, "DELETE FROM instances");
        var refused = Assert.Throws<SqliteException>(() => StoreSchema.Execute(reader, "DELETE FROM instances"));
        Assert.Contains("readonly", refused.Message, StringComparison.Ordinal);
    }
}
