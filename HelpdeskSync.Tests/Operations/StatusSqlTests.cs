using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Operations.Measures;
using HelpdeskSync.Functions.Operations.Status;
using HelpdeskSync.Functions.Tables;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Tests.Operations;

public sealed class StatusSqlTests
{
    private static readonly SqlNames s_names = new(Options.Create(new BigQueryOptions { ProjectId = "p", Dataset = "d" }));

    [Fact]
    public void Statements_OfTheStatus_ReadAsReviewed()
    {
        Golden.Golden.Matches(StatusSql.Counts(["`p.d.tickets_history`", "`p.d.agents_history`"]), "Sql/status_counts.sql");
        Golden.Golden.Matches(StatusSql.LastRuns(s_names), "Sql/status_runs.sql");
        Golden.Golden.Matches(StatusSql.Failures(s_names), "Sql/status_failures.sql");
    }

    [Fact]
    public void Statements_OfMeasures_ReadAsReviewed()
    {
        Golden.Golden.Matches(MeasureSql.Append(s_names.Own("measures")), "Sql/append_measures.sql");
        Golden.Golden.Matches(MeasureSql.Read(s_names.Own("measures")), "Sql/read_measures.sql");
        Golden.Golden.Matches(MeasureSql.Prune(s_names.Own("measures")), "Sql/prune_measures.sql");
    }

    [Fact]
    public void Statement_ThatNotesARun_ReadsAsReviewed() => Golden.Golden.Matches(RunLog.NoteSql(s_names), "Sql/note_run.sql");
}
