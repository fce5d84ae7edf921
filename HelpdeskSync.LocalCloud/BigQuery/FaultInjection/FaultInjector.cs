namespace HelpdeskSync.LocalCloud.BigQuery.FaultInjection;

/// <summary>
/// The faults that a local BigQuery is told to show. Which of a rule's matching requests are met depends on the seed and their order only, so a
/// run is repeated by its seed. Safe for many threads.
/// </summary>
public sealed class FaultInjector
{
    private readonly Lock gate = new();
    private readonly Dictionary<FaultKind, long> shown = [];
    private List<Armed> armed = [];
    private int seed;

    /// <summary>Rules in force, in the order in which they are asked.</summary>
    public IReadOnlyList<FaultRule> Rules
    {
        get
        {
            lock (gate)
            {
                return [.. armed.Select(one => one.Rule)];
            }
        }
    }

    /// <summary>How often each kind was shown since the rules were last set; kinds never shown are absent.</summary>
    public IReadOnlyDictionary<FaultKind, long> Shown
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<FaultKind, long>(shown);
            }
        }
    }

    /// <summary>Replaces the rules; counts begin anew.</summary>
    public void Set(int newSeed, params IReadOnlyList<FaultRule> rules)
    {
        lock (gate)
        {
            seed = newSeed;
            armed = [.. rules.Select(rule => new Armed(rule))];
            shown.Clear();
        }
    }

    /// <summary>Takes all rules away.</summary>
    public void Clear() => Set(0);

    /// <summary>What a request meets before it is looked at: a wait, and at most one fault.</summary>
    internal (TimeSpan Latency, FaultKind? Fault) OfRequest(string method, string? sql)
    {
        lock (gate)
        {
            var latency = TimeSpan.Zero;
            foreach (var (one, at) in Matching(method, sql).Where(found => found.One.Rule.Kind is FaultKind.Latency))
            {
                latency += Meets(one, at) ? one.Rule.Latency : TimeSpan.Zero;
            }

            return (latency, First(method, sql, kind => kind is > FaultKind.Latency and < FaultKind.JobBackendError));
        }
    }

    /// <summary>How a job that was accepted ends instead of being run; null when it runs.</summary>
    internal FaultKind? OfJob(string method, string? sql, bool mutates)
    {
        lock (gate)
        {
            return First(method, sql, kind => kind >= FaultKind.JobBackendError && (mutates || kind < FaultKind.CouldNotSerialize));
        }
    }

    private FaultKind? First(string method, string? sql, Func<FaultKind, bool> wanted)
    {
        foreach (var (one, at) in Matching(method, sql).Where(found => wanted(found.One.Rule.Kind)))
        {
            if (Meets(one, at))
            {
                return one.Rule.Kind;
            }
        }

        return null;
    }

    private List<(Armed One, int At)> Matching(string method, string? sql) =>
        [.. armed.Select((one, at) => (one, at)).Where(found => found.one.Rule.Matches(method, sql))];

    private bool Meets(Armed one, int at)
    {
        var draw = Draw(at, one.Matched++);
        if (one.Met >= one.Rule.Times || draw >= one.Rule.Rate)
        {
            return false;
        }

        one.Met++;
        shown[one.Rule.Kind] = shown.GetValueOrDefault(one.Rule.Kind) + 1;
        return true;
    }

    /// <summary>A number from 0 up to 1 for a rule's nth match: SplitMix64 of the three, so that it needs no state.</summary>
    private double Draw(int rule, long match)
    {
        unchecked
        {
            var z = ((ulong)(uint)seed * 0x9E3779B97F4A7C15) + ((ulong)rule * 0xD1B54A32D192ED03) + ((ulong)match * 0x8CB92BA72F3D8DD7) + 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return ((z ^ (z >> 31)) >> 11) * (1.0 / (1L << 53));
        }
    }

    private sealed class Armed(FaultRule rule)
    {
        public FaultRule Rule => rule;

        public long Matched { get; set; }

        public int Met { get; set; }
    }
}
