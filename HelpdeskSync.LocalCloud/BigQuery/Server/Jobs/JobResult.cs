using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <summary>What a job came to.</summary>
internal sealed record JobResult(string StatementType)
{
    public IReadOnlyList<SqlColumn> Columns { get; init; } = [];

    /// <summary>The rows as DuckDB gave them; rendered when they are asked for, because the caller chooses how times look.</summary>
    public IReadOnlyList<object?[]> Rows { get; init; } = [];

    /// <summary>Rows inserted, updated and deleted; null for what is no DML.</summary>
    public DmlCounts? Dml { get; init; }

    public long BytesProcessed { get; init; }

    public long BytesBilled { get; init; }

    public long OutputRows { get; init; }

    /// <summary>Bytes of a load's file.</summary>
    public long InputBytes { get; init; }

    /// <summary>Lines that a load left out.</summary>
    public long BadRecords { get; init; }

    /// <summary>What went wrong without failing the job.</summary>
    public IReadOnlyList<BigQueryFault> Warnings { get; init; } = [];

    /// <summary>Tables read or written.</summary>
    public IReadOnlyList<TableName> Tables { get; init; } = [];
}

/// <summary>Rows changed by DML.</summary>
internal sealed record DmlCounts(long Inserted, long Updated, long Deleted)
{
    public long Total => Inserted + Updated + Deleted;
}
