using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TaskFailedException = Microsoft.DurableTask.TaskFailedException;

namespace HelpdeskSync.LocalCloud.DurableTask.Replay;

/// <summary>One turn: replays an orchestrator's history, applies what is new and sees what came of it. Touches no storage.</summary>
internal sealed class Turn
{
    private readonly OrchestratorRunner run;
    private readonly DataConverter converter;
    private readonly OrchestratorThread thread;
    private readonly ReplayContext context;
    private readonly long at;
    private Task<string?>? orchestrator;
    private HistoryEvent? termination;
    private string? customStatus;

    /// <param name="instance">The instance.</param>
    /// <param name="run">Its code.</param>
    /// <param name="setup">What all turns share.</param>
    /// <param name="at">The turn's time in UTC ticks.</param>
    /// <param name="reportLate">Called when the code is found to run on after the turn, outside of its control.</param>
    public Turn(InstanceInfo instance, OrchestratorRunner run, TurnSetup setup, long at, Action reportLate)
    {
        this.run = run;
        this.at = at;
        converter = setup.Converter;
        thread = new OrchestratorThread(setup.LongestBlock, reportLate);
        context = new ReplayContext(instance, setup, thread);
    }

    public TurnResult Run(IReadOnlyList<HistoryEvent> history, IReadOnlyList<HistoryEvent> messages)
    {
        TurnResult? result = null;
        thread.Run(() => result = Judge(history, messages));
        return result!;
    }

    private TurnResult Judge(IReadOnlyList<HistoryEvent> history, IReadOnlyList<HistoryEvent> messages)
    {
        NonDeterministicOrchestrationException? difference = null;
        try
        {
            ApplyAll(history, messages);
        }
        catch (NonDeterministicOrchestrationException problem)
        {
            difference = problem;
        }
        catch (Exception problem)
        {
            // Not the orchestrator's own exception, which stays in its task: an event could not be applied to it.
            return Failed(problem) with { Output = null };
        }

        try
        {
            customStatus = converter.Serialize(context.CustomStatus);
        }
        catch (Exception problem)
        {
            return Failed(problem) with { Output = null };
        }

        return difference is null ? Verdict() : Failed(difference) with { Advice = Determinism.Advice };
    }

    /// <summary>What the turn led to, now that everything could be applied.</summary>
    private TurnResult Verdict()
    {
        if (termination is { } end)
        {
            return Ended(OrchestrationRuntimeStatus.Terminated, end.Data) with { TerminateChildren = end.Detail is not null };
        }

        if (thread.IsBroken || (!orchestrator!.IsCompleted && !context.IsSuspended && !context.HasOpenTasks && !context.WaitsForEvents))
        {
            var place = orchestrator is { IsCompleted: false } ? StandingAwait.Describe(orchestrator, context.IsOpen) : null;
            return Failed(new InvalidOperationException(InvalidAwait.Message)) with { Advice = $"{place} {InvalidAwait.Advice}".TrimStart() };
        }

        return orchestrator!.IsCompleted && !context.HasOpenTasks && !context.IsSuspended ? Outcome(orchestrator) : GoesOn();
    }

    private void ApplyAll(IReadOnlyList<HistoryEvent> history, IReadOnlyList<HistoryEvent> messages)
    {
        context.Expect(history);
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

    /// <summary>The orchestrator with its result as JSON; a result that cannot be converted is its failure.</summary>
    private async Task<string?> StartAsync()
    {
        try
        {
            return converter.Serialize(await run(context));
        }
        catch (TaskFailedException failed) when (failed.FailureDetails is null)
        {
#pragma warning disable CA2201 // A child was terminated and nobody caught it: the official worker stumbles over the missing details and shows just this.
            throw new NullReferenceException();
#pragma warning restore CA2201
        }
    }

    private void NoteEnd()
    {
        if (!thread.IsCurrent)
        {
            thread.ReportBroken();
        }
    }

    private TurnResult GoesOn() => new()
    {
        Status = context.IsSuspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running,
        At = at,
        CustomStatus = customStatus,
        Actions = context.IsSuspended ? [] : [.. context.NewActions],
    };

    private TurnResult Outcome(Task<string?> done)
    {
        if (done.IsCanceled)
        {
            return Failed(new AggregateException(new TaskCanceledException(done))) with { Output = null };
        }

        if (done.Exception is { } thrown)
        {
            var problem = thrown.InnerExceptions[0];
            return Mute(problem) is { } mute ? Failed(mute) with { Output = null } : Failed(problem);
        }

        return context.Next is { } next
            ? Ended(OrchestrationRuntimeStatus.ContinuedAsNew, null) with
            {
                NextInput = next.Input,
                CarriedOver = [.. context.EventsToCarryOver(next)],
                Resent = next.Resent,
            }
            : Ended(OrchestrationRuntimeStatus.Completed, done.Result);
    }

    /// <summary>What a message that cannot be read throws: the official worker stumbles over it and shows just this.</summary>
    private static Exception? Mute(Exception problem)
    {
        try
        {
            _ = problem.Message;
            return null;
        }
        catch (Exception mute)
        {
            return mute;
        }
    }

    private TurnResult Failed(Exception problem)
    {
        var failure = TaskFailureDetails.FromException(problem);
        return Ended(OrchestrationRuntimeStatus.Failed, failure.ErrorMessage) with { Failure = FailureConversion.ToJson(failure) };
    }

    private TurnResult Ended(OrchestrationRuntimeStatus status, string? output) => new()
    {
        Status = status,
        At = at,
        EndId = context.TakeId(),
        CustomStatus = customStatus,
        Output = output,
        Actions = status == OrchestrationRuntimeStatus.Terminated ? [] : [.. context.NewActions.OfType<SendEvent>()],
    };
}
