using System.Reflection;
using HelpdeskSync.LocalCloud.FunctionsHost.Invocation;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Discovery;

/// <summary>A function while it is being checked.</summary>
internal sealed class FunctionDraft(string name, MethodInfo method)
{
    public string Name { get; } = name;

    public MethodInfo Method { get; } = method;

    public string Place => $"{Method.DeclaringType!.Name}.{Method.Name}";

    public TriggerBindingAttribute? Trigger { get; set; }

    /// <summary>The whole route of an HTTP function; null for the others and while it is faulty.</summary>
    public RoutePattern? Route { get; set; }

    /// <summary>Whether the parameter that takes an orchestrator's input has been found.</summary>
    public bool HasInput { get; set; }

    public List<ParameterBinder> Binders { get; } = [];

    public override string ToString() => $"Function '{Name}' ({Place})";
}
