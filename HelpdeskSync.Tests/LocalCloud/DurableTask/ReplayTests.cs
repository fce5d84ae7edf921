using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class ReplayTests : DurableSuite
{
    [Fact]
    public async Task IsReplaying_TwoActivities_IsFalseOnlyForWhatIsNew()
    {
        var seen = new ConcurrentQueue<string>();

        await RunAsync(
            async context =>
            {
                seen.Enqueue($"begin {context.IsReplaying}");
                await context.CallActivityAsync("Fine");
                seen.Enqueue($"middle {context.IsReplaying}");
                await context.CallActivityAsync("Fine");
                seen.Enqueue($"end {context.IsReplaying}");
                return 0;
            },
            Fine);

        Assert.Equal(["begin False", "begin True", "middle False", "begin True", "middle True", "end False"], seen);
    }

    [Fact]
    public async Task ReplaySafeLogger_SeveralTurns_WritesEachLineOnce()
    {
        await RunAsync(
            async context =>
            {
                var logger = context.CreateReplaySafeLogger("My.Category");
                logger.LogInformation("one");
                await context.CallActivityAsync("Fine");
                logger.LogWarning("two");
                await context.CallActivityAsync("Fine");
                logger.LogInformation("three");
                return 0;
            },
            Fine);

        Assert.Equal(
            [("one", LogLevel.Information), ("two", LogLevel.Warning), ("three", LogLevel.Information)],
            Durable.Log.Where(line => line.Category == "My.Category").Select(line => (line.Text, line.Level)));
    }

    [Fact]
    public async Task ReplaySafeLogger_OfAType_IsNamedAfterItWithDots()
    {
        await RunAsync(
            async context =>
            {
#pragma warning disable CA2263 // This overload is what is tested.
                context.CreateReplaySafeLogger(typeof(Nested)).LogInformation("by type");
#pragma warning restore CA2263
                context.CreateReplaySafeLogger<Nested>().LogInformation("by parameter");
                await context.CallActivityAsync("Fine");
                return 0;
            },
            Fine);

        var category = typeof(Nested).FullName!.Replace('+', '.');
        Assert.Equal(["by type", "by parameter"], Durable.Log.Where(line => line.Category == category).Select(line => line.Text));
    }

    [Fact]
    public async Task ReplaySafeLoggerFactory_SeveralTurns_WritesEachLineOnce()
    {
        await RunAsync(
            async context =>
            {
                var logger = context.ReplaySafeLoggerFactory.CreateLogger("Of.Factory");
                logger.LogInformation("one");
                await context.CallActivityAsync("Fine");
                logger.LogInformation("two");
                return 0;
            },
            Fine);

        Assert.Equal(["one", "two"], Durable.Log.Where(line => line.Category == "Of.Factory").Select(line => line.Text));
    }

    [Fact]
    public async Task ReplaySafeLogger_DuringReplay_IsEnabledAllTheSame()
    {
        var done = await RunAsync(
            async context =>
            {
                var enabled = context.CreateReplaySafeLogger("Any").IsEnabled(LogLevel.Information);
                await context.CallActivityAsync("Fine");
                return enabled;
            },
            Fine);

        Assert.True(done.ReadOutputAs<bool>());
    }

    [Fact]
    public async Task Replay_AfterARestart_GoesOnWhereItWas()
    {
        var runs = new ConcurrentQueue<bool>();
        var id = await ScheduleAsync(
            async context =>
            {
                runs.Enqueue(context.IsReplaying);
                await context.CallActivityAsync("Fine");
                context.SetCustomStatus("waiting");
                return await context.WaitForExternalEvent<string>("go");
            },
            Fine);
        await UntilStatusAsync(id, "waiting");

        var client = await Durable.RestartAsync();
        await client.RaiseEventAsync(id, "go", "on", Soon);
        var done = await Durable.WaitAsync(id);

        Assert.Equal("on", done.ReadOutputAs<string>());
        Assert.Equal([false, true, true], runs);
    }

    private static void Fine(DurableCode code) => code.Activity<object, int>("Fine", _ => 1);

    private sealed class Nested;
}
