using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Discovery;

/// <summary>All functions of the app, by name.</summary>
internal sealed class FunctionCatalog(IReadOnlyList<FunctionMethod> functions)
{
    public IReadOnlyList<FunctionMethod> Functions { get; } = functions;

    public IEnumerable<(FunctionMethod Function, HttpTriggerAttribute Trigger)> Http => With<HttpTriggerAttribute>();

    public IEnumerable<(FunctionMethod Function, TimerTriggerAttribute Trigger)> Timers => With<TimerTriggerAttribute>();

    public IEnumerable<(FunctionMethod Function, OrchestrationTriggerAttribute Trigger)> Orchestrators => With<OrchestrationTriggerAttribute>();

    public IEnumerable<(FunctionMethod Function, ActivityTriggerAttribute Trigger)> Activities => With<ActivityTriggerAttribute>();

    /// <summary>Whether an orchestrator of this name, whatever its casing, exists.</summary>
    public bool HasOrchestrator(string name) =>
        Orchestrators.Any(one => string.Equals(one.Trigger.Orchestration ?? one.Function.Name, name, StringComparison.OrdinalIgnoreCase));

    private IEnumerable<(FunctionMethod Function, TTrigger Trigger)> With<TTrigger>()
        where TTrigger : TriggerBindingAttribute =>
        from function in Functions
        where function.Trigger is TTrigger
        select (function, (TTrigger)function.Trigger);
}
