using System.Reflection;
using System.Text.Json;
using HelpdeskSync.LocalCloud.FunctionsHost.Durable;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Invocation;

/// <summary>The ways in which a parameter can get its value, but for route values.</summary>
internal sealed class ParameterBinders(JsonSerializerOptions json, string taskHub)
{
    private static readonly MethodInfo GetInput = typeof(TaskOrchestrationContext).GetMethod(nameof(TaskOrchestrationContext.GetInput))!;

    public static ParameterBinder TriggerItself { get; } = context => context.Trigger;

    public static ParameterBinder InstanceId { get; } = context => context.Data["instanceId"];

    /// <summary>Parameters that any trigger allows: the context, the token, the durable client; null for others.</summary>
    public ParameterBinder? Common(ParameterInfo parameter, bool isOrchestrator, ref string fault)
    {
        if (parameter.ParameterType == typeof(FunctionContext))
        {
            return context => context;
        }

        if (parameter.ParameterType == typeof(CancellationToken))
        {
            return context => context.CancellationToken;
        }

        return parameter.GetCustomAttribute<DurableClientAttribute>() is { } client ? DurableClient(parameter, client, isOrchestrator, ref fault) : null;
    }

    /// <summary>The activity's input, read from JSON by the parameter's type.</summary>
    public ParameterBinder ActivityInput(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var nothing = type.IsValueType && Nullable.GetUnderlyingType(type) is null ? "null" : null;
        return context => (context.Trigger as string ?? nothing) is { } text ? JsonSerializer.Deserialize(text, type, json) : null;
    }

    /// <summary>The orchestrator's input; the default value of the type when there is none.</summary>
    public static ParameterBinder OrchestrationInput(ParameterInfo parameter)
    {
        var read = GetInput.MakeGenericMethod(parameter.ParameterType);
        return context => read.Invoke(context.Trigger, BindingFlags.DoNotWrapExceptions, null, null, null);
    }

    private ParameterBinder? DurableClient(ParameterInfo parameter, DurableClientAttribute client, bool isOrchestrator, ref string fault)
    {
        if (isOrchestrator)
        {
            fault = "is a durable client; an orchestrator acts through its TaskOrchestrationContext only";
            return null;
        }

        if (parameter.ParameterType != typeof(DurableTaskClient))
        {
            fault = $"has [DurableClient]; its type must be {nameof(DurableTaskClient)}";
            return null;
        }

        if (client.TaskHub is { } hub && !string.Equals(hub, taskHub, StringComparison.OrdinalIgnoreCase))
        {
            fault = $"names the task hub '{hub}'; the local host has only '{taskHub}'";
            return null;
        }

        return context => context.InstanceServices.GetRequiredService<DurableClients>().ForInvocation();
    }
}
