using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Invocation;

/// <summary>Calls functions: binds the parameters, makes the class, awaits what it returns.</summary>
internal sealed class FunctionInvoker
{
    private readonly ConcurrentDictionary<Type, ObjectFactory> factories = new();

    /// <summary>The function's value; null where it has none. Its exceptions pass as they are.</summary>
    public async Task<object?> InvokeAsync(LocalFunctionContext context)
    {
        var function = context.Function;
        var arguments = new object?[function.Binders.Count];
        for (var index = 0; index < arguments.Length; index++)
        {
            arguments[index] = function.Binders[index](context);
        }

        if (function.Method.IsStatic)
        {
            return await function.Returns.ReadAsync(Call(null, arguments, function.Method));
        }

        var target = Make(function.Method.DeclaringType!, context.InstanceServices);
        try
        {
            return await function.Returns.ReadAsync(Call(target, arguments, function.Method));
        }
        finally
        {
            await DisposeAsync(target);
        }
    }

    private static object? Call(object? target, object?[] arguments, MethodInfo method) =>
        method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private static ValueTask DisposeAsync(object target)
    {
        if (target is IAsyncDisposable asynchronous)
        {
            return asynchronous.DisposeAsync();
        }

        (target as IDisposable)?.Dispose();
        return ValueTask.CompletedTask;
    }

    private object Make(Type type, IServiceProvider services) =>
        factories.GetOrAdd(type, static one => ActivatorUtilities.CreateFactory(one, []))(services, null);
}
