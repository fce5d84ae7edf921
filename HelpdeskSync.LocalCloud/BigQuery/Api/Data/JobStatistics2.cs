using Google.Apis.Requests;
using Newtonsoft.Json;

namespace Google.Apis.Bigquery.v2.Data;

/// <summary>What a query job did.</summary>
public class JobStatistics2 : IDirectResponseSchema
{
    /// <summary>The billing tier.</summary>
    [JsonProperty("billingTier")]
    public virtual int? BillingTier { get; set; }

    /// <summary>Whether the answer came from the cache.</summary>
    [JsonProperty("cacheHit")]
    public virtual bool? CacheHit { get; set; }

    /// <summary>CREATE, SKIP, REPLACE, ALTER or DROP.</summary>
    [JsonProperty("ddlOperationPerformed")]
    public virtual string? DdlOperationPerformed { get; set; }

    /// <summary>The table that a DDL statement made, changed or dropped.</summary>
    [JsonProperty("ddlTargetTable")]
    public virtual TableReference? DdlTargetTable { get; set; }

    /// <summary>Rows changed by kind; null unless the statement is DML.</summary>
    [JsonProperty("dmlStats")]
    public virtual DmlStatistics? DmlStats { get; set; }

    /// <summary>Rows inserted, updated and deleted together; null unless the statement is DML.</summary>
    [JsonProperty("numDmlAffectedRows")]
    public virtual long? NumDmlAffectedRows { get; set; }

    /// <summary>The tables that the statement reads or writes.</summary>
    [JsonProperty("referencedTables")]
    public virtual IList<TableReference>? ReferencedTables { get; set; }

    /// <summary>The columns of the result; set for dry runs.</summary>
    [JsonProperty("schema")]
    public virtual TableSchema? Schema { get; set; }

    /// <summary>SELECT, INSERT, UPDATE, DELETE, MERGE, CREATE_TABLE and so on.</summary>
    [JsonProperty("statementType")]
    public virtual string? StatementType { get; set; }

    /// <summary>Bytes billed: at least 10 MB for each table read.</summary>
    [JsonProperty("totalBytesBilled")]
    public virtual long? TotalBytesBilled { get; set; }

    /// <summary>Bytes read, before rounding.</summary>
    [JsonProperty("totalBytesProcessed")]
    public virtual long? TotalBytesProcessed { get; set; }

    /// <summary>How exact the bytes of a dry run are.</summary>
    [JsonProperty("totalBytesProcessedAccuracy")]
    public virtual string? TotalBytesProcessedAccuracy { get; set; }

    /// <summary>Milliseconds of computing.</summary>
    [JsonProperty("totalSlotMs")]
    public virtual long? TotalSlotMs { get; set; }

    /// <summary>The version of the resource, as its HTTP header says it.</summary>
    [JsonProperty("etag")]
    public virtual string? ETag { get; set; }
}
