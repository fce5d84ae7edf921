using HelpdeskSync.LocalCloud.DurableTask;
using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;
using HelpdeskSync.LocalCloud.FunctionsHost.Hosting;
using HelpdeskSync.LocalCloud.FunctionsHost.Invocation;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Durable;

/// <summary>Makes the app's orchestrators and activities known to the engine.</summary>
internal sealed class DurableFunctions(FunctionInvoker invoker, HostPhase phase, IServiceScopeFactory scopes)
{
    public void Register(FunctionCatalog catalog, DurableTaskEngine engine)
    {
        foreach (var (function, trigger) in catalog.Orchestrators)
        {
            engine.AddOrchestrator(trigger.Orchestration ?? function.Name, context => RunOrchestratorAsync(function, context));
        }

        foreach (var (function, trigger) in catalog.Activities)
        {
            engine.AddActivity(trigger.Activity ?? function.Name, (context, input, stopping) => RunActivityAsync(function, context, input, stopping));
        }
    }

    // Everything here must stay on the engine's orchestrator thread: no Task.Run, no ConfigureAwait, no asynchronous disposal.
    private async Task<object?> RunOrchestratorAsync(FunctionMethod function, TaskOrchestrationContext context)
    {
        using var scope = scopes.CreateScope();
        return await invoker.InvokeAsync(new LocalFunctionContext(function, phase.NewInvocationId(), scope.ServiceProvider, CancellationToken.None)
        {
            Trigger = context,
            Data = new Dictionary<string, object?> { ["instanceId"] = context.InstanceId },
        });
    }

    // The engine's token alone: an activity that any other token ended would be recorded as failed instead of running again.
    private async Task<object?> RunActivityAsync(
        FunctionMethod function, TaskActivityContext activity, string? input, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await invoker.InvokeAsync(new LocalFunctionContext(function, phase.NewInvocationId(), scope.ServiceProvider, cancellationToken)
        {
            Trigger = input,
            Data = new Dictionary<string, object?> { ["instanceId"] = activity.InstanceId },
        });
    }
}
