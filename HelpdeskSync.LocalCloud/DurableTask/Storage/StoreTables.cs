using HelpdeskSync.LocalCloud.DurableTask.Replay;
using Microsoft.Data.Sqlite;

namespace HelpdeskSync.LocalCloud.DurableTask.Storage;

/// <summary>Everything a transaction of the writer may touch.</summary>
internal sealed class StoreTables : IDisposable
{
    private const int Reserved = 1000;
    private readonly Statement reserve;
    private readonly Statement reserved;
    private readonly Statement lastMessage;
    private readonly Statement waiting;
    private long nextExecution;
    private long reservedUpTo;
    private long nextMessage;

    public StoreTables(SqliteConnection connection)
    {
        Instances = new InstanceTable(connection);
        History = new EventTable(connection, "history");
        Inbox = new EventTable(connection, "inbox");
        Activities = new ActivityTable(connection);
        Timers = new TimerTable(connection);
        Space = new SpaceTable(connection);
        reserve = new Statement(
            connection, "INSERT INTO counters (name, value) VALUES ('execution', $0) ON CONFLICT (name) DO UPDATE SET value = $0", 1);
        reserved = new Statement(connection, "SELECT value FROM counters WHERE name = 'execution'", 0);
        lastMessage = new Statement(connection, "SELECT COALESCE(MAX(seq), 0) FROM inbox", 0);
        waiting = new Statement(
            connection,
            "SELECT id, execution, status FROM instances WHERE execution IN (SELECT DISTINCT execution FROM inbox) ORDER BY execution",
            0);
        Reset();
    }

    public InstanceTable Instances { get; }

    public EventTable History { get; }

    public EventTable Inbox { get; }

    public ActivityTable Activities { get; }

    public TimerTable Timers { get; }

    public SpaceTable Space { get; }

    /// <summary>A number for a run, never used before, also not before a restart.</summary>
    public long NextExecution()
    {
        if (nextExecution >= reservedUpTo)
        {
            reservedUpTo = nextExecution + Reserved;
            reserve.Run(reservedUpTo);
        }

        return nextExecution++;
    }

    /// <summary>Puts a message into an instance's inbox.</summary>
    public StoredEvent AddMessage(long execution, HistoryEvent message)
    {
        var stored = new StoredEvent(nextMessage++, message);
        Inbox.Add(execution, stored.Seq, message);
        return stored;
    }

    /// <summary>Instances with messages that no turn has consumed.</summary>
    public List<InstanceKey> WithMessages() => waiting.Read(InstanceColumns.ReadKey);

    /// <summary>Takes the counters from the database again, after a transaction was rolled back.</summary>
    public void Reset()
    {
        nextExecution = reservedUpTo = Math.Max(1, reserved.Read(row => row.GetInt64(0)).FirstOrDefault());
        nextMessage = Math.Max(nextMessage, lastMessage.Read(row => row.GetInt64(0))[0] + 1);
    }

    public void Dispose()
    {
        IDisposable[] all = [Instances, History, Inbox, Activities, Timers, Space, reserve, reserved, lastMessage, waiting];
        Array.ForEach(all, table => table.Dispose());
    }
}
