using System.Runtime.CompilerServices;
using Google.Apis.Bigquery.v2.Data;

namespace Google.Cloud.BigQuery.V2;

/// <summary>The rows that a query answered.</summary>
public sealed class BigQueryResults
{
    private readonly BigQueryClient _client;
    private readonly GetQueryResultsResponse _first;

    internal BigQueryResults(BigQueryClient client, GetQueryResultsResponse first)
    {
        _client = client;
        _first = first;
    }

    /// <summary>The columns.</summary>
    public TableSchema? Schema => _first.Schema;

    /// <summary>The job that made them.</summary>
    public JobReference? JobReference => _first.JobReference;

    /// <summary>Rows in all pages.</summary>
    public ulong? TotalRows => _first.TotalRows;

    /// <summary>Rows changed by DML.</summary>
    public long? NumDmlAffectedRows => _first.NumDmlAffectedRows;

    /// <summary>Whether the answer was cached.</summary>
    public bool CacheHit => _first.CacheHit ?? false;

    /// <summary>All rows, page by page.</summary>
    public IAsyncEnumerable<BigQueryRow> GetRowsAsync() => RowsAsync();

    private async IAsyncEnumerable<BigQueryRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var page = _first;
        while (true)
        {
            foreach (var row in page.Rows ?? [])
            {
                yield return new(row, Schema!);
            }

            if (page.PageToken is not { } next)
            {
                yield break;
            }

            page = await _client.ReadPageAsync(JobReference!, null, next, cancellationToken);
        }
    }
}
