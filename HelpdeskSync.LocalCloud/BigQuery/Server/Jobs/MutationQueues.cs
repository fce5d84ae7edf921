using System.Collections.Concurrent;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <summary>Lets the mutations of a table run one after another, and refuses what BigQuery would: more than 2 running and 20 queued.</summary>
internal sealed class MutationQueues
{
    private const int Outstanding = 22;
    private readonly ConcurrentDictionary<TableName, Queue> queues = new();

    public async Task<IDisposable> EnterAsync(TableName table, CancellationToken cancellationToken)
    {
        var queue = queues.GetOrAdd(table, _ => new());
        if (Interlocked.Increment(ref queue.Waiting) > Outstanding)
        {
            Interlocked.Decrement(ref queue.Waiting);
            throw new BigQueryFault(
                400, "resourcesExceeded", $"Resources exceeded during query execution: Too many DML statements outstanding against table {table}, limit is 20.");
        }

        try
        {
            await queue.Gate.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Decrement(ref queue.Waiting);
            throw;
        }

        return new Leave(queue);
    }

    private sealed class Queue
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public int Waiting;
    }

    private sealed class Leave(Queue queue) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Decrement(ref queue.Waiting);
            queue.Gate.Release();
        }
    }
}
