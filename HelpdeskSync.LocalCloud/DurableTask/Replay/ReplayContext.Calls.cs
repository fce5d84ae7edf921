using Microsoft.DurableTask;

namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

internal sealed partial class ReplayContext
{
    private readonly Dictionary<int, OpenTask> open = [];
    private readonly SortedDictionary<int, OrchestratorAction> actions = [];
    private int nextId;

    /// <summary>What was asked for and does not stand in history yet, in order.</summary>
    public IEnumerable<OrchestratorAction> NewActions => actions.Values;

    /// <summary>Whether an activity, a child or a timer is still out.</summary>
    public bool HasOpenTasks => open.Count > 0;

    /// <summary>Whether someone waits for an external event.</summary>
    public bool WaitsForEvents => events.AnyWaiting;

    /// <summary>The next sequence number, which the end of the orchestration takes too.</summary>
    public int TakeId() => nextId++;

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        RequireOrchestratorThread();
        RequireName(name, nameof(name));
        RefuseOptionsAsInput(input);
        var json = converter.Serialize(input);
        return RetryAsync(() => CallAsync<TResult>(OpenActivity(name.Name, json)), options?.Retry);
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        RequireOrchestratorThread();
        RequireName(orchestratorName, nameof(orchestratorName));
        RefuseOptionsAsInput(input);
        var json = converter.Serialize(input);
        var id = (options as SubOrchestrationOptions)?.InstanceId;
        var child = string.IsNullOrEmpty(id) ? NewGuid().ToString("N") : id;
        return RetryAsync(() => CallAsync<TResult>(OpenChild(orchestratorName.Name, child, json)), options?.Retry);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        RequireOrchestratorThread();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var data = converter.Serialize(payload);
        var id = TakeId();
        actions.Add(id, new SendEvent(id, instanceId, eventName, data));
    }

    private static void RequireName(TaskName name, string parameter)
    {
        if (string.IsNullOrEmpty(name.Name))
        {
            throw new ArgumentException("Provided argument cannot be default value defined by 'Microsoft.DurableTask.TaskName'", parameter);
        }
    }

    private static void RefuseOptionsAsInput(object? input)
    {
        if (input is TaskOptions)
        {
            throw new ArgumentException(
                "TaskOptions were passed as the input. Name the parameter (options: ...) to pass options without input.", nameof(input));
        }
    }

    private OpenTask OpenActivity(string name, string? input)
    {
        var id = TakeId();
        actions.Add(id, new ScheduleActivity(id, name, input));
        return Open(id, name);
    }

    private OpenTask OpenChild(string name, string child, string? input)
    {
        var id = TakeId();
        actions.Add(id, new CreateSubOrchestration(id, name, child, input));
        return Open(id, name);
    }

    private OpenTask Open(int id, string name)
    {
        var task = new OpenTask(id, name);
        open.Add(id, task);
        return task;
    }

    private async Task<TResult> CallAsync<TResult>(OpenTask call)
    {
        var json = await call.Task;
        return converter.Deserialize<TResult>(json)!;
    }

    /// <summary>Something that history will answer.</summary>
    private sealed class OpenTask(int id, string name) : TaskCompletionSource<string?>
    {
        public int Id => id;

        public string Name => name;
    }
}
