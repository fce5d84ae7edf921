using Microsoft.Data.Sqlite;

namespace HelpdeskSync.LocalCloud.DurableTask.Storage;

/// <summary>The one queue of everything that is due at a time: durable timers, and starts put off until later.</summary>
internal sealed class TimerTable : IDisposable
{
    /// <summary>The task number of a delayed start.</summary>
    public const int DelayedStart = -1;

    private readonly Statement add;
    private readonly Statement due;
    private readonly Statement next;
    private readonly Statement remove;
    private readonly Statement removeAll;

    public TimerTable(SqliteConnection connection)
    {
        add = new Statement(connection, "INSERT INTO timers (execution, task, instance, fire_at) VALUES ($0, $1, $2, $3)", 4);
        due = new Statement(
            connection, "SELECT execution, task, instance, fire_at FROM timers WHERE fire_at <= $0 ORDER BY fire_at, execution, task LIMIT $1", 2);
        next = new Statement(connection, "SELECT fire_at FROM timers ORDER BY fire_at LIMIT 1", 0);
        remove = new Statement(connection, "DELETE FROM timers WHERE execution = $0 AND task = $1", 2);
        removeAll = new Statement(connection, "DELETE FROM timers WHERE execution = $0", 1);
    }

    public void Add(DueTimer timer) => add.Run(timer.Execution, timer.Task, timer.InstanceId, timer.FireAt);

    public List<DueTimer> Due(long now, int atMost) => due.Read(
        row => new DueTimer(row.GetInt64(0), row.GetInt32(1), row.GetString(2), row.GetInt64(3)), now, atMost);

    /// <summary>When the next one is due; null when there is none.</summary>
    public long? NextDue() => next.Read<long?>(row => row.GetInt64(0)).FirstOrDefault();

    public void Remove(DueTimer timer) => remove.Run(timer.Execution, timer.Task);

    public void RemoveAll(long execution) => removeAll.Run(execution);

    public void Dispose()
    {
        Statement[] all = [add, due, next, remove, removeAll];
        Array.ForEach(all, statement => statement.Dispose());
    }
}

/// <summary>One timer, in UTC ticks.</summary>
internal sealed record DueTimer(long Execution, int Task, string InstanceId, long FireAt);
