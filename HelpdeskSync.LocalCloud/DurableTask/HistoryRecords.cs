using HelpdeskSync.LocalCloud.DurableTask.Replay;
using HelpdeskSync.LocalCloud.DurableTask.Storage;

namespace HelpdeskSync.LocalCloud.DurableTask;

/// <summary>History events in the shape that the HTTP management API shows.</summary>
internal static class HistoryRecords
{
    public static List<HistoryRecord> Of(InstanceRow instance, List<HistoryEvent> events)
    {
        var questions = events.Where(IsQuestion).ToDictionary(happened => happened.Task);
        return [.. events.Where(IsOfficial).Select(happened => Of(instance, happened, questions))];
    }

    private static HistoryRecord Of(InstanceRow instance, HistoryEvent happened, Dictionary<int, HistoryEvent> questions)
    {
        var record = new HistoryRecord
        {
            EventType = happened.Kind.ToString(),
            Timestamp = Time(happened.At),
            Name = happened.Name,
            FireAt = happened.FireAt == 0 ? null : Time(happened.FireAt),
        };
        return happened.Kind switch
        {
            EventKind.ExecutionStarted => record with { Input = instance.Input },
            EventKind.ExecutionCompleted => record with
            {
                EventId = happened.Task,
                Name = null,
                OrchestrationStatus = happened.Name,
                Result = instance.Output,
                FailureDetails = FailureConversion.FromJson(happened.Detail),
            },
            _ when IsQuestion(happened) => record with { EventId = happened.Task, Input = happened.Data, InstanceId = happened.Detail },
            EventKind.EventRaised => record with { Input = happened.Data },
            EventKind.ExecutionTerminated or EventKind.ExecutionSuspended or EventKind.ExecutionResumed
                or EventKind.GenericEvent => record with { Reason = happened.Data },
            _ when happened.Task >= 0 => Answer(record, happened, questions.GetValueOrDefault(happened.Task)),
            _ => record,
        };
    }

    private static HistoryRecord Answer(HistoryRecord record, HistoryEvent happened, HistoryEvent? question)
    {
        var failure = FailureConversion.FromJson(happened.Detail);
        return record with
        {
            TaskScheduledId = happened.Task,
            Name = question?.Name,
            ScheduledTime = question is null ? null : Time(question.At),
            Result = happened.Data,
            Reason = failure?.ErrorMessage,
            FailureDetails = failure,
        };
    }

    /// <summary>What the engine noted for itself has no name outside of it.</summary>
    private static bool IsOfficial(HistoryEvent happened) => happened.Kind != EventKind.InvalidAwait;

    private static bool IsQuestion(HistoryEvent happened) => happened.Kind is
        EventKind.TaskScheduled or EventKind.TimerCreated or EventKind.SubOrchestrationInstanceCreated or EventKind.EventSent;

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);
}
