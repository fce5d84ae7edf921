using HelpdeskSync.Domain.History;
using HelpdeskSync.Functions.Cutover;

namespace HelpdeskSync.Tests.Cutover;

public sealed class CutoverSqlTests
{
    private const string History = "`p.d.tickets_history`";
    private const string Old = "`q.old.tickets_history`";

    [Fact]
    public void Verify_ItsStatements_ReadAsReviewed()
    {
        Golden.Golden.Matches(VerifySql.CountVersions(History), "Sql/count_versions.sql");
        Golden.Golden.Matches(VerifySql.Broken(History, new(), null), "Sql/verify.sql");
        Golden.Golden.Matches(
            VerifySql.Broken("`p.d.threads_history`", new(OpenEnd.Maximum, SupersededEnd.NextStartMinusOneMillisecond), (History, "ticketId")), "Sql/verify_children.sql");
    }

    [Fact]
    public void Compare_ItsStatements_ReadAsReviewed()
    {
        Golden.Golden.Matches(CompareSql.Synced([Old, "`q.old.agents_history`"]), "Sql/compare_synced.sql");
        Golden.Golden.Matches(CompareSql.Sides(Old, History), "Sql/compare_sides.sql");
        Golden.Golden.Matches(CompareSql.Records(Old, History), "Sql/compare_records.sql");
        Golden.Golden.Matches(CompareSql.Cells(Old, History, [new("subject", "SUBJECT"), new("dueDate", "dueDate")]), "Sql/compare_cells.sql");
        Golden.Golden.Matches(CompareSql.Timelines(Old, History, []), "Sql/compare_timelines.sql");
        Golden.Golden.Matches(CompareSql.Timelines(Old, History, ["subject", "view_count"]), "Sql/compare_timelines.telling.sql");
        Golden.Golden.Matches(CompareSql.FirstFullRun("`p.d._sync_runs`"), "Sql/first_full_run.sql");
        Golden.Golden.Matches(Comparisons.NoteSql("`p.d._sync_comparisons`"), "Sql/note_comparison.sql");
    }
}
