using System.Net;
using Google.Apis.Bigquery.v2.Data;

namespace Google.Cloud.BigQuery.V2;

/// <content>Datasets and tables.</content>
public abstract partial class BigQueryClient
{
    /// <summary>A dataset of this client's project.</summary>
    public virtual async Task<BigQueryDataset> GetDatasetAsync(string datasetId, GetDatasetOptions? options = null, CancellationToken cancellationToken = default) =>
        new(this, await Rest.SendAsync<Dataset>(HttpMethod.Get, $"projects/{ProjectId}/datasets/{datasetId}?prettyPrint=false", null, cancellationToken));

    /// <summary>A dataset, made when it is absent.</summary>
    public virtual async Task<BigQueryDataset> GetOrCreateDatasetAsync(
        string datasetId, Dataset? resource = null, GetDatasetOptions? getOptions = null, CreateDatasetOptions? createOptions = null,
        CancellationToken cancellationToken = default)
    {
        try
        {
            return await GetDatasetAsync(datasetId, getOptions, cancellationToken);
        }
        catch (GoogleApiException absent) when (absent.HttpStatusCode == HttpStatusCode.NotFound)
        {
            var wanted = resource ?? new Dataset();
            wanted.DatasetReference = new DatasetReference { ProjectId = ProjectId, DatasetId = datasetId };
            wanted.Location ??= _defaultLocation;
            try
            {
                return new(this, await Rest.SendAsync<Dataset>(HttpMethod.Post, $"projects/{ProjectId}/datasets?prettyPrint=false", wanted, cancellationToken));
            }
            catch (GoogleApiException made) when (made.HttpStatusCode == HttpStatusCode.Conflict)
            {
                return await GetDatasetAsync(datasetId, getOptions, cancellationToken);
            }
        }
    }

    /// <summary>A table of this client's project.</summary>
    public virtual async Task<BigQueryTable> GetTableAsync(
        string datasetId, string tableId, GetTableOptions? options = null, CancellationToken cancellationToken = default) =>
        new(this, await Rest.SendAsync<Table>(HttpMethod.Get, $"projects/{ProjectId}/datasets/{datasetId}/tables/{tableId}?prettyPrint=false", null, cancellationToken));

    /// <summary>A table of any project.</summary>
    public virtual async Task<BigQueryTable> GetTableAsync(
        string projectId, string datasetId, string tableId, GetTableOptions? options = null, CancellationToken cancellationToken = default) =>
        new(this, await Rest.SendAsync<Table>(HttpMethod.Get, $"projects/{projectId}/datasets/{datasetId}/tables/{tableId}?prettyPrint=false", null, cancellationToken));

    /// <summary>Deletes a table.</summary>
    public virtual Task DeleteTableAsync(string datasetId, string tableId, DeleteTableOptions? options = null, CancellationToken cancellationToken = default) =>
        Rest.SendAsync<object>(HttpMethod.Delete, $"projects/{ProjectId}/datasets/{datasetId}/tables/{tableId}?prettyPrint=false", null, cancellationToken);
}
