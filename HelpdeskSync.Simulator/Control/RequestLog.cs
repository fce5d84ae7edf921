using System.Collections.Concurrent;
using System.Globalization;

namespace HelpdeskSync.Simulator.Control;

/// <summary>Counts what callers did; the body of GET /_simulator/requests. Thread-safe.</summary>
internal sealed class RequestLog
{
    private readonly ConcurrentDictionary<(string Endpoint, int Status), Counter> calls = new();
    private int running;
    private int highest;

    public int Enter()
    {
        var now = Interlocked.Increment(ref running);
        for (var seen = highest; now > seen; seen = highest)
        {
            Interlocked.CompareExchange(ref highest, now, seen);
        }

        return now;
    }

    public void Leave() => Interlocked.Decrement(ref running);

    public void Call(string endpoint, int status) => calls.GetOrAdd((endpoint, status), _ => new Counter()).Increment();

    public void Reset()
    {
        calls.Clear();
        highest = 0;
    }

    public int HighestConcurrency => highest;

    public long Total => calls.Sum(call => call.Value.Value);

    public SortedDictionary<string, SortedDictionary<string, long>> ByEndpoint()
    {
        var endpoints = new SortedDictionary<string, SortedDictionary<string, long>>(StringComparer.Ordinal);
        foreach (var ((endpoint, status), counter) in calls)
        {
            endpoints.TryAdd(endpoint, new(StringComparer.Ordinal));
            endpoints[endpoint][status.ToString(CultureInfo.InvariantCulture)] = counter.Value;
        }

        return endpoints;
    }

    private sealed class Counter
    {
        private long value;

        public long Value => Interlocked.Read(ref value);

        public void Increment() => Interlocked.Increment(ref value);
    }
}
