using HelpdeskSync.Domain.History;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Tables;

namespace HelpdeskSync.Tests.BigQuery;

public sealed class SqlGoldenTests
{
    private const string History = "`p.d.tickets_history`";
    private static readonly Column[] s_fields =
    [
        new("id", ColumnType.String), new("isOverDue", ColumnType.Bool), new("subject", ColumnType.String), new("threadCount", ColumnType.Int64),
        new("share", ColumnType.Numeric), new("weight", ColumnType.Float64), new("due", ColumnType.Timestamp), new("born", ColumnType.Date),
        new("seen", ColumnType.DateTime), new("big", ColumnType.BigNumeric), new("extra", ColumnType.Json),
    ];

    [Theory]
    [InlineData(OpenEnd.Null, SupersededEnd.NextStart, VersionStart.Observed, "merge.observed.sql")]
    [InlineData(OpenEnd.Maximum, SupersededEnd.NextStartMinusOneMillisecond, VersionStart.SourceModified, "merge.source.sql")]
    [InlineData(OpenEnd.Null, SupersededEnd.NextStartMinusOneMillisecond, VersionStart.Observed, "merge.minus_one.sql")]
    [InlineData(OpenEnd.Maximum, SupersededEnd.NextStart, VersionStart.Observed, "merge.maximum.sql")]
    public void Merge_AsParameter_ReadsAsReviewed(OpenEnd open, SupersededEnd end, VersionStart start, string file) =>
        Matches(MergeSql.Build(History, null, s_fields, new(open, end, start)), $"Sql/{file}");

    [Fact]
    public void Merge_FromStage_ReadsAsReviewed() =>
        Matches(MergeSql.Build(History, "`p.d._sync_stage_tickets_batch_0`", s_fields, new()), "Sql/merge.stage.sql");

    [Fact]
    public void Ddl_OfTables_ReadsAsReviewed()
    {
        Matches(TableSql.CreateHistory(History), "Sql/create_history.sql");
        Matches(TableSql.CreateStage("`p.d._sync_stage_x`", ListingLine.Columns), "Sql/create_stage.sql");
        Matches(TableSql.AddColumns(History, s_fields[1..3]), "Sql/add_columns.sql");
        Matches(TableSql.Widen(History, new("threadCount", ColumnType.Numeric)), "Sql/widen_column.sql");
        Matches(TableSql.Drop("`p.d._sync_stage_x`"), "Sql/drop_stage.sql");
    }

    [Fact]
    public void Statements_OnTheAppsOwnTables_ReadAsReviewed()
    {
        foreach (var table in OwnTable.All)
        {
            Matches(table.CreateSql($"`p.d._sync_{table.Name}`"), $"Sql/create_own_{table.Name}.sql");
        }

        var runs = OwnTable.All.Single(table => table.Name == "runs");
        Matches(runs.ExtendSql("`p.d._sync_runs`", runs.Keys.Select(column => column.Name).Append("MODE"))!, "Sql/extend_own_runs.sql");
        Matches(SchemaChangesSql.Note("`p.d._sync_schema_changes`"), "Sql/note_schema_changes.sql");
    }

    [Fact]
    public void Statements_OnFailuresAndWatermarks_ReadAsReviewed()
    {
        const string Failures = "`p.d._sync_failures`";
        const string State = "`p.d._sync_state`";
        Matches(SyncFailuresSql.Note(Failures), "Sql/note_failures.sql");
        Matches(SyncFailuresSql.Clear(Failures), "Sql/clear_failures.sql");
        Matches(SyncFailuresSql.Read(Failures), "Sql/read_failures.sql");
        Matches(SyncFailuresSql.Count(Failures), "Sql/count_failures.sql");
        Matches(SyncState.ReadSql(State), "Sql/read_state.sql");
        Matches(SyncState.AdvanceSql(State), "Sql/write_state.sql");
    }

    [Fact]
    public void Questions_ToTables_ReadAsReviewed()
    {
        const string Stage = "`p.d._sync_stage_tickets_listing_0`";
        const string Threads = "`p.d.threads_history`";
        Matches(HistorySql.Standing(History), "Sql/standing.sql");
        Matches(HistorySql.CountActive(History), "Sql/count_active.sql");
        Matches(HistorySql.Parents(Threads, "ticketId"), "Sql/parents.sql");
        Golden.Golden.Matches(
            ListingSql.Diff(Stage, History, null, ListingSql.TokenDiffers("modifiedTime"), ListingSql.OlderThanListing("createdTime")), "Sql/diff_listing.sql");
        Golden.Golden.Matches(
            ListingSql.Diff(Stage, Threads, "ticketId", "FALSE", ListingSql.OfListedParents(Stage, "ticketId")), "Sql/diff_children.sql");
        Golden.Golden.Matches(ListingSql.ParentsToList(Stage, Threads, "ticketId", "threadCount"), "Sql/parents_to_list.sql");
        Golden.Golden.Matches(ListingSql.ParentsNotListed(Stage, Threads, "ticketId"), "Sql/parents_not_listed.sql");
        Golden.Golden.Matches(ListingSql.ParentsClosed(History, Threads, "ticketId"), "Sql/parents_closed.sql");
    }

    // The first line says what the statement is for and what it is pruned by.
    private static void Matches(string sql, string file)
    {
        Assert.StartsWith("-- ", sql, StringComparison.Ordinal);
        Golden.Golden.Matches(sql, file);
    }
}
