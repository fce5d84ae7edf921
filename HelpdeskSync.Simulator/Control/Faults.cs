using HelpdeskSync.Simulator.Records;

namespace HelpdeskSync.Simulator.Control;

/// <summary>Decides, call by call, what goes wrong: the n-th call of a seed always meets the same fate. Thread-safe.</summary>
internal sealed class Faults(long seed)
{
    private readonly Lock gate = new();
    private long calls;
    private long second;
    private int callsInSecond;
    private readonly Dictionary<string, int> failed = new(StringComparer.Ordinal);

    public FaultSettings Settings { get; private set; } = new();

    public void Set(FaultSettings settings)
    {
        lock (gate)
        {
            (Settings, calls, callsInSecond) = (settings, 0, 0);
            failed.Clear();
        }
    }

    /// <summary>The dice of the next call.</summary>
    public Dice NextCall() =>
        new(Dice.Mix(unchecked((ulong)seed), Dice.Mix((ulong)Salt.Fault, (ulong)Interlocked.Increment(ref calls))));

    /// <summary>Whether a call that names this id fails on its account; counts it if so.</summary>
    public bool Fails(string? id)
    {
        lock (gate)
        {
            if (id is null || !Settings.FailIds.Contains(id))
            {
                return false;
            }

            var before = failed.GetValueOrDefault(id);
            failed[id] = before + 1;
            return Settings.FailFirst is not { } first || before < first;
        }
    }

    /// <summary>Counts a call against the limit of its second; false when it is one too many.</summary>
    public bool WithinRate(int perSecond)
    {
        lock (gate)
        {
            var now = Environment.TickCount64 / 1000;
            if (now != second)
            {
                (second, callsInSecond) = (now, 0);
            }

            return ++callsInSecond <= perSecond;
        }
    }
}
