using System.Diagnostics.Metrics;
using System.Net;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Tables;

namespace HelpdeskSync.Functions.Telemetry;

/// <summary>What the app tells of itself: its metrics here, its spans in the other part. Nobody listening costs nothing. Thread-safe.</summary>
/// <remarks>Tags hold tables, kinds and outcomes, never an id, a record's content or a secret. docs/operations.md lists every instrument.</remarks>
public sealed partial class Instruments : IDisposable
{
    /// <summary>Name of the meter and of the activity source.</summary>
    public const string Name = "HelpdeskSync";

    private readonly Counter<long> _runs;
    private readonly Histogram<double> _lag;
    private readonly ObservableGauge<double> _lagP95;
    private readonly Gauge<long> _failures;
    private readonly Gauge<long> _deletesWaiting;
    private readonly Counter<long> _calls;
    private readonly Gauge<long> _credits;
    private readonly Counter<long> _billed;
    private readonly Counter<long> _rows;
    private readonly Counter<long> _events;
    private readonly EventLags _lags;
    private readonly TimeProvider _time;

    /// <summary>Makes the instruments; the factory owns the meter.</summary>
    public Instruments(IMeterFactory meters, TimeProvider time)
    {
        (_time, _lags) = (time, new EventLags(time));
        var meter = meters.Create(Name);
        _runs = meter.CreateCounter<long>("helpdesksync.runs", "{run}", "Runs that ended.");
        _lag = meter.CreateHistogram<double>(
            "helpdesksync.event.lag", "s", "Time from a webhook's acceptance to the row's commit.", null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 1, 2, 3, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600] });
        _lagP95 = meter.CreateObservableGauge("helpdesksync.event.lag.p95", ObserveLags, "s", "95th percentile of it over the last hour, in this process.");
        _failures = meter.CreateGauge<long>("helpdesksync.failures", "{record}", "Records that stand in _sync_failures, at a run's end.");
        _deletesWaiting = meter.CreateGauge<long>("helpdesksync.deletes.waiting", "{record}", "Deletions that wait for approval.");
        _calls = meter.CreateCounter<long>("helpdesksync.api.calls", "{call}", "Requests sent to the helpdesk's API, repeated attempts included.");
        _credits = meter.CreateGauge<long>("helpdesksync.api.credits.remaining", "{credit}", "API credits that an answer said are left.");
        _billed = meter.CreateCounter<long>("helpdesksync.bigquery.billed", "By", "Bytes that BigQuery billed.");
        _rows = meter.CreateCounter<long>("helpdesksync.rows.written", "{row}", "Versions opened and records closed.");
        _events = meter.CreateCounter<long>("helpdesksync.webhook.events", "{event}", "Events of webhooks.");
    }

    /// <summary>Whether somebody wants to know how many failures stand; finding out costs a query.</summary>
    public bool ReportsFailures => _failures.Enabled;

    /// <summary>Whether somebody wants to know how many deletions wait; finding out asks the durable store.</summary>
    public bool ReportsWaitingDeletes => _deletesWaiting.Enabled;

    /// <summary>Counts a run.</summary>
    public void RunEnded(SyncMode mode, RunEnd end) => _runs.Add(1, new("mode", mode.ToString().ToLowerInvariant()), new("outcome", end switch
    {
        RunEnd.Complete => "complete",
        RunEnd.NeedsAttention => "needs_attention",
        RunEnd.DeletesNotApproved => "deletes_not_approved",
        RunEnd.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, "Not an end of a run."),
    }));

    /// <summary>Counts what became of a batch.</summary>
    /// <param name="table">The table, by its short name.</param>
    /// <param name="counts">What became of it.</param>
    /// <param name="eventAt">When the event that asked for it was accepted; null where a run asked.</param>
    public void Wrote(string table, WriteCounts counts, DateTimeOffset? eventAt)
    {
        CountRows(table, "inserted", counts.Inserted);
        CountRows(table, "closed", counts.Closed);
        if (eventAt is { } accepted)
        {
            var lag = _time.GetUtcNow() - accepted;
            _lag.Record(lag.TotalSeconds, new KeyValuePair<string, object?>("table", table));
            if (_lagP95.Enabled)
            {
                _lags.Note(table, lag);
            }
        }
    }

    /// <summary>Reports how many failures of a table stand.</summary>
    public void FailuresStand(string table, long records) => _failures.Record(records, new KeyValuePair<string, object?>("table", table));

    /// <summary>Reports how many deletions wait for approval.</summary>
    public void DeletesWait(long records) => _deletesWaiting.Record(records);

    /// <summary>Counts a request to the helpdesk.</summary>
    /// <param name="endpoint">What it asked for: <c>record</c>, <c>search</c>, <c>listing</c>, <c>archive</c>.</param>
    /// <param name="status">The answer's status; null where there was no usable answer.</param>
    public void Called(string endpoint, HttpStatusCode? status) =>
        _calls.Add(1, new("endpoint", endpoint), new("status", status is { } code ? (int)code : "none"));

    /// <summary>Reports the credits that an answer says are left.</summary>
    public void CreditsLeft(long credits) => _credits.Record(credits);

    /// <summary>Counts what a statement cost.</summary>
    /// <param name="statement">Its name, <c>merge_tickets</c>: the part before the first underscore is its kind.</param>
    /// <param name="bytes">Bytes billed.</param>
    public void Billed(string statement, long bytes) => _billed.Add(bytes, new KeyValuePair<string, object?>("statement", statement.Split('_')[0]));

    /// <summary>Counts events of webhooks.</summary>
    /// <param name="outcome"><c>accepted</c>, <c>ignored</c> or <c>refused</c>.</param>
    /// <param name="count">How many; a refused delivery whose events are not known counts as one.</param>
    public void WebhookEvents(string outcome, int count)
    {
        if (count > 0)
        {
            _events.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private void CountRows(string table, string kind, long rows)
    {
        if (rows > 0)
        {
            _rows.Add(rows, new("table", table), new("kind", kind));
        }
    }

    private IEnumerable<Measurement<double>> ObserveLags() =>
        _lags.Percentiles(0.95).Select(lag => new Measurement<double>(lag.Lag.TotalSeconds, new KeyValuePair<string, object?>("table", lag.Table)));
}
