using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Management;

/// <summary>Query parameters of the management API; a value that is none is an <see cref="ArgumentException"/>.</summary>
internal sealed class ManagementQuery(IQueryCollection query)
{
    public string? Text(string name) => query[name].FirstOrDefault() is { Length: > 0 } text ? text : null;

    public bool Flag(string name, bool absent) =>
        Text(name) is not { } text ? absent : bool.TryParse(text, out var flag) ? flag : throw Wrong(name, text, "true or false");

    /// <summary>A whole number above zero.</summary>
    public int? Number(string name) => Text(name) is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw Wrong(name, text, "a whole number above zero");

    public DateTimeOffset? Time(string name) => Text(name) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw Wrong(name, text, "a time such as 2026-01-31T00:00:00Z");

    /// <summary>A comma list; null when absent.</summary>
    public IReadOnlyList<OrchestrationRuntimeStatus>? Statuses(string name) => Text(name)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(text => Enum.TryParse<OrchestrationRuntimeStatus>(text, ignoreCase: true, out var status) && Enum.IsDefined(status)
            ? status
            : throw Wrong(name, text, "one of " + string.Join(", ", Enum.GetNames<OrchestrationRuntimeStatus>())))
        .ToList();

    private static ArgumentException Wrong(string name, string text, string wanted) => new($"The query parameter '{name}' is '{text}'; it must be {wanted}.");
}
