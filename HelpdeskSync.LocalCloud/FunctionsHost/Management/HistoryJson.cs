using System.Globalization;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.DurableTask;
using Microsoft.DurableTask;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Management;

/// <summary>An instance's history as the management API writes it: a task or child that was answered is told by its answer alone.</summary>
/// <remarks>
/// Source: DurableClient.GetDurableOrchestrationStatusAsync of azure-functions-durable-extension (read 2026-11-25). Inputs are the raw text of what was
/// serialized, results are JSON values; turns are left out, timers are told twice.
/// </remarks>
internal static class HistoryJson
{
    public static JsonArray Of(IReadOnlyList<HistoryRecord> history, bool showOutput, bool showInput)
    {
        var asked = history.Where(IsTask).ToDictionary(one => one.EventId);
        var answered = history.Select(one => one.TaskScheduledId).OfType<int>().ToHashSet();
        return [.. history
            .Where(one => one.EventType is not ("OrchestratorStarted" or "OrchestratorCompleted") && !(IsTask(one) && answered.Contains(one.EventId)))
            .Select(one => Of(one, one.TaskScheduledId is { } id ? asked.GetValueOrDefault(id) : null, showOutput, showInput))];
    }

    private static bool IsTask(HistoryRecord record) => record.EventType is "TaskScheduled" or "SubOrchestrationInstanceCreated";

    private static JsonObject Of(HistoryRecord record, HistoryRecord? question, bool showOutput, bool showInput)
    {
        var json = new JsonObject { ["EventType"] = record.EventType };
        Add(json, question is not null || record.EventType == "ExecutionStarted" ? "FunctionName" : "Name", question?.Name ?? record.Name);
        Add(json, "Timestamp", Precise(record.Timestamp));
        Add(json, "ScheduledTime", Precise(question?.Timestamp));
        Add(json, "FireAt", Precise(record.FireAt));
        Add(json, "InstanceId", record.InstanceId);
        Add(json, "OrchestrationStatus", record.OrchestrationStatus);
        Add(json, "Reason", record.Reason);
        if (showInput)
        {
            Add(json, "Input", question?.Input ?? record.Input);
        }

        if (showOutput && record.EventType is ("TaskCompleted" or "SubOrchestrationInstanceCompleted" or "ExecutionCompleted"))
        {
            json["Result"] = InstanceStatusJson.Value(record.Result);
        }

        if (record.FailureDetails is { } failure)
        {
            json["FailureDetails"] = Of(failure);
        }

        return json;
    }

    private static JsonObject Of(TaskFailureDetails failure) => new()
    {
        ["ErrorType"] = failure.ErrorType,
        ["ErrorMessage"] = failure.ErrorMessage,
        ["StackTrace"] = failure.StackTrace,
        ["InnerFailure"] = failure.InnerFailure is { } inner ? Of(inner) : null,
    };

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
