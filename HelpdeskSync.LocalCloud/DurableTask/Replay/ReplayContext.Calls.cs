using Microsoft.DurableTask;

namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

internal sealed partial class ReplayContext
{
    private readonly HashSet<int> recorded = [];
    private readonly Dictionary<int, OpenTask> open = [];
    private readonly Dictionary<int, OrchestratorAction> actions = [];
    private int nextId;

    /// <summary>What was asked for and does not stand in history yet, in order.</summary>
    public IEnumerable<OrchestratorAction> NewActions => actions.Values.OrderBy(action => action.Id);

    /// <summary>Whether an activity, a child or a timer is still out.</summary>
    public bool HasOpenTasks => open.Count > 0;

    /// <summary>Whether someone waits for an external event.</summary>
    public bool WaitsForEvents => events.AnyWaiting;

    /// <summary>Whether the task is one of those that are still out.</summary>
    public bool IsOpen(Task task) => open.Values.Any(one => one.Task == task);

    /// <summary>The next sequence number, which the end of the orchestration takes too.</summary>
    public int TakeId() => nextId++;

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        RequireOrchestratorThread();
        return ActivityAsync<TResult>(name, input, options);
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        RequireOrchestratorThread();
        return ChildAsync<TResult>(orchestratorName, input, options);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        RequireOrchestratorThread();
        ArgumentException.ThrowIfNullOrWhiteSpace(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        RefuseEntity(instanceId, nameof(instanceId));
        var id = TakeId();
        actions.Add(id, new SendEvent(id, instanceId, eventName, InputOf(id, payload)));
    }

    // Asynchronous, so that what is wrong with a call shows where it is awaited, as with the official client.
    private async Task<TResult> ActivityAsync<TResult>(TaskName name, object? input, TaskOptions? options)
    {
        TaskNames.Require(name.Name, nameof(name));
        if (input is TaskOptions && options is null)
        {
            throw new ArgumentException(
                "A TaskOptions value was provided for the activity input but no value was provided for options. "
                + "Did you actually mean to provide a TaskOptions value for the options parameter?",
                nameof(input));
        }

        return await RetryAsync<TResult>(
            name.Name, id => new ScheduleActivity(id, name.Name, InputOf(id, input)), options?.Retry);
    }

    private async Task<TResult> ChildAsync<TResult>(TaskName orchestratorName, object? input, TaskOptions? options)
    {
        TaskNames.Require(orchestratorName.Name, nameof(orchestratorName));
        var wish = (options as SubOrchestrationOptions)?.InstanceId;
        var child = string.IsNullOrWhiteSpace(wish) ? NewGuid().ToString("N") : wish;
        RefuseEntity(child, "instanceId");
        return await RetryAsync<TResult>(
            orchestratorName.Name,
            id => new CreateSubOrchestration(id, orchestratorName.Name, child, InputOf(id, input)),
            options?.Retry);
    }

    private static void RefuseEntity(string instanceId, string parameter)
    {
        if (instanceId.StartsWith('@'))
        {
            throw new ArgumentException(
                "Instance IDs starting with '@' are reserved for entities, and must not be used for orchestrations, "
                + "when entity support is enabled.",
                parameter);
        }
    }

    /// <summary>JSON of what goes in; spared where history has it already, because inputs are not compared.</summary>
    private string? InputOf(int id, object? input) => recorded.Contains(id) ? null : converter.Serialize(input);

    /// <summary>One attempt. The number is taken before the input is converted, also when that fails, as in the official client.</summary>
    private async Task<TResult> CallAsync<TResult>(string name, Func<int, OrchestratorAction> action)
    {
        var id = TakeId();
        actions.Add(id, action(id));
        var json = await Open(id, name).Task;
        return converter.Deserialize<TResult>(json)!;
    }

    private OpenTask Open(int id, string name)
    {
        var task = new OpenTask(id, name);
        open.Add(id, task);
        return task;
    }

    /// <summary>Something that history will answer.</summary>
    private sealed class OpenTask(int id, string name) : TaskCompletionSource<string?>
    {
        public int Id => id;

        public string Name => name;
    }
}
