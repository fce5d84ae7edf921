using System.Reflection;
using System.Runtime.CompilerServices;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Invocation;

/// <summary>Turns what a method returned (a value, a task, a task of a value) into a task of the value.</summary>
/// <remarks>Awaits in the caller's context: an orchestrator must not leave its thread here.</remarks>
internal sealed class ReturnReader
{
    private readonly MethodInfo? asTask;
    private readonly PropertyInfo? result;

    private ReturnReader(MethodInfo? asTask, PropertyInfo? result)
    {
        this.asTask = asTask;
        this.result = result;
    }

    /// <summary>Whether a caller can know when the method has ended.</summary>
    public static bool Supports(MethodInfo method) =>
        method.ReturnType != typeof(void) || method.GetCustomAttribute<AsyncStateMachineAttribute>() is null;

    public static ReturnReader For(Type declared)
    {
        var isValueTask = declared == typeof(ValueTask)
            || (declared.IsGenericType && declared.GetGenericTypeDefinition() == typeof(ValueTask<>));
        var value = declared.IsGenericType && (isValueTask || declared.GetGenericTypeDefinition() == typeof(Task<>))
            ? declared.GetGenericArguments()[0]
            : null;
        return new ReturnReader(
            isValueTask ? declared.GetMethod(nameof(ValueTask.AsTask)) : null,
            value is null ? null : typeof(Task<>).MakeGenericType(value).GetProperty(nameof(Task<object>.Result)));
    }

    public async Task<object?> ReadAsync(object? returned)
    {
        if ((asTask is null ? returned : asTask.Invoke(returned, null)) is not Task task)
        {
            return returned;
        }

        await task;
        return result?.GetValue(task);
    }
}
