using System.Text.RegularExpressions;

namespace HelpdeskSync.Domain.Helpdesk;

/// <summary>What must hold for the templates of which requests are made.</summary>
internal static partial class RequestRules
{
    public static void CheckApi(ConnectorNode node, ApiSpec api)
    {
        foreach (var (name, value) in api.Headers)
        {
            if (!HeaderName().IsMatch(name))
            {
                node.Fault($"headers.{name}", "is no name of a header; write letters, digits and hyphens");
            }

            CheckPlaceholders(node, $"headers.{name}", value, [ApiSpec.Token, ApiSpec.Organization]);
        }

        if (!api.Headers.Values.Any(value => value.Contains(ApiSpec.Token, StringComparison.Ordinal)))
        {
            node.Fault("headers", $"no header holds {ApiSpec.Token}; without it no call is let in");
        }

        if (api.OffsetParameter.Length > 0 && api.OffsetParameter == api.LimitParameter)
        {
            node.Fault("limitParameter", $"'{api.LimitParameter}' is the offset's parameter");
        }
    }

    /// <summary>A window needs both its ends, or a search would silently show other records.</summary>
    public static void CheckWindow(ConnectorNode node, string name, IReadOnlyDictionary<string, string> parameters)
    {
        foreach (var (parameter, value) in parameters)
        {
            CheckPlaceholders(node, $"{name}.{parameter}", value, [SearchSpec.From, SearchSpec.Last, SearchSpec.To]);
        }

        var all = string.Concat(parameters.Values);
        var ends = new[] { SearchSpec.Last, SearchSpec.To }.Count(end => all.Contains(end, StringComparison.Ordinal));
        if (!all.Contains(SearchSpec.From, StringComparison.Ordinal) || ends != 1)
        {
            node.Fault(name, $"must hold {SearchSpec.From} and one of {SearchSpec.Last} (included) and {SearchSpec.To} (not included)");
        }
    }

    public static void CheckPlaceholders(ConnectorNode node, string name, string value, string[] known)
    {
        foreach (var unknown in Placeholder().Matches(value).Select(match => match.Value).Except(known))
        {
            node.Fault(name, $"'{unknown}' cannot be filled in; known here are {string.Join(", ", known)}");
        }
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9-]*\z")]
    private static partial Regex HeaderName();
}
