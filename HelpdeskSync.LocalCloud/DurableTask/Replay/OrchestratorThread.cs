namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

/// <summary>
/// Keeps everything an orchestrator does on the one thread that runs its turn. Work that reaches it from elsewhere, or after the turn, is
/// the mark of an orchestrator that awaited something other than its context's tasks: it is dropped and reported.
/// </summary>
internal sealed class OrchestratorThread : TaskScheduler
{
    private readonly Queue<Task> queue = new();
    private readonly Action reportLate;
    private readonly Context synchronization;
    private readonly Lock gate = new();
    private int thread = -1;
    private bool over;
    private bool broken;

    /// <param name="reportLate">Called when the rule is broken after the turn, on any thread, perhaps more than once.</param>
    public OrchestratorThread(Action reportLate)
    {
        this.reportLate = reportLate;
        synchronization = new Context(this);
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
    public void Run(Action turn)
    {
        var before = SynchronizationContext.Current;
        thread = Environment.CurrentManagedThreadId;
        SynchronizationContext.SetSynchronizationContext(synchronization);
        try
        {
            // Inside a task of this scheduler, so that continuations and child tasks come back here.
            var task = new Task(turn);
            task.RunSynchronously(this);
            task.GetAwaiter().GetResult();
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

    /// <summary>Notes that something ran off the thread.</summary>
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
        if (IsCurrent)
        {
            queue.Enqueue(task);
        }
        else
        {
            ReportBroken();
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => IsCurrent && TryExecuteTask(task);

    private sealed class Context(OrchestratorThread owner) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) =>
            _ = Task.Factory.StartNew(() => d(state), CancellationToken.None, TaskCreationOptions.None, owner);

        public override void Send(SendOrPostCallback d, object? state) => d(state);

        public override SynchronizationContext CreateCopy() => this;
    }
}
