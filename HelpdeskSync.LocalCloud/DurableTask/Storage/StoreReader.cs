using Microsoft.Data.Sqlite;

namespace HelpdeskSync.LocalCloud.DurableTask.Storage;

/// <summary>Reads committed state on a connection of its own, beside the writer. One thread at a time.</summary>
internal sealed class StoreReader : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly Statement get;
    private readonly Statement page;
    private readonly EventTable history;

    public StoreReader(string path)
    {
        connection = StoreConnection.OpenReader(path);
        get = new Statement(connection, $"SELECT {InstanceColumns.All} FROM instances WHERE id = $0", 1);
        page = new Statement(
            connection,
            $"""
            SELECT {InstanceColumns.All} FROM instances
            WHERE id > $0 AND id >= $1 AND id < $6 AND created_at BETWEEN $2 AND $3 AND ($4 >> status) & 1
            ORDER BY id LIMIT $5
            """,
            7);
        history = new EventTable(connection, "history");
    }

    public InstanceRow? Instance(string id) => get.Read(InstanceColumns.Read, id).FirstOrDefault();

    public List<InstanceRow> Page(InstanceFilter filter, string after, int size) => page.Read(
        InstanceColumns.Read, after, filter.Prefix, filter.CreatedFrom, filter.CreatedTo, filter.StatusBits, size, filter.End);

    /// <summary>An instance and its history, of the same moment.</summary>
    public (InstanceRow Instance, List<StoredEvent> Events)? InstanceWithHistory(string id)
    {
        StoreSchema.Execute(connection, "BEGIN");
        try
        {
            return Instance(id) is { } instance ? (instance, history.Read(instance.Execution)) : null;
        }
        finally
        {
            StoreSchema.Execute(connection, "COMMIT");
        }
    }

    public void Dispose()
    {
        get.Dispose();
        page.Dispose();
        history.Dispose();
        connection.Dispose();
    }
}

/// <summary>Which instances are wanted.</summary>
/// <param name="Prefix">How the id begins; empty for all.</param>
/// <param name="CreatedFrom">Earliest creation in UTC ticks, inclusive.</param>
/// <param name="CreatedTo">Latest creation in UTC ticks, inclusive.</param>
/// <param name="StatusBits">Bit n stands for the state of number n.</param>
internal sealed record InstanceFilter(string Prefix, long CreatedFrom, long CreatedTo, int StatusBits)
{
    /// <summary>Behind every id that begins with the prefix: no UTF-8 text sorts behind this character.</summary>
    public string End => Prefix + "\U0010FFFF";
}
