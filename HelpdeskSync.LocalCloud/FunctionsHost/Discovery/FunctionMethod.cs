using System.Reflection;
using HelpdeskSync.LocalCloud.FunctionsHost.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Discovery;

/// <summary>One function of the app, checked and ready to be invoked.</summary>
internal sealed class FunctionMethod(
    string name, MethodInfo method, TriggerBindingAttribute trigger, IReadOnlyList<ParameterBinder> binders) : FunctionDefinition
{
    public override string Name { get; } = name;

    public override string Id { get; } = Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{method.DeclaringType!.FullName}.{method.Name}/{name}")))[..32];

    public override string EntryPoint { get; } = $"{method.DeclaringType!.FullName}.{method.Name}";

    public override string PathToAssembly { get; } = method.DeclaringType!.Assembly.Location;

    public MethodInfo Method { get; } = method;

    public TriggerBindingAttribute Trigger { get; } = trigger;

    public IReadOnlyList<ParameterBinder> Binders { get; } = binders;

    public ReturnReader Returns { get; } = ReturnReader.For(method.ReturnType);
}
