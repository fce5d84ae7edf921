using System.Collections.Concurrent;
using HelpdeskSync.LocalCloud.DurableTask.Replay;
using HelpdeskSync.LocalCloud.DurableTask.Runtime;
using HelpdeskSync.LocalCloud.DurableTask.Storage;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.LocalCloud.DurableTask;

/// <summary>
/// Runs orchestrations from one SQLite file. What the client acknowledges, what an orchestrator asked for and what an activity returned is on
/// disk before anyone hears of it; after a crash everything goes on from there. Activities run at least once.
/// </summary>
public sealed partial class DurableTaskEngine : IAsyncDisposable
{
    /// <summary>Roughly how much history is kept in memory, in bytes.</summary>
    private const long HistoryCacheSize = 128L * 1024 * 1024;

    private readonly DurableTaskEngineOptions options;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly JsonDataConverter converter;
    private readonly ConcurrentDictionary<string, OrchestratorRunner> orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, ActivityRunner> activities = new(StringComparer.OrdinalIgnoreCase);
    private readonly TurnSetup turns;
    private EngineRun? run;
    private DurableStore? opened;

    /// <summary>Sets the engine up; nothing happens before <see cref="StartAsync"/>.</summary>
    public DurableTaskEngine(DurableTaskEngineOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(loggers);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConcurrentActivities, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConcurrentOrchestrators, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.LongestBlock, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(options.LargestDatabase);
        if (options.KeepFinished <= TimeSpan.Zero && options.KeepFinished != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.KeepFinished, "KeepFinished must be above zero, or infinite.");
        }

        this.options = options;
        this.time = time;
        logger = loggers.CreateLogger<DurableTaskEngine>();
        converter = new JsonDataConverter(options.SerializerOptions);
        turns = new TurnSetup(converter, loggers, options.LongestBlock);
        Client = new LocalDurableTaskClient(this, options.TaskHubName, converter, time);
    }

    /// <summary>The client; usable from <see cref="StartAsync"/> to <see cref="StopAsync"/>.</summary>
    public DurableTaskClient Client { get; }

    internal InstanceWatch Watch => Running.Watch;

    private EngineRun Running => run ?? throw new InvalidOperationException("The Durable Task engine is not running; call StartAsync first.");

    /// <summary>Registers an orchestrator.</summary>
    /// <exception cref="ArgumentException">The name is empty or taken, whatever its case.</exception>
    public void AddOrchestrator(string name, OrchestratorRunner run)
    {
        TaskNames.Require(name, nameof(name));
        ArgumentNullException.ThrowIfNull(run);
        if (!orchestrators.TryAdd(name, run))
        {
            throw new ArgumentException($"An ITaskOrchestrator named '{name}' is already added.", nameof(name));
        }
    }

    /// <summary>Registers an activity.</summary>
    /// <exception cref="ArgumentException">The name is empty or taken, whatever its case.</exception>
    public void AddActivity(string name, ActivityRunner run)
    {
        TaskNames.Require(name, nameof(name));
        ArgumentNullException.ThrowIfNull(run);
        if (!activities.TryAdd(name, run))
        {
            throw new ArgumentException($"An ITaskActivity named '{name}' is already added.", nameof(name));
        }
    }

    /// <summary>Opens the database ahead of <see cref="StartAsync"/>, to learn early whether it can be had. Nothing runs yet.</summary>
    /// <exception cref="InvalidOperationException">Another process has the file, or a newer program wrote it.</exception>
    public void Open() => opened ??= DurableStore.Open(options, logger);

    /// <summary>Opens the database and goes on with everything that is unfinished in it.</summary>
    /// <exception cref="InvalidOperationException">The engine runs already, another process has the file, or a newer program wrote it.</exception>
    public async Task StartAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (run is not null)
        {
            throw new InvalidOperationException("The Durable Task engine is running already.");
        }

        var store = Interlocked.Exchange(ref opened, null) ?? DurableStore.Open(options, logger);
        run = new EngineRun(store, new SessionTable(HistoryCacheSize), time, logger, FireDueTimers);
        try
        {
            await ResumeAsync(run);
        }
        catch
        {
            run = null;
            await store.DisposeAsync();
            throw;
        }

        run.Start(options.MaxConcurrentOrchestrators, RunTurnsAsync);
        run.Start(options.MaxConcurrentActivities, RunActivitiesAsync);
        if (options.KeepFinished != Timeout.InfiniteTimeSpan)
        {
            run.Start(1, PurgeOldAsync);
        }
    }

    /// <summary>
    /// Takes no new work, lets what runs end, and closes the file. Once <paramref name="ct"/> is cancelled activities that still run are told to
    /// stop and waited for no longer; they run again at the next start.
    /// </summary>
    public async Task StopAsync(CancellationToken ct)
    {
        if (Interlocked.Exchange(ref run, null) is { } ending)
        {
            using (ending)
            {
                await ending.StopAsync(ct);
            }
        }

        if (Interlocked.Exchange(ref opened, null) is { } unused)
        {
            await unused.DisposeAsync();
        }
    }

    /// <summary>Stops without waiting for activities.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(new CancellationToken(canceled: true));

    /// <summary>Changes the database; memory hears of it after the commit.</summary>
    internal async Task<T> ChangeAsync<T>(Func<StoreTables, CommitEffects, T> apply)
    {
        var current = Running;
        var (result, _) = await current.Store.WriteAsync(
            tables =>
            {
                var effects = new CommitEffects();
                return (Result: apply(tables, effects), Effects: effects);
            },
            change => current.Publish(change.Effects));
        return result;
    }

    internal T Read<T>(Func<StoreReader, T> read) => Running.Store.Read(read);

    private async Task ResumeAsync(EngineRun starting)
    {
        var (waiting, outstanding) = await starting.Store.WriteAsync(tables => (tables.WithMessages(), tables.Activities.ReadAll()));
        waiting.ForEach(instance => starting.Sessions.Wake(instance.Id, instance.Execution));
        outstanding.ForEach(key => starting.Activities.Writer.TryWrite(new ActivityWork(key, null, IsInputStored: true)));
        starting.Timers.WakeAt(time.GetUtcNow().UtcTicks);
    }
}
