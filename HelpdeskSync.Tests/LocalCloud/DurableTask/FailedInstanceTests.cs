using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class FailedInstanceTests : DurableSuite
{
    [Fact]
    public async Task Run_ActivityFailureNotCaught_FailsWithTheTaskFailureOnTop()
    {
        var failed = await RunAsync(
            context => context.CallActivityAsync<int>("Boom"), code => code.Failing("Boom", () => new BareException("plain boom")));

        const string Message = "Task 'Boom' (#0) failed with an unhandled exception: plain boom";
        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.Equal($"Microsoft.DurableTask.TaskFailedException: {Message}", failed.FailureDetails!.ToString());
        Assert.Equal(Message, failed.SerializedOutput);
        Assert.NotNull(failed.FailureDetails.StackTrace);
        Assert.Equal("BareException: plain boom", failed.FailureDetails.InnerFailure!.ToString());
        Assert.NotNull(failed.FailureDetails.InnerFailure.StackTrace);
    }

    [Fact]
    public async Task Run_ActivityFailureNotCaught_IsCausedByTheActivitysExceptionOnlyInside()
    {
        var failed = await RunAsync(
            context => context.CallActivityAsync<int>("Boom"), code => code.Failing("Boom", () => new TimeoutException("slow")));

        Assert.False(failed.FailureDetails!.IsCausedBy<TimeoutException>());
        Assert.True(failed.FailureDetails.InnerFailure!.IsCausedBy<TimeoutException>());
    }

    [Fact]
    public async Task Run_OrchestratorThrows_FailsWithItsExceptionAndRawText()
    {
        var failed = await RunAsync<int>(_ => throw new BareException("not \"JSON\""));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.Equal("BareException: not \"JSON\"", failed.FailureDetails!.ToString());
        Assert.Equal("not \"JSON\"", failed.SerializedOutput);
        Assert.Throws<JsonException>(() => failed.ReadOutputAs<string>());
        Assert.Empty(failed.FailureDetails.Properties!);
    }

    [Fact]
    public async Task Run_OrchestratorThrowsCancellation_LosesTheMessage()
    {
        var failed = await RunAsync<int>(async context =>
        {
            await context.CreateTimer(TimeSpan.Zero, CancellationToken.None);
            throw new OperationCanceledException("this text is lost");
        });

        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.Equal("System.AggregateException: One or more errors occurred. (A task was canceled.)", failed.FailureDetails!.ToString());
        Assert.Equal("System.Threading.Tasks.TaskCanceledException", failed.FailureDetails.InnerFailure!.ErrorType);
        Assert.Null(failed.SerializedOutput);
    }

    [Fact]
    public async Task Run_OrchestratorWrapsTheFailure_LosesTheActivitysType()
    {
        var failed = await RunAsync<int>(
            async context =>
            {
                try
                {
                    return await context.CallActivityAsync<int>("Boom");
                }
                catch (TaskFailedException problem)
                {
                    throw new InvalidOperationException("wrapped", problem);
                }
            },
            code => code.Failing("Boom", () => new BareException("plain boom")));

        var failure = failed.FailureDetails!;
        Assert.Equal("System.InvalidOperationException: wrapped", failure.ToString());
        Assert.Equal("Microsoft.DurableTask.TaskFailedException", failure.InnerFailure!.ErrorType);
        Assert.Equal(
            "DurableTask.Core.Exceptions.TaskFailedException: Task 'Boom' (#0) failed with an unhandled exception: Exception of type 'DurableTask.Core.Exceptions.TaskFailedException' was thrown.",
            failure.InnerFailure.InnerFailure!.ToString());
        Assert.Null(failure.InnerFailure.InnerFailure.InnerFailure);
    }

    [Fact]
    public async Task Run_NoSuchOrchestrator_StartsAndFails()
    {
        await Durable.StartAsync(_ => { });

        var failed = await Durable.RunAsync("Nobody");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.Equal("OrchestratorTaskNotFound: No orchestrator task named 'Nobody' was found.", failed.FailureDetails!.ToString());
        Assert.Null(failed.FailureDetails.StackTrace);
        Assert.Null(failed.SerializedOutput);
    }

    [Fact]
    public async Task GetInstance_WithoutInputsAndOutputs_HasNoFailureDetails()
    {
        var failed = await RunAsync<int>(_ => throw new BareException("hidden"));

        var brief = await Durable.Client.GetInstanceAsync(failed.InstanceId, Soon);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, brief!.RuntimeStatus);
        Assert.Null(brief.FailureDetails);
        Assert.Null(brief.SerializedOutput);
    }

    [Fact]
    public async Task Run_InputOfTheWrongType_FailsWithJsonException()
    {
        var failed = await RunAsync((TaskOrchestrationContext _, int input) => Task.FromResult(input), input: "no number");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.Equal("System.Text.Json.JsonException", failed.FailureDetails!.ErrorType);
    }

    [Fact]
    public async Task Run_ResultThatCannotBeConverted_FailsWithTheConvertersException()
    {
        var failed = await RunAsync(_ => Task.FromResult(double.NaN));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, failed.RuntimeStatus);
        Assert.Equal("System.ArgumentException", failed.FailureDetails!.ErrorType);
    }

    [Fact]
    public async Task Run_ResultWithACycle_FailsWithJsonException()
    {
        var failed = await RunAsync(_ =>
        {
            var loop = new List<object>();
            loop.Add(loop);
            return Task.FromResult(loop);
        });

        Assert.Equal("System.Text.Json.JsonException", failed.FailureDetails!.ErrorType);
    }

    [Fact]
    public async Task Run_ExceptionWhoseMessageThrows_FailsTheInstanceWithWhatThatThrew()
    {
        var failed = await RunAsync<int>(_ => throw new UnspeakableException(), code => code.Orchestrator("Other", _ => Task.FromResult(1)));
        var other = await Durable.RunAsync("Other");

        Assert.Equal("System.InvalidOperationException: no message", failed.FailureDetails!.ToString());
        Assert.Null(failed.SerializedOutput);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, other.RuntimeStatus);
    }

    private sealed class UnspeakableException : Exception
    {
#pragma warning disable CA1065 // That it throws is the point.
        public override string Message => throw new InvalidOperationException("no message");
#pragma warning restore CA1065
    }
}
