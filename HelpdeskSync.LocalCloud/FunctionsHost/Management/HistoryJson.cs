using System.Globalization;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.DurableTask;
using Microsoft.DurableTask;

namespace HelpdeskSync.LocalCloud.FunctionsHost.Management;

/// <summary>
/// An instance's history as the management API writes it (DurableClient.cs, 2.13.7): what was called is told by what came of it, inputs are
/// the serialized text, results are JSON. Members without a value are left out.
/// </summary>
internal static class HistoryJson
{
    private const string TaskScheduled = nameof(TaskScheduled);
    private const string SubOrchestrationInstanceCreated = nameof(SubOrchestrationInstanceCreated);
    private static readonly HashSet<string> Unshown = ["OrchestratorStarted", "OrchestratorCompleted"];

    public static JsonArray Of(IReadOnlyList<HistoryRecord> history, bool showOutput, bool showInput)
    {
        var calls = history.Where(IsCall).ToDictionary(one => one.EventId);
        var answered = history.Where(one => one.TaskScheduledId is not null).Select(one => one.TaskScheduledId!.Value).ToHashSet();
        var shown = history.Where(one => !Unshown.Contains(one.EventType) && !(IsCall(one) && answered.Contains(one.EventId)));
        return [.. shown.Select(one => Of(one, one.TaskScheduledId is { } id ? calls.GetValueOrDefault(id) : null, showOutput, showInput))];
    }

    private static JsonObject Of(HistoryRecord record, HistoryRecord? call, bool showOutput, bool showInput)
    {
        var json = new JsonObject { ["EventType"] = record.EventType };
        Add(json, call is not null || record.EventType == "ExecutionStarted" ? "FunctionName" : "Name", record.Name);
        Add(json, "Timestamp", Precise(record.Timestamp));
        Add(json, "ScheduledTime", call is null ? null : Precise(record.ScheduledTime));
        Add(json, "FireAt", Precise(record.FireAt));
        Add(json, "InstanceId", record.InstanceId);
        Add(json, "OrchestrationStatus", record.OrchestrationStatus);
        Add(json, record.EventType == "GenericEvent" ? "Data" : "Reason", record.Reason);
        if (showInput)
        {
            Add(json, "Input", InputOf(call ?? record));
        }

        if (showOutput)
        {
            Add(json, "Result", InstanceStatusJson.Value(record.Result));
        }

        Add(json, "FailureDetails", Failure(record.FailureDetails));
        return json;
    }

    private static bool IsCall(HistoryRecord record) => record.EventType is TaskScheduled or SubOrchestrationInstanceCreated;

    /// <summary>An activity's input travels as a list of one.</summary>
    private static string? InputOf(HistoryRecord record) => record.EventType == TaskScheduled ? $"[{record.Input ?? "null"}]" : record.Input;

    private static JsonObject? Failure(TaskFailureDetails? failure) => failure is null ? null : new JsonObject
    {
        ["ErrorType"] = failure.ErrorType,
        ["ErrorMessage"] = failure.ErrorMessage,
        ["StackTrace"] = failure.StackTrace,
        ["InnerFailure"] = Failure(failure.InnerFailure),
    };

    private static void Add(JsonObject json, string name, JsonNode? value)
    {
        if (value is not null)
        {
            json[name] = value;
        }
    }

    private static JsonNode? Precise(DateTimeOffset? time) =>
        time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
