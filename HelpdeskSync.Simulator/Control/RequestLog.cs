using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace HelpdeskSync.Simulator.Control;

/// <summary>Counts what callers did; the body of GET /_simulator/requests. Thread-safe.</summary>
internal sealed class RequestLog
{
    private readonly ConcurrentDictionary<(string Endpoint, int Status), Counter> calls = new();
    private readonly Lock gate = new();
    private int running;
    private int highest;
    private long second;
    private int callsInSecond;
    private int highestInSecond;
    private long since;
    private long first;
    private double callTicks;
    private long begun;

    /// <summary>Counts a call in; it is over when what is returned has been left or disposed, once.</summary>
    public Visit Enter()
    {
        lock (gate)
        {
            var now = Pass();
            first = first == 0 ? now : first;
            running++;
            begun++;
            highest = Math.Max(highest, running);
            (second, callsInSecond) = now / Stopwatch.Frequency is var current && current == second ? (second, callsInSecond + 1) : (current, 1);
            highestInSecond = Math.Max(highestInSecond, callsInSecond);
            return new(this, running);
        }
    }

    private void Leave()
    {
        lock (gate)
        {
            Pass();
            running--;
        }
    }

    private long Pass()
    {
        var now = Stopwatch.GetTimestamp();
        callTicks += (double)running * (now - since);
        since = now;
        return now;
    }

    public void Call(string endpoint, int status) => calls.GetOrAdd((endpoint, status), _ => new Counter()).Increment();

    public void Reset()
    {
        calls.Clear();
        lock (gate)
        {
            Pass();
            (highest, callsInSecond, highestInSecond, first, callTicks, begun) = (running, 0, 0, 0, 0, 0);
        }
    }

    /// <summary>Most calls under way at once.</summary>
    public int HighestConcurrency => highest;

    /// <summary>Most calls that began within one second.</summary>
    public int HighestPerSecond => highestInSecond;

    /// <summary>Calls under way on average, from the first call to the end of the last one.</summary>
    public double AverageConcurrency
    {
        get
        {
            lock (gate)
            {
                return first == 0 || since == first ? 0 : Math.Round(callTicks / (since - first), 3);
            }
        }
    }

    /// <summary>Calls that began a second on average, from the first one to the latest begin or end.</summary>
    public double AveragePerSecond
    {
        get
        {
            lock (gate)
            {
                return first == 0 || since == first ? 0 : Math.Round((double)begun * Stopwatch.Frequency / (since - first), 3);
            }
        }
    }

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

    /// <summary>A call under way.</summary>
    internal sealed class Visit(RequestLog log, int running) : IDisposable
    {
        private RequestLog? left = log;

        /// <summary>Calls under way when it began, itself included.</summary>
        public int Running => running;

        public void Dispose() => Interlocked.Exchange(ref left, null)?.Leave();
    }

    private sealed class Counter
    {
        private long value;

        public long Value => Interlocked.Read(ref value);

        public void Increment() => Interlocked.Increment(ref value);
    }
}
