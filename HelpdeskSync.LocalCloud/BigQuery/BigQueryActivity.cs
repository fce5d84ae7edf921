namespace HelpdeskSync.LocalCloud.BigQuery;

/// <summary>What a local BigQuery has been asked to do since it started or was last reset: for benchmarks and tests. Safe for many threads.</summary>
public sealed class BigQueryActivity
{
    private readonly Lock gate = new();
    private readonly SortedDictionary<string, long> requests = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, string Table), StatementCount> statements = [];
    private int running;
    private int outstanding;

    /// <summary>Requests by method, such as <c>jobs.insert</c>.</summary>
    public IReadOnlyDictionary<string, long> Requests => Locked(() => new SortedDictionary<string, long>(requests, StringComparer.Ordinal));

    /// <summary>Statements and loads that succeeded, by kind and the table they write (empty for those that only read), in that order.</summary>
    public IReadOnlyList<StatementCount> Statements =>
        Locked<StatementCount[]>(() => [.. statements.Values.OrderBy(count => count.Type, StringComparer.Ordinal).ThenBy(count => count.Table, StringComparer.Ordinal)]);

    /// <summary>Bytes billed by all statements.</summary>
    public long BytesBilled => Locked(() => statements.Values.Sum(count => count.BytesBilled));

    /// <summary>Most mutations that ran at the same time on one table; 2 is BigQuery's limit.</summary>
    public int MostRunningMutations => Locked(() => running);

    /// <summary>Most mutations that ran or waited at the same time on one table; 22 is BigQuery's limit.</summary>
    public int MostOutstandingMutations => Locked(() => outstanding);

    /// <summary>Begins all counts anew.</summary>
    public void Reset()
    {
        lock (gate)
        {
            requests.Clear();
            statements.Clear();
            running = 0;
            outstanding = 0;
        }
    }

    internal void Request(string method)
    {
        lock (gate)
        {
            requests[method] = requests.GetValueOrDefault(method) + 1;
        }
    }

    internal void Statement(string type, string table, long bytesBilled, long rows)
    {
        lock (gate)
        {
            var before = statements.GetValueOrDefault((type, table)) ?? new(type, table, 0, 0, 0);
            statements[(type, table)] = before with { Count = before.Count + 1, BytesBilled = before.BytesBilled + bytesBilled, Rows = before.Rows + rows };
        }
    }

    internal void Mutations(int runningNow, int outstandingNow)
    {
        lock (gate)
        {
            running = Math.Max(running, runningNow);
            outstanding = Math.Max(outstanding, outstandingNow);
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (gate)
        {
            return read();
        }
    }
}
