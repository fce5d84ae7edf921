using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class ContinueAsNewEventTests : DurableSuite
{
    [Fact]
    [Trait("Behaviour", "Backend")]
    public async Task ContinueAsNew_Preserving_HandsBufferedEventsOnInOrder()
    {
        var id = await ScheduleAsync((TaskOrchestrationContext context, string? input) => OverGenerations(context, input, preserve: true));

        await RaiseAsync(id, "data:a", "DATA:b", "other:x", "data:c", "go:now");
        await UntilStatusAsync(id, "second");
        await RaiseAsync(id, "data:d", "end:now");

        Assert.Equal("abcd", (await Durable.WaitAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    [Trait("Behaviour", "Backend")]
    public async Task ContinueAsNew_Preserving_EventsOfTheSameTurnComeBeforeThePreservedOnes()
    {
        var id = await ScheduleAsync(async (TaskOrchestrationContext context, string? input) =>
        {
            if (input is null)
            {
                context.SetCustomStatus("first");
                await context.WaitForExternalEvent<string>("go");
                context.ContinueAsNew("next");
                return "dropped";
            }

            return await context.WaitForExternalEvent<string>("data") + await context.WaitForExternalEvent<string>("data")
                + await context.WaitForExternalEvent<string>("data");
        });
        await UntilStatusAsync(id, "first");

        // Held while suspended, all of them meet the orchestrator in one turn.
        await Durable.Client.SuspendInstanceAsync(id, Soon);
        await Durable.UntilAsync(id, found => found.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);
        await RaiseAsync(id, "data:a", "data:b", "go:now", "data:c");
        await Durable.Client.ResumeInstanceAsync(id, Soon);

        Assert.Equal("cab", (await Durable.WaitAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task ContinueAsNew_NotPreserving_DropsBufferedEvents()
    {
        var id = await ScheduleAsync((TaskOrchestrationContext context, string? input) => OverGenerations(context, input, preserve: false));

        await RaiseAsync(id, "data:a", "data:b", "go:now");
        await UntilStatusAsync(id, "second");
        await RaiseAsync(id, "data:c", "end:now");

        Assert.Equal("c", (await Durable.WaitAsync(id)).ReadOutputAs<string>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ContinueAsNew_EventsAfterTheCall_AreHandedOnInBothModes(bool preserve)
    {
        var release = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = await ScheduleAsync(
            async (TaskOrchestrationContext context, string? input) =>
            {
                if (input is not null)
                {
                    return await context.WaitForExternalEvent<string>("data") + await context.WaitForExternalEvent<string>("data");
                }

                context.ContinueAsNew("next", preserve);
                context.SetCustomStatus("called");
                await context.CallActivityAsync<int>("Slow");
                return "dropped";
            },
            code => code.Activity<object, int>("Slow", _ => release.Task));
        await UntilStatusAsync(id, "called");

        await RaiseAsync(id, "data:a", "data:b");
        release.SetResult(1);

        Assert.Equal("ab", (await Durable.WaitAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    [Trait("Behaviour", "Backend")]
    public async Task ContinueAsNew_Preserving_LeavesNothingForWaitsAfterTheCall_NotRecorded()
    {
        var id = await ScheduleAsync(async (TaskOrchestrationContext context, string? input) =>
        {
            if (input is not null)
            {
                return await context.WaitForExternalEvent<string>("data");
            }

            await context.WaitForExternalEvent<string>("go");
            context.ContinueAsNew("next");
            _ = context.WaitForExternalEvent<string>("data");
            return "dropped";
        });

        await RaiseAsync(id, "data:a", "go:now");

        Assert.Equal("a", (await Durable.WaitAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task ContinueAsNew_Preserving_TakesASequenceNumberPerEvent_NotRecorded()
    {
        var next = 0;
        var id = await ScheduleAsync(async (TaskOrchestrationContext context, string? input) =>
        {
            if (input is not null)
            {
                return 0;
            }

            await context.WaitForExternalEvent<string>("go");
            context.ContinueAsNew("next");
            next = await NextTaskIdAsync(context);
            return 0;
        });

        await RaiseAsync(id, "data:a", "data:b", "go:now");
        await Durable.WaitAsync(id);

        Assert.Equal(2, next);
    }

    [Fact]
    public async Task ContinueAsNew_OfAnEventLoop_LosesNoEvent()
    {
        const int Count = 60;
        var id = await ScheduleAsync(async (TaskOrchestrationContext context, Sum? before) =>
        {
            var sum = before ?? new Sum(0, 0);
            sum = new Sum(sum.Events + 1, sum.Total + await context.WaitForExternalEvent<int>("number"));
            if (sum.Events < Count)
            {
                context.ContinueAsNew(sum);
            }

            return sum.Total;
        });

        for (var number = 1; number <= Count; number++)
        {
            await Durable.Client.RaiseEventAsync(id, "number", number, Soon);
        }

        Assert.Equal(Count * (Count + 1) / 2, (await Durable.WaitAsync(id)).ReadOutputAs<int>());
    }

    /// <summary>First generation: waits for "go" and starts over. Second: takes what was there for it until "end".</summary>
    private static async Task<string> OverGenerations(TaskOrchestrationContext context, string? input, bool preserve)
    {
        if (input is null)
        {
            await context.WaitForExternalEvent<string>("go");
            context.ContinueAsNew("next", preserve);
            return "dropped";
        }

        context.SetCustomStatus("second");
        await context.WaitForExternalEvent<string>("end");
        var taken = string.Empty;
        while (true)
        {
            using var none = new CancellationTokenSource();
            var next = context.WaitForExternalEvent<string>("data", none.Token);
            if (!next.IsCompleted)
            {
                return taken;
            }

            taken += await next;
        }
    }

    private async Task RaiseAsync(string id, params string[] events)
    {
        foreach (var (name, payload) in events.Select(text => text.Split(':')).Select(parts => (parts[0], parts[1])))
        {
            await Durable.Client.RaiseEventAsync(id, name, payload, Soon);
        }
    }

    private sealed record Sum(int Events, int Total);
}
