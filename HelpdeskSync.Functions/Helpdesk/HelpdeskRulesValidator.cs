using HelpdeskSync.Domain.Helpdesk;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>What must hold between the helpdesk's settings, and that its connector document can be used.</summary>
internal sealed class HelpdeskRulesValidator : IValidateOptions<HelpdeskOptions>
{
    public ValidateOptionsResult Validate(string? name, HelpdeskOptions options)
    {
        var faults = Faults(options).OfType<string>().ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static IEnumerable<string?> Faults(HelpdeskOptions options)
    {
        yield return AddressFault(nameof(options.ApiBaseAddress), options.ApiBaseAddress);
        yield return AddressFault(nameof(options.TokenAddress), options.TokenAddress);
        yield return options.TotalTimeout < options.AttemptTimeout
            ? $"Helpdesk: TotalTimeout ({options.TotalTimeout}) must be at least AttemptTimeout ({options.AttemptTimeout})."
            : null;
        yield return options.LongestRetryAfter > options.TotalTimeout
            ? $"Helpdesk: LongestRetryAfter ({options.LongestRetryAfter}) must be at most TotalTimeout ({options.TotalTimeout})."
            : null;
        yield return ConnectorFault(options);
    }

    private static string? AddressFault(string name, Uri? address)
        => address is null || (address is { IsAbsoluteUri: true, Scheme: "http" or "https", Query: "" })
            ? null
            : $"Helpdesk: {name} must be an absolute http(s) address without a query.";

    private static string? ConnectorFault(HelpdeskOptions options)
    {
        try
        {
            ConnectorFile.Read(options);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ConnectorException)
        {
            return $"Helpdesk: Connector '{options.Connector}' cannot be used. {e.Message}";
        }
    }
}
