using Microsoft.DurableTask;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

public sealed class FailureDetailsTests
{
    [Fact]
    public void ToString_Always_IsTypeAndMessage() => Assert.Equal("Some.Type: went wrong", Of("Some.Type", "went wrong").ToString());

    [Theory]
    [InlineData("System.InvalidOperationException", typeof(InvalidOperationException), true)]
    [InlineData("System.InvalidOperationException", typeof(Exception), true)]
    [InlineData("System.Threading.Tasks.TaskCanceledException", typeof(OperationCanceledException), true)]
    [InlineData("System.OperationCanceledException", typeof(TaskCanceledException), false)]
    [InlineData("System.Text.Json.JsonException", typeof(Exception), true)]
    [InlineData("BareException", typeof(Exception), true)]
    [InlineData("No.Such.Exception", typeof(Exception), false)]
    [InlineData("ActivityTaskNotFound", typeof(Exception), false)]
    [InlineData("", typeof(Exception), false)]
    public void IsCausedBy_TypeByName_HonoursInheritanceOfTypesThatCanBeFound(string name, Type target, bool expected) =>
        Assert.Equal(expected, Of(name, "m").IsCausedBy(target));

    [Fact]
    public void IsCausedBy_InnerFailure_IsNotLookedAt()
    {
        var failure = new TaskFailureDetails("System.Exception", "outer", null, Of("System.TimeoutException", "inner"), null);

        Assert.False(failure.IsCausedBy<TimeoutException>());
        Assert.True(failure.InnerFailure!.IsCausedBy<TimeoutException>());
    }

    [Fact]
    public void IsCausedBy_NotAnExceptionType_IsRefused()
    {
        var refused = Assert.Throws<ArgumentException>(() => Of("System.Exception", "m").IsCausedBy(typeof(string)));

        Assert.Equal("The type System.String is not an exception type. (Parameter 'targetBaseExceptionType')", refused.Message);
    }

    [Fact]
    public void FromException_Always_HasNoProperties()
    {
        var failure = TaskFailureDetails.FromException(new InvalidOperationException("outer", new ArgumentException("inner")));

        Assert.Null(failure.Properties);
        Assert.Equal("System.InvalidOperationException: outer", failure.ToString());
        Assert.Equal("System.ArgumentException: inner", failure.InnerFailure!.ToString());
    }

    [Theory]
    [InlineData("told", "Task 'A' (#3) failed with an unhandled exception: told")]
    [InlineData("", "Task 'A' (#3) failed with an unhandled exception: ")]
    [InlineData(null, "Task 'A' (#3) failed with an unhandled exception.")]
    public void TaskFailedException_Message_EndsWithTheErrorMessageIfThereIsOne(string? message, string expected) =>
        Assert.Equal(expected, new TaskFailedException("A", 3, Of("T", message!)).Message);

    private static TaskFailureDetails Of(string type, string message) => new(type, message, null, null, null);
}
