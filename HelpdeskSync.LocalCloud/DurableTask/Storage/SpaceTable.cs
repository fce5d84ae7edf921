using Microsoft.Data.Sqlite;

namespace HelpdeskSync.LocalCloud.DurableTask.Storage;

/// <summary>The file's pages: how many there are, how many are free, and giving free ones back to the system.</summary>
internal sealed class SpaceTable(SqliteConnection connection) : IDisposable
{
    private readonly Statement total = new(connection, "PRAGMA page_count", 0);
    private readonly Statement free = new(connection, "PRAGMA freelist_count", 0);

    /// <summary>Pages in the file.</summary>
    public long Pages => total.Read(row => row.GetInt64(0))[0];

    /// <summary>Pages that hold nothing.</summary>
    public long FreePages => free.Read(row => row.GetInt64(0))[0];

    /// <summary>Gives free pages back.</summary>
    public void GiveBack(int pages)
    {
        // Each step of this statement frees one page, so it must be read to its end. A pragma takes no parameters.
        using var vacuum = new Statement(connection, $"PRAGMA incremental_vacuum({pages})", 0);
        vacuum.Read(_ => 0);
    }

    public void Dispose()
    {
        total.Dispose();
        free.Dispose();
    }
}
