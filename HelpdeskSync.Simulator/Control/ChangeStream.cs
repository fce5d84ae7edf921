using System.Diagnostics;
using HelpdeskSync.Simulator.Records;
using HelpdeskSync.Simulator.Truth;

namespace HelpdeskSync.Simulator.Control;

/// <summary>How far a stream is.</summary>
internal sealed record StreamProgress(int Stream, bool Running, long Applied, long Impossible, StreamSettings? Settings, string Stop);

/// <summary>Runs one stream of random changes at a time.</summary>
internal sealed class ChangeStream(HelpdeskTruth truth, SimulatorOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);
    private readonly Lock gate = new();
    private CancellationTokenSource stopping = new();
    private Task running = Task.CompletedTask;
    private StreamSettings? settings;
    private int streams;
    private long applied;
    private long impossible;

    public StreamProgress Progress
    {
        get
        {
            lock (gate)
            {
                return new(
                    streams, !running.IsCompleted, Interlocked.Read(ref applied), Interlocked.Read(ref impossible), settings, "DELETE /_simulator/changes");
            }
        }
    }

    /// <exception cref="ChangeRefusedException">A stream is running, or a setting is out of range.</exception>
    public StreamProgress Start(StreamSettings wanted)
    {
        if (wanted.PerSecond is not (> 0 and <= 10_000) || wanted.Seconds < 0 || wanted.Mix.Weights.Any(weight => weight < 0) || wanted.Mix.Weights.Sum() <= 0)
        {
            throw new ChangeRefusedException(400, "perSecond must be above 0 and at most 10000, seconds 0 or more, and mix must have a weight above 0 and none below.");
        }

        lock (gate)
        {
            if (!running.IsCompleted)
            {
                throw new ChangeRefusedException(409, "A stream of changes is running; DELETE /_simulator/changes stops it.");
            }

            streams++;
            (applied, impossible, settings) = (0, 0, wanted);
            stopping.Dispose();
            stopping = new();
            var seed = Dice.Mix(unchecked((ulong)(wanted.Seed ?? truth.World.Seed)), Dice.Mix((ulong)Salt.Change, wanted.Seed is null ? (ulong)streams : 0));
            var changes = new RandomChanges(truth, options.Time, seed, wanted.Mix);
            var token = stopping.Token;
            running = Task.Run(() => Run(changes, wanted, token), CancellationToken.None);
        }

        return Progress;
    }

    public async Task<StreamProgress> Stop()
    {
        Task last;
        lock (gate)
        {
            stopping.Cancel();
            last = running;
        }

        await last;
        return Progress;
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        stopping.Dispose();
    }

    private async Task Run(RandomChanges changes, StreamSettings wanted, CancellationToken stop)
    {
        var clock = Stopwatch.StartNew();
        var last = wanted.Seconds is { } seconds ? (long)Math.Round(seconds * wanted.PerSecond) : long.MaxValue;
        for (var drawn = 0L; drawn < last && !stop.IsCancellationRequested;)
        {
            if (drawn > clock.Elapsed.TotalSeconds * wanted.PerSecond)
            {
                await Task.Delay(Step, CancellationToken.None);
                continue;
            }

            drawn++;
            if (changes.TryNext())
            {
                Interlocked.Increment(ref applied);
            }
            else
            {
                Interlocked.Increment(ref impossible);
            }
        }
    }
}
