namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>Spaces attempts evenly, so that no second holds more than the rate. Thread-safe; those who wait come in the order of their calls.</summary>
internal sealed class CallPace(TimeProvider clock) : IDisposable
{
    // Evenly spaced, the closed second from one arrival on holds one more than the rate; the rest is for latencies that differ.
    private const double Used = 0.95;

    // Timers are late by some milliseconds: so much of that is made up for, and the closed second still holds no more than the rate.
    private static readonly TimeSpan s_late = TimeSpan.FromMilliseconds(30);

    private readonly SemaphoreSlim _line = new(1, 1);
    private readonly Lock _gate = new();
    private TaskCompletionSource _changed = NewChange();
    private double _perSecond;
    private DateTimeOffset _last;

    /// <summary>Attempts a second; may change at any time, and counts at once for those who wait. With 0 none begins.</summary>
    public double PerSecond
    {
        get
        {
            lock (_gate)
            {
                return _perSecond;
            }
        }

        set
        {
            lock (_gate)
            {
                if (value != _perSecond)
                {
                    _perSecond = value;
                    _changed.TrySetResult();
                    _changed = NewChange();
                }
            }
        }
    }

    /// <summary>Waits for the next turn.</summary>
    public async Task NextAsync(CancellationToken cancellationToken)
    {
        await _line.WaitAsync(cancellationToken);
        try
        {
            while (TimeToTurn() is var (wait, changed))
            {
                using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                await Task.WhenAny(Task.Delay(wait, clock, over.Token), changed);
                await over.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
        finally
        {
            _line.Release();
        }
    }

    public void Dispose() => _line.Dispose();

    /// <summary>Takes the turn and returns null, or says how long it has to be waited for unless the rate changes.</summary>
    private (TimeSpan Wait, Task Changed)? TimeToTurn()
    {
        lock (_gate)
        {
            if (_perSecond <= 0)
            {
                return (Timeout.InfiniteTimeSpan, _changed.Task);
            }

            var now = clock.GetUtcNow();
            var turn = _last + TimeSpan.FromSeconds(1 / (_perSecond * Used));
            if (turn > now)
            {
                return (turn - now, _changed.Task);
            }

            _last = turn > now - s_late ? turn : now - s_late;
            return null;
        }
    }

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
