using Microsoft.DurableTask;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask;

/// <summary>An exception as an orchestrator saw it, in a form that it can return.</summary>
public sealed record Caught(string Type, string Message, string? InnerType)
{
    public string? TaskName { get; init; }

    public int TaskId { get; init; } = -1;

    public Details? Failure { get; init; }

    /// <summary>Awaits a task that must throw.</summary>
    public static async Task<Caught> ByAsync(Func<Task> action)
    {
        try
        {
            await action();
        }
        catch (Exception problem)
        {
            return Of(problem);
        }

        throw new InvalidOperationException("It did not throw.");
    }

    public static Caught Of(Exception problem)
    {
        var caught = new Caught(problem.GetType().FullName!, problem.Message, problem.InnerException?.GetType().FullName);
        return problem is TaskFailedException failed
            ? caught with { TaskName = failed.TaskName, TaskId = failed.TaskId, Failure = Details.Of(failed.FailureDetails) }
            : caught;
    }
}

/// <summary>Failure details in a form that travels as JSON.</summary>
public sealed record Details(string ErrorType, string ErrorMessage, string? StackTrace, Details? Inner)
{
    public int? Properties { get; init; }

    public bool IsAnException { get; init; }

    public static Details? Of(TaskFailureDetails? failure) => failure is null
        ? null
        : new Details(failure.ErrorType, failure.ErrorMessage, failure.StackTrace, Of(failure.InnerFailure))
        {
            Properties = failure.Properties?.Count,
            IsAnException = failure.IsCausedBy<Exception>(),
        };
}
