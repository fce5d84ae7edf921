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
    private volatile bool closed;

    private DurableStore(string path, StoreLock fileLock, SqliteConnection connection, ILogger logger)
    {
        this.path = path;
        this.fileLock = fileLock;
        this.connection = connection;
        writer = new StoreWriter(connection, path, logger);
    }

    /// <summary>Opens the database, and makes it when it is missing.</summary>
    /// <exception cref="InvalidOperationException">Another engine has it, or a newer program wrote it.</exception>
    public static DurableStore Open(DurableTaskEngineOptions options, ILogger logger)
    {
        var full = Path.GetFullPath(options.DatabasePath);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var fileLock = StoreLock.Take(full);
        SqliteConnection? connection = null;
        try
        {
            connection = StoreConnection.OpenWriter(full, options.FlushEveryCommit);
            StoreSchema.Ensure(connection);
            StoreSchema.Limit(connection, options.LargestDatabase);
            var (journal, synchronous) = StoreConnection.Durability(connection);
            logger.LogDebug("The Durable Task database '{Path}' is open: journal_mode={Journal}, synchronous={Synchronous}.", full, journal, synchronous);
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
        ObjectDisposedException.ThrowIf(closed, this);
        if (!readers.TryTake(out var reader))
        {
            reader = new StoreReader(path);
        }

        try
        {
            return read(reader);
        }
        finally
        {
            readers.Add(reader);
            if (closed)
            {
                DisposeReaders();
            }
        }
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
            closed = true;
            DisposeReaders();
            connection.Dispose();
            fileLock.Dispose();
        }
    }

    private void DisposeReaders()
    {
        while (readers.TryTake(out var reader))
        {
            reader.Dispose();
        }
    }
}
