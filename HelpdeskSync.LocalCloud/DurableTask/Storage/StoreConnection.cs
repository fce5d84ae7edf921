using Microsoft.Data.Sqlite;

namespace HelpdeskSync.LocalCloud.DurableTask.Storage;

/// <summary>
/// Opens connections to the database. Every commit is acknowledged after it was written to the write-ahead log, so with synchronous=NORMAL it
/// is in the operating system's hands: the death of the process at any instruction loses nothing, and a power cut leaves the file whole but
/// may lose the last moments. synchronous=FULL, which the engine's option <c>FlushEveryCommit</c> asks for, waits for the disk as well, at a
/// twentieth of the commits (1,300/s against 31,000/s, measured); a stand-in on a laptop does not need that, so NORMAL is the default.
/// </summary>
internal static class StoreConnection
{
    /// <summary>The write-ahead log's file is cut to this many bytes whenever it begins anew.</summary>
    public const int LongestLog = 16 * 1024 * 1024;

    /// <summary>The connection that writes.</summary>
    public static SqliteConnection OpenWriter(string path, bool flushEveryCommit) => Open(
        path, $"PRAGMA synchronous = {(flushEveryCommit ? "FULL" : "NORMAL")}; PRAGMA cache_size = -16000; PRAGMA journal_size_limit = {LongestLog};");

    /// <summary>A connection that reads, of which there may be as many as threads.</summary>
    public static SqliteConnection OpenReader(string path) => Open(path, "PRAGMA cache_size = -2000; PRAGMA query_only = ON;");

    /// <summary>What is in force on a connection, by SQLite's names.</summary>
    public static (string Journal, string Synchronous) Durability(SqliteConnection connection)
    {
        using var journal = new Statement(connection, "PRAGMA journal_mode", parameters: 0);
        using var level = new Statement(connection, "PRAGMA synchronous", parameters: 0);
        var synchronous = level.Read(row => row.GetInt32(0))[0] switch
        {
            0 => "OFF",
            1 => "NORMAL",
            2 => "FULL",
            _ => "EXTRA",
        };
        return (journal.Read(row => row.GetString(0))[0].ToUpperInvariant(), synchronous);
    }

    private static SqliteConnection Open(string path, string settings)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            StoreSchema.Execute(connection, $"PRAGMA busy_timeout = 10000; PRAGMA journal_mode = WAL; PRAGMA temp_store = MEMORY; {settings}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
