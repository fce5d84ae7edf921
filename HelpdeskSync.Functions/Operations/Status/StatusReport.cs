namespace HelpdeskSync.Functions.Operations.Status;

/// <summary>The answer of <c>GET /api/status</c>: whether the data is fresh and true, what runs, what failed, what it costs. Times are UTC.</summary>
/// <param name="At">When it was put together.</param>
/// <param name="Verdict"><c>good</c>, <c>attention</c> (a person should look) or <c>unknown</c> (BigQuery could not be asked).</param>
/// <param name="Notes">Why it is not good, the most urgent first; empty when it is.</param>
/// <param name="Tables">Each table, in the connector document's order.</param>
/// <param name="Running">Runs under way, the newest first.</param>
/// <param name="Recent">Orchestrations of late, the newest first: runs of the last week, and records of the last quarter of an hour.</param>
/// <param name="Checks">The last verification, comparison and adoption of the last seven days, as far as there was one.</param>
/// <param name="Failures">Records that could not be had, the latest first, 20 of each table at most.</param>
/// <param name="Hours">Every hour of the last seven days, the oldest first.</param>
/// <param name="Cost">What it cost.</param>
/// <param name="WarehouseAt">How old what BigQuery says is; null when it could not be asked.</param>
/// <param name="WarehouseFault">Why BigQuery could not be asked.</param>
public sealed record StatusReport(
    DateTimeOffset At, string Verdict, IReadOnlyList<StatusNote> Notes, IReadOnlyList<TableStatus> Tables, IReadOnlyList<RunningStatus> Running,
    IReadOnlyList<OrchestrationStatus> Recent, IReadOnlyList<CheckStatus> Checks, IReadOnlyList<FailureStatus> Failures, IReadOnlyList<HourStatus> Hours, CostStatus Cost,
    DateTimeOffset? WarehouseAt, string? WarehouseFault);

/// <summary>Something that a person should look at.</summary>
/// <param name="Kind"><c>needsApproval</c>, <c>warehouse</c>, <c>runFailed</c>, <c>stale</c>, <c>slow</c>, <c>failures</c> or <c>empty</c>.</param>
/// <param name="Text">What is the matter and what to do.</param>
/// <param name="Table">The table it is about, if it is one.</param>
/// <param name="Run">The run it is about, if it is one.</param>
public sealed record StatusNote(string Kind, string Text, string? Table = null, string? Run = null);

/// <summary>One table.</summary>
/// <param name="Table">Its short name.</param>
/// <param name="HistoryTable">Its name in the dataset.</param>
/// <param name="Parent">The entity that its records belong to, if they do: what <c>?parent=</c> names.</param>
/// <param name="ActiveRows">Active versions, which is living records; null while the table does not exist.</param>
/// <param name="Versions">All versions.</param>
/// <param name="LastSynced">When the newest version was observed.</param>
/// <param name="Latency">How long events of the last hour took to become rows.</param>
/// <param name="Incremental">The last incremental run.</param>
/// <param name="Full">The last full run.</param>
/// <param name="Watermark">Up to where changes are known to have been read; null before the first run and for tables without search.</param>
/// <param name="WatermarkAgeSeconds">How long ago that is.</param>
/// <param name="Failures">Records that could not be had.</param>
public sealed record TableStatus(
    string Table, string HistoryTable, string? Parent, long? ActiveRows, long? Versions, DateTimeOffset? LastSynced, LatencyStatus Latency,
    TableRunStatus? Incremental, TableRunStatus? Full, DateTimeOffset? Watermark, double? WatermarkAgeSeconds, long Failures);

/// <summary>How long events took from their acceptance to their row in BigQuery.</summary>
/// <param name="Events">How many there were.</param>
/// <param name="P50Seconds">Half took less; null when there was none.</param>
/// <param name="P95Seconds">95 % took less.</param>
public sealed record LatencyStatus(long Events, double? P50Seconds, double? P95Seconds);

/// <summary>What a run did to one table: its row in <c>_sync_runs</c>.</summary>
/// <param name="Run">The run.</param>
/// <param name="State"><c>complete</c>, <c>needs_attention</c>, <c>needs_approval</c> or <c>deletes_not_approved</c>.</param>
/// <param name="Detail">Why, where there is more to say.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="EndedAt">When the table was done; null while it waits.</param>
/// <param name="WindowFrom">Start of the window it read.</param>
/// <param name="WindowTo">End of that window.</param>
/// <param name="Listed">Records listed.</param>
/// <param name="Fetched">Records fetched.</param>
/// <param name="Inserted">Versions opened: what it mended.</param>
/// <param name="Closed">Records closed.</param>
/// <param name="Unchanged">Records that stood already as they are.</param>
/// <param name="Stale">Observations older than what stood.</param>
/// <param name="Failed">Records that could not be had.</param>
/// <param name="LeftForApproval">Deletion candidates that were left alone.</param>
/// <param name="BytesBilled">Bytes billed.</param>
/// <param name="Statements">Statements run.</param>
/// <param name="ApiCalls">Requests to the helpdesk.</param>
public sealed record TableRunStatus(
    string Run, string State, string? Detail, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, DateTimeOffset? WindowFrom, DateTimeOffset? WindowTo, long Listed,
    long Fetched, long Inserted, long Closed, long Unchanged, long Stale, long Failed, long LeftForApproval, long BytesBilled, long Statements, long ApiCalls);

