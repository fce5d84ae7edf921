using HelpdeskSync.LocalCloud.DurableTask.Replay;
using HelpdeskSync.LocalCloud.DurableTask.Storage;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.DurableTask.Runtime;

/// <summary>
/// Brings a failed run back to before its failures, as Azure Storage's provider does (AzureTableTrackingStore.RewindHistoryAsync): failures and
/// the calls that failed become generic events, so that the next turn makes these calls again. Failed children are rewound in place and
/// the deepest of them revived; they tell their parents when they end. Timers and what came after a failure that the code handled stay, which
/// is why runs with retries or handled failures mostly fail again as non-deterministic; that is the same on Azure
/// (Azure/azure-functions-durable-extension issues 444 and 617).
/// </summary>
internal sealed class InstanceRewind
{
    private readonly StoreTables tables;
    private readonly InstanceKey failed;
    private readonly HistoryEvent revival;
    private readonly CommitEffects effects;
    private readonly List<StoredEvent> history;
    private readonly Dictionary<int, EventKind> answers;
    private bool revivesChildren;

    private InstanceRewind(StoreTables tables, InstanceKey failed, HistoryEvent revival, CommitEffects effects)
    {
        this.tables = tables;
        this.failed = failed;
        this.revival = revival;
        this.effects = effects;
        history = tables.History.Read(failed.Execution);
        answers = history.Where(stored => IsAnswer(stored.Event.Kind)).ToDictionary(stored => stored.Event.Task, stored => stored.Event.Kind);
    }

    /// <param name="tables">The transaction's tables.</param>
    /// <param name="failed">A run that has failed.</param>
    /// <param name="revival">The message that wakes it, or its failed children.</param>
    /// <param name="effects">What memory must learn of it.</param>
    public static void Apply(StoreTables tables, InstanceKey failed, HistoryEvent revival, CommitEffects effects) =>
        new InstanceRewind(tables, failed, revival, effects).Apply();

    private void Apply()
    {
        foreach (var (seq, happened) in history.Where(stored => MustGo(stored.Event)))
        {
            tables.History.Replace(
                failed.Execution, seq, new HistoryEvent(EventKind.GenericEvent, happened.At) { Data = $"Rewound: {happened.Kind}" });
        }

        tables.Instances.Rewind(failed.Id, failed.Execution, revival.At);
        effects.Changed.Add(failed.Id);
        if (!revivesChildren)
        {
            effects.Delivered.Add((failed.Id, failed.Execution, tables.AddMessage(failed.Execution, revival)));
        }
    }

    private bool MustGo(HistoryEvent happened) => happened.Kind switch
    {
        EventKind.ExecutionCompleted or EventKind.TaskFailed or EventKind.SubOrchestrationInstanceFailed or EventKind.InvalidAwait => true,
        EventKind.TaskScheduled => Answer(happened) switch
        {
            null => tables.Activities.InputOf(new ActivityKey(failed.Execution, happened.Task, failed.Id, happened.Name!)).Count == 0,
            var answer => answer == EventKind.TaskFailed,
        },
        EventKind.SubOrchestrationInstanceCreated => Answer(happened) switch
        {
            null => ChildOf(happened) is not { } child || child.Status.IsFinished(),
            EventKind.SubOrchestrationInstanceFailed => !RewindChild(happened),
            _ => false,
        },

        // A failure at once, with timers still running, has stopped them.
        EventKind.TimerCreated => Answer(happened) is null,
        _ => false,
    };

    /// <returns>Whether the child is there to be rewound; if not, the parent creates it anew.</returns>
    private bool RewindChild(HistoryEvent created)
    {
        if (ChildOf(created) is not { Status: OrchestrationRuntimeStatus.Failed } child)
        {
            return false;
        }

        Apply(tables, new InstanceKey(child.Id, child.Execution, child.Status), revival, effects);
        return revivesChildren = true;
    }

    /// <summary>The run that this event created, unless its id was given to another one.</summary>
    private InstanceRow? ChildOf(HistoryEvent created) =>
        tables.Instances.Get(created.Detail!) is { } found && found.Parent?.Execution == failed.Execution && found.Parent.Task == created.Task
            ? found
            : null;

    private EventKind? Answer(HistoryEvent question) => answers.TryGetValue(question.Task, out var kind) ? kind : null;

    private static bool IsAnswer(EventKind kind) => kind is
        EventKind.TaskCompleted or EventKind.TaskFailed or EventKind.TimerFired
        or EventKind.SubOrchestrationInstanceCompleted or EventKind.SubOrchestrationInstanceFailed;
}
