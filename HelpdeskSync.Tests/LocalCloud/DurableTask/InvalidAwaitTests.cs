using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

/// <summary>
/// Orchestrators that wait for something other than their context's tasks: the Functions worker's error, where the plain worker stays silent
/// for ever. Not recorded for each case is that the instance fails; that it never hangs is this engine's promise.
/// </summary>
public sealed class InvalidAwaitTests : DurableSuite
{
    private const string Message =
        "An invalid asynchronous invocation was detected. This can be caused by awaiting non-durable tasks "
        + "in an orchestrator function's implementation or by middleware that invokes asynchronous code.";

    private static readonly Dictionary<string, Func<TaskOrchestrationContext, Task<int>>> Wrong = new()
    {
        ["Task.Delay first of all"] = async context =>
        {
            await Task.Delay(5, CancellationToken.None);
            return await context.CallActivityAsync<int>("Fine");
        },
        ["Task.Delay only"] = async _ =>
        {
            await Task.Delay(5, CancellationToken.None);
            return 1;
        },
        ["Task.Delay after an activity"] = async context =>
        {
            await context.CallActivityAsync<int>("Fine");
            await Task.Delay(5, CancellationToken.None);
            return 1;
        },
        ["Task.Delay while an activity runs"] = async context =>
        {
            var open = context.CallActivityAsync<int>("Fine");
            await Task.Delay(5, CancellationToken.None);
            return await open;
        },
        ["Task.Run"] = async context =>
        {
            await Task.Run(() => Thread.Sleep(5));
            return await context.CallActivityAsync<int>("Fine");
        },
        ["Task.Run around a durable call"] = context => Task.Run(() => context.CallActivityAsync<int>("Fine")),
        ["StartNew"] = async context =>
        {
            await Task.Factory.StartNew(() => Thread.Sleep(5), CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Default);
            return await context.CallActivityAsync<int>("Fine");
        },
        ["ConfigureAwait(false) then a call"] = async context =>
        {
            await context.CallActivityAsync<int>("Fine").ConfigureAwait(false);
            return await context.CallActivityAsync<int>("Fine");
        },
        ["ConfigureAwait(false) then the end"] = async context => await context.CallActivityAsync<int>("Fine").ConfigureAwait(false),
        ["a source that nobody sets"] = async context =>
        {
            await context.CallActivityAsync<int>("Fine");
            return await new TaskCompletionSource<int>().Task;
        },
        ["Task.Delay inside try"] = async _ =>
        {
            try
            {
                await Task.Delay(5, CancellationToken.None);
                return 1;
            }
            catch (InvalidOperationException)
            {
                return 2;
            }
        },
        ["cancelled by a clock of its own"] = async context =>
        {
            using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(5));
            await context.CreateTimer(TimeSpan.FromDays(2), cancel.Token);
            return 1;
        },
    };

#pragma warning disable xUnit1031, CA1849 // Blocking is what is tested.
    private static readonly Dictionary<string, Func<TaskOrchestrationContext, int>> Blocking = new()
    {
        ["Result"] = context => context.CallActivityAsync<int>("Fine").Result,
        ["GetResult"] = context => context.CallActivityAsync<int>("Fine").GetAwaiter().GetResult(),
        ["Wait"] = context => context.CreateTimer(TimeSpan.Zero, CancellationToken.None).Wait(Timeout.Infinite, CancellationToken.None) ? 1 : 2,
        ["WaitAll"] = context =>
        {
            Task.WaitAll([context.CallActivityAsync<int>("Fine"), context.CallActivityAsync<int>("Fine")], CancellationToken.None);
            return 1;
        },
        ["swallowed"] = context =>
        {
            try
            {
                return context.CallActivityAsync<int>("Fine").Result;
            }
            catch (Exception)
            {
                return 2;
            }
        },
    };
