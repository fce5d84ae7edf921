using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class ContinueAsNewTests : DurableSuite
{
    [Fact]
    public async Task ContinueAsNew_ThreeGenerations_KeepIdNameAndTags()
    {
        await StartAsync((TaskOrchestrationContext context, int left) =>
        {
            if (left > 0)
            {
                context.ContinueAsNew(left - 1);
            }

            return Task.FromResult($"{context.InstanceId} {context.Name} {left}");
        });
        var options = new StartOrchestrationOptions("eternal") { Tags = new Dictionary<string, string> { ["kind"] = "test" } };
        await Durable.Client.ScheduleNewOrchestrationInstanceAsync("MAIN", 3, options, Soon);

        var done = await Durable.WaitAsync("eternal");

        Assert.Equal("eternal MAIN 0", done.ReadOutputAs<string>());
        Assert.Equal("0", done.SerializedInput);
        Assert.Equal("test", done.Tags["kind"]);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, done.RuntimeStatus);
    }

    [Fact]
    public async Task ContinueAsNew_CodeAfterIt_GoesOnAndMayAwait()
    {
        var after = 0;
        var done = await RunAsync(
            async (TaskOrchestrationContext context, string? input) =>
            {
                if (input == "next")
                {
                    return "ended";
                }

                context.ContinueAsNew("next");
                after = await context.CallActivityAsync<int>("Fine");
                return "dropped";
            },
            Fine);

        Assert.Equal("ended", done.ReadOutputAs<string>());
        Assert.Equal(1, after);
    }

    [Fact]
    public async Task ContinueAsNew_CalledTwice_TheLastInputWins()
    {
        var done = await RunAsync((TaskOrchestrationContext context, string? input) =>
        {
            if (input is not null)
            {
                return Task.FromResult(input);
            }

            context.ContinueAsNew("first");
            context.ContinueAsNew("second");
            return Task.FromResult("dropped");
        });

        Assert.Equal("second", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task ContinueAsNew_ThrowAfterIt_FailsTheInstance()
    {
        var done = await RunAsync<int>(context =>
        {
            context.ContinueAsNew("next");
            throw new BareException("after it");
        });

        Assert.Equal(OrchestrationRuntimeStatus.Failed, done.RuntimeStatus);
        Assert.Equal("after it", done.SerializedOutput);
        Assert.Null(done.SerializedInput);
    }

    [Fact]
    public async Task ContinueAsNew_NoInput_GivesTheNextGenerationNone()
    {
        var done = await RunAsync(
            (TaskOrchestrationContext context, int? input) =>
            {
                if (input is not null)
                {
                    context.ContinueAsNew();
                }

                return Task.FromResult($"{input?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "null"}");
            },
            input: 5);

        Assert.Equal("null", done.ReadOutputAs<string>());
        Assert.Null(done.SerializedInput);
    }

    [Fact]
    public async Task ContinueAsNew_ActivityStillOpen_StartsOverOnlyWhenItHasEnded()
    {
        var release = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = await ScheduleAsync(
            (TaskOrchestrationContext context, string? input) =>
            {
                if (input is not null)
                {
                    return Task.FromResult(input);
                }

                _ = context.CallActivityAsync<int>("Slow");
                context.SetCustomStatus("first");
                context.ContinueAsNew("next");
                return Task.FromResult("dropped");
            },
            code => code.Activity<object, int>("Slow", _ => release.Task));

        var meanwhile = await UntilStatusAsync(id, "first");
        release.SetResult(1);
        var done = await Durable.WaitAsync(id);

        Assert.Equal(OrchestrationRuntimeStatus.Running, meanwhile.RuntimeStatus);
        Assert.Equal("next", done.ReadOutputAs<string>());
    }

    [Fact]
    [Trait("Behaviour", "Functions")]
    public async Task ContinueAsNew_CustomStatus_StaysThroughTheNextGenerationsFirstTurn()
    {
        var done = await RunAsync((TaskOrchestrationContext context, string? input) =>
        {
            if (input is null)
            {
                context.SetCustomStatus("of the first");
                context.ContinueAsNew("next");
            }

            return Task.FromResult("ended");
        });

        Assert.Equal("ended", done.ReadOutputAs<string>());
        Assert.Equal("of the first", done.ReadCustomStatusAs<string>());
    }

    [Fact]
    public async Task ContinueAsNew_CustomStatus_IsGoneWithTheNextGenerationsSecondTurn()
    {
        var done = await RunAsync(
            async (TaskOrchestrationContext context, string? input) =>
            {
                if (input is null)
                {
                    context.SetCustomStatus("of the first");
                    context.ContinueAsNew("next");
                    return "dropped";
                }

                await context.CallActivityAsync("Fine");
                return "ended";
            },
            Fine);

        Assert.Equal("ended", done.ReadOutputAs<string>());
        Assert.Null(done.SerializedCustomStatus);
    }

    [Fact]
    public async Task ContinueAsNew_NewGuid_IsAnotherOneInEachGeneration()
    {
        var done = await RunAsync(async (TaskOrchestrationContext context, Guid? before) =>
        {
            await context.CreateTimer(TimeSpan.FromMilliseconds(2), CancellationToken.None);
            var made = context.NewGuid();
            if (before is null)
            {
                context.ContinueAsNew(made);
                return false;
            }

            return before != made;
        });

        Assert.True(done.ReadOutputAs<bool>());
    }

    [Fact]
    public async Task ContinueAsNew_SequenceNumbers_BeginAgain()
    {
        var done = await RunAsync(
            async (TaskOrchestrationContext context, string? input) =>
            {
                if (input is null)
                {
                    await context.CallActivityAsync("Fine");
                    context.ContinueAsNew("next");
                }

                return await NextTaskIdAsync(context);
            },
            Fine);

        Assert.Equal(0, done.ReadOutputAs<int>());
    }

    [Fact]
    public async Task ContinueAsNew_OfAChild_StillAnswersItsParent()
    {
        var done = await RunAsync(
            context => context.CallSubOrchestratorAsync<string>("Child", 3),
            code => code.Orchestrator("Child", (TaskOrchestrationContext context, int left) =>
            {
                if (left > 0)
                {
                    context.ContinueAsNew(left - 1);
                }

                return Task.FromResult($"{left} of {context.Parent!.Name}");
            }));

        Assert.Equal("0 of Main", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task ContinueAsNew_ByOptions_IsTheSame()
    {
        var done = await RunAsync((TaskOrchestrationContext context, string? input) =>
        {
            if (input is not null)
            {
                return Task.FromResult(input);
            }

            context.ContinueAsNew(new ContinueAsNewOptions { NewInput = "by options" });
            return Task.FromResult("dropped");
        });

        Assert.Equal("by options", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task ContinueAsNew_InputThatCannotBeConverted_ThrowsAtTheCall_NotRecorded()
    {
        var done = await RunAsync(context => Caught.ByAsync(() =>
        {
            context.ContinueAsNew(double.NaN);
            return Task.CompletedTask;
        }));

        Assert.Equal("System.ArgumentException", done.ReadOutputAs<Caught>()!.Type);
    }

    private static void Fine(DurableCode code) => code.Activity<object, int>("Fine", _ => 1);
}
