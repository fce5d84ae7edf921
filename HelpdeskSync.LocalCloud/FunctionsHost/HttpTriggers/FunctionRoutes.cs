using System.Diagnostics.CodeAnalysis;
using HelpdeskSync.LocalCloud.FunctionsHost.Discovery;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Azure.Functions.Worker;

namespace HelpdeskSync.LocalCloud.FunctionsHost.HttpTriggers;

/// <summary>Routes of HTTP functions below host.json's prefix.</summary>
internal sealed class FunctionRoutes(string prefix)
{
    /// <summary>The whole pattern of a function's route template.</summary>
    public bool TryParse(string route, [NotNullWhen(true)] out RoutePattern? pattern, [NotNullWhen(false)] out string? fault)
    {
        try
        {
            pattern = Parse(route);
            fault = null;
            return true;
        }
        catch (RoutePatternException refused)
        {
            pattern = null;
            fault = refused.Message.TrimEnd('.');
            return false;
        }
    }

    /// <summary>The whole pattern of a route template known to be sound.</summary>
    public RoutePattern Parse(string route) =>
        RoutePatternFactory.Parse("/" + string.Join('/', new[] { prefix.Trim('/'), route.Trim('/') }.Where(part => part.Length > 0)));

    /// <summary>Pairs of functions that would answer the same method at the same route.</summary>
    public static IEnumerable<string> Clashes(IReadOnlyList<FunctionDraft> drafts)
    {
        var served = (
            from draft in drafts
            where draft.Route is not null
            from method in MethodsOf((HttpTriggerAttribute)draft.Trigger!)
            select (Draft: draft, Method: method, Shape: ShapeOf(draft.Route!))).ToList();
        return (
            from one in served
            from other in served
            where string.CompareOrdinal(one.Draft.ToString(), other.Draft.ToString()) < 0 && one.Shape == other.Shape
                && (one.Method == other.Method || one.Method == "*" || other.Method == "*")
            group (one.Method == "*" ? other.Method : one.Method) by (one.Draft, other.Draft) into pair
            let methods = string.Join(", ", pair.Distinct().Select(method => method == "*" ? "every method" : method))
            select $"{pair.Key.Item1} and {pair.Key.Item2} both answer {methods} {pair.Key.Item1.Route!.RawText}; change one route.").ToList();
    }

    private static IEnumerable<string> MethodsOf(HttpTriggerAttribute trigger) =>
        trigger.Methods is { Length: > 0 } methods ? methods.Select(method => method.ToUpperInvariant()).Distinct() : ["*"];

    /// <summary>Two patterns of one shape match the same addresses: parameters differ in name only.</summary>
    private static string ShapeOf(RoutePattern pattern) => string.Join('/', pattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content.ToUpperInvariant(),
        RoutePatternParameterPart parameter => "{" + (parameter.IsCatchAll ? "*" : string.Empty)
            + string.Join(':', parameter.ParameterPolicies.Select(policy => policy.Content)) + (parameter.IsOptional ? "?" : string.Empty) + "}",
        RoutePatternSeparatorPart separator => separator.Content,
        _ => string.Empty,
    }))));
}
