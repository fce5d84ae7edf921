using System.Text.Json;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.BigQuery;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Operations.Measures;

/// <summary>A sum of one hour.</summary>
/// <param name="Hour">Start of the hour.</param>
/// <param name="Table">The table, by its short name; empty for what belongs to none.</param>
/// <param name="Name">What was measured.</param>
/// <param name="Bucket">Of a distribution the bucket, else 0.</param>
/// <param name="Value">The sum.</param>
/// <param name="Recent">The part of it that belongs to the last 60 minutes.</param>
internal sealed record HourSum(DateTimeOffset Hour, string Table, string Name, int Bucket, long Value, long Recent);

/// <summary>The table <c>_sync_measures</c>: what all instances of the app have measured, by the minute.</summary>
public sealed class MeasureTable(Warehouse warehouse, SqlNames names, OwnTables own, IOptions<OperationsOptions> options, TimeProvider time)
{
    private DateTimeOffset _prunedTo;

    private string Name => names.Own("measures");

    /// <summary>Appends sums; once a day it also drops the days that are no longer kept. One caller at a time.</summary>
    internal async Task AppendAsync(IReadOnlyList<MeasureRow> rows, CancellationToken cancellationToken)
    {
        await own.EnsureAsync(cancellationToken);
        await PruneAsync(cancellationToken);
        var json = JsonSerializer.Serialize(rows.Select(row => new
        {
            minute = HelpdeskTime.Write(row.Minute), table = row.Table, measure = row.Name, bucket = row.Bucket, value = row.Value,
        }));
        await warehouse.ExecuteAsync(
            "append_measures", MeasureSql.Append(Name), [new("rows", BigQueryDbType.String, json)], null, cancellationToken);
    }

    /// <summary>The sums of every hour since a moment; in no order.</summary>
    internal async Task<IReadOnlyList<HourSum>> ReadAsync(DateTimeOffset since, DateTimeOffset recent, CancellationToken cancellationToken)
    {
        await own.EnsureAsync(cancellationToken);
        var sums = new List<HourSum>();
        BigQueryParameter[] parameters =
        [
            new("since", BigQueryDbType.Timestamp, since.UtcDateTime), new("recent", BigQueryDbType.Timestamp, recent.UtcDateTime),
        ];
        await foreach (var row in warehouse.QueryAsync("read_measures", MeasureSql.Read(Name), parameters, cancellationToken))
        {
            sums.Add(new(
                new(row.Time("hour"), TimeSpan.Zero), row.Text("table_name"), row.Text("measure"), checked((int)row.Number("bucket")),
                row.Number("value"), row.Number("recent")));
        }

        return sums;
    }

    // Before anything is appended: a failure here must not make the caller append the same sums again.
    private async Task PruneAsync(CancellationToken cancellationToken)
    {
        var oldest = new DateTimeOffset((time.GetUtcNow() - options.Value.KeepMeasures).UtcDateTime.Date, TimeSpan.Zero);
        if (oldest > _prunedTo)
        {
            await warehouse.ExecuteAsync(
                "prune_measures", MeasureSql.Prune(Name), [new("day", BigQueryDbType.Timestamp, oldest.UtcDateTime)], null, cancellationToken);
            _prunedTo = oldest;
        }
    }
}
