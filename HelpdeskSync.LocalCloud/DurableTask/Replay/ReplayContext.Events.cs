using Microsoft.DurableTask;
using CoreTaskFailedException = DurableTask.Core.Exceptions.TaskFailedException;

namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

internal sealed partial class ReplayContext
{
    private readonly Queue<HistoryEvent> heldBack = new();

    /// <summary>Whether the instance is held: what arrives is kept until it is resumed.</summary>
    public bool IsSuspended { get; private set; }

    /// <summary>Learns which sequence numbers stand in history, before it is applied.</summary>
    public void Expect(IReadOnlyList<HistoryEvent> history)
    {
        foreach (var happened in history)
        {
            if (IsQuestion(happened.Kind))
            {
                recorded.Add(happened.Task);
            }
        }
    }

    /// <summary>Applies one event; awaits that it ends go on before this returns.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="isOld">Whether an earlier turn saw it.</param>
    public void Apply(HistoryEvent happened, bool isOld)
    {
        replaying = isOld;
        switch (happened.Kind)
        {
            case EventKind.OrchestratorStarted:
                now = new DateTime(happened.At, DateTimeKind.Utc);
                break;
            case EventKind.ExecutionSuspended:
                IsSuspended = true;
                break;
            case EventKind.ExecutionResumed:
                Resume();
                break;
            case EventKind.GenericEvent:
                // What was rewound, and the message that revives: neither tells the orchestrator anything.
                break;
            case var kind when IsQuestion(kind):
                Determinism.Check(happened, actions.GetValueOrDefault(happened.Task));
                actions.Remove(happened.Task);
                break;
            default:
                Deliver(happened);
                break;
        }

        thread.Drain();
    }

    private void Resume()
    {
        IsSuspended = false;
        while (heldBack.TryDequeue(out var happened))
        {
            Deliver(happened);
            thread.Drain();
        }
    }

    private void Deliver(HistoryEvent happened)
    {
        if (IsSuspended)
        {
            heldBack.Enqueue(happened);
            return;
        }

        switch (happened.Kind)
        {
            case EventKind.TaskCompleted or EventKind.SubOrchestrationInstanceCompleted or EventKind.TimerFired:
                if (open.Remove(happened.Task, out var answered))
                {
                    answered.TrySetResult(happened.Data);
                }

                break;
            case EventKind.TaskFailed or EventKind.SubOrchestrationInstanceFailed:
                if (open.Remove(happened.Task, out var failed))
                {
                    failed.TrySetException(FailureOf(failed, happened));
                }

                break;
            case EventKind.EventRaised when Next is { } next:
                next.Later.Add(happened);
                break;
            case EventKind.EventRaised:
                events.Raise(happened);
                break;
        }
    }

    /// <summary>Events for the next generation's beginning, in their order.</summary>
    public IEnumerable<HistoryEvent> EventsToCarryOver(NextGeneration next) =>
        next.Later.Concat(heldBack.Where(held => held.Kind == EventKind.EventRaised));

    private static TaskFailedException FailureOf(OpenTask task, HistoryEvent happened)
    {
        var failure = FailureConversion.FromJson(happened.Detail);
        var cause = happened.Kind == EventKind.TaskFailed ? new CoreTaskFailedException { Name = task.Name, ScheduleId = task.Id } : null;
        return new TaskFailedException(task.Name, task.Id, failure, cause);
    }

    private static bool IsQuestion(EventKind kind) => kind is
        EventKind.TaskScheduled or EventKind.SubOrchestrationInstanceCreated or EventKind.TimerCreated or EventKind.EventSent;
}
