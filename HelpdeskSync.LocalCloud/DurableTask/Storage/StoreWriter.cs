using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.LocalCloud.DurableTask.Storage;

/// <summary>
/// The one thread that changes the database. Whatever waits when it looks goes into one transaction (group commit), in order; only after the
/// commit does anyone hear of it. So every decision, such as whether an id is free, is made on committed state and made once.
/// </summary>
internal sealed class StoreWriter
{
    private const int LargestBatch = 256;
    private const int CommitsBetweenLooks = 64;
    private readonly Channel<WriteRequest> requests = Channel.CreateUnbounded<WriteRequest>(new UnboundedChannelOptions { SingleReader = true });
    private readonly SqliteConnection connection;
    private readonly string path;
    private readonly ILogger logger;
    private readonly Thread thread;
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StoreWriter(SqliteConnection connection, string path, ILogger logger)
    {
        this.connection = connection;
        this.path = path;
        this.logger = logger;
        thread = new Thread(Work) { IsBackground = true, Name = "Durable Task writer" };
        thread.Start();
    }

    /// <summary>Applies a change; the task ends after its commit, and after <paramref name="committed"/> has run on the writer's thread.</summary>
    /// <exception cref="ObjectDisposedException">The store was closed.</exception>
    /// <exception cref="IOException">The disk is full or broken; nothing was stored.</exception>
    public Task<T> WriteAsync<T>(Func<StoreTables, T> apply, Action<T>? committed = null)
    {
        var request = new WriteRequest<T>(apply, committed);
        if (!requests.Writer.TryWrite(request))
        {
            request.Fail(new ObjectDisposedException(nameof(StoreWriter), "The Durable Task engine is stopped; start it before using it."));
        }

        return request.Done;
    }

    /// <summary>Commits what was asked for so far, and takes no more.</summary>
    public Task CloseAsync()
    {
        requests.Writer.TryComplete();
        return ended.Task;
    }

    private void Work()
    {
        try
        {
            CommitUntilClosed();
            ended.TrySetResult();
        }
        catch (Exception problem)
        {
            logger.LogCritical(problem, "The Durable Task writer ended; nothing is stored any more until the engine is started again.");
            requests.Writer.TryComplete(problem);
            while (requests.Reader.TryRead(out var request))
            {
                request.Fail(problem);
            }

            ended.TrySetException(problem);
        }
    }

    private void CommitUntilClosed()
    {
        using var tables = new StoreTables(connection);
        using var begin = new Statement(connection, "BEGIN IMMEDIATE", 0);
        using var commit = new Statement(connection, "COMMIT", 0);
        var batch = new List<WriteRequest>(LargestBatch);
        for (var commits = 1; Next(batch); commits++)
        {
            Commit(batch, tables, begin, commit);
            batch.Clear();
            if (commits % CommitsBetweenLooks == 0)
            {
                CutLog();
            }
        }
    }

    /// <summary>
    /// SQLite begins its log anew only at a moment when nobody reads; with readers all the time that moment never comes by itself, so when the
    /// log has grown far this waits for it.
    /// </summary>
    private void CutLog()
    {
        try
        {
            if (new FileInfo(path + "-wal") is { Exists: true, Length: > 2 * StoreConnection.LongestLog })
            {
                // Not for long: a reader that does not end, such as someone's open transaction, must not stop the engine.
                StoreSchema.Execute(connection, "PRAGMA busy_timeout = 200; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = 10000;");
            }
        }
        catch (Exception problem) when (problem is SqliteException or IOException)
        {
            logger.LogWarning(problem, "The write-ahead log of '{Path}' could not be cut; it is tried again soon.", path);
        }
    }

    private bool Next(List<WriteRequest> batch)
    {
        while (batch.Count == 0)
        {
            if (!requests.Reader.TryRead(out var first))
            {
                var more = requests.Reader.WaitToReadAsync().AsTask();
                if (!more.GetAwaiter().GetResult())
                {
                    return false;
                }

                continue;
            }

            batch.Add(first);
        }

        while (batch.Count < LargestBatch && requests.Reader.TryRead(out var request))
        {
            batch.Add(request);
        }

        return true;
    }

    private void Commit(List<WriteRequest> batch, StoreTables tables, Statement begin, Statement commit)
    {
        try
        {
            begin.Run();
            batch.ForEach(request => request.Apply(tables));
            commit.Run();
        }
        catch (Exception problem)
        {
            RollBack(tables);
            CommitEachAlone(batch, problem, tables, begin, commit);
            return;
        }

        batch.ForEach(Acknowledge);
    }

    /// <summary>One bad request must not take its neighbours with it.</summary>
    private void CommitEachAlone(List<WriteRequest> batch, Exception problem, StoreTables tables, Statement begin, Statement commit)
    {
        if (batch.Count == 1)
        {
            batch[0].Fail(StoreFault.Describe(problem, path));
            return;
        }

        batch.ForEach(request => Commit([request], tables, begin, commit));
    }

    private void Acknowledge(WriteRequest request)
    {
        try
        {
            request.Acknowledge();
        }
        catch (Exception problem)
        {
            logger.LogCritical(problem, "A Durable Task change was stored but could not be passed on; restart the engine to pick it up.");
        }
    }

    private void RollBack(StoreTables tables)
    {
        // SQLite has already rolled back by itself after some errors, such as a full disk.
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0)
        {
            StoreSchema.Execute(connection, "ROLLBACK");
        }

        tables.Reset();
    }
}
