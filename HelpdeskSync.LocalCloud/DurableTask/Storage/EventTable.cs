using HelpdeskSync.LocalCloud.DurableTask.Replay;
using Microsoft.Data.Sqlite;

namespace HelpdeskSync.LocalCloud.DurableTask.Storage;

/// <summary>Events by execution, in order: the history, or the inbox of messages that no turn has consumed yet.</summary>
internal sealed class EventTable : IDisposable
{
    private readonly Statement add;
    private readonly Statement read;
    private readonly Statement replace;
    private readonly Statement removeThrough;

    public EventTable(SqliteConnection connection, string table)
    {
        add = new Statement(
            connection,
            $"INSERT INTO {table} (execution, seq, kind, at, task, name, fire_at, detail, data) VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8)",
            parameters: 9);
        read = new Statement(
            connection,
            $"SELECT seq, kind, at, task, name, fire_at, detail, data FROM {table} WHERE execution = $0 ORDER BY seq",
            parameters: 1);
        replace = new Statement(
            connection,
            $"UPDATE {table} SET kind = $2, at = $3, task = $4, name = $5, fire_at = $6, detail = $7, data = $8 WHERE execution = $0 AND seq = $1",
            parameters: 9);
        removeThrough = new Statement(connection, $"DELETE FROM {table} WHERE execution = $0 AND seq <= $1", parameters: 2);
    }

    public void Add(long execution, long seq, HistoryEvent happened) => Run(add, execution, seq, happened);

    /// <summary>Puts another event in the place of one.</summary>
    public void Replace(long execution, long seq, HistoryEvent happened) => Run(replace, execution, seq, happened);

    public List<StoredEvent> Read(long execution) => read.Read(
        row => new StoredEvent(
            row.GetInt64(0),
            new HistoryEvent((EventKind)row.GetInt32(1), row.GetInt64(2))
            {
                Task = row.GetInt32(3),
                Name = row.TextOrNull(4),
                FireAt = row.GetInt64(5),
                Detail = row.TextOrNull(6),
                Data = row.TextOrNull(7),
            }),
        execution);

    public void RemoveThrough(long execution, long seq) => removeThrough.Run(execution, seq);

    public void RemoveAll(long execution) => removeThrough.Run(execution, long.MaxValue);

    public void Dispose()
    {
        add.Dispose();
        read.Dispose();
        replace.Dispose();
        removeThrough.Dispose();
    }

    private static void Run(Statement statement, long execution, long seq, HistoryEvent happened) => statement.Run(
        execution, seq, (int)happened.Kind, happened.At, happened.Task, happened.Name, happened.FireAt, happened.Detail, happened.Data);
}

/// <summary>An event and its place in the table.</summary>
internal readonly record struct StoredEvent(long Seq, HistoryEvent Event);
