using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Management;

/// <summary>Query parameters of the management API; like the extension it takes what it cannot read for absent.</summary>
internal sealed class ManagementQuery(IQueryCollection query)
{
    public string? Text(string name) => query[name].FirstOrDefault() is { Length: > 0 } text ? text : null;

    public bool Flag(string name, bool absent) => bool.TryParse(Text(name), out var flag) ? flag : absent;

    public int? Number(string name) => int.TryParse(Text(name), CultureInfo.InvariantCulture, out var number) ? number : null;

    public TimeSpan? Seconds(string name) =>
        double.TryParse(Text(name), CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    public DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>Comma lists, also several; names that are none of a state's, to the letter, are passed over. Null when no state is left.</summary>
    public IReadOnlyList<OrchestrationRuntimeStatus>? Statuses(string name)
    {
        var statuses = query[name].OfType<string>()
            .SelectMany(list => list.Split(','))
            .Select(text => Enum.TryParse<OrchestrationRuntimeStatus>(text, out var status) && Enum.IsDefined(status) ? status : (OrchestrationRuntimeStatus?)null)
            .OfType<OrchestrationRuntimeStatus>()
            .ToList();
        return statuses.Count == 0 ? null : statuses;
    }
}
