using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Functions.Operations.Measures;

/// <summary>What this process has measured and not written down yet, summed by minute: a busy minute costs as few rows as a quiet one. Thread-safe.</summary>
/// <remarks>A killed process loses the sums of its last minute. They tell how the app does; the data itself never rests on them.</remarks>
public sealed class MeasureLog(TimeProvider time)
{
    /// <summary>What is kept while BigQuery cannot be reached; older minutes are given up then.</summary>
    private const int MostKept = 50_000;

    private readonly Lock _gate = new();
    private Dictionary<Key, long> _pending = [];
    private Dictionary<Key, long> _underWay = [];
    private long _written;
    private long? _creditsLeft;

    /// <summary>Counts what became of a batch.</summary>
    /// <param name="table">The table, by its short name.</param>
    /// <param name="counts">What became of it.</param>
    /// <param name="eventAt">When the event that asked for it was accepted; null where a run asked.</param>
    public void Wrote(string table, WriteCounts counts, DateTimeOffset? eventAt)
    {
        lock (_gate)
        {
            Add(table, Measure.Inserted, 0, counts.Inserted);
            Add(table, Measure.Closed, 0, counts.Closed);
            Add(table, Measure.Unchanged, 0, counts.Unchanged);
            Add(table, Measure.Stale, 0, counts.Stale);
            if (eventAt is { } accepted)
            {
                Add(table, Measure.EventToRow, LatencyBuckets.Of(time.GetUtcNow() - accepted), 1);
            }
        }
    }

    /// <summary>The portal's API credits that were left at this process's last call; null before the first, and where the API has none.</summary>
    public long? CreditsLeft
    {
        get
        {
            lock (_gate)
            {
                return _creditsLeft;
            }
        }
    }

    /// <summary>Counts a request to the helpdesk.</summary>
    public void Called()
    {
        lock (_gate)
        {
            Add(Measure.NoTable, Measure.ApiCalls, 0, 1);
        }
    }

    /// <summary>Counts the credits that an answer says its call cost.</summary>
    public void Cost(long credits)
    {
        lock (_gate)
        {
            Add(Measure.NoTable, Measure.ApiCredits, 0, credits);
        }
    }

    /// <summary>Takes note of the credits that an answer says are left.</summary>
    public void Heard(long creditsLeft)
    {
        lock (_gate)
        {
            _creditsLeft = creditsLeft;
        }
    }

    /// <summary>Counts a statement and what it cost.</summary>
    public void Ran(long bytesBilled)
    {
        lock (_gate)
        {
            Add(Measure.NoTable, Measure.Statements, 0, 1);
            Add(Measure.NoTable, Measure.BytesBilled, 0, bytesBilled);
        }
    }

    /// <summary>What is not written down yet, and how often something was: a reader that saw another number must read the table again.</summary>
    internal (IReadOnlyList<MeasureRow> Rows, long Written) Unwritten()
    {
        lock (_gate)
        {
            return ([.. Rows(_underWay), .. Rows(_pending)], _written);
        }
    }

    /// <summary>Begins to write down what there is. One writer at a time; each ends with <see cref="End"/>.</summary>
    internal IReadOnlyList<MeasureRow> Begin()
    {
        lock (_gate)
        {
            (_underWay, _pending) = (_pending, []);
            return [.. Rows(_underWay)];
        }
    }

    /// <summary>Ends the writing; what could not be written waits for the next time.</summary>
    internal void End(bool isWritten)
    {
        lock (_gate)
        {
            if (isWritten)
            {
                _written++;
            }
            else
            {
                foreach (var (key, value) in _pending)
                {
                    _underWay[key] = _underWay.GetValueOrDefault(key) + value;
                }

                _pending = _underWay.Count <= MostKept
                    ? _underWay
                    : _underWay.OrderByDescending(row => row.Key.Minute).Take(MostKept).ToDictionary();
            }

            _underWay = [];
        }
    }

    private static IEnumerable<MeasureRow> Rows(Dictionary<Key, long> sums) =>
        sums.Select(sum => new MeasureRow(sum.Key.Minute, sum.Key.Table, sum.Key.Measure, sum.Key.Bucket, sum.Value));

    private void Add(string table, string measure, int bucket, long value)
    {
        if (value != 0)
        {
            var now = time.GetUtcNow();
            var key = new Key(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)), table, measure, bucket);
            _pending[key] = _pending.GetValueOrDefault(key) + value;
        }
    }

    private readonly record struct Key(DateTimeOffset Minute, string Table, string Measure, int Bucket);
}
