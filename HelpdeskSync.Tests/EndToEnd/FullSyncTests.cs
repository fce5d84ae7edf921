using System.Net.Http.Json;
using System.Text.Json;
using HelpdeskSync.Simulator;

namespace HelpdeskSync.Tests.EndToEnd;

[Collection("End to end")]
public sealed class FullSyncTests
{
    private static readonly SimulatorOptions s_small = new() { Tickets = 1200, Contacts = 120, Agents = 12, Departments = 8, Seed = 7 };

    [Fact(Timeout = 300_000)]
    public async Task Full_EmptyWarehouse_TablesHoldExactlyTheTruth()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(s_small, cancellation);
        await world.RunAsync("mode=full", cancellation);
        await AssertTrueAsync(world, cancellation);

        var again = await world.RunAsync("mode=full", cancellation);
        Assert.Equal(0, Total(again, "Inserted"));
        await AssertTrueAsync(world, cancellation);
    }

    [Fact(Timeout = 300_000)]
    public async Task Full_KilledInTheMiddle_FinishesAfterTheRestart()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(s_small, cancellation);
        var status = await world.StartRunAsync("mode=full", cancellation);
        foreach (var milliseconds in new[] { 1500, 2500, 1000, 3000 })
        {
            await Task.Delay(milliseconds, cancellation);
            await world.App.KillAsync(cancellation);
            await world.App.StartAsync(cancellation);
        }

        var ended = await world.EndOfAsync(status, cancellation);
        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended + world.App.Output);
        await AssertTrueAsync(world, cancellation);
    }

    [Fact(Timeout = 300_000)]
    public async Task Incremental_ChangesWithoutWebhooks_AreFound()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(s_small, cancellation);
        await world.RunAsync("mode=full", cancellation);
        using var changes = await world.Simulator.PostAsJsonAsync(
            "_simulator/changes",
            new { perSecond = 20, seconds = 3, mix = new { create = 2, update = 6, comment = 3, thread = 3, delete = 0, restore = 0 } },
            cancellation);
        changes.EnsureSuccessStatusCode();
        await Task.Delay(TimeSpan.FromSeconds(4), cancellation);
        await world.RunAsync("mode=incremental", cancellation);

        // An edited comment moves neither its ticket's count nor its modified time: without its webhook only a deep run sees it.
        await world.RunAsync("mode=full&deep=true", cancellation);
        await AssertTrueAsync(world, cancellation);
    }

    [Fact(Timeout = 300_000)]
    public async Task Full_ListingsGoneEmpty_ClosesNothingWithoutApproval()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(s_small, cancellation);
        await world.RunAsync("mode=full", cancellation);
        using var empty = await world.Simulator.PutAsJsonAsync("_simulator/faults", new { emptyListings = true }, cancellation);
        var status = await world.StartRunAsync("mode=full", cancellation);
        var run = await UntilPhaseAsync(world, status, "NeedsApproval", cancellation);
        using var refusal = await world.Http.PostAsync(new Uri($"api/sync/{run}/approve-deletes?approve=false", UriKind.Relative), null, cancellation);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, refusal.StatusCode);
        var ended = await world.EndOfAsync(status, cancellation);
        Assert.Equal("Completed", ended.GetProperty("runtimeStatus").GetString());
        using var healthy = await world.Simulator.PutAsJsonAsync("_simulator/faults", new { emptyListings = false }, cancellation);
        await AssertTrueAsync(world, cancellation);
    }

    private static async Task<string> UntilPhaseAsync(World world, Uri status, string phase, CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = await world.Http.GetFromJsonAsync<JsonElement>(status, cancellationToken);
            Assert.True(now.GetProperty("runtimeStatus").GetString() is "Running" or "Pending", now + world.App.Output);
            if (now.GetProperty("customStatus") is { ValueKind: JsonValueKind.Object } progress && progress.GetProperty("Phase").GetString() == phase)
            {
                return now.GetProperty("instanceId").GetString()!;
            }

            await Task.Delay(200, cancellationToken);
        }
    }

    private static long Total(JsonElement ended, string count) => ended.GetProperty("output").GetProperty("Tables").EnumerateArray()
        .Sum(table => table.GetProperty("Copied").GetProperty("Written").GetProperty(count).GetInt64());

    internal static async Task AssertTrueAsync(World world, CancellationToken cancellationToken)
    {
        var truth = world.Truth();
        var differences = await truth.DifferencesAsync(cancellationToken);
        Assert.True(differences.Count == 0, $"{differences.Count} differences:\n{string.Join('\n', differences.Take(20))}\n{world.App.Output}");
        Assert.Empty(await truth.HistoryFaultsAsync(cancellationToken));
    }
}
