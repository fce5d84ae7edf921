using HelpdeskSync.LocalCloud.DurableTask.Replay;
using HelpdeskSync.LocalCloud.DurableTask.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.DurableTask.Runtime;

/// <summary>Stores one turn in one transaction: history grows, messages are consumed, work is scheduled, the parent is told.</summary>
/// <param name="instance">The run.</param>
/// <param name="historyLength">Events before this turn.</param>
/// <param name="consumed">The turn's messages as the inbox holds them.</param>
/// <param name="ordered">The same in the order in which the turn applied them.</param>
/// <param name="turn">What came of it.</param>
internal sealed class TurnCommit(
    InstanceInfo instance, int historyLength, IReadOnlyList<StoredEvent> consumed, IReadOnlyList<StoredEvent> ordered, TurnResult turn)
{
    private readonly CommitEffects effects = new();
    private readonly List<HistoryEvent> added = [];

    /// <summary>The history that the turn added; empty when the run is over.</summary>
    public IReadOnlyCollection<HistoryEvent> Added => added;

    public CommitEffects Effects => effects;

    public int Consumed => consumed.Count;

    /// <summary>In a generation's first turn the last status of the generation before stays, unless there is a new one (as in DurableTask.Core).</summary>
    private CustomStatus Status => new(turn.CustomStatus, KeepsOld: historyLength == 0);

    private bool IsOver => turn.Status.IsFinished() || turn.Status == OrchestrationRuntimeStatus.ContinuedAsNew;

    /// <param name="tables">The transaction's tables.</param>
    /// <param name="now">The turn's end in UTC ticks.</param>
    /// <returns>This, as news for memory.</returns>
    public TurnCommit Apply(StoreTables tables, long now)
    {
        Reset();
        if (!UpdateInstance(tables, now))
        {
            // Replaced or purged meanwhile: the run has no place to go on.
            effects.Dropped.Add(instance.Execution);
            return this;
        }

        tables.Inbox.RemoveThrough(instance.Execution, consumed[^1].Seq);
        Record(tables, now);
        foreach (var action in turn.Actions)
        {
            Carry(tables, action, now);
        }

        if (IsOver)
        {
            Close(tables, now);
        }

        return this;
    }

    /// <summary>A transaction that was rolled back is applied again.</summary>
    private void Reset()
    {
        added.Clear();
        effects.Clear();
    }

    private bool UpdateInstance(StoreTables tables, long now)
    {
        if (turn.Status == OrchestrationRuntimeStatus.ContinuedAsNew)
        {
            return StartOver(tables, now);
        }

        effects.Changed.Add(instance.Id);
        return turn.Status.IsFinished()
            ? tables.Instances.Finish(instance.Id, instance.Execution, turn.Status, now, Status, turn.Output, turn.Failure)
            : tables.Instances.Advance(instance.Id, instance.Execution, NewStatus(), now, Status);
    }

    /// <summary>
    /// Running begins with the start, or with a resumption, and is left as it is by other turns. So a rewound instance stays pending until it
    /// ends, as it was seen to do with Azure Storage's provider.
    /// </summary>
    private OrchestrationRuntimeStatus? NewStatus() =>
        turn.Status != OrchestrationRuntimeStatus.Running
        || ordered.Any(stored => stored.Event.Kind is EventKind.ExecutionStarted or EventKind.ExecutionResumed)
            ? turn.Status
            : null;

    private bool StartOver(StoreTables tables, long now)
    {
        var next = instance with { Execution = tables.NextExecution(), Input = turn.NextInput };
        if (!tables.Instances.StartOver(instance.Id, instance.Execution, next.Execution, now, Status, next.Input))
        {
            return false;
        }

        var late = tables.Inbox.Read(instance.Execution).Skip(consumed.Count).Select(stored => stored.Event).Where(IsFromOutside);
        HistoryEvent[] first = [InstanceCommands.Started(instance.Name, now), .. turn.CarriedOver, .. late, .. turn.Resent];
        effects.Created.Add((next, [.. first.Select(message => tables.AddMessage(next.Execution, message))]));
        effects.Changed.Add(instance.Id);
        return true;
    }

    private static bool IsFromOutside(HistoryEvent message) => message.Kind is
        EventKind.EventRaised or EventKind.ExecutionSuspended or EventKind.ExecutionResumed or EventKind.ExecutionTerminated;

    private void Record(StoreTables tables, long now)
    {
        if (turn.Status == OrchestrationRuntimeStatus.ContinuedAsNew)
        {
            return;
        }

        added.Add(new HistoryEvent(EventKind.OrchestratorStarted, turn.At));
        added.AddRange(ordered.Select(stored => stored.Event));
        added.AddRange(turn.Actions.Select(action => action.ToEvent(now)));
        if (turn.Status.IsFinished())
        {
            added.Add(new HistoryEvent(EventKind.ExecutionCompleted, now) { Task = turn.EndId, Name = turn.Status.ToString(), Detail = turn.Failure });
        }

        added.Add(new HistoryEvent(EventKind.OrchestratorCompleted, now));
        var seq = historyLength;
        added.ForEach(happened => tables.History.Add(instance.Execution, seq++, happened));
    }

    private void Carry(StoreTables tables, OrchestratorAction action, long now)
    {
        switch (action)
        {
            case ScheduleActivity activity:
                var key = new ActivityKey(instance.Execution, activity.Id, instance.Id, activity.Name);
                tables.Activities.Add(key, activity.Input);
                effects.Activities.Add(ActivityWork.Of(key, activity.Input));
                break;
            case CreateTimer timer when timer.FireAt <= now:
                Deliver(tables, new HistoryEvent(EventKind.TimerFired, now) { Task = timer.Id, FireAt = timer.FireAt });
                break;
            case CreateTimer timer:
                tables.Timers.Add(new DueTimer(instance.Execution, timer.Id, instance.Id, timer.FireAt));
                effects.TimerAdded(timer.FireAt);
                break;
            case CreateSubOrchestration child:
                StartChild(tables, child, now);
                break;
            case SendEvent sent:
                InstanceCommands.Send(
                    tables, sent.InstanceId, new HistoryEvent(EventKind.EventRaised, now) { Name = sent.Name, Data = sent.Data }, effects);
                break;
        }
    }

    private void StartChild(StoreTables tables, CreateSubOrchestration child, long now)
    {
        var request = new StartRequest(child.InstanceId, child.Name, child.Input, now)
        {
            Parent = new ParentLink(instance.Id, instance.Name, instance.Execution, child.Id),
        };
        if (InstanceCommands.Start(tables, request, effects) is { } status)
        {
            var taken = new global::DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException(DuplicateId.Message(child.InstanceId, status));
            var failure = FailureConversion.ToJson(TaskFailureDetails.FromException(taken));
            Deliver(tables, new HistoryEvent(EventKind.SubOrchestrationInstanceFailed, now) { Task = child.Id, Detail = failure });
        }
    }

    private void Deliver(StoreTables tables, HistoryEvent message) =>
        effects.Delivered.Add((instance.Id, instance.Execution, tables.AddMessage(instance.Execution, message)));

    /// <summary>Clears up behind a run that is over, and tells who waits for it. Activities that are queued run all the same, as on Azure.</summary>
    private void Close(StoreTables tables, long now)
    {
        tables.Timers.RemoveAll(instance.Execution);
        tables.Inbox.RemoveAll(instance.Execution);
        effects.Delivered.RemoveAll(delivered => delivered.Execution == instance.Execution);
        effects.Dropped.Add(instance.Execution);
        if (turn.Status == OrchestrationRuntimeStatus.ContinuedAsNew)
        {
            tables.History.RemoveAll(instance.Execution);
            return;
        }

        TellParent(tables, now);
        if (turn.TerminateChildren)
        {
            var message = new HistoryEvent(EventKind.ExecutionTerminated, now) { Data = turn.Output, Detail = "recursive" };
            tables.Instances.ChildrenOf(instance.Execution).ForEach(child => InstanceCommands.Send(tables, child.Id, message, effects));
        }
    }

    private void TellParent(StoreTables tables, long now)
    {
        if (instance.Parent is { } parent
            && tables.Instances.Find(parent.Id) is { IsFinished: false } waiting
            && waiting.Execution == parent.Execution)
        {
            var answer = turn.Status == OrchestrationRuntimeStatus.Completed
                ? new HistoryEvent(EventKind.SubOrchestrationInstanceCompleted, now) { Task = parent.Task, Data = turn.Output }
                : new HistoryEvent(EventKind.SubOrchestrationInstanceFailed, now) { Task = parent.Task, Detail = turn.Failure };
            effects.Delivered.Add((parent.Id, parent.Execution, tables.AddMessage(parent.Execution, answer)));
        }
    }
}
