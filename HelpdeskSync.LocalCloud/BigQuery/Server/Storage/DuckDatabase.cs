using System.Collections.Concurrent;
using DuckDB.NET.Data;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Storage;

/// <summary>The DuckDB file (or memory) and a pool of connections to it. DuckDB's log makes every commit durable.</summary>
internal sealed class DuckDatabase : IAsyncDisposable
{
    /// <summary>DuckDB spills to disk beyond this; its own default is four fifths of the machine.</summary>
    private const string MemoryLimit = "1GB";

    private readonly string connectionString;
    private readonly DuckDBConnection root;
    private readonly ConcurrentBag<DuckDBConnection> idle = [];
    private bool closed;

    private DuckDatabase(string connectionString, DuckDBConnection root)
    {
        this.connectionString = connectionString;
        this.root = root;
    }

    /// <summary>Opens or makes the database in a directory; null or empty keeps everything in memory.</summary>
    public static async Task<DuckDatabase> OpenAsync(string? directory, CancellationToken cancellationToken)
    {
        var source = "DataSource=:memory:";
        if (!string.IsNullOrEmpty(directory))
        {
            Directory.CreateDirectory(directory);
            source = $"DataSource={Path.Combine(directory, "bigquery.duckdb")}";
        }

        var root = new DuckDBConnection(source);
        await root.OpenAsync(cancellationToken);
        var database = new DuckDatabase(source, root);
        JsonText.Register(root);
        foreach (var statement in DuckMacros.All.Concat(Settings(database.InMemory)))
        {
            await using var command = root.CreateCommand();
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return database;
    }

    /// <summary>A connection for the caller alone; disposing the session gives it back.</summary>
    public DuckSession Rent()
    {
        ObjectDisposedException.ThrowIf(closed, this);
        if (!idle.TryTake(out var connection))
        {
            connection = InMemory ? root.Duplicate() : new DuckDBConnection(connectionString);
            connection.Open();
        }

        return new(connection, idle.Add);
    }

    private static IEnumerable<string> Settings(bool inMemory)
    {
        yield return "SET GLOBAL default_null_order = 'nulls_first_on_asc_last_on_desc'";
        yield return "SET GLOBAL timezone = 'UTC'";
        yield return $"SET GLOBAL memory_limit = '{MemoryLimit}'";
        if (inMemory)
        {
            // DuckDB would spill into the working directory, which is the user's.
            yield return $"SET GLOBAL temp_directory = '{Path.Combine(Path.GetTempPath(), $"helpdesksync-duckdb-{Environment.ProcessId}").Replace("'", "''", StringComparison.Ordinal)}'";
        }
    }

    private bool InMemory => connectionString.Contains(":memory:", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        if (closed)
        {
            return;
        }

        closed = true;
        while (idle.TryTake(out var connection))
        {
            await connection.DisposeAsync();
        }

        if (!InMemory)
        {
            await using var checkpoint = root.CreateCommand();
            checkpoint.CommandText = "FORCE CHECKPOINT";
            await checkpoint.ExecuteNonQueryAsync();
        }

        await root.DisposeAsync();
    }
}
