using Microsoft.Data.Sqlite;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.DurableTask.Storage;

/// <summary>One row an instance; the row of a replaced or purged one is gone.</summary>
internal sealed class InstanceTable : IDisposable
{
    private readonly Statement find;
    private readonly Statement get;
    private readonly Statement children;
    private readonly Statement endedBefore;
    private readonly Statement add;
    private readonly Statement advance;
    private readonly Statement finish;
    private readonly Statement startOver;
    private readonly Statement rewind;
    private readonly Statement remove;

    public InstanceTable(SqliteConnection connection)
    {
        find = new Statement(connection, "SELECT id, execution, status FROM instances WHERE id = $0", 1);
        get = new Statement(connection, $"SELECT {InstanceColumns.All} FROM instances WHERE id = $0", 1);
        children = new Statement(connection, "SELECT id, execution, status FROM instances WHERE parent_execution = $0", 1);
        endedBefore = new Statement(
            connection, "SELECT id FROM instances WHERE status IN (1, 3, 4, 5) AND updated_at < $0 ORDER BY updated_at LIMIT $1", 2);
        add = new Statement(
            connection,
            $"INSERT INTO instances ({InstanceColumns.All}) VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
            15);
        advance = new Statement(
            connection,
            "UPDATE instances SET status = COALESCE($2, status), updated_at = $3, custom_status = CASE WHEN $5 THEN coalesce($4, custom_status) ELSE $4 END WHERE id = $0 AND execution = $1",
            6);
        finish = new Statement(
            connection,
            "UPDATE instances SET status = $2, updated_at = $3, custom_status = CASE WHEN $5 THEN coalesce($4, custom_status) ELSE $4 END, "
            + "output = $6, failure = $7 WHERE id = $0 AND execution = $1",
            8);
        startOver = new Statement(
            connection,
            "UPDATE instances SET execution = $2, status = $3, created_at = $4, updated_at = $4, "
            + "custom_status = CASE WHEN $6 THEN coalesce($5, custom_status) ELSE $5 END, input = $7 WHERE id = $0 AND execution = $1",
            8);
        rewind = new Statement(
            connection, "UPDATE instances SET status = $2, updated_at = $3, failure = NULL WHERE id = $0 AND execution = $1", 4);
        remove = new Statement(connection, "DELETE FROM instances WHERE id = $0", 1);
    }

    public InstanceKey? Find(string id) => find.Read<InstanceKey?>(row => InstanceColumns.ReadKey(row), id).FirstOrDefault();

    public InstanceRow? Get(string id) => get.Read(InstanceColumns.Read, id).FirstOrDefault();

    public List<InstanceKey> ChildrenOf(long execution) => children.Read(InstanceColumns.ReadKey, execution);

    /// <summary>Instances that ended before a time in UTC ticks, oldest first.</summary>
    public List<string> EndedBefore(long time, int atMost) => endedBefore.Read(row => row.GetString(0), time, atMost);

    public void Add(InstanceRow row) => add.Run(
        row.Id, row.Execution, row.Name, (int)row.Status, row.CreatedAt, row.UpdatedAt,
        row.Parent?.Id, row.Parent?.Name, row.Parent?.Execution, row.Parent?.Task,
        row.Tags, row.CustomStatus, row.Failure, row.Input, row.Output);

    /// <param name="id">The instance.</param>
    /// <param name="execution">Its run.</param>
    /// <param name="status">Its new state; null to leave it as it is.</param>
    /// <param name="at">Now, in UTC ticks.</param>
    /// <param name="custom">Its custom status.</param>
    /// <returns>Whether the run still exists.</returns>
    public bool Advance(string id, long execution, OrchestrationRuntimeStatus? status, long at, CustomStatus custom) =>
        advance.Run(id, execution, (int?)status, at, custom.Json, custom.KeepsOld) == 1;

    public bool Finish(string id, long execution, OrchestrationRuntimeStatus status, long at, CustomStatus custom, string? output, string? failure) =>
        finish.Run(id, execution, (int)status, at, custom.Json, custom.KeepsOld, output, failure) == 1;

    public bool StartOver(string id, long execution, long nextExecution, long at, CustomStatus custom, string? input) =>
        startOver.Run(id, execution, nextExecution, (int)OrchestrationRuntimeStatus.Running, at, custom.Json, custom.KeepsOld, input) == 1;

    /// <summary>Back to waiting for a turn. Its old output stays until it ends again, as in Azure's table of instances.</summary>
    public void Rewind(string id, long execution, long at) => rewind.Run(id, execution, (int)OrchestrationRuntimeStatus.Pending, at);

    public void Remove(string id) => remove.Run(id);

    public void Dispose()
    {
        Statement[] all = [find, get, children, endedBefore, add, advance, finish, startOver, rewind, remove];
        Array.ForEach(all, statement => statement.Dispose());
    }
}

/// <summary>What a turn published.</summary>
/// <param name="Json">The status; null for none.</param>
/// <param name="KeepsOld">Whether none leaves what is stored.</param>
internal readonly record struct CustomStatus(string? Json, bool KeepsOld);
