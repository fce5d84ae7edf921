using DurableTask.Core.Exceptions;

namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

/// <summary>Compares what history says was done with what the code does now. Inputs, due times and the names' case may differ.</summary>
internal static class Determinism
{
    private const string Question = "Was a change made to the orchestrator code after this instance had already started running?";

    /// <exception cref="NonDeterministicOrchestrationException">They differ.</exception>
    public static void Check(HistoryEvent recorded, OrchestratorAction? now)
    {
        if (now is null)
        {
            throw Differs(recorded.Kind == EventKind.TimerCreated
                ? $"{Scheduled(recorded, "number")} but the current replay execution hasn't (yet?) scheduled this task. {Question}"
                : $"{Scheduled(recorded, "ID")}, but the current replay execution hasn't (yet?) scheduled this task. {Question}");
        }

        if (KindOf(now) != recorded.Kind)
        {
            throw Differs(
                $"{Scheduled(recorded, "number")}, but the current orchestration replay instead produced a {now.TypeName} action with this sequence number. {Question}");
        }

        if (NameOf(now) is { } name && !string.Equals(name, recorded.Name, StringComparison.OrdinalIgnoreCase))
        {
            throw Differs(
                $"{Scheduled(recorded, "number")}, but the current orchestration replay instead scheduled {Task(recorded.Kind)} named '{name}' with this sequence number.  {Question}");
        }
    }

    private static string Scheduled(HistoryEvent recorded, string label)
    {
        var text = $"A previous execution of this orchestration scheduled {Task(recorded.Kind)} with sequence {label} {recorded.Task}";
        return (recorded.Kind, label) switch
        {
            (EventKind.TimerCreated, _) => text,
            (EventKind.TaskScheduled, "ID") => $"{text} and name '{recorded.Name}' (version '')",
            (EventKind.SubOrchestrationInstanceCreated, "ID") => $"{text} and name '{recorded.Name}' (version '', instance ID '{recorded.Detail}')",
            (EventKind.EventSent, "ID") => $"{text}, type 'EventSent', name '{recorded.Name}', instance ID '{recorded.Detail}'",
            _ => $"{text} named '{recorded.Name}'",
        };
    }

    private static string Task(EventKind kind) => kind switch
    {
        EventKind.TaskScheduled => "an activity task",
        EventKind.SubOrchestrationInstanceCreated => "a sub-orchestration task",
        EventKind.EventSent => "a send event task",
        _ => "a timer task",
    };

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

    private static NonDeterministicOrchestrationException Differs(string what) => new($"Non-Deterministic workflow detected: {what}");
}
