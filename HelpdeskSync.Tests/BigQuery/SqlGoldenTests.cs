using HelpdeskSync.Domain.History;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Tables;

namespace HelpdeskSync.Tests.BigQuery;

public sealed class SqlGoldenTests
{
    private const string History = "`p.d.tickets_history`";
    private static readonly Column[] s_fields =
    [
        new("id", ColumnType.String), new("isOverDue", ColumnType.Bool), new("subject", ColumnType.String), new("threadCount", ColumnType.Int64),
        new("share", ColumnType.Numeric), new("weight", ColumnType.Float64), new("due", ColumnType.Timestamp),
    ];

    [Theory]
    [InlineData(OpenEnd.Null, SupersededEnd.NextStart, VersionStart.Observed, "merge.observed.sql")]
    [InlineData(OpenEnd.Maximum, SupersededEnd.NextStartMinusOneMillisecond, VersionStart.SourceModified, "merge.source.sql")]
    public void Merge_AsParameter_ReadsAsReviewed(OpenEnd open, SupersededEnd end, VersionStart start, string file) =>
        Golden.Golden.Matches(MergeSql.Build(History, null, s_fields, new(open, end, start)), $"Sql/{file}");

    [Fact]
    public void Merge_FromStage_ReadsAsReviewed() =>
        Golden.Golden.Matches(MergeSql.Build(History, "`p.d._sync_stage_tickets_batch_0`", s_fields, new()), "Sql/merge.stage.sql");

    [Fact]
    public void Ddl_OfTables_ReadsAsReviewed()
    {
        Golden.Golden.Matches(TableSql.CreateHistory(History), "Sql/create_history.sql");
        Golden.Golden.Matches(TableSql.CreateStage("`p.d._sync_stage_x`", ListingLine.Columns), "Sql/create_stage.sql");
        Golden.Golden.Matches(TableSql.AddColumns(History, s_fields[1..3]), "Sql/add_columns.sql");
        Golden.Golden.Matches(TableSql.Widen(History, new("threadCount", ColumnType.Numeric)), "Sql/widen_column.sql");
        Golden.Golden.Matches(TableSql.Drop("`p.d._sync_stage_x`"), "Sql/drop_stage.sql");
    }

    [Fact]
    public void Questions_ToTables_ReadAsReviewed()
    {
        const string Stage = "`p.d._sync_stage_tickets_listing_0`";
        const string Threads = "`p.d.threads_history`";
        Golden.Golden.Matches(HistorySql.Standing(History), "Sql/standing.sql");
        Golden.Golden.Matches(HistorySql.Parents(Threads, "ticketId"), "Sql/parents.sql");
        Golden.Golden.Matches(
            ListingSql.Diff(Stage, History, null, ListingSql.TokenDiffers("modifiedTime"), ListingSql.OlderThanListing("createdTime")), "Sql/diff_listing.sql");
        Golden.Golden.Matches(
            ListingSql.Diff(Stage, Threads, "ticketId", "FALSE", ListingSql.OfListedParents(Stage, "ticketId")), "Sql/diff_children.sql");
        Golden.Golden.Matches(ListingSql.ParentsToList(Stage, Threads, "ticketId", "threadCount"), "Sql/parents_to_list.sql");
        Golden.Golden.Matches(ListingSql.ParentsNotListed(Stage, Threads, "ticketId"), "Sql/parents_not_listed.sql");
        Golden.Golden.Matches(ListingSql.ParentsClosed(History, Threads, "ticketId"), "Sql/parents_closed.sql");
    }
}
