using System.Text.Json;
using HelpdeskSync.LocalCloud.DurableTask.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.DurableTask;

/// <summary>Between the client's types and the database's.</summary>
internal static class InstanceFilters
{
    public static InstanceFilter Of(
        string? prefix, DateTimeOffset? createdFrom, DateTimeOffset? createdTo, IEnumerable<OrchestrationRuntimeStatus>? statuses)
    {
        var bits = (statuses ?? []).Aggregate(0, (sum, status) => sum | (1 << (int)status));
        return new InstanceFilter(
            prefix ?? string.Empty,
            createdFrom?.UtcTicks ?? 0,
            createdTo?.UtcTicks ?? long.MaxValue,
            bits == 0 ? int.MaxValue : bits);
    }

    public static OrchestrationMetadata Metadata(InstanceRow row, bool full, DataConverter converter) => new(row.Name, row.Id)
    {
        RuntimeStatus = row.Status,
        CreatedAt = new DateTimeOffset(row.CreatedAt, TimeSpan.Zero),
        LastUpdatedAt = new DateTimeOffset(row.UpdatedAt, TimeSpan.Zero),
        Tags = row.Tags is null ? new Dictionary<string, string>() : JsonSerializer.Deserialize<Dictionary<string, string>>(row.Tags)!,
        SerializedInput = full ? row.Input : null,
        SerializedOutput = full ? row.Output : null,
        SerializedCustomStatus = full ? row.CustomStatus : null,
        FailureDetails = full ? FailureConversion.FromJson(row.Failure) : null,
        DataConverter = full ? converter : null,
    };
}
