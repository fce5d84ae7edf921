using HelpdeskSync.LocalCloud.DurableTask;

namespace Microsoft.DurableTask;

/// <summary>A failure as data: exception types do not cross the boundary between activity and orchestrator, their names and texts do.</summary>
/// <param name="ErrorType">Full name of the exception's type.</param>
/// <param name="ErrorMessage">The exception's message, untouched.</param>
/// <param name="StackTrace">Where it was thrown; null when it never was.</param>
/// <param name="InnerFailure">The inner exception, only the first one of an aggregate.</param>
/// <param name="Properties">Further data; empty here.</param>
public record TaskFailureDetails(
    string ErrorType,
    string ErrorMessage,
    string? StackTrace,
    TaskFailureDetails? InnerFailure,
    IDictionary<string, object?>? Properties)
{
    /// <summary>True for failures that another attempt cannot cure, such as an activity that does not exist.</summary>
    internal bool IsNonRetriable { get; init; }

    /// <summary>Describes an exception and its inner exceptions.</summary>
    public static TaskFailureDetails FromException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return FailureConversion.FromException(exception, properties: null);
    }

    /// <summary>Whether the failure's own type (not that of an inner failure) is <typeparamref name="T"/> or derives from it.</summary>
    public bool IsCausedBy<T>()
        where T : Exception => IsCausedBy(typeof(T));

    /// <summary>Whether the failure's own type is the given one or derives from it; false when that type cannot be found.</summary>
    /// <exception cref="ArgumentException">The type is not an exception type.</exception>
    public bool IsCausedBy(Type targetBaseExceptionType)
    {
        ArgumentNullException.ThrowIfNull(targetBaseExceptionType);
        if (!typeof(Exception).IsAssignableFrom(targetBaseExceptionType))
        {
            throw new ArgumentException(
                $"The type {targetBaseExceptionType} is not an exception type.", nameof(targetBaseExceptionType));
        }

        return FailureConversion.FindType(ErrorType, targetBaseExceptionType) is { } type && targetBaseExceptionType.IsAssignableFrom(type);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{ErrorType}: {ErrorMessage}";
}
