namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

/// <summary>
/// Keeps everything an orchestrator does on the one thread that runs its turn. Work that reaches it from elsewhere, or after the turn, is
/// the mark of an orchestrator that awaited something other than its context's tasks: it is dropped and reported.
/// </summary>
internal sealed class OrchestratorThread : TaskScheduler
{
    private readonly Queue<Task> queue = new();
    private readonly Action reportLate;
    private readonly OrchestratorSynchronization synchronization;
    private readonly Lock gate = new();
    private int thread = -1;
    private bool over;
    private bool broken;

    /// <param name="longestBlock">How long the orchestrator may block on a task before that counts as breaking the rule.</param>
    /// <param name="reportLate">Called when the rule is broken after the turn, on any thread, perhaps more than once.</param>
    public OrchestratorThread(TimeSpan longestBlock, Action reportLate)
    {
        this.reportLate = reportLate;
        synchronization = new OrchestratorSynchronization(this, longestBlock);
    }

    /// <summary>Whether the caller runs inside the turn.</summary>
    public bool IsCurrent => !Volatile.Read(ref over) && thread == Environment.CurrentManagedThreadId;

    /// <summary>Whether the rule was broken during the turn.</summary>
    public bool IsBroken
    {
        get
        {
            lock (gate)
            {
                return broken;
            }
        }
    }

    /// <summary>Runs a whole turn. Afterwards nothing runs here any more.</summary>
    /// <remarks>
    /// Not inside a task of this scheduler: as with the official worker, Task.Factory.StartNew and ContinueWith leave the thread unless told
    /// otherwise, and are found out.
    /// </remarks>
    public void Run(Action turn)
    {
        var before = SynchronizationContext.Current;
        thread = Environment.CurrentManagedThreadId;
        SynchronizationContext.SetSynchronizationContext(synchronization);
        try
        {
            turn();
        }
        finally
        {
            lock (gate)
            {
                over = true;
            }

            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs what was queued, until nothing is left.</summary>
    public void Drain()
    {
        while (queue.TryDequeue(out var task))
        {
            TryExecuteTask(task);
        }
    }

    /// <summary>Notes that the rule was broken.</summary>
    public void ReportBroken()
    {
        lock (gate)
        {
            broken = true;
            if (!over)
            {
                return;
            }
        }

        reportLate();
    }

    protected override IEnumerable<Task> GetScheduledTasks() => [.. queue];

    protected override void QueueTask(Task task)
    {
        if (!IsCurrent)
        {
            ReportBroken();
        }
        else if (System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            // At once, as the official scheduler does: code after the caller's line sees what this does.
            TryExecuteTask(task);
        }
        else
        {
            queue.Enqueue(task);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => IsCurrent && TryExecuteTask(task);
}
