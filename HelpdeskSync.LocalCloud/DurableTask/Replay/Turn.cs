using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

/// <summary>One turn: replays an orchestrator's history, applies what is new and sees what came of it. Touches no storage.</summary>
internal sealed class Turn
{
    private readonly InstanceInfo instance;
    private readonly OrchestratorRunner run;
    private readonly DataConverter converter;
    private readonly OrchestratorThread thread;
    private readonly ReplayContext context;
    private readonly long at;
    private Task<object?>? orchestrator;
    private HistoryEvent? termination;

    /// <param name="instance">The instance.</param>
    /// <param name="run">Its code.</param>
    /// <param name="converter">How payloads are converted.</param>
    /// <param name="loggers">Where the orchestrator logs.</param>
    /// <param name="at">The turn's time in UTC ticks.</param>
    /// <param name="reportLate">Called when the code is found to run on after the turn, outside of its control.</param>
    public Turn(InstanceInfo instance, OrchestratorRunner run, DataConverter converter, ILoggerFactory loggers, long at, Action reportLate)
    {
        this.instance = instance;
        this.run = run;
        this.converter = converter;
        this.at = at;
        thread = new OrchestratorThread(reportLate);
        context = new ReplayContext(instance, converter, thread, loggers);
    }

    public TurnResult Run(IReadOnlyList<HistoryEvent> history, IReadOnlyList<HistoryEvent> messages)
    {
        TurnResult? result = null;
        thread.Run(() => result = Judge(history, messages));
        return result!;
    }

    private TurnResult Judge(IReadOnlyList<HistoryEvent> history, IReadOnlyList<HistoryEvent> messages)
    {
        try
        {
            ApplyAll(history, messages);
        }
        catch (Exception problem)
        {
            // Not the orchestrator's own exception, which stays in its task: the history or an event could not be applied to it.
            return Failed(problem, problem is NonDeterministicOrchestrationException ? problem.Message : null);
        }

        if (termination is { } end)
        {
            return End(OrchestrationRuntimeStatus.Terminated, end.Data) with { Actions = [], TerminateChildren = end.Detail is not null };
        }

        if (thread.IsBroken || (!orchestrator!.IsCompleted && !context.IsSuspended && !context.HasOpenTasks && !context.WaitsForEvents))
        {
            var problem = new InvalidOperationException(ReplayContext.InvalidAwaitMessage);
            return Failed(problem, problem.Message);
        }

        return orchestrator!.IsCompleted && !context.HasOpenTasks && !context.IsSuspended ? Ended() : GoesOn();
    }

    private void ApplyAll(IReadOnlyList<HistoryEvent> history, IReadOnlyList<HistoryEvent> messages)
    {
        foreach (var happened in history)
        {
            Apply(happened, isOld: true);
        }

        context.Apply(new HistoryEvent(EventKind.OrchestratorStarted, at), isOld: false);
        foreach (var message in messages)
        {
            if (message.Kind == EventKind.ExecutionTerminated)
            {
                termination = message;
                return;
            }

            Apply(message, isOld: false);
        }
    }

    private void Apply(HistoryEvent happened, bool isOld)
    {
        context.Apply(happened, isOld);
        if (happened.Kind == EventKind.ExecutionStarted)
        {
            orchestrator = StartAsync();
            _ = orchestrator.ContinueWith(
                _ => NoteEnd(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            thread.Drain();
        }
        else if (happened.Kind == EventKind.InvalidAwait)
        {
            thread.ReportBroken();
        }
    }

    private async Task<object?> StartAsync() => await run(context);

    private void NoteEnd()
    {
        if (!thread.IsCurrent)
        {
            thread.ReportBroken();
        }
    }

    private TurnResult GoesOn()
    {
        try
        {
            return new TurnResult
            {
                Status = context.IsSuspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running,
                At = at,
                CustomStatus = converter.Serialize(context.CustomStatus),
                Actions = context.IsSuspended ? [] : [.. context.NewActions],
            };
        }
        catch (Exception problem)
        {
            // The custom status is the only thing converted here.
            return Failed(problem, output: null);
        }
    }

    private TurnResult Ended()
    {
        if (orchestrator!.IsCanceled)
        {
            return Failed(new AggregateException(new TaskCanceledException(orchestrator)), output: null);
        }

        if (orchestrator.Exception is { } thrown)
        {
            var problem = thrown.InnerExceptions[0];
            return Failed(problem, problem.Message);
        }

        try
        {
            return context.Next is { } next
                ? End(OrchestrationRuntimeStatus.ContinuedAsNew, null) with { NextInput = next.Input, CarriedOver = [.. context.EventsToCarryOver(next)] }
                : End(OrchestrationRuntimeStatus.Completed, converter.Serialize(orchestrator.Result));
        }
        catch (Exception problem)
        {
            // The result or the custom status cannot be converted.
            return Failed(problem, problem.Message);
        }
    }

    private TurnResult Failed(Exception problem, string? output) => new()
    {
        Status = OrchestrationRuntimeStatus.Failed,
        At = at,
        EndId = context.TakeId(),
        CustomStatus = CustomStatusOrNull(),
        Output = output,
        Failure = FailureConversion.ToJson(TaskFailureDetails.FromException(problem)),
        Actions = [.. context.NewActions.OfType<SendEvent>()],
    };

    private TurnResult End(OrchestrationRuntimeStatus status, string? output) => new()
    {
        Status = status,
        At = at,
        EndId = context.TakeId(),
        CustomStatus = converter.Serialize(context.CustomStatus),
        Output = output,
        Actions = [.. context.NewActions.Where(action => action is SendEvent)],
    };

    private string? CustomStatusOrNull()
    {
        try
        {
            return converter.Serialize(context.CustomStatus);
        }
        catch (Exception)
        {
            // The instance fails for this, or for something that matters more; a second failure has no place to go.
            return null;
        }
    }
}