#pragma warning restore xUnit1031, CA1849

    public static TheoryData<string> WrongNames => [.. Wrong.Keys];

    public static TheoryData<string> BlockingNames => [.. Blocking.Keys];

    [Theory]
    [Trait("Behaviour", "Functions")]
    [MemberData(nameof(WrongNames))]
    public async Task Await_NotATaskOfTheContext_FailsWithTheWorkersWords(string name) =>
        AssertFailed(await RunAsync(Wrong[name], Fine));

    [Theory]
    [Trait("Behaviour", "Local")]
    [MemberData(nameof(BlockingNames))]
    public async Task Block_OnATaskOfTheContext_FailsInsteadOfStandingForEver(string name)
    {
        Durable.LongestBlock = TimeSpan.FromMilliseconds(200);

        AssertFailed(await RunAsync(context => Task.FromResult(Blocking[name](context)), Fine));
    }

    [Theory]
    [Trait("Behaviour", "Local")]
    [InlineData("Task.Delay only", "which waits for Task.Delay.")]
    [InlineData("Task.Delay while an activity runs", "which waits for Task.Delay.")]
    [InlineData("a source that nobody sets", "which waits for a task that the context does not know")]
    public async Task Await_NotATaskOfTheContext_TheLogNamesItAndSaysHowToMendIt(string name, string what)
    {
        await RunAsync(Wrong[name], Fine);

        var line = Assert.Single(Durable.Log, line => line.Level == LogLevel.Error);
        Assert.Contains("'Main'", line.Text, StringComparison.Ordinal);
        Assert.Contains($"It stands in {typeof(InvalidAwaitTests).FullName}", line.Text, StringComparison.Ordinal);
        Assert.Contains(what, line.Text, StringComparison.Ordinal);
        Assert.Contains("use CreateTimer instead of Task.Delay", line.Text, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Behaviour", "Functions")]
    public async Task Await_WrongInOneInstance_LeavesOthersAlone()
    {
        await RunAsync(Wrong["Task.Delay while an activity runs"], code => Fine(code.Orchestrator("Good", context => context.CallActivityAsync<int>("Fine"))));

        Assert.Equal(1, (await Durable.RunAsync("Good")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Await_TaskYield_StaysOnTheThreadAndGoesOnAtOnce()
    {
        var done = await RunAsync(
            async context =>
            {
                var order = new List<string>();
                async Task Inner()
                {
                    await Task.Yield();
                    order.Add("inner");
                    await context.CallActivityAsync<int>("Fine");
                }

                var inner = Inner();
                order.Add("outer");
                await inner;
                await Task.Yield();
                return order;
            },
            Fine);

        Assert.Equal(["inner", "outer"], done.ReadOutputAs<string[]>()!);
    }

    [Fact]
    public async Task Sleep_OnTheThread_OnlyBlocksTheTurn()
    {
        Durable.LongestBlock = TimeSpan.FromMilliseconds(10);

        var done = await RunAsync(
            context =>
            {
                Thread.Sleep(40);
                return context.CallActivityAsync<int>("Fine");
            },
            Fine);

        Assert.Equal(1, done.ReadOutputAs<int>());
    }

    [Fact]
    public async Task Await_OwnSourceSetByAnotherBranch_IsAllowed()
    {
        var done = await RunAsync(
            async context =>
            {
                var source = new TaskCompletionSource<int>();
                async Task Set() => source.SetResult(await context.CallActivityAsync<int>("Fine"));
                var setting = Set();
                var result = await source.Task;
                await setting;
                return result;
            },
            Fine);

        Assert.Equal(1, done.ReadOutputAs<int>());
    }

    private static void Fine(DurableCode code) => code.Activity<object, int>("Fine", _ => 1);

    private static void AssertFailed(OrchestrationMetadata failed)
    {
        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.Equal("System.InvalidOperationException", failed.FailureDetails!.ErrorType);
        Assert.Equal(Message, failed.FailureDetails.ErrorMessage);
    }
}
