using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class CustomStatusTests : DurableSuite
{
    [Fact]
    public async Task SetCustomStatus_SeveralInATurn_ShowsTheLastAtItsEnd()
    {
        var id = await ScheduleAsync(async context =>
        {
            context.SetCustomStatus("one");
            context.SetCustomStatus(new Progress(2, "two"));
            return await context.WaitForExternalEvent<string>("go");
        });

        var seen = await Durable.UntilAsync(id, found => found.SerializedCustomStatus is not null);

        Assert.Equal("""{"Done":2,"Step":"two"}""", seen.SerializedCustomStatus);
        Assert.Equal(new Progress(2, "two"), seen.ReadCustomStatusAs<Progress>());
        Assert.Equal(OrchestrationRuntimeStatus.Running, seen.RuntimeStatus);
    }

    [Fact]
    public async Task SetCustomStatus_Null_TakesItAway()
    {
        var id = await ScheduleAsync(async context =>
        {
            context.SetCustomStatus("there");
            await context.WaitForExternalEvent<string>("go");
            context.SetCustomStatus(null);
            return 1;
        });
        await UntilStatusAsync(id, "there");

        await Durable.Client.RaiseEventAsync(id, "go", Soon);

        Assert.Null((await Durable.WaitAsync(id)).SerializedCustomStatus);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SetCustomStatus_ThenEnd_Stays(bool throws)
    {
        var done = await RunAsync(context =>
        {
            context.SetCustomStatus("last");
            return throws ? throw new BareException("end") : Task.FromResult(1);
        });

        Assert.Equal("last", done.ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task SetCustomStatus_ChangedObject_ShowsItAsItIsAtTheEndOfTheTurn_NotRecorded()
    {
        var done = await RunAsync(context =>
        {
            var list = new List<int> { 1 };
            context.SetCustomStatus(list);
            list.Add(2);
            return Task.FromResult(1);
        });

        Assert.Equal([1, 2], done.ReadCustomStatusAs<int[]>()!);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SetCustomStatus_CannotBeConverted_FailsTheInstance(bool waits)
    {
        var done = await RunAsync(async context =>
        {
            context.SetCustomStatus(double.NaN);
            return waits ? await context.WaitForExternalEvent<int>("never") : 1;
        });

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Equal("System.ArgumentException", done.FailureDetails!.ErrorType);
        Assert.Null(done.SerializedOutput);
    }

    [Fact]
    public async Task SetCustomStatus_EachReplay_IsRecomputed()
    {
        var id = await ScheduleAsync(async context =>
        {
            context.SetCustomStatus("first");
            await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
            context.SetCustomStatus("second");
            await context.WaitForExternalEvent<string>("go");
            return 1;
        });

        await UntilStatusAsync(id, "second");
        await Durable.Client.RaiseEventAsync(id, "go", Soon);

        Assert.Equal("second", (await Durable.WaitAsync(id)).ReadCustomStatusAs<string>());
    }

    private sealed record Progress(int Done, string Step);
}
