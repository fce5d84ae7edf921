using DurableTask.Core.Exceptions;

namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

/// <summary>
/// Compares what history says was done with what the code does now. Inputs, due times, instance ids and the names' case may differ. The
/// messages are DurableTask.Core's, word for word: that is what the same mistake shows on Azure.
/// </summary>
internal static class Determinism
{
    /// <summary>What to do about it; for the log, because the message is the official one.</summary>
    public const string Advice =
        "Instances that run keep to the calls they have recorded, in their order. Put the old calls back, or let running instances end "
        + "before the changed code is deployed, or give the changed orchestrator a new name; an instance that has failed so must be started anew.";

    private const string Question = "Was a change made to the orchestrator code after this instance had already started running?";
    private const string NotYet = "the current replay execution hasn't (yet?) scheduled this task.";
    private const string Instead = "the current orchestration replay instead";

    /// <exception cref="NonDeterministicOrchestrationException">They differ.</exception>
    public static void Check(HistoryEvent recorded, OrchestratorAction? now)
    {
        var difference = now switch
        {
            null => Missing(recorded),
            _ when KindOf(now) != recorded.Kind => OtherKind(recorded, now.TypeName),
            _ when NameOf(now) is { } name && !string.Equals(name, recorded.Name, StringComparison.OrdinalIgnoreCase) => OtherName(recorded, name),
            _ => null,
        };
        if (difference is not null)
        {
            throw new NonDeterministicOrchestrationException(
                $"Non-Deterministic workflow detected: A previous execution of this orchestration scheduled {difference} {Question}");
        }
    }

    private static string Missing(HistoryEvent recorded) => recorded.Kind switch
    {
        EventKind.TaskScheduled =>
            $"an activity task with sequence ID {recorded.Task} and name '{recorded.Name}' (version ''), but {NotYet}",
        EventKind.TimerCreated => $"a timer task with sequence number {recorded.Task} but {NotYet}",
        EventKind.SubOrchestrationInstanceCreated => $"{Child(recorded)}, but {NotYet}",
        _ => $"a send event task with sequence ID {recorded.Task}, type 'EventSent' name '{recorded.Name}', "
            + $"instance ID '{recorded.Detail}', but {NotYet}",
    };

    private static string OtherKind(HistoryEvent recorded, string produced) => recorded.Kind switch
    {
        EventKind.TaskScheduled => $"{Activity(recorded)}, but {Instead} produced a {produced} action with this sequence number.",
        EventKind.TimerCreated =>
            $"a timer task with sequence number {recorded.Task} named but {Instead} produced a {produced} action with this sequence number.",
        EventKind.SubOrchestrationInstanceCreated => $"{Child(recorded)}, but {Instead} produced a {produced} action at this sequence number.",
        _ => $"{Sent(recorded)}, but {Instead} scheduled a {produced} task at this sequence number.",
    };

    private static string OtherName(HistoryEvent recorded, string name) => recorded.Kind switch
    {
        EventKind.TaskScheduled =>
            $"{Activity(recorded)}, but {Instead} scheduled an activity task named '{name}' with this sequence number. ",
        EventKind.SubOrchestrationInstanceCreated =>
            $"{Child(recorded)}, but {Instead} scheduled a sub-orchestration task with name {name} at this sequence number.",
        _ => $"{Sent(recorded)}), but {Instead} scheduled a send event task with name {name}at this sequence number.",
    };

    private static string Activity(HistoryEvent recorded) => $"an activity task with sequence number {recorded.Task} named '{recorded.Name}'";

    private static string Child(HistoryEvent recorded) =>
        $"a sub-orchestration task with sequence ID {recorded.Task} and name '{recorded.Name}' (version '', instance ID '{recorded.Detail}')";

    private static string Sent(HistoryEvent recorded) =>
        $"a send event task with sequence ID {recorded.Task}, type 'EventSent', name '{recorded.Name}', instance ID '{recorded.Detail}'";

    private static EventKind KindOf(OrchestratorAction action) => action switch
    {
        ScheduleActivity => EventKind.TaskScheduled,
        CreateSubOrchestration => EventKind.SubOrchestrationInstanceCreated,
        SendEvent => EventKind.EventSent,
        _ => EventKind.TimerCreated,
    };

    private static string? NameOf(OrchestratorAction action) => action switch
    {
        ScheduleActivity activity => activity.Name,
        CreateSubOrchestration child => child.Name,
        SendEvent sent => sent.Name,
        _ => null,
    };
}
