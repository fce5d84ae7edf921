using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.DurableTask;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class ClockAndIdTests : DurableSuite
{
    [Fact]
    public async Task CurrentUtcDateTime_WithinATurn_StandsStill()
    {
        var done = await RunAsync(context =>
        {
            var before = context.CurrentUtcDateTime;
            Thread.Sleep(30);
            return Task.FromResult(before.Kind == DateTimeKind.Utc && before == context.CurrentUtcDateTime);
        });

        Assert.True(done.ReadOutputAs<bool>());
    }

    [Fact]
    public async Task CurrentUtcDateTime_AfterAnActivity_IsTheTimeOfTheTurnThatDeliveredIt()
    {
        var done = await RunAsync(
            async context =>
            {
                var before = context.CurrentUtcDateTime;
                var ended = await context.CallActivityAsync<DateTime>("Slow");
                return before < ended && ended <= context.CurrentUtcDateTime;
            },
            code => code.Activity<object, DateTime>("Slow", async _ =>
            {
                await Task.Delay(30, Soon);
                return TimeProvider.System.GetUtcNow().UtcDateTime;
            }));

        Assert.True(done.ReadOutputAs<bool>());
    }

    [Fact]
    public async Task CurrentUtcDateTime_EachReplay_IsTheSameAgain()
    {
        var first = new ConcurrentBag<DateTime>();
        var second = new ConcurrentBag<DateTime>();

        await RunAsync(
            async context =>
            {
                first.Add(context.CurrentUtcDateTime);
                await context.CallActivityAsync("Fine");
                second.Add(context.CurrentUtcDateTime);
                await context.CallActivityAsync("Fine");
                return 0;
            },
            code => code.Activity<object, int>("Fine", _ => 1));

        Assert.Equal((3, 2), (first.Count, second.Count));
        Assert.Single(first.Distinct());
        Assert.Single(second.Distinct());
    }

    [Fact]
    public async Task NewGuid_Always_IsTheOfficialNameBasedId()
    {
        var done = await RunAsync(
            async context =>
            {
                var begin = context.CurrentUtcDateTime;
                Guid[] made = [context.NewGuid(), context.NewGuid()];
                await context.CallActivityAsync("Fine");
                return new Made(begin, context.CurrentUtcDateTime, [.. made, context.NewGuid()]);
            },
            code => code.Activity<object, int>("Fine", _ => 1));

        var seen = done.ReadOutputAs<Made>()!;
        Assert.Equal(
            [
                Expected(done.InstanceId, seen.First, 0), Expected(done.InstanceId, seen.First, 1), Expected(done.InstanceId, seen.Second, 2),
            ],
            seen.Ids);
    }

    [Fact]
    public void Expected_NameHashedWithAnotherProgram_IsTheSameId() => Assert.Equal(
        new Guid("9945193a-3629-5616-9d57-beaeb9a0a913"), Expected("abc", new DateTime(2025, 3, 1, 8, 0, 0, DateTimeKind.Utc), 0));

    [Fact]
    public async Task CallSubOrchestrator_NoId_TakesANewGuidWithoutDashes()
    {
        var done = await RunAsync(
            async context =>
            {
                var begin = context.CurrentUtcDateTime;
                var child = await context.CallSubOrchestratorAsync<string>("Child");
                return new Made(begin, context.CurrentUtcDateTime, [Guid.ParseExact(child, "N"), context.NewGuid()]);
            },
            code => code.Orchestrator("Child", context => Task.FromResult(context.InstanceId)));

        var seen = done.ReadOutputAs<Made>()!;
        Assert.Equal([Expected(done.InstanceId, seen.First, 0), Expected(done.InstanceId, seen.Second, 1)], seen.Ids);
    }

    [Fact]
    public async Task CallSubOrchestrator_GivenId_IsUsedAndTakesNoGuid()
    {
        var done = await RunAsync(
            async context =>
            {
                var begin = context.CurrentUtcDateTime;
                var child = await context.CallSubOrchestratorAsync<string>("Child", options: new SubOrchestrationOptions(instanceId: "my child"));
                return new Made(begin, context.CurrentUtcDateTime, [context.NewGuid()]) { Child = child };
            },
            code => code.Orchestrator("Child", context => Task.FromResult(context.InstanceId)));

        var seen = done.ReadOutputAs<Made>()!;
        Assert.Equal("my child", seen.Child);
        Assert.Equal(Expected(done.InstanceId, seen.Second, 0), Assert.Single(seen.Ids));
    }

    [Fact]
    public async Task Context_OfParentAndChild_KnowTheirNamesAndIds()
    {
        await StartAsync(
            context => context.CallSubOrchestratorAsync<string>("CHILD", "in"),
            code => code.Orchestrator(
                "Child", (TaskOrchestrationContext context, string input) => Task.FromResult($"{context.Name} {input} {context.Parent!.Name}/{context.Parent.InstanceId}")));
        var id = await Durable.Client.ScheduleNewOrchestrationInstanceAsync("MAIN", new StartOrchestrationOptions("the parent"), Soon);

        var done = await Durable.WaitAsync(id);

        Assert.Equal("CHILD in MAIN/the parent", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Context_AtTheTopLevel_HasNoParent()
    {
        var done = await RunAsync(context => Task.FromResult(context.Parent is null));

        Assert.True(done.ReadOutputAs<bool>());
    }

    private static Guid Expected(string instanceId, DateTime time, int count)
    {
        var name = $"{instanceId}_{time.ToString("o", CultureInfo.InvariantCulture)}_{count.ToString(CultureInfo.InvariantCulture)}";
        byte[] text = [.. new Guid("9e952958-5e33-4daf-827f-2fa12937b875").ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(name)];
#pragma warning disable CA5350 // SHA-1 is what version 5 is made of.
        var hash = SHA1.HashData(text)[..16];
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }

    private sealed record Made(DateTime First, DateTime Second, Guid[] Ids)
    {
        public string? Child { get; init; }
    }
}
