using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.LocalCloud.DurableTask.Storage;

/// <summary>The open database: one writer, as many readers as needed.</summary>
internal sealed class DurableStore : IAsyncDisposable
{
    private readonly string path;
    private readonly StoreLock fileLock;
    private readonly SqliteConnection connection;
    private readonly StoreWriter writer;
    private readonly ConcurrentBag<StoreReader> readers = [];

    private DurableStore(string path, StoreLock fileLock, SqliteConnection connection, ILogger logger)
    {
        this.path = path;
        this.fileLock = fileLock;
        this.connection = connection;
        writer = new StoreWriter(connection, logger);
    }

    /// <summary>Opens the database, and makes it when it is missing.</summary>
    /// <exception cref="InvalidOperationException">Another engine has it, or a newer program wrote it.</exception>
    public static DurableStore Open(string path, ILogger logger)
    {
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var fileLock = StoreLock.Take(full);
        SqliteConnection? connection = null;
        try
        {
            connection = StoreConnection.Open(full);
            StoreSchema.Ensure(connection);
            return new DurableStore(full, fileLock, connection, logger);
        }
        catch
        {
            connection?.Dispose();
            fileLock.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="StoreWriter.WriteAsync"/>
    public Task<T> WriteAsync<T>(Func<StoreTables, T> apply, Action<T>? committed = null) => writer.WriteAsync(apply, committed);

    /// <summary>Reads committed state.</summary>
    public T Read<T>(Func<StoreReader, T> read)
    {
        if (!readers.TryTake(out var reader))
        {
            reader = new StoreReader(path);
        }

        var result = read(reader);
        readers.Add(reader);
        return result;
    }

    /// <summary>Commits what was asked for, then lets go of the file.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await writer.CloseAsync();
        }
        finally
        {
            while (readers.TryTake(out var reader))
            {
                reader.Dispose();
            }

            connection.Dispose();
            fileLock.Dispose();
        }
    }
}
