using Microsoft.DurableTask;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class ActivityFailureTests : DurableSuite
{
    [Fact]
    public async Task CallActivity_ActivityThrows_NamesTaskNumberAndMessage()
    {
        var caught = await CatchAsync(() => new InvalidOperationException("plain boom"));

        Assert.Equal("Microsoft.DurableTask.TaskFailedException", caught.Type);
        Assert.Equal("Task 'BOOM' (#1) failed with an unhandled exception: plain boom", caught.Message);
        Assert.Equal(("BOOM", 1), (caught.TaskName, caught.TaskId));
    }

    [Fact]
    public async Task CallActivity_ActivityThrows_InnerExceptionIsThatOfTheCoreFramework()
    {
        var caught = await CatchAsync(() => new InvalidOperationException("plain boom"));

        Assert.Equal("DurableTask.Core.Exceptions.TaskFailedException", caught.InnerType);
    }

    [Theory]
    [MemberData(nameof(Problems))]
    public async Task CallActivity_ActivityThrows_KeepsTypeNameAndMessage(string type, string message, Func<Exception> problem)
    {
        var caught = await CatchAsync(problem);

        Assert.Equal((type, message), (caught.Failure!.ErrorType, caught.Failure.ErrorMessage));
        Assert.EndsWith($"failed with an unhandled exception: {message}", caught.Message, StringComparison.Ordinal);
    }

#pragma warning disable CA2201 // Plain exceptions are among the cases.
    public static TheoryData<string, string, Func<Exception>> Problems => new()
    {
        { "System.Exception", "just so", () => new Exception("just so") },
        { "System.ArgumentException", "wrong (Parameter 'x')", () => new ArgumentException("wrong", "x") },
        { "BareException", "bare", () => new BareException("bare") },
        { $"{typeof(ActivityFailureTests).FullName}+NestedException", "nested", () => new NestedException("nested") },
        { typeof(GenericException<int>).FullName!, "generic", () => new GenericException<int>("generic") },
        { "System.Threading.Tasks.TaskCanceledException", "A task was canceled.", () => new TaskCanceledException() },
        { "System.OperationCanceledException", "given up", () => new OperationCanceledException("given up") },
        { "System.Exception", "two\r\nlines\n", () => new Exception("two\r\nlines\n") },
        { "System.Exception", string.Empty, () => new Exception(string.Empty) },
        { "System.AggregateException", "aggmsg (a1) (a2)", () => new AggregateException("aggmsg", new BareException("a1"), new TimeoutException("a2")) },
    };
#pragma warning restore CA2201

    [Fact]
    public async Task CallActivity_AggregateException_KeepsOnlyTheFirstInnerOne()
    {
        var caught = await CatchAsync(() => new AggregateException(new BareException("a1"), new InvalidOperationException("a2")));

        Assert.Equal(("BareException", "a1"), (caught.Failure!.Inner!.ErrorType, caught.Failure.Inner.ErrorMessage));
        Assert.Null(caught.Failure.Inner.Inner);
    }

    [Fact]
    public async Task CallActivity_InnerExceptions_AreKeptThreeLevelsDeep()
    {
        var caught = await CatchAsync(() => new OuterException("top", new InvalidOperationException("middle", new ArgumentException("bottom"))));

        Assert.Equal("top", caught.Failure!.ErrorMessage);
        Assert.Equal(("System.InvalidOperationException", "middle"), (caught.Failure.Inner!.ErrorType, caught.Failure.Inner.ErrorMessage));
        Assert.Equal(("System.ArgumentException", "bottom"), (caught.Failure.Inner.Inner!.ErrorType, caught.Failure.Inner.Inner.ErrorMessage));
        Assert.Null(caught.Failure.Inner.Inner.Inner);
    }

    [Fact]
    public async Task CallActivity_StackTrace_IsThatOfTheThrownExceptionAndBeginsWithAFrame()
    {
        var caught = await CatchAsync(() => new InvalidOperationException("outer", new ArgumentException("never thrown")));

        Assert.StartsWith("   at ", caught.Failure!.StackTrace, StringComparison.Ordinal);
        Assert.Null(caught.Failure.Inner!.StackTrace);
    }

    [Fact]
    public async Task CallActivity_ExceptionWithData_ArrivesWithoutProperties()
    {
        var caught = await CatchAsync(() => new InvalidOperationException("with data") { Data = { ["key"] = "value" } });

        Assert.Equal(0, caught.Failure!.Properties);
    }

    [Fact]
    public async Task CallActivity_ActivityThrowsAfterAnAwait_IsTheSameFailure()
    {
        var done = await RunAsync(
            context => Caught.ByAsync(() => context.CallActivityAsync("Late")),
            code => code.Activity<object, int>("Late", async _ =>
            {
                await Task.Yield();
                throw new BareException("late");
            }));

        Assert.Equal("Task 'Late' (#0) failed with an unhandled exception: late", done.ReadOutputAs<Caught>()!.Message);
    }

    [Fact]
    public async Task CallActivity_NoSuchActivity_FailsAsNotFound()
    {
        var done = await RunAsync(context => Caught.ByAsync(() => context.CallActivityAsync("Nobody")));

        var caught = done.ReadOutputAs<Caught>()!;
        Assert.Equal("Task 'Nobody' (#0) failed with an unhandled exception: No activity task named 'Nobody' was found.", caught.Message);
        Assert.Equal("ActivityTaskNotFound", caught.Failure!.ErrorType);
        Assert.Null(caught.Failure.StackTrace);
        Assert.False(caught.Failure.IsAnException);
    }

    [Fact]
    public async Task CallActivity_OptionsPassedAsInput_RefusesThem()
    {
        var done = await RunAsync(context => Caught.ByAsync(
            () => context.CallActivityAsync<int>("Any", input: TaskOptions.FromRetryPolicy(new RetryPolicy(1, TimeSpan.FromSeconds(1))))));

        var caught = done.ReadOutputAs<Caught>()!;
        Assert.Equal("System.ArgumentException", caught.Type);
        Assert.EndsWith("(Parameter 'input')", caught.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CallActivity_FailureThatNobodyAwaits_IsIgnored()
    {
        var done = await RunAsync(
            async context =>
            {
                _ = context.CallActivityAsync("Boom");
                return await context.CallActivityAsync<int>("Fine");
            },
            code => code.Failing("Boom", () => new BareException("unseen")).Activity<object, int>("Fine", _ => 5));

        Assert.Equal(5, done.ReadOutputAs<int>());
    }

    private async Task<Caught> CatchAsync(Func<Exception> problem)
    {
        var done = await RunAsync(
            async context =>
            {
                await context.CallActivityAsync("Fine");
                return await Caught.ByAsync(() => context.CallActivityAsync<int>("BOOM"));
            },
            code => code.Activity<object, int>("Fine", _ => 1).Failing("Boom", problem));
        return done.ReadOutputAs<Caught>()!;
    }

    private sealed class NestedException(string message) : Exception(message);

    private sealed class OuterException(string message, Exception inner) : Exception(message, inner);

    private sealed class GenericException<T>(string message) : Exception(message);
}
