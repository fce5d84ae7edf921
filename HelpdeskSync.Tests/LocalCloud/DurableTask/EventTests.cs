using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class EventTests : DurableSuite
{
    [Fact]
    public async Task WaitForExternalEvent_RaisedWhileWaiting_DeliversThePayload()
    {
        var id = await ScheduleAsync(async context =>
        {
            var approval = context.WaitForExternalEvent<Approval>("approval");
            context.SetCustomStatus("waiting");
            return await approval;
        });
        await UntilStatusAsync(id, "waiting");

        await Durable.Client.RaiseEventAsync(id, "approval", new Approval("Ann", true), Soon);

        Assert.Equal(new Approval("Ann", true), (await Durable.WaitAsync(id)).ReadOutputAs<Approval>());
    }

    [Fact]
    public async Task WaitForExternalEvent_RaisedRightAfterTheStart_IsDelivered()
    {
        var id = await ScheduleAsync(context => context.WaitForExternalEvent<string>("early"));

        await Durable.Client.RaiseEventAsync(id, "early", "bird", Soon);

        Assert.Equal("bird", (await Durable.WaitAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task WaitForExternalEvent_OtherCase_IsTheSameName()
    {
        var id = await ScheduleAsync(context => context.WaitForExternalEvent<string>("Approval"));

        await Durable.Client.RaiseEventAsync(id, "APPROVAL", "yes", Soon);

        Assert.Equal("yes", (await Durable.WaitAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task WaitForExternalEvent_SeveralBuffered_AreTakenOldestFirst()
    {
        var id = await AfterGoAsync(async context =>
        {
            var taken = string.Empty;
            for (var i = 0; i < 3; i++)
            {
                taken += await context.WaitForExternalEvent<string>("letter");
            }

            return taken;
        });

        await RaiseAsync(id, ("letter", "a"), ("LETTER", "b"), ("letter", "c"), ("go", "now"));

        Assert.Equal("abc", (await Durable.WaitAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task WaitForExternalEvent_InALoop_KeepsTheOrderOfArrival()
    {
        const int Count = 200;
        var id = await ScheduleAsync(async context =>
        {
            var numbers = new List<int>();
            while (numbers.Count < Count)
            {
                numbers.Add(await context.WaitForExternalEvent<int>("number"));
            }

            return numbers;
        });

        for (var i = 0; i < Count; i++)
        {
            await Durable.Client.RaiseEventAsync(id, "number", i, Soon);
        }

        Assert.Equal(Enumerable.Range(0, Count), (await Durable.WaitAsync(id)).ReadOutputAs<int[]>()!);
    }

    [Fact]
    public async Task WaitForExternalEvent_SeveralWaiters_TheNewestComesFirst()
    {
        var id = await ScheduleAsync(async context =>
        {
            var t1 = context.WaitForExternalEvent<string>("letter");
            var t2 = context.WaitForExternalEvent<string>("LETTER");
            var t3 = context.WaitForExternalEvent<string>("letter");
            context.SetCustomStatus("waiting");
            return await Task.WhenAll(t1, t2, t3);
        });
        await UntilStatusAsync(id, "waiting");

        await RaiseAsync(id, ("letter", "a"), ("letter", "b"), ("letter", "c"));

        Assert.Equal(["c", "b", "a"], (await Durable.WaitAsync(id)).ReadOutputAs<string[]>()!);
    }

    [Fact]
    public async Task WaitForExternalEvent_SecondWaiterOfAnotherType_IsRefusedAtTheCall()
    {
        var done = await RunAsync(context =>
        {
            _ = context.WaitForExternalEvent<string>("data");
            return Caught.ByAsync(() => context.WaitForExternalEvent<int>("DATA"));
        });

        var caught = done.ReadOutputAs<Caught>()!;
        Assert.Equal("System.ArgumentException", caught.Type);
        Assert.Equal(
            "Events with the same name must have the same type argument. Expected System.String but was requested System.Int32.", caught.Message);
    }

    [Fact]
    public async Task WaitForExternalEvent_OtherTypeAfterTheFirstWasServed_IsAllowed_NotRecorded()
    {
        var id = await ScheduleAsync(async context =>
            await context.WaitForExternalEvent<string>("data") + await context.WaitForExternalEvent<int>("data"));

        await Durable.Client.RaiseEventAsync(id, "data", "n", Soon);
        await Durable.Client.RaiseEventAsync(id, "data", 5, Soon);

        Assert.Equal("n5", (await Durable.WaitAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task WaitForExternalEvent_NoPayload_IsNullWhereTheTypeHasOne()
    {
        var id = await ScheduleAsync(async context =>
        {
            var text = await context.WaitForExternalEvent<string?>("text");
            var number = await context.WaitForExternalEvent<int?>("number");
            var record = await context.WaitForExternalEvent<Approval?>("record");
            return text is null && number is null && record is null;
        });

        foreach (var name in (string[])["text", "number", "record"])
        {
            await Durable.Client.RaiseEventAsync(id, name, Soon);
        }

        Assert.True((await Durable.WaitAsync(id)).ReadOutputAs<bool>());
    }

    [Fact]
    public async Task WaitForExternalEvent_NoPayloadForAValueType_FailsTheInstance()
    {
        var id = await ScheduleAsync(context => Caught.ByAsync(() => context.WaitForExternalEvent<int>("number")));
        await Durable.UntilAsync(id, found => found.IsRunning);

        await Durable.Client.RaiseEventAsync(id, "number", Soon);

        var failed = await Durable.WaitAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.Equal("System.NullReferenceException", failed.FailureDetails!.ErrorType);
        Assert.Null(failed.SerializedOutput);
    }

    [Theory]
    [InlineData("text")]
    [InlineData(true)]
    public async Task WaitForExternalEvent_PayloadOfAnotherType_FailsTheInstancePastEveryCatch(object payload)
    {
        var id = await ScheduleAsync(context => Caught.ByAsync(() => context.WaitForExternalEvent<int>("number")));
        await Durable.UntilAsync(id, found => found.IsRunning);

        await Durable.Client.RaiseEventAsync(id, "number", payload, Soon);

        var failed = await Durable.WaitAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.Equal("System.Text.Json.JsonException", failed.FailureDetails!.ErrorType);
        Assert.Null(failed.SerializedOutput);
    }

    [Fact]
    public async Task WaitForExternalEvent_BufferedPayloadOfAnotherType_ThrowsAtTheCall_NotRecorded()
    {
        var id = await AfterGoAsync(async context =>
        {
            var caught = await Caught.ByAsync(() => context.WaitForExternalEvent<int>("number"));
            return $"{caught.Type} {await context.WaitForExternalEvent<int>("number")}";
        });

        await Durable.Client.RaiseEventAsync(id, "number", "text", Soon);
        await Durable.Client.RaiseEventAsync(id, "number", 6, Soon);
        await RaiseAsync(id, ("go", "now"));

        Assert.Equal("System.Text.Json.JsonException 6", (await Durable.WaitAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    [Trait("Behaviour", "Functions")]
    public async Task WaitForExternalEvent_MembersInOtherCaseAndExtraOnes_AreReadAsFunctionsReads()
    {
        var id = await ScheduleAsync(context => context.WaitForExternalEvent<Approval>("approval"));

        await Durable.Client.RaiseEventAsync(id, "approval", new { by = "Bo", GRANTED = true, extra = 1 }, Soon);

        Assert.Equal(new Approval("Bo", true), (await Durable.WaitAsync(id)).ReadOutputAs<Approval>());
    }

    [Fact]
    public async Task Return_EventStillAwaited_EndsAtOnce()
    {
        var done = await RunAsync(context =>
        {
            _ = context.WaitForExternalEvent<string>("never");
            return Task.FromResult("done");
        });

        Assert.Equal("done", done.ReadOutputAs<string>());
    }

    /// <summary>Waits for the event "go" first, so that what comes before it is buffered.</summary>
    private Task<string> AfterGoAsync(Func<TaskOrchestrationContext, Task<string>> main) => ScheduleAsync(async context =>
    {
        await context.WaitForExternalEvent<string>("go");
        return await main(context);
    });

    private async Task RaiseAsync(string id, params (string Name, string Payload)[] events)
    {
        foreach (var (name, payload) in events)
        {
            await Durable.Client.RaiseEventAsync(id, name, payload, Soon);
        }
    }

    private sealed record Approval(string By, bool Granted);
}
