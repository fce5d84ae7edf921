using HelpdeskSync.Domain.History;
using HelpdeskSync.Domain.Records;
using HelpdeskSync.Functions.Cutover;

namespace HelpdeskSync.Tests.Cutover;

public sealed class AdoptSqlTests
{
    private const string History = "`p.d.tickets_history`";
    private const string Old = "`q.old.tickets_history`";

    private static readonly AdoptColumn[] s_columns =
    [
        new("subject", ColumnType.String, "subject", ColumnType.String),
        new("rating", ColumnType.Float64, "rating", ColumnType.Int64),
        new("is_late", ColumnType.String, "isLate", ColumnType.Bool, "isLate__string"),
    ];

    [Fact]
    public void Adopt_ItsStatements_ReadAsReviewed()
    {
        var conventions = new HistoryConventions(OpenEnd.Maximum, SupersededEnd.NextStartMinusOneMillisecond);
        Golden.Golden.Matches(AdoptSql.Conventions(Old, ("modified_time", ColumnType.String)), "Sql/adopt_conventions.sql");
        Golden.Golden.Matches(AdoptSql.LoneChanges(Old, ["subject", "view_count"]), "Sql/adopt_lone_changes.sql");
        Golden.Golden.Matches(AdoptImportSql.Plan(Old, History, new()), "Sql/adopt_plan.sql");
        Golden.Golden.Matches(AdoptImportSql.Misfits(Old, History, s_columns[1..], conventions), "Sql/adopt_misfits.sql");
        Golden.Golden.Matches(AdoptImportSql.Insert(Old, History, s_columns, conventions), "Sql/adopt_import.sql");
    }
}
