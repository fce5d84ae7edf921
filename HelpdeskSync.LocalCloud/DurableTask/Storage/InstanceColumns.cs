using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.DurableTask.Storage;

/// <summary>The columns of an instance, read the same way by the writer and by queries.</summary>
internal static class InstanceColumns
{
    public const string All =
        "id, execution, name, status, created_at, updated_at, parent_id, parent_name, parent_execution, parent_task, tags, custom_status, failure, input, output";

    public static InstanceRow Read(SqliteDataReader row) => new(row.GetString(0), row.GetInt64(1), row.GetString(2))
    {
        Status = (OrchestrationRuntimeStatus)row.GetInt32(3),
        CreatedAt = row.GetInt64(4),
        UpdatedAt = row.GetInt64(5),
        Parent = row.IsDBNull(6) ? null : new ParentLink(row.GetString(6), row.GetString(7), row.GetInt64(8), row.GetInt32(9)),
        Tags = row.TextOrNull(10),
        CustomStatus = row.TextOrNull(11),
        Failure = row.TextOrNull(12),
        Input = row.TextOrNull(13),
        Output = row.TextOrNull(14),
    };

    public static InstanceKey ReadKey(SqliteDataReader row) =>
        new(row.GetString(0), row.GetInt64(1), (OrchestrationRuntimeStatus)row.GetInt32(2));
}
