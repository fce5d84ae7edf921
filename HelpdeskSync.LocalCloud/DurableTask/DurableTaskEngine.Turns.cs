using System.Diagnostics;
using HelpdeskSync.LocalCloud.DurableTask.Replay;
using HelpdeskSync.LocalCloud.DurableTask.Runtime;
using HelpdeskSync.LocalCloud.DurableTask.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.LocalCloud.DurableTask;

public sealed partial class DurableTaskEngine
{
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);

    private async Task RunTurnsAsync(EngineRun current)
    {
        while (await current.NextAsync(current.Sessions.Ready) is { } session)
        {
            if (session.Info is null && !await LoadAsync(current, session))
            {
                continue;
            }

            RunTurn(current, session);
        }
    }

    /// <returns>Whether the run still exists.</returns>
    private async Task<bool> LoadAsync(EngineRun current, InstanceSession session)
    {
        try
        {
            return await current.Store.WriteAsync(
                tables => tables.Instances.Get(session.Id) is { } row && row.Execution == session.Execution && !row.Status.IsFinished()
                    ? (Row: row, History: tables.History.Read(row.Execution), Inbox: tables.Inbox.Read(row.Execution))
                    : default((InstanceRow Row, List<StoredEvent> History, List<StoredEvent> Inbox)?),
                found =>
                {
                    if (found is { } stored)
                    {
                        current.Sessions.Loaded(session, InstanceInfo.Of(stored.Row), stored.History, stored.Inbox);
                    }
                    else
                    {
                        current.Sessions.Drop(session.Execution);
                    }
                }) is not null;
        }
        catch (Exception problem)
        {
            logger.LogError(problem, "Orchestration '{InstanceId}' could not be read from '{Path}'; it is tried again in a second.", session.Id, options.DatabasePath);
            _ = TryAgainLaterAsync(current, session);
            return false;
        }
    }

    private static async Task TryAgainLaterAsync(EngineRun current, InstanceSession session)
    {
        await current.SleepAsync(PauseAfterFault);
        current.Sessions.TryAgain(session);
    }

    private void RunTurn(EngineRun current, InstanceSession session)
    {
        var messages = current.Sessions.TakeMessages(session);
        var info = session.Info!;
        var isNew = session.History.Count == 0;
        if (messages.Count == 0 || (isNew && !messages.Any(IsStart)))
        {
            current.Sessions.Rest(session, messages.Count);
            return;
        }

        // Whatever came before the start, such as an event for a delayed one, happens after it.
        var ordered = isNew ? [.. messages.Where(IsStart), .. messages.Where(message => !IsStart(message))] : messages;
        var begun = Stopwatch.GetTimestamp();
        var result = Decide(current, info, session.History, [.. ordered.Select(message => message.Event)]);
        if (result.Failure is not null)
        {
            logger.LogWarning("Orchestration '{InstanceId}' ({Name}) failed; its failure details stand in its metadata.", info.Id, info.Name);
        }

        if (result.Advice is { } advice)
        {
            logger.LogError("Orchestrator '{Name}' broke a rule in '{InstanceId}': {Problem} {Advice}", info.Name, info.Id, result.Output, advice);
        }

        var pause = PauseAfter(session.History.Count, Stopwatch.GetElapsedTime(begun));
        var commit = new TurnCommit(info, session.History.Count, messages, ordered, result);
        _ = PersistAsync(
            current,
            tables => commit.Apply(tables, time.GetUtcNow().UtcTicks),
            stored =>
            {
                if (!stored.Effects.Dropped.Contains(info.Execution))
                {
                    current.Sessions.TurnEnded(session, stored.Consumed, stored.Added);
                    _ = RestAsync(current, session, pause);
                }

                current.Publish(stored.Effects);
            });
    }

    /// <summary>
    /// Every turn replays the whole history. When thousands of results trickle into a long one, a turn for each would spend the processor on
    /// replaying; after a pause one turn takes in all that came meanwhile. In proportion to the turn, so that replaying takes a fifth of the time.
    /// </summary>
    private static TimeSpan PauseAfter(int events, TimeSpan turn)
    {
        const int Long = 2_000;
        var pause = 4 * turn;
        return events < Long ? TimeSpan.Zero : pause < LongestPause ? pause : LongestPause;
    }

    private static async Task RestAsync(EngineRun current, InstanceSession session, TimeSpan pause)
    {
        if (pause > TimeSpan.Zero)
        {
            // By the processor's clock, not by the orchestrations'.
            await Task.Delay(pause);
        }

        current.Sessions.Rest(session, seen: 0);
    }

    private static bool IsStart(StoredEvent message) => message.Event.Kind == EventKind.ExecutionStarted;

    private TurnResult Decide(EngineRun current, InstanceInfo info, List<HistoryEvent> history, List<HistoryEvent> messages)
    {
        var now = time.GetUtcNow().UtcTicks;
        if (!orchestrators.TryGetValue(info.Name, out var orchestrator))
        {
            return Failed(now, new TaskFailureDetails("OrchestratorTaskNotFound", $"No orchestrator task named '{info.Name}' was found.", null, null, null)
            {
                IsNonRetriable = true,
            });
        }

        try
        {
            return new Turn(info, orchestrator, turns, now, () => ReportInvalidAwait(current, info)).Run(history, messages);
        }
        catch (Exception problem)
        {
            // Poison: it would end one loop after the other, at each start again, until nobody's turns run.
            logger.LogError("Orchestration '{InstanceId}' ({Name}) cannot be run ({ErrorType}); it fails.", info.Id, info.Name, problem.GetType().FullName);
            return Failed(now, DescribeFailure(problem));
        }
    }

    private static TurnResult Failed(long now, TaskFailureDetails failure) =>
        new() { Status = OrchestrationRuntimeStatus.Failed, At = now, Failure = FailureConversion.ToJson(failure), EndId = 0 };

    /// <summary>The code of an earlier turn was found running outside of its thread; the instance fails in its next turn, if it has one.</summary>
    private void ReportInvalidAwait(EngineRun current, InstanceInfo info) => _ = PersistAsync(
        current,
        tables =>
        {
            var effects = new CommitEffects();
            if (tables.Instances.Find(info.Id) is { IsFinished: false } found && found.Execution == info.Execution)
            {
                InstanceCommands.Send(tables, info.Id, new HistoryEvent(EventKind.InvalidAwait, time.GetUtcNow().UtcTicks), effects);
            }

            return effects;
        },
        current.Publish);

    /// <summary>Stores what must not be given up: tried again until it succeeds or the engine stops, and then done again after the next start.</summary>
    private async Task PersistAsync<T>(EngineRun current, Func<StoreTables, T> apply, Action<T> committed)
    {
        while (true)
        {
            try
            {
                await current.Store.WriteAsync(apply, committed);
                return;
            }
            catch (Exception) when (current.IsStopping)
            {
                logger.LogDebug("A Durable Task step ended after the engine was stopped; it is done again at the next start.");
                return;
            }
            catch (Exception problem)
            {
                logger.LogError(problem, "A Durable Task step could not be stored in '{Path}'; it is tried again in a second.", options.DatabasePath);
                await current.SleepAsync(PauseAfterFault);
            }
        }
    }
}
