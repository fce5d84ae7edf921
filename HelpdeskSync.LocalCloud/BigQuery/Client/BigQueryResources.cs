using Google.Apis.Bigquery.v2.Data;

namespace Google.Cloud.BigQuery.V2;

/// <summary>A dataset.</summary>
public sealed class BigQueryDataset
{
    /// <summary>Wraps a resource.</summary>
    public BigQueryDataset(BigQueryClient client, Dataset resource)
    {
        ArgumentNullException.ThrowIfNull(client);
        Resource = resource;
    }

    /// <summary>The resource itself.</summary>
    public Dataset Resource { get; }

    /// <summary>Project and id.</summary>
    public DatasetReference Reference => Resource.DatasetReference!;
}

/// <summary>A table.</summary>
public sealed class BigQueryTable
{
    /// <summary>Wraps a resource.</summary>
    public BigQueryTable(BigQueryClient client, Table resource)
    {
        ArgumentNullException.ThrowIfNull(client);
        Resource = resource;
    }

    /// <summary>The resource itself.</summary>
    public Table Resource { get; }

    /// <summary>Project, dataset and id.</summary>
    public TableReference Reference => Resource.TableReference!;

    /// <summary>The columns.</summary>
    public TableSchema? Schema => Resource.Schema;
}
