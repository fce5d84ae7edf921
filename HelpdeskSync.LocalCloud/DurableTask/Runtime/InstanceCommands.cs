using HelpdeskSync.LocalCloud.DurableTask.Replay;
using HelpdeskSync.LocalCloud.DurableTask.Storage;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.DurableTask.Runtime;

/// <summary>Changes to instances, each inside one transaction of the writer.</summary>
internal static class InstanceCommands
{
    /// <summary>Makes an instance unless its id is taken; a finished one of this id is replaced.</summary>
    /// <returns>The state that forbids it; null when it was made.</returns>
    public static OrchestrationRuntimeStatus? Start(StoreTables tables, StartRequest request, CommitEffects effects)
    {
        if (tables.Instances.Find(request.Id) is { } existing)
        {
            if (!existing.IsFinished || request.Keep.Contains(existing.Status))
            {
                return existing.Status;
            }

            Remove(tables, existing, effects);
        }

        var row = new InstanceRow(request.Id, tables.NextExecution(), request.Name)
        {
            CreatedAt = request.At,
            UpdatedAt = request.At,
            Input = request.Input,
            Tags = request.Tags,
            Parent = request.Parent,
        };
        tables.Instances.Add(row);
        if (request.StartAt > request.At)
        {
            tables.Timers.Add(new DueTimer(row.Execution, TimerTable.DelayedStart, row.Id, request.StartAt));
            effects.TimerAdded(request.StartAt);
        }
        else
        {
            var started = tables.AddMessage(row.Execution, Started(row.Name, request.At));
            effects.Created.Add((InstanceInfo.Of(row), [started]));
        }

        effects.Changed.Add(row.Id);
        return null;
    }

    /// <summary>The event that begins a run; its input stands in the instance's row.</summary>
    public static HistoryEvent Started(string name, long at) => new(EventKind.ExecutionStarted, at) { Name = name };

    /// <summary>Puts a message into the inbox of an instance that has not finished.</summary>
    /// <returns>The instance as it is; null when there is none. Nothing is sent to a finished one.</returns>
    public static InstanceKey? Send(StoreTables tables, string id, HistoryEvent message, CommitEffects effects)
    {
        var found = tables.Instances.Find(id);
        if (found is { IsFinished: false } target)
        {
            effects.Delivered.Add((id, target.Execution, tables.AddMessage(target.Execution, message)));
        }

        return found;
    }

    /// <summary>Removes a finished instance, and its finished children when asked to.</summary>
    /// <returns>How many instances are gone.</returns>
    public static int Purge(StoreTables tables, string id, bool recursive, CommitEffects effects)
    {
        if (tables.Instances.Find(id) is not { IsFinished: true } found)
        {
            return 0;
        }

        var children = recursive ? tables.Instances.ChildrenOf(found.Execution) : [];
        Remove(tables, found, effects);
        return 1 + children.Sum(child => Purge(tables, child.Id, recursive, effects));
    }

    /// <summary>Fires what is due.</summary>
    /// <returns>When the next timer is due; null when there is none.</returns>
    public static long? FireDueTimers(StoreTables tables, long now, CommitEffects effects)
    {
        const int AtOnce = 500;
        foreach (var timer in tables.Timers.Due(now, AtOnce))
        {
            tables.Timers.Remove(timer);
            var message = timer.Task == TimerTable.DelayedStart
                ? Started(tables.Instances.Get(timer.InstanceId)!.Name, now)
                : new HistoryEvent(EventKind.TimerFired, now) { Task = timer.Task, FireAt = timer.FireAt };
            effects.Delivered.Add((timer.InstanceId, timer.Execution, tables.AddMessage(timer.Execution, message)));
        }

        return tables.Timers.NextDue();
    }

    /// <summary>Records an activity's outcome, once. That of an activity whose run is over by now, say by termination, is dropped.</summary>
    public static void CompleteActivity(StoreTables tables, ActivityKey key, HistoryEvent outcome, CommitEffects effects)
    {
        if (tables.Activities.Remove(key.Execution, key.Task)
            && tables.Instances.Find(key.InstanceId) is { IsFinished: false } caller
            && caller.Execution == key.Execution)
        {
            effects.Delivered.Add((key.InstanceId, key.Execution, tables.AddMessage(key.Execution, outcome)));
        }
    }

    /// <summary>Removes a run. Its activities stay queued and run, as on Azure, where they are messages of their own.</summary>
    private static void Remove(StoreTables tables, InstanceKey instance, CommitEffects effects)
    {
        tables.History.RemoveAll(instance.Execution);
        tables.Inbox.RemoveAll(instance.Execution);
        tables.Timers.RemoveAll(instance.Execution);
        tables.Instances.Remove(instance.Id);
        effects.Dropped.Add(instance.Execution);
        effects.Changed.Add(instance.Id);
    }
}

/// <summary>A wish for a new instance.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its orchestrator.</param>
/// <param name="Input">JSON of its input.</param>
/// <param name="At">Now, in UTC ticks.</param>
internal sealed record StartRequest(string Id, string Name, string? Input, long At)
{
    /// <summary>When to start, in UTC ticks; 0 for at once.</summary>
    public long StartAt { get; init; }

    /// <summary>Labels as JSON.</summary>
    public string? Tags { get; init; }

    public ParentLink? Parent { get; init; }

    /// <summary>Finished states in which an existing instance must be kept.</summary>
    public IReadOnlyCollection<OrchestrationRuntimeStatus> Keep { get; init; } = [];
}
