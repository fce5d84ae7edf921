using System.Reflection;
using HelpdeskSync.LocalCloud.FunctionsHost.HttpTriggers;
using HelpdeskSync.LocalCloud.FunctionsHost.Invocation;
using HelpdeskSync.LocalCloud.FunctionsHost.TimerTriggers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Discovery;

/// <summary>What a function may look like: its trigger's settings, its parameters, and what no two functions may share.</summary>
internal sealed class FunctionRules(FunctionRoutes routes, TimerSchedules schedules, ParameterBinders binders, bool hasWebApplication)
{
    /// <summary>Faults of the trigger alone; reads the route on the way.</summary>
    public IEnumerable<string> FaultsOf(FunctionDraft draft)
    {
        switch (draft.Trigger)
        {
            case HttpTriggerAttribute when !hasWebApplication:
                yield return "HTTP functions need builder.ConfigureFunctionsWebApplication() in Program.cs";
                break;
            case HttpTriggerAttribute { AuthLevel: AuthorizationLevel.User }:
                yield return "AuthorizationLevel.User is not supported; use Anonymous, Function or Admin";
                break;
            case HttpTriggerAttribute http when !routes.TryParse(http.Route ?? draft.Name, out var route, out var fault):
                yield return $"its route '{http.Route}' is no route template: {fault}";
                break;
            case HttpTriggerAttribute http:
                _ = routes.TryParse(http.Route ?? draft.Name, out var parsed, out _);
                draft.Route = parsed;
                break;
            case TimerTriggerAttribute timer when schedules.FaultOf(timer.Schedule) is { } fault:
                yield return fault;
                break;
            default:
                break;
        }
    }

    /// <summary>How the parameter gets its value; null with the reason when there is no way.</summary>
    public ParameterBinder? BinderOf(FunctionDraft draft, ParameterInfo parameter, out string fault)
    {
        fault = $"cannot be bound in a function with {draft.Trigger!.GetType().Name.Replace("Attribute", string.Empty, StringComparison.Ordinal)}";
        return Trigger(draft, parameter, ref fault)
            ?? binders.Common(parameter, isOrchestrator: draft.Trigger is OrchestrationTriggerAttribute, ref fault)
            ?? ByName(draft, parameter, ref fault);
    }

    /// <summary>Routes and durable names that two functions share.</summary>
    public static IEnumerable<string> FaultsAcross(IReadOnlyList<FunctionDraft> drafts) =>
        FunctionRoutes.Clashes(drafts)
            .Concat(Twice(drafts, "orchestrators", draft => draft.Trigger is OrchestrationTriggerAttribute one ? one.Orchestration ?? draft.Name : null))
            .Concat(Twice(drafts, "activities", draft => draft.Trigger is ActivityTriggerAttribute one ? one.Activity ?? draft.Name : null));

    private ParameterBinder? Trigger(FunctionDraft draft, ParameterInfo parameter, ref string fault)
    {
        if (parameter.GetCustomAttribute<Microsoft.Azure.Functions.Worker.Extensions.Abstractions.TriggerBindingAttribute>() is not { } trigger)
        {
            return null;
        }

        if (trigger is ActivityTriggerAttribute)
        {
            return parameter.ParameterType == typeof(TaskActivityContext) ? null : binders.ActivityInput(parameter);
        }

        var wanted = trigger switch
        {
            HttpTriggerAttribute => typeof(HttpRequest),
            TimerTriggerAttribute => typeof(TimerInfo),
            _ => typeof(TaskOrchestrationContext),
        };
        fault = $"must be {wanted.Name}";
        return parameter.ParameterType == wanted ? ParameterBinders.TriggerItself : null;
    }

    private static ParameterBinder? ByName(FunctionDraft draft, ParameterInfo parameter, ref string fault)
    {
        if (parameter.GetCustomAttribute<DurableClientAttribute>() is not null
            || parameter.GetCustomAttribute<Microsoft.Azure.Functions.Worker.Extensions.Abstractions.TriggerBindingAttribute>() is not null
            || parameter.ParameterType == typeof(DurableTaskClient) || parameter.ParameterType.IsByRef)
        {
            return null;
        }

        switch (draft.Trigger)
        {
            case OrchestrationTriggerAttribute when !draft.HasInput:
                draft.HasInput = true;
                return ParameterBinders.OrchestrationInput(parameter);
            case ActivityTriggerAttribute when parameter.ParameterType == typeof(string) && parameter.Name == "instanceId":
                return ParameterBinders.InstanceId;
            case HttpTriggerAttribute when IsRouteValue(draft.Route, parameter.Name!):
                fault = "cannot be read from a route";
                return RouteValues.BinderOf(parameter);
            default:
                return null;
        }
    }

    private static bool IsRouteValue(RoutePattern? route, string name) => route?.GetParameter(name) is not null;

    private static IEnumerable<string> Twice(IReadOnlyList<FunctionDraft> drafts, string what, Func<FunctionDraft, string?> nameOf) =>
        from draft in drafts
        let name = nameOf(draft)
        where name is not null && !string.Equals(name, draft.Name, StringComparison.OrdinalIgnoreCase)
        from other in drafts
        where other != draft && string.Equals(nameOf(other), name, StringComparison.OrdinalIgnoreCase)
        select $"two {what} are named '{name}': {draft.Place} and {other.Place}.";
}
