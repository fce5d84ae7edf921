namespace HelpdeskSync.Functions.Helpdesk;

/// <summary>Spaces attempts evenly, so that no second holds more than the rate. Thread-safe.</summary>
internal sealed class CallPace(TimeProvider clock)
{
    // Evenly spaced, the closed second from one arrival on holds one more than the rate; the rest is for latencies that differ.
    private const double Used = 0.95;

    // A share that is being given up while an attempt comes in.
    private const double Least = 0.1;

    private readonly Lock _gate = new();
    private DateTimeOffset _next;

    /// <summary>Attempts a second; may change at any time.</summary>
    public double PerSecond { get; set; }

    /// <summary>Waits for the next turn.</summary>
    public Task NextAsync(CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            var turn = _next > now ? _next : now;
            _next = turn + TimeSpan.FromSeconds(1 / (Math.Max(PerSecond, Least) * Used));
            wait = turn - now;
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, clock, cancellationToken) : Task.CompletedTask;
    }
}
