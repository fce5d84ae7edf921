using Microsoft.Data.Sqlite;

namespace HelpdeskSync.LocalCloud.DurableTask.Storage;

/// <summary>The database's tables, and the version they are of.</summary>
internal static class StoreSchema
{
    public const int Version = 2;

    private const string Tables = """
        CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE instances (
            id TEXT PRIMARY KEY, execution INTEGER NOT NULL, name TEXT NOT NULL, status INTEGER NOT NULL,
            created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
            parent_id TEXT, parent_name TEXT, parent_execution INTEGER, parent_task INTEGER,
            tags TEXT, custom_status TEXT, failure TEXT, input TEXT, output TEXT);
        CREATE INDEX instances_by_execution ON instances (execution);
        CREATE INDEX instances_by_parent ON instances (parent_execution) WHERE parent_execution IS NOT NULL;
        CREATE TABLE history (
            execution INTEGER NOT NULL, seq INTEGER NOT NULL, kind INTEGER NOT NULL, at INTEGER NOT NULL, task INTEGER NOT NULL,
            name TEXT, fire_at INTEGER NOT NULL, detail TEXT, data TEXT, PRIMARY KEY (execution, seq)) WITHOUT ROWID;
        CREATE TABLE inbox (
            execution INTEGER NOT NULL, seq INTEGER NOT NULL, kind INTEGER NOT NULL, at INTEGER NOT NULL, task INTEGER NOT NULL,
            name TEXT, fire_at INTEGER NOT NULL, detail TEXT, data TEXT, PRIMARY KEY (execution, seq)) WITHOUT ROWID;
        CREATE TABLE activities (
            execution INTEGER NOT NULL, task INTEGER NOT NULL, instance TEXT NOT NULL, name TEXT NOT NULL, input TEXT,
            PRIMARY KEY (execution, task)) WITHOUT ROWID;
        CREATE TABLE timers (
            execution INTEGER NOT NULL, task INTEGER NOT NULL, instance TEXT NOT NULL, fire_at INTEGER NOT NULL,
            PRIMARY KEY (execution, task)) WITHOUT ROWID;
        CREATE INDEX timers_by_time ON timers (fire_at);
        """;

    /// <summary>What version 2 added: finished instances by their end, in order to purge them by age.</summary>
    private const string ByEnd = "CREATE INDEX instances_by_end ON instances (updated_at) WHERE status IN (1, 3, 4, 5);";

    /// <summary>Makes the tables in an empty file, and brings those of an older version up to date.</summary>
    /// <exception cref="InvalidOperationException">The file was written by a newer program.</exception>
    public static void Ensure(SqliteConnection connection)
    {
        var found = VersionOf(connection);
        if (found > Version)
        {
            throw new InvalidOperationException(
                $"The Durable Task database '{connection.DataSource}' has schema version {found}; this program knows versions up to {Version}. "
                + "Run the newer program that wrote it, or move the file away to begin with an empty task hub.");
        }

        if (found < Version)
        {
            // Freed pages can be given back to the system later only in a file that was made, or rewritten, in this mode.
            Execute(connection, "PRAGMA auto_vacuum = INCREMENTAL; VACUUM;");
            Execute(connection, $"BEGIN IMMEDIATE; {(found == 0 ? Tables : null)} {ByEnd} PRAGMA user_version = {Version}; COMMIT;");
        }
    }

    /// <summary>Keeps the file from growing beyond a number of bytes; 0 for as large as the disk.</summary>
    public static void Limit(SqliteConnection connection, long bytes)
    {
        using var size = new Statement(connection, "PRAGMA page_size", parameters: 0);
        var pages = bytes == 0 ? uint.MaxValue - 1 : Math.Max(1, bytes / size.Read(row => row.GetInt64(0))[0]);
        Execute(connection, $"PRAGMA max_page_count = {pages}");
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var statement = new Statement(connection, sql, parameters: 0);
        statement.Run();
    }

    private static long VersionOf(SqliteConnection connection)
    {
        using var statement = new Statement(connection, "PRAGMA user_version", parameters: 0);
        return statement.Read(row => row.GetInt64(0))[0];
    }
}
