using HelpdeskSync.LocalCloud.DurableTask;
using HelpdeskSync.Tests.LocalCloud.DurableTask.Client;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Runtime;

/// <summary>The database as a file: who may open it, which versions, and that it does not grow without bound.</summary>
[Trait("Behaviour", "Local")]
public sealed class StoreFileTests : IAsyncDisposable
{
    private readonly DurableFixture durable = new();

    private static CancellationToken Soon => DurableSuite.Soon;

    public ValueTask DisposeAsync() => durable.DisposeAsync();

    [Fact]
    public async Task Start_SecondEngineOnTheFile_IsRefusedAndToldWhatToDo()
    {
        await durable.StartAsync(ClientFixture.Register);
        await using var second = Engine();

        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => second.StartAsync(Soon));

        Assert.StartsWith($"The Durable Task database '{durable.DatabasePath}' is in use by another engine", problem.Message, StringComparison.Ordinal);
        Assert.EndsWith("Stop the other process, or give this one a database path of its own.", problem.Message, StringComparison.Ordinal);
        Assert.Equal(7, (await durable.RunAsync(ClientFixture.Echo, 7)).ReadOutputAs<int>());
        await durable.Engine.StopAsync(Soon);
        await second.StartAsync(Soon);
    }

    [Fact]
    public async Task Start_LockFileThatCannotBeMade_DoesNotBlameAnotherEngine()
    {
        var inTheWay = Directory.CreateDirectory(durable.DatabasePath + ".lock");

        var problem = await Assert.ThrowsAnyAsync<Exception>(() => durable.StartAsync(ClientFixture.Register));

        Assert.DoesNotContain("another engine", problem.Message, StringComparison.Ordinal);
        inTheWay.Delete();
    }

    [Fact]
    public async Task Start_FileOfANewerSchema_IsRefusedAndLeftAlone()
    {
        await durable.StartAsync(ClientFixture.Register);
        await durable.Engine.StopAsync(Soon);
        Run("PRAGMA user_version = 99");
        await using var engine = Engine();

        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => engine.StartAsync(Soon));

        Assert.Equal(
            $"The Durable Task database '{durable.DatabasePath}' has schema version 99; this program knows versions up to 2. "
            + "Run the newer program that wrote it, or move the file away to begin with an empty task hub.",
            problem.Message);
        Run("PRAGMA user_version = 2");
        await engine.StartAsync(Soon);
    }

    [Fact]
    public async Task Start_FileOfTheFirstSchema_IsBroughtUpToDateWithItsInstances()
    {
        await durable.StartAsync(ClientFixture.Register);
        var finished = await durable.RunAsync(ClientFixture.Echo, "old");
        var running = await durable.InStateAsync(Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Running, "r");
        await durable.Engine.StopAsync(Soon);
        Run("DROP INDEX instances_by_end; PRAGMA auto_vacuum = NONE; VACUUM; PRAGMA user_version = 1");

        var client = await durable.RestartAsync();

        Assert.Equal("old", (await client.GetInstanceAsync(finished.InstanceId, getInputsAndOutputs: true, Soon))!.ReadOutputAs<string>());
        await client.RaiseEventAsync(running, "go", "on", Soon);
        Assert.Equal("on", (await durable.WaitAsync(running)).ReadOutputAs<string>());
        await durable.Engine.StopAsync(Soon);
        Assert.Equal((2, 2), (Number("PRAGMA user_version"), Number("PRAGMA auto_vacuum")));
    }

    [Fact]
    public async Task ContinueAsNew_ForEver_DoesNotLetTheFileGrow()
    {
        const int Generations = 800;
        var client = await durable.StartAsync(code => code
            .Orchestrator("Eternal", async context =>
            {
                var count = context.GetInput<int>();
                await context.CallActivityAsync<string>("Load", new string('x', 20_000));
                if (count < Generations)
                {
                    context.ContinueAsNew(count + 1);
                }

                return count;
            })
            .Activity<string, string>("Load", text => text));
        var id = await client.ScheduleNewOrchestrationInstanceAsync("Eternal", 1, Soon);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Soon);
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(
            async () =>
            {
                // Readers keep the write-ahead log from beginning anew; it must not grow with them.
                while (!stop.IsCancellationRequested)
                {
                    await durable.Engine.GetHistoryAsync(id, Soon);
                    await Task.Delay(1, Soon);
                }
            },
            Soon)).ToArray();

        var done = await client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true, Soon).WaitAsync(TimeSpan.FromSeconds(90), Soon);
        await stop.CancelAsync();
        await Task.WhenAll(readers);

        Assert.Equal(Generations, done.ReadOutputAs<int>());
        TestContext.Current.TestOutputHelper!.WriteLine($"{Generations} generations of 100 kB each left {SizeOnDisk()} bytes.");
        Assert.True(SizeOnDisk() < 40_000_000, $"{Generations} generations of 100 kB each left {SizeOnDisk()} bytes.");
        Assert.True((await durable.Engine.GetHistoryAsync(id, Soon)).Count < 12, "Only the last generation's history is kept.");
    }

    [Fact]
    public async Task PurgeAll_OfMuch_GivesTheSpaceBack()
    {
        var client = await durable.StartAsync(ClientFixture.Register);
        for (var i = 0; i < 60; i++)
        {
            await durable.RunAsync(ClientFixture.Echo, new string('x', 200_000));
        }

        var full = Number("PRAGMA page_count");
        await client.PurgeAllInstancesAsync(new Microsoft.DurableTask.Client.PurgeInstancesFilter(), Soon);

        Assert.True(Number("PRAGMA page_count") < full / 4, $"{full} pages became {Number("PRAGMA page_count")}.");
    }

    private DurableTaskEngine Engine() =>
        new(new DurableTaskEngineOptions { DatabasePath = durable.DatabasePath }, TimeProvider.System, NullLoggerFactory.Instance);

    private long SizeOnDisk() =>
        new DirectoryInfo(Path.GetDirectoryName(durable.DatabasePath)!).EnumerateFiles().Sum(file => file.Length);

    private void Run(string sql) => Number(sql);

    private long Number(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={durable.DatabasePath};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a literal of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar() is long number ? number : 0;
    }
}
