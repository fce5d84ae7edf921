using System.Reflection;
using System.Text.RegularExpressions;
using HelpdeskSync.LocalCloud.FunctionsHost.Invocation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Discovery;

/// <summary>Finds the methods marked <see cref="FunctionAttribute"/> and checks them all before any of them may run.</summary>
internal sealed partial class FunctionFinder(FunctionRules rules)
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private readonly List<string> faults = [];

    /// <summary>The functions of these types, in the order of their names.</summary>
    /// <exception cref="HostStartException">One or more functions are faulty; the message names every fault.</exception>
    public FunctionCatalog Find(IEnumerable<Type> types)
    {
        var functions = types
            .SelectMany(type => type.GetMethods(Everything))
            .Select(method => (Method: method, Attribute: method.GetCustomAttribute<FunctionAttribute>()))
            .Where(found => found.Attribute is not null)
            .OrderBy(found => found.Attribute!.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(found => found.Method.DeclaringType!.FullName, StringComparer.Ordinal)
            .Select(found => Read(found.Method, found.Attribute!.Name))
            .ToList();
        CheckNames(functions);
        var usable = functions.Where(function => function.Trigger is not null).ToList();
        faults.AddRange(FunctionRules.FaultsAcross(usable));
        return faults.Count == 0
            ? new FunctionCatalog([.. usable.Select(function => new FunctionMethod(function.Name, function.Method, function.Trigger!, function.Binders))])
            : throw HostStartException.ForFaults(faults);
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,127}$")]
    private static partial Regex NameShape { get; }

    private FunctionDraft Read(MethodInfo method, string name)
    {
        var draft = new FunctionDraft(name, method);
        if (name is null || !NameShape.IsMatch(name))
        {
            Fault(draft, "its name must be a letter followed by up to 127 letters, digits, '_' or '-'");
        }

        if (!method.IsPublic || method.IsGenericMethodDefinition || method.DeclaringType!.IsGenericTypeDefinition
            || (method.DeclaringType.IsAbstract && !method.IsStatic))
        {
            Fault(draft, "a function must be a public, non-generic method of a class that can be made");
        }

        if (!ReturnReader.Supports(method))
        {
            Fault(draft, "'async void' ends before its work does; return Task");
        }

        var triggers = method.GetParameters().Where(parameter => parameter.GetCustomAttribute<TriggerBindingAttribute>() is not null).ToList();
        if (triggers.Count != 1)
        {
            Fault(draft, triggers.Count == 0
                ? "it has no trigger; exactly one parameter needs one (HttpTrigger, TimerTrigger, OrchestrationTrigger or ActivityTrigger)"
                : $"it has {triggers.Count} triggers ({string.Join(", ", triggers.Select(parameter => parameter.Name))}); exactly one is allowed");
            return draft;
        }

        draft.Trigger = triggers[0].GetCustomAttribute<TriggerBindingAttribute>();
        BindParameters(draft);
        return draft;
    }

    private void BindParameters(FunctionDraft draft)
    {
        faults.AddRange(rules.FaultsOf(draft).Select(fault => $"{draft}: {fault}."));
        foreach (var parameter in draft.Method.GetParameters())
        {
            if (rules.BinderOf(draft, parameter, out var fault) is { } binder)
            {
                draft.Binders.Add(binder);
            }
            else
            {
                Fault(draft, $"parameter '{parameter.Name}' of type {parameter.ParameterType.Name} {fault}");
            }
        }
    }

    private void CheckNames(List<FunctionDraft> functions) => faults.AddRange(
        from same in functions.GroupBy(function => function.Name, StringComparer.OrdinalIgnoreCase)
        where same.Count() > 1
        select $"{same.Count()} functions are named '{same.Key}': {string.Join(" and ", same.Select(one => one.Place))}.");

    private void Fault(FunctionDraft draft, string what) => faults.Add($"{draft}: {what}.");
}
