namespace Google.Cloud.BigQuery.V2;

/// <summary>What a load does to rows that stand.</summary>
public enum WriteDisposition
{
    /// <summary>Keeps them.</summary>
    WriteAppend = 0,

    /// <summary>Replaces them.</summary>
    WriteTruncate = 1,

    /// <summary>Fails when there are any.</summary>
    WriteIfEmpty = 2,
}

/// <summary>How far a job is.</summary>
public enum JobState
{
    /// <summary>It has ended, well or not.</summary>
    Done = 0,

    /// <summary>It waits.</summary>
    Pending = 1,

    /// <summary>It runs.</summary>
    Running = 2,
}

/// <summary>Types of parameters.</summary>
public enum BigQueryDbType
{
    /// <summary>INT64.</summary>
    Int64 = 0,

    /// <summary>FLOAT64.</summary>
    Float64 = 1,

    /// <summary>BOOL.</summary>
    Bool = 2,

    /// <summary>STRING.</summary>
    String = 3,

    /// <summary>TIMESTAMP.</summary>
    Timestamp = 8,

    /// <summary>ARRAY.</summary>
    Array = 9,
}
