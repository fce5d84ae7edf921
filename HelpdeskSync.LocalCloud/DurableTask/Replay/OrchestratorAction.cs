namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

/// <summary>Something that an orchestrator asked for and its history does not show yet.</summary>
/// <param name="Id">Its sequence number.</param>
internal abstract record OrchestratorAction(int Id)
{
    /// <summary>The action's name in the official messages about non-determinism.</summary>
    public abstract string TypeName { get; }

    /// <summary>The history event that records it.</summary>
    public abstract HistoryEvent ToEvent(long at);
}

internal sealed record ScheduleActivity(int Id, string Name, string? Input) : OrchestratorAction(Id)
{
    public override string TypeName => "ScheduleTaskOrchestratorAction";

    public override HistoryEvent ToEvent(long at) => new(EventKind.TaskScheduled, at) { Task = Id, Name = Name, Data = Input };
}

internal sealed record CreateTimer(int Id, long FireAt) : OrchestratorAction(Id)
{
    public override string TypeName => "CreateTimerOrchestratorAction";

    public override HistoryEvent ToEvent(long at) => new(EventKind.TimerCreated, at) { Task = Id, FireAt = FireAt };
}

internal sealed record CreateSubOrchestration(int Id, string Name, string InstanceId, string? Input) : OrchestratorAction(Id)
{
    public override string TypeName => "CreateSubOrchestrationAction";

    public override HistoryEvent ToEvent(long at) =>
        new(EventKind.SubOrchestrationInstanceCreated, at) { Task = Id, Name = Name, Data = Input, Detail = InstanceId };
}

internal sealed record SendEvent(int Id, string InstanceId, string Name, string? Data) : OrchestratorAction(Id)
{
    public override string TypeName => "SendEventOrchestratorAction";

    public override HistoryEvent ToEvent(long at) =>
        new(EventKind.EventSent, at) { Task = Id, Name = Name, Data = Data, Detail = InstanceId };
}
