using HelpdeskSync.LocalCloud.DurableTask;
using HelpdeskSync.LocalCloud.DurableTask.Storage;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging.Abstractions;

namespace HelpdeskSync.Tests.LocalCloud.DurableTask.Crash;

/// <summary>What stands in the database. Read without an engine, which would go on with whatever is unfinished.</summary>
internal sealed record CrashRemains(OrchestrationMetadata Instance, IReadOnlyList<HistoryRecord> History)
{
    public static async Task<List<CrashRemains>> ReadAsync(string directory)
    {
        var everything = InstanceFilters.Of(null, null, null, null);
        await using var store = DurableStore.Open(CrashChild.Options(directory), NullLogger.Instance);
        return store.Read(reader => reader.Page(everything, string.Empty, int.MaxValue)
            .Select(row => new CrashRemains(
                InstanceFilters.Metadata(row, full: true, new JsonDataConverter(CrashChild.Options(directory).SerializerOptions)),
                HistoryRecords.Of(row, [.. reader.InstanceWithHistory(row.Id)!.Value.Events.Select(stored => stored.Event)])))
            .ToList());
    }

    /// <summary>The instance and its events in one line.</summary>
    public override string ToString() =>
        $"{Instance} {string.Join(' ', History.Select(happened => $"{happened.EventType}#{happened.TaskScheduledId ?? happened.EventId}"))}";
}
