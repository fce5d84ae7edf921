using System.Diagnostics;
using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Storage;
using HelpdeskSync.Simulator;
using HelpdeskSync.Tests.LocalCloud.DurableTask;
using HelpdeskSync.Tests.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Tests.Helpdesk;

/// <summary>Instances that share the portal's budget, in the simulator's own count: never more than the limit, and 90 % of it while there is work.</summary>
[Collection("Limits")]
public sealed class SharedBudgetTests
{
    private const double Least = 0.9;

    // Answers take so long that the callers' own time between two calls does not count.
    private static readonly object s_slow = new { latencyMs = 250, jitterMs = 20 };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 10)]
    [InlineData(3, 10)]
    [InlineData(4, 25)]
    public async Task Concurrency_EveryInstanceHasWork_IsUsedAndNeverExceeded(int instances, int limit)
    {
        await using var world = await WorldAsync(limit);
        await world.FaultsAsync(s_slow, Cancelled);
        var keys = await world.KeysAsync("tickets", Cancelled);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var work = Enumerable.Range(0, instances).SelectMany(_ => Work(world.Instance(("Helpdesk:MaxConcurrency", $"{limit}")), keys, 2 * limit, enough.Token)).ToList();

        await MeasuredAsync(world, limit, warm: 6 * limit, calls: 15 * limit);

        await StopAsync(enough, work);
    }

    [Fact]
    public async Task Concurrency_OneInstanceIsDone_TheOtherTakesOverWhatItLeaves()
    {
        await using var world = await WorldAsync(10);
        await world.FaultsAsync(s_slow, Cancelled);
        var keys = await world.KeysAsync("tickets", Cancelled);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var work = Work(world.Instance(("Helpdesk:MaxConcurrency", "10")), keys, 30, enough.Token).ToList();
        using var other = CancellationTokenSource.CreateLinkedTokenSource(enough.Token);
        var shorter = Work(world.Instance(("Helpdesk:MaxConcurrency", "10")), keys, 30, other.Token).ToList();
        await world.UntilAsync(requests => requests.GetProperty("total").GetInt64() > 60, Cancelled);
        await world.ResetRequestsAsync(Cancelled);

        await StopAsync(other, shorter);
        await MeasuredAsync(world, 10, warm: 0, calls: 120);

        await StopAsync(enough, work);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Rate_EveryInstanceHasWork_IsUsedAndNeverExceeded(int instances)
    {
        const int Limit = 40;
        await using var world = await WorldAsync(25);
        await world.FaultsAsync(new { latencyMs = 30, rateLimit = new { perSecond = Limit } }, Cancelled);
        var keys = await world.KeysAsync("tickets", Cancelled);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        var work = Enumerable.Range(0, instances)
            .SelectMany(_ => Work(world.Instance(("Helpdesk:MaxPerSecond", $"{Limit}"), ("Helpdesk:MaxConcurrency", "20")), keys, 30, enough.Token)).ToList();

        await world.UntilAsync(requests => requests.GetProperty("total").GetInt64() > 3 * Limit, Cancelled);
        AssertWithin(await world.RequestsAsync(Cancelled), 25, Limit);
        await world.ResetRequestsAsync(Cancelled);
        await world.UntilAsync(requests => requests.GetProperty("total").GetInt64() > 6 * Limit, Cancelled);

        var requests = await world.RequestsAsync(Cancelled);
        AssertWithin(requests, 25, Limit);
        Assert.True(requests.GetProperty("averagePerSecond").GetDouble() >= Least * Limit, requests.ToString());
        await StopAsync(enough, work);
    }

    [Fact]
    public Task Concurrency_ProcessIsKilled_TheOthersTakeItsShareOver() => KilledAsync(null);

    /// <summary>The wait is for the share's own end: the machine that it was lost with cannot be asked.</summary>
    [Fact]
    public async Task Enter_AnotherMachineDiedWithTheWholeBudget_WaitsForTheEndOfItsShare()
    {
        var clock = new LeapingClock(new(2026, 11, 1, 8, 0, 0, TimeSpan.Zero));
        var directory = Directory.CreateTempSubdirectory("budget-").FullName;
        try
        {
            var blobs = new DirectorySharedBlobs(new DirectoryFiles(directory), clock);
            var end = clock.GetUtcNow() + TimeSpan.FromSeconds(50);
            var dead = new BudgetShare(new("dead", "another machine", 1, 1), 300, 10, 0, end);
            await using (var lease = await blobs.TryAcquireAsync(CallBudget.DocumentName, TimeSpan.FromSeconds(15), Cancelled))
            {
                await lease!.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new BudgetDocument { Shares = [dead] }), Cancelled);
            }

            await using var budget = new CallBudget(blobs, Options.Create(new HelpdeskOptions { MaxConcurrency = 10 }), clock, NullLogger<CallBudget>.Instance);
            var entered = Enumerable.Range(0, 10).Select(_ => budget.EnterAsync(CallPurpose.Run, Cancelled)).ToList();
            await Task.WhenAll(entered);

            Assert.InRange(clock.GetUtcNow(), end, end + TimeSpan.FromSeconds(10));
            entered.ForEach(place => place.Result.Dispose());
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>Three processes with work for all; one is killed while it has calls under way. The helpdesk sees its calls end with it.</summary>
    internal static async Task KilledAsync(Uri? container)
    {
        const int Limit = 10;
        await using var world = await WorldAsync(Limit);
        await world.FaultsAsync(s_slow, Cancelled);
        var settings = new BudgetWorkerSettings(
            world.Address, world.StorageDirectory, container, Limit, [.. (await world.KeysAsync("tickets", Cancelled)).Select(key => key.Id)]);
        var workers = Enumerable.Range(0, 3).Select(_ => BudgetWorker.Start(settings)).ToList();
        try
        {
            await MeasuredAsync(world, Limit, warm: 80, calls: 100);
            workers[0].Kill();
            await workers[0].WaitForExitAsync(Cancelled);
            await world.ResetRequestsAsync(Cancelled);

            // A process that dies while it writes the shared document keeps its lease for up to 15 s, and until then nobody's share can grow.
            var died = TimeProvider.System.GetTimestamp();
            await world.UntilAsync(requests => requests.GetProperty("highestConcurrency").GetInt32() == Limit, Cancelled);
            Assert.InRange(TimeProvider.System.GetElapsedTime(died), TimeSpan.Zero, TimeSpan.FromSeconds(25));
            await MeasuredAsync(world, Limit, warm: 1, calls: 120);
        }
        finally
        {
            workers.ForEach(Stop);
        }
    }

    private static void Stop(Process worker)
    {
        worker.Kill();
        worker.WaitForExit();
        worker.Dispose();
    }

    private static Task<HelpdeskWorld> WorldAsync(int limit) => HelpdeskWorld.StartAsync(new SimulatorOptions { Tickets = 200, Concurrency = limit }, Cancelled);

    /// <summary>Until the shares are found, only the limit counts; then the use is measured while there is work for all.</summary>
    private static async Task MeasuredAsync(HelpdeskWorld world, int limit, int warm, int calls)
    {
        await world.UntilAsync(requests => requests.GetProperty("total").GetInt64() >= warm, Cancelled);
        if (warm > 0)
        {
            AssertWithin(await world.RequestsAsync(Cancelled), limit, null);
            await world.ResetRequestsAsync(Cancelled);
        }

        await world.UntilAsync(requests => requests.GetProperty("total").GetInt64() >= calls, Cancelled);
        var requests = await world.RequestsAsync(Cancelled);
        AssertWithin(requests, limit, null);
        TestContext.Current.TestOutputHelper!.WriteLine($"{requests.GetProperty("averageConcurrency")} of {limit} under way on average");
        Assert.True(requests.GetProperty("averageConcurrency").GetDouble() >= Least * limit, requests.ToString());
    }

    private static void AssertWithin(JsonElement requests, int limit, int? perSecond)
    {
        Assert.True(requests.GetProperty("highestConcurrency").GetInt32() <= limit, requests.ToString());
        Assert.True(perSecond is null || requests.GetProperty("highestPerSecond").GetInt32() <= perSecond, requests.ToString());
        Assert.False(requests.GetProperty("endpoints").GetProperty("GET /tickets/{ticketId}").TryGetProperty("429", out _), requests.ToString());
    }

    private static IEnumerable<Task> Work(ServiceProvider instance, IReadOnlyList<RecordKey> keys, int lanes, CancellationToken cancellationToken) =>
        Enumerable.Range(0, lanes).Select(lane => BudgetWorker.WorkAsync(instance, keys, lane, cancellationToken));

    private static async Task StopAsync(CancellationTokenSource enough, IEnumerable<Task> work)
    {
        await enough.CancelAsync();
        foreach (var lane in work)
        {
            await lane.ContinueWith(ended => Assert.False(ended.IsFaulted, ended.Exception?.ToString()), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}

/// <summary>The same over blobs.</summary>
[Collection("Limits")]
public sealed class BlobBudgetTests(Azurite azurite) : IClassFixture<Azurite>
{
    [Fact]
    public Task Concurrency_ProcessIsKilled_TheOthersTakeItsShareOver() => SharedBudgetTests.KilledAsync(azurite.Container().Uri);
}
