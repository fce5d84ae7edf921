using System.Reflection;
using System.Runtime.CompilerServices;

namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

/// <summary>
/// Finds where an asynchronous method stands and what it waits for, for a line in the log. It reads the state that the compiler and the
/// runtime keep, as a debugger does; where they keep it otherwise, it finds nothing.
/// </summary>
internal static class StandingAwait
{
    private const int Deepest = 50;
    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <param name="method">The orchestrator.</param>
    /// <param name="isAllowed">Whether a task is one that it may wait for.</param>
    /// <returns>Such as "It stands in Orders.RunAsync, which waits for Task.Delay."; null when that cannot be seen or is allowed.</returns>
    public static string? Describe(Task method, Func<Task, bool> isAllowed)
    {
        string? name = null;
        var task = method;
        for (var depth = 0; depth < Deepest; depth++)
        {
            if (MachineOf(task) is not { } machine)
            {
                break;
            }

            name = NameOf(machine.GetType()) ?? name;
            if (machine.GetType().GetFields(Fields).Select(field => Awaited(field.GetValue(machine))).FirstOrDefault(found => found is not null) is not { } next)
            {
                return null;
            }

            task = next;
        }

        return name is null || task == method || isAllowed(task) ? null : $"It stands in {name}, which waits for {KindOf(task)}.";
    }

    private static object? MachineOf(Task task) => task.GetType().GetField("StateMachine", Fields)?.GetValue(task) as IAsyncStateMachine;

    /// <summary>The unfinished task inside an awaiter; those of configured awaits are nested.</summary>
    private static Task? Awaited(object? awaiter)
    {
        if (awaiter is not (ICriticalNotifyCompletion and ValueType))
        {
            return null;
        }

        foreach (var value in awaiter.GetType().GetFields(Fields).Select(field => field.GetValue(awaiter)))
        {
            if ((value as Task ?? Awaited(value)) is { IsCompleted: false } task)
            {
                return task;
            }
        }

        return null;
    }

    /// <summary>Type and method of a state machine, which the compiler calls Type+&lt;Method&gt;d__1.</summary>
    private static string? NameOf(Type machine)
    {
        var (begin, end) = (machine.Name.IndexOf('<', StringComparison.Ordinal), machine.Name.LastIndexOf('>'));
        return begin >= 0 && end > begin + 1 ? $"{machine.DeclaringType?.FullName}.{machine.Name[(begin + 1)..end].Trim('<', '>')}" : null;
    }

    private static string KindOf(Task task) => task.GetType().Name switch
    {
        "DelayPromise" or "DelayPromiseWithCancellation" => "Task.Delay",
        var name when name.StartsWith("UnwrapPromise", StringComparison.Ordinal) => "Task.Run",
        var name => $"a task that the context does not know ({name})",
    };
}
