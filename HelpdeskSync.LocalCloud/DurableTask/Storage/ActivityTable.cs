using Microsoft.Data.Sqlite;

namespace HelpdeskSync.LocalCloud.DurableTask.Storage;

/// <summary>Activities that were scheduled and have not reported yet.</summary>
internal sealed class ActivityTable : IDisposable
{
    private readonly Statement add;
    private readonly Statement remove;
    private readonly Statement readAll;
    private readonly Statement input;

    public ActivityTable(SqliteConnection connection)
    {
        add = new Statement(connection, "INSERT INTO activities (execution, task, instance, name, input) VALUES ($0, $1, $2, $3, $4)", 5);
        remove = new Statement(connection, "DELETE FROM activities WHERE execution = $0 AND task = $1", 2);
        readAll = new Statement(connection, "SELECT execution, task, instance, name FROM activities ORDER BY execution, task", 0);
        input = new Statement(connection, "SELECT input FROM activities WHERE execution = $0 AND task = $1", 2);
    }

    public void Add(ActivityKey key, string? inputJson) => add.Run(key.Execution, key.Task, key.InstanceId, key.Name, inputJson);

    /// <returns>Whether it was still outstanding.</returns>
    public bool Remove(long execution, int task) => remove.Run(execution, task) == 1;

    public List<ActivityKey> ReadAll() => readAll.Read(
        row => new ActivityKey(row.GetInt64(0), row.GetInt32(1), row.GetString(2), row.GetString(3)));

    /// <summary>The input of an outstanding activity; an empty list when it is not outstanding any more.</summary>
    public List<string?> InputOf(ActivityKey key) => input.Read(row => row.TextOrNull(0), key.Execution, key.Task);

    public void Dispose()
    {
        Statement[] all = [add, remove, readAll, input];
        Array.ForEach(all, statement => statement.Dispose());
    }
}

/// <summary>One scheduled activity.</summary>
internal sealed record ActivityKey(long Execution, int Task, string InstanceId, string Name);
