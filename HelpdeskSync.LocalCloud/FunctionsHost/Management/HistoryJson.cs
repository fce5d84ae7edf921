using System.Globalization;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.DurableTask;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Management;

/// <summary>An instance's history as the management API writes it: what was scheduled is told by what came of it.</summary>
internal static class HistoryJson
{
    private static readonly HashSet<string> Unshown = ["OrchestratorStarted", "OrchestratorCompleted"];

    public static JsonArray Of(IReadOnlyList<HistoryRecord> history, bool showOutput, bool showInput)
    {
        var answered = history.Where(one => one.TaskScheduledId is not null).Select(one => one.TaskScheduledId!.Value).ToHashSet();
        var shown = history.Where(one => !Unshown.Contains(one.EventType)
            && !(one.EventId >= 0 && answered.Contains(one.EventId) && one.EventType is "TaskScheduled" or "SubOrchestrationInstanceCreated" or "TimerCreated"));
        return [.. shown.Select(one => Of(one, showOutput, showInput))];
    }

    private static JsonObject Of(HistoryRecord record, bool showOutput, bool showInput)
    {
        var json = new JsonObject { ["EventType"] = record.EventType };
        Add(json, record.EventType is "EventRaised" or "EventSent" ? "Name" : "FunctionName", record.Name);
        Add(json, "Timestamp", Precise(record.Timestamp));
        Add(json, "ScheduledTime", Precise(record.ScheduledTime));
        Add(json, "FireAt", Precise(record.FireAt));
        Add(json, "InstanceId", record.InstanceId);
        Add(json, "OrchestrationStatus", record.OrchestrationStatus);
        Add(json, "Reason", record.Reason);
        if (showInput)
        {
            Add(json, "Input", InstanceStatusJson.Value(record.Input));
        }

        if (showOutput)
        {
            Add(json, "Result", InstanceStatusJson.Value(record.Result));
        }

        if (record.FailureDetails is { } failure)
        {
            json["FailureDetails"] = new JsonObject { ["ErrorType"] = failure.ErrorType, ["ErrorMessage"] = failure.ErrorMessage };
        }

        return json;
    }

    private static void Add(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    private static JsonNode? Precise(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