/// <summary>A run under way.</summary>
/// <param name="Run">The run.</param>
/// <param name="Kind"><c>incremental</c> or <c>full</c>.</param>
/// <param name="Status">Durable's status.</param>
/// <param name="Phase"><c>preparing</c>, <c>reading</c>, <c>NeedsApproval</c> or <c>closing</c>.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Tables">How far each table is that it is at or has read.</param>
public sealed record RunningStatus(string Run, string Kind, string Status, string Phase, DateTimeOffset StartedAt, IReadOnlyList<ProgressStatus> Tables);

/// <summary>How far a run is with one table.</summary>
/// <param name="Table">The table, by its short name.</param>
/// <param name="Phase"><c>waiting</c>, <c>listing</c>, <c>copying</c>, <c>read</c>, <c>needsApproval</c> or <c>refused</c>.</param>
/// <param name="Listed">Records listed.</param>
/// <param name="Changed">Records to copy; null until they are known.</param>
/// <param name="Copied">Records copied of them.</param>
/// <param name="Missing">Records that were not listed.</param>
/// <param name="DeletionLimit">More missing records than this wait for approval.</param>
/// <param name="Refusal">Why it cannot be read to the end.</param>
public sealed record ProgressStatus(
    string Table, string Phase, long Listed, long? Changed, long Copied, long Missing, long DeletionLimit, string? Refusal);

/// <summary>An orchestration.</summary>
/// <param name="Id">Its instance id.</param>
/// <param name="Name">What it runs.</param>
/// <param name="Kind"><c>incremental</c>, <c>full</c>, <c>compare</c>, <c>verify</c>, <c>adopt</c>, <c>record</c> or <c>other</c>.</param>
/// <param name="Status">Durable's status: Running, Completed, Failed ...</param>
/// <param name="Outcome">How a run ended, where it says so: <c>Complete</c>, <c>NeedsAttention</c>, <c>DeletesNotApproved</c>;
/// a verification or comparison: <c>pass</c> or <c>fail</c>.</param>
/// <param name="CreatedAt">When it was started.</param>
/// <param name="UpdatedAt">When it last moved.</param>
/// <param name="Seconds">How long it took, or has been running.</param>
public sealed record OrchestrationStatus(
    string Id, string Name, string Kind, string Status, string? Outcome, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, double Seconds);

/// <summary>The last one of a kind of check.</summary>
/// <param name="Kind"><c>verify</c>, <c>compare</c> or <c>adopt</c>.</param>
/// <param name="Id">Its instance id.</param>
/// <param name="Status">Durable's status.</param>
/// <param name="Outcome"><c>pass</c> or <c>fail</c>; null for an adoption, and while it has not completed.</param>
/// <param name="Summary">What it found, in words; null while it has not completed.</param>
/// <param name="CreatedAt">When it was started.</param>
public sealed record CheckStatus(string Kind, string Id, string Status, string? Outcome, string? Summary, DateTimeOffset CreatedAt);

/// <summary>A record that could not be had; every run tries it again first.</summary>
/// <param name="Table">Its table, by its short name.</param>
/// <param name="Id">Its id.</param>
/// <param name="ParentId">Its parent's.</param>
/// <param name="Reason">Why.</param>
/// <param name="Attempts">How often it failed.</param>
/// <param name="FirstFailedAt">When first.</param>
/// <param name="LastFailedAt">When last.</param>
public sealed record FailureStatus(
    string Table, string Id, string? ParentId, string Reason, long Attempts, DateTimeOffset FirstFailedAt, DateTimeOffset LastFailedAt);

/// <summary>What happened in one hour.</summary>
/// <param name="At">Its start.</param>
/// <param name="Rows">Versions opened, by every way they came.</param>
/// <param name="Closed">Records closed.</param>
/// <param name="Latency">How long events took to become rows.</param>
/// <param name="ApiCalls">Requests to the helpdesk.</param>
/// <param name="ApiCredits">Credits that they cost; 0 where the helpdesk's answers do not say.</param>
/// <param name="BytesBilled">Bytes billed by BigQuery.</param>
public sealed record HourStatus(DateTimeOffset At, long Rows, long Closed, LatencyStatus Latency, long ApiCalls, long ApiCredits, long BytesBilled);

/// <summary>What it cost.</summary>
/// <param name="Day">The last 24 hours.</param>
/// <param name="Week">The last seven days.</param>
/// <param name="CreditsLeft">The portal's API credits that were left at the last call of this instance; null where that is not known.</param>
public sealed record CostStatus(SpentStatus Day, SpentStatus Week, long? CreditsLeft);

/// <summary>What was spent.</summary>
/// <param name="ApiCalls">Requests to the helpdesk.</param>
/// <param name="ApiCredits">Credits that they cost; 0 where the helpdesk's answers do not say.</param>
/// <param name="Statements">BigQuery statements.</param>
/// <param name="BytesBilled">Bytes billed for them.</param>
public sealed record SpentStatus(long ApiCalls, long ApiCredits, long Statements, long BytesBilled);
