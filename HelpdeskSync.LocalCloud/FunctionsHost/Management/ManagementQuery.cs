using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Management;

/// <summary>Query parameters of the management API. As in the extension, a value that cannot be read counts as absent.</summary>
/// <remarks>Source: HttpApiHandler.cs of azure-functions-durable-extension, whose reading ignores what TryParse refuses (read 2026-11-25).</remarks>
internal sealed class ManagementQuery(IQueryCollection query)
{
    public string? Text(string name) => query[name].FirstOrDefault();

    public bool Flag(string name, bool absent) => bool.TryParse(Text(name), out var flag) ? flag : absent;

    public int? Number(string name) =>
        int.TryParse(Text(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A length of time given in seconds, which may have a fraction.</summary>
    public TimeSpan? Seconds(string name) =>
        double.TryParse(Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(seconds) < int.MaxValue
            ? TimeSpan.FromSeconds(seconds)
            : null;

    public DateTimeOffset? Time(string name) =>
        DateTimeOffset.TryParse(Text(name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>Comma lists; null when none of their values is a status.</summary>
    public IReadOnlyList<OrchestrationRuntimeStatus>? Statuses(string name)
    {
        var known = query[name].OfType<string>().SelectMany(list => list.Split(','))
            .Select(text => Enum.TryParse<OrchestrationRuntimeStatus>(text, out var status) && Enum.IsDefined(status) ? status : (OrchestrationRuntimeStatus?)null)
            .OfType<OrchestrationRuntimeStatus>()
            .ToList();
        return known.Count > 0 ? known : null;
    }
}
