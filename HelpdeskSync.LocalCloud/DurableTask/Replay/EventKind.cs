namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

/// <summary>What a history event records. The numbers stand in databases: never change one.</summary>
internal enum EventKind
{
    ExecutionStarted = 0,
    ExecutionCompleted = 1,
    ExecutionTerminated = 3,
    TaskScheduled = 4,
    TaskCompleted = 5,
    TaskFailed = 6,
    SubOrchestrationInstanceCreated = 7,
    SubOrchestrationInstanceCompleted = 8,
    SubOrchestrationInstanceFailed = 9,
    TimerCreated = 10,
    TimerFired = 11,
    OrchestratorStarted = 12,
    OrchestratorCompleted = 13,
    EventSent = 14,
    EventRaised = 15,
    ContinueAsNew = 16,
    GenericEvent = 17,
    ExecutionSuspended = 19,
    ExecutionResumed = 20,
    InvalidAwait = 100,
}
