using System.Text.Json;
using Microsoft.DurableTask;

namespace HelpdeskSync.LocalCloud.DurableTask;

/// <summary>Failures to data and back.</summary>
internal static class FailureConversion
{
    private static readonly JsonSerializerOptions Json = new();

    public static TaskFailureDetails FromException(Exception exception, IDictionary<string, object?>? properties)
    {
        // The failed task's own failure says more than the exception type that carries it.
        var inner = exception is TaskFailedException failed
            ? failed.FailureDetails
            : exception.InnerException is { } cause ? FromInner(cause, properties) : null;
        return Describe(exception, inner, properties);
    }

    public static string ToJson(TaskFailureDetails failure) => JsonSerializer.Serialize(Stored.From(failure), Json);

    public static TaskFailureDetails? FromJson(string? json) =>
        json is null ? null : JsonSerializer.Deserialize<Stored>(json, Json)?.ToFailure();

    /// <summary>Looks where the official client looks: core library, the target's assembly, then every loaded one.</summary>
    public static Type? FindType(string name, Type target)
    {
        if (string.IsNullOrEmpty(name))
        {
            return null;
        }

        var found = Type.GetType(name, throwOnError: false) ?? target.Assembly.GetType(name);
        if (found is not null)
        {
            return found;
        }

        foreach (var candidate in AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(name)))
        {
            if (candidate is not null && found is not null)
            {
                throw new System.Reflection.AmbiguousMatchException($"Multiple exception types with the name '{name}' were found.");
            }

            found ??= candidate;
        }

        return found;
    }

    private static TaskFailureDetails FromInner(Exception exception, IDictionary<string, object?>? properties) =>
        Describe(exception, exception.InnerException is { } cause ? FromInner(cause, properties) : null, properties);

    private static TaskFailureDetails Describe(Exception exception, TaskFailureDetails? inner, IDictionary<string, object?>? properties) =>
        new(exception.GetType().FullName ?? exception.GetType().Name, MessageOf(exception), exception.StackTrace, inner, properties);

    private static string MessageOf(Exception exception)
    {
        try
        {
            return exception is global::DurableTask.Core.Exceptions.TaskFailedException { Name: { } name } failed
                ? $"Task '{name}' (#{failed.ScheduleId}) failed with an unhandled exception: {failed.Message}"
                : exception.Message;
        }
        catch (Exception problem)
        {
            // An exception of the app whose message throws must not end the engine's loops.
            return $"(The message could not be read: {problem.GetType().FullName}.)";
        }
    }

    private sealed record Stored(string Type, string Message, string? Stack, Stored? Inner, bool Final)
    {
        public static Stored From(TaskFailureDetails failure) => new(
            failure.ErrorType,
            failure.ErrorMessage,
            failure.StackTrace,
            failure.InnerFailure is null ? null : From(failure.InnerFailure),
            failure.IsNonRetriable);

        public TaskFailureDetails ToFailure() =>
            new(Type, Message, Stack, Inner?.ToFailure(), new Dictionary<string, object?>()) { IsNonRetriable = Final };
    }
}
