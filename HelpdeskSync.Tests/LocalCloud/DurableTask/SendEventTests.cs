using Microsoft.DurableTask;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class SendEventTests : DurableSuite
{
    [Fact]
    public async Task SendEvent_ToAnotherInstance_ReachesItWithItsPayload()
    {
        await StartAsync(
            context =>
            {
                context.SendEvent("receiver", "NEWS", new News("all well", 3));
                return Task.FromResult(0);
            },
            code => code.Orchestrator("Receiver", context => context.WaitForExternalEvent<News>("news")));
        await Durable.Client.ScheduleNewOrchestrationInstanceAsync("Receiver", new StartOrchestrationOptions("receiver"), Soon);

        await Durable.RunAsync("Main");

        Assert.Equal(new News("all well", 3), (await Durable.WaitAsync("receiver")).ReadOutputAs<News>());
    }

    [Fact]
    public async Task SendEvent_ToItself_IsReceived()
    {
        var done = await RunAsync(context =>
        {
            context.SendEvent(context.InstanceId, "self", "hello");
            return context.WaitForExternalEvent<string>("self");
        });

        Assert.Equal("hello", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task SendEvent_ToNobody_IsNoError()
    {
        var done = await RunAsync(context =>
        {
            context.SendEvent("nobody", "lost", "text");
            return Task.FromResult("sent");
        });

        Assert.Equal("sent", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task SendEvent_Always_TakesASequenceNumber()
    {
        var done = await RunAsync(context =>
        {
            context.SendEvent("nobody", "lost", null!);
            return NextTaskIdAsync(context);
        });

        Assert.Equal(1, done.ReadOutputAs<int>());
    }

    [Fact]
    public async Task SendEvent_SeveralTurns_IsSentOnce()
    {
        await StartAsync(
            async context =>
            {
                context.SendEvent("receiver", "count", 1);
                await context.CallActivityAsync("Fine");
                await context.CallActivityAsync("Fine");
                context.SendEvent("receiver", "end", 1);
                return 0;
            },
            code => code
                .Activity<object, int>("Fine", _ => 1)
                .Orchestrator("Receiver", async context =>
                {
                    await context.WaitForExternalEvent<int>("end");
                    await context.WaitForExternalEvent<int>("count");
                    return (await Caught.ByAsync(() => context.WaitForExternalEvent<int>("count", TimeSpan.FromMilliseconds(1)))).Type;
                }));
        await Durable.Client.ScheduleNewOrchestrationInstanceAsync("Receiver", new StartOrchestrationOptions("receiver"), Soon);

        await Durable.RunAsync("Main");

        Assert.Equal("System.Threading.Tasks.TaskCanceledException", (await Durable.WaitAsync("receiver")).ReadOutputAs<string>());
    }

    [Fact]
    [Trait("Behaviour", "Functions")]
    public async Task SendEvent_ToAnEntitysId_IsRefused()
    {
        var done = await RunAsync(context => Caught.ByAsync(() =>
        {
            context.SendEvent("@counter@1", "add", 1);
            return Task.CompletedTask;
        }));

        var caught = done.ReadOutputAs<Caught>()!;
        Assert.Equal("System.ArgumentException", caught.Type);
        Assert.StartsWith("Instance IDs starting with '@' are reserved for entities", caught.Message, StringComparison.Ordinal);
    }

    private sealed record News(string Text, int Count);
}
