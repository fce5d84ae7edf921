using HelpdeskSync.LocalCloud.DurableTask.Replay;
using HelpdeskSync.LocalCloud.DurableTask.Runtime;
using HelpdeskSync.LocalCloud.DurableTask.Storage;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.LocalCloud.DurableTask;

public sealed partial class DurableTaskEngine
{
    private async Task RunActivitiesAsync(EngineRun current)
    {
        while (await current.NextAsync(current.Activities.Reader) is { } work)
        {
            var outcome = await RunActivityAsync(current, work);
            if (outcome is null || current.StopNow.IsCancellationRequested)
            {
                continue;
            }

            // Its place is free only when the outcome is stored: work does not run ahead of a slow or full disk.
            await PersistAsync(
                current,
                tables =>
                {
                    var effects = new CommitEffects();
                    InstanceCommands.CompleteActivity(tables, work.Key, outcome, effects);
                    return effects;
                },
                current.Publish);
        }
    }

    /// <returns>What to tell the orchestrator; null when there is nothing to tell.</returns>
    private async Task<HistoryEvent?> RunActivityAsync(EngineRun current, ActivityWork work)
    {
        try
        {
            var input = work.Input;
            if (work.IsInputStored)
            {
                var stored = await current.Store.WriteAsync(tables => tables.Activities.InputOf(work.Key));
                if (stored.Count == 0)
                {
                    return null;
                }

                input = stored[0];
            }

            if (!activities.TryGetValue(work.Key.Name, out var activity))
            {
                return Failed(work.Key, new TaskFailureDetails(
                    "ActivityTaskNotFound", $"No activity task named '{work.Key.Name}' was found.", null, null, null) { IsNonRetriable = true });
            }

            var result = await activity(new LocalActivityContext(work.Key), input, current.StopNow);
            return new HistoryEvent(EventKind.TaskCompleted, time.GetUtcNow().UtcTicks)
            {
                Task = work.Key.Task,
                Data = converter.Serialize(result),
            };
        }
        catch (Exception problem)
        {
            logger.LogWarning(
                "Activity '{Name}' (#{Task}) of '{InstanceId}' failed with {ErrorType}; the orchestrator decides what follows.",
                work.Key.Name, work.Key.Task, work.Key.InstanceId, problem.GetType().FullName);
            return Failed(work.Key, DescribeFailure(problem));
        }
    }

    /// <summary>An exception may throw while it is described; that must not end the loop that runs everyone's work.</summary>
    private static TaskFailureDetails DescribeFailure(Exception problem)
    {
        try
        {
            return TaskFailureDetails.FromException(problem);
        }
        catch (Exception another)
        {
            return new TaskFailureDetails(
                problem.GetType().FullName ?? problem.GetType().Name, $"The exception could not be described: {another.GetType()}.", null, null, null);
        }
    }

    private HistoryEvent Failed(ActivityKey key, TaskFailureDetails failure) =>
        new(EventKind.TaskFailed, time.GetUtcNow().UtcTicks) { Task = key.Task, Detail = FailureConversion.ToJson(failure) };

    private void FireDueTimers(EngineRun current) => _ = PersistAsync(
        current,
        tables =>
        {
            var effects = new CommitEffects();
            return (Next: InstanceCommands.FireDueTimers(tables, time.GetUtcNow().UtcTicks, effects), Effects: effects);
        },
        fired =>
        {
            current.Publish(fired.Effects);
            if (fired.Next is { } due)
            {
                current.Timers.WakeAt(due);
            }
        });
}
