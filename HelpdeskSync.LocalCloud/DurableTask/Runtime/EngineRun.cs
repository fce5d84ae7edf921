using System.Threading.Channels;
using HelpdeskSync.LocalCloud.DurableTask.Storage;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.LocalCloud.DurableTask.Runtime;

/// <summary>One span from start to stop: the open store, what waits in memory, and the loops that work it off.</summary>
internal sealed class EngineRun : IDisposable
{
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource stopNow = new();
    private readonly List<Task> loops = [];
    private readonly TimeProvider time;
    private readonly ILogger logger;

    public EngineRun(DurableStore store, SessionTable sessions, TimeProvider time, ILogger logger, Action<EngineRun> fireDueTimers)
    {
        Store = store;
        Sessions = sessions;
        this.time = time;
        this.logger = logger;
        StopNow = stopNow.Token;
        Timers = new TimerQueue(time, () => fireDueTimers(this));
    }

    public DurableStore Store { get; }

    public SessionTable Sessions { get; }

    public Channel<ActivityWork> Activities { get; } = Channel.CreateUnbounded<ActivityWork>();

    public TimerQueue Timers { get; }

    /// <summary>Those who wait for an instance.</summary>
    public InstanceWatch Watch { get; } = new();

    /// <summary>Whether no new work is taken.</summary>
    public bool IsStopping => stopping.IsCancellationRequested;

    /// <summary>Cancelled when activities must end.</summary>
    public CancellationToken StopNow { get; }

    /// <summary>Starts a number of loops.</summary>
    public void Start(int count, Func<EngineRun, Task> loop)
    {
        for (var i = 0; i < count; i++)
        {
            loops.Add(Task.Run(() => GuardAsync(loop)));
        }
    }

    /// <summary>The next piece of work; null when the engine stops.</summary>
    public async ValueTask<T?> NextAsync<T>(ChannelReader<T> queue)
        where T : class
    {
        try
        {
            return IsStopping ? null : await queue.ReadAsync(stopping.Token);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Waits; shorter when the engine stops.</summary>
    public async Task SleepAsync(TimeSpan duration)
    {
        try
        {
            await Task.Delay(duration, time, stopping.Token);
        }
        catch (OperationCanceledException)
        {
            // Whoever sleeps looks at IsStopping next.
        }
    }

    /// <summary>Lets memory know of a committed change.</summary>
    public void Publish(CommitEffects effects)
    {
        effects.Dropped.ForEach(Sessions.Drop);
        effects.Created.ForEach(created => Sessions.Created(created.Info, created.Messages));
        effects.Delivered.ForEach(sent => Sessions.Deliver(sent.Id, sent.Execution, sent.Message));
        effects.Activities.ForEach(work => Activities.Writer.TryWrite(work));
        effects.Changed.ForEach(Watch.Changed);
        if (effects.EarliestTimer is { } due)
        {
            Timers.WakeAt(due);
        }
    }

    public async Task StopAsync(CancellationToken ct)
    {
        await stopping.CancelAsync();
        Timers.Dispose();
        try
        {
            await Task.WhenAll(loops).WaitAsync(ct);
        }
        catch (OperationCanceledException)
        {
            logger.LogInformation("The Durable Task engine stops without waiting for running work; that runs again at the next start.");
        }

        await stopNow.CancelAsync();
        await Store.DisposeAsync();
        Watch.Close();
    }

    public void Dispose()
    {
        Timers.Dispose();
        stopping.Dispose();
        stopNow.Dispose();
    }

    private async Task GuardAsync(Func<EngineRun, Task> loop)
    {
        try
        {
            await loop(this);
        }
        catch (Exception problem)
        {
            logger.LogCritical(problem, "A Durable Task loop ended by an error of the engine; restart the engine.");
        }
    }
}
