using System.Collections.Concurrent;
using DuckDB.NET.Data;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Storage;

/// <summary>The DuckDB file (or memory) and a pool of connections to it. DuckDB's log makes every commit durable.</summary>
internal sealed class DuckDatabase : IAsyncDisposable
{
    private static readonly string[] Macros =
    [
        // CAST of texts: DuckDB rounds '1.5' to an integer and takes 't' for true; BigQuery refuses both.
        "CREATE OR REPLACE MACRO bq_safe_int64(x) AS CASE WHEN typeof(x) = 'VARCHAR' AND NOT regexp_full_match(CAST(x AS VARCHAR), '\\s*[-+]?([0-9]+|0[xX][0-9a-fA-F]+)\\s*') THEN NULL ELSE TRY_CAST(x AS BIGINT) END",
        "CREATE OR REPLACE MACRO bq_int64(x) AS CASE WHEN typeof(x) = 'VARCHAR' AND NOT regexp_full_match(CAST(x AS VARCHAR), '\\s*[-+]?([0-9]+|0[xX][0-9a-fA-F]+)\\s*') THEN error('Bad int64 value: ' || CAST(x AS VARCHAR)) ELSE CAST(x AS BIGINT) END",
        "CREATE OR REPLACE MACRO bq_safe_bool(x) AS CASE WHEN typeof(x) = 'VARCHAR' AND lower(CAST(x AS VARCHAR)) NOT IN ('true', 'false') THEN NULL ELSE TRY_CAST(x AS BOOLEAN) END",
        "CREATE OR REPLACE MACRO bq_bool(x) AS CASE WHEN typeof(x) = 'VARCHAR' AND lower(CAST(x AS VARCHAR)) NOT IN ('true', 'false') THEN error('Bad bool value: ' || CAST(x AS VARCHAR)) ELSE CAST(x AS BOOLEAN) END",
        "CREATE OR REPLACE MACRO bq_string(x) AS CASE WHEN typeof(x) LIKE 'DECIMAL%' OR typeof(x) = 'DOUBLE' THEN regexp_replace(CAST(x AS VARCHAR), '(\\.[0-9]*[1-9])0+$|\\.0*$', '\\1') ELSE CAST(x AS VARCHAR) END",
        "CREATE OR REPLACE MACRO bq_json_type(x) AS CASE json_type(x) WHEN 'VARCHAR' THEN 'string' WHEN 'BOOLEAN' THEN 'boolean' WHEN 'OBJECT' THEN 'object' WHEN 'ARRAY' THEN 'array' WHEN 'NULL' THEN 'null' ELSE 'number' END",
        // JSON_QUERY of a text is a text, of JSON is JSON.
        "CREATE OR REPLACE MACRO bq_json_query(x, p) AS json_extract(x, p)",
    ];

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
        foreach (var statement in Macros.Append("SET GLOBAL default_null_order = 'nulls_first_on_asc_last_on_desc'").Append("SET GLOBAL timezone = 'UTC'"))
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
