namespace HelpdeskSync.Functions.BigQuery;

/// <summary>What statements cost, added up. Loads are free and are not counted. Thread-safe.</summary>
public sealed class Spending
{
    private long _statements;
    private long _bytesBilled;

    /// <summary>How many statements there were.</summary>
    public long Statements => Interlocked.Read(ref _statements);

    /// <summary>Bytes billed for them, as BigQuery's job statistics say: at least 10 MB for each table that a statement refers to.</summary>
    public long BytesBilled => Interlocked.Read(ref _bytesBilled);

    /// <summary>Both, as they are now.</summary>
    public QueryCost Cost => new(Statements, BytesBilled);

    /// <summary>Adds one statement.</summary>
    public void Add(long bytesBilled)
    {
        Interlocked.Increment(ref _statements);
        Interlocked.Add(ref _bytesBilled, bytesBilled);
    }
}
