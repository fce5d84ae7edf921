using System.Collections.Concurrent;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <summary>
/// Two mutations of a table run, twenty more wait in the order of their arrival, others are refused (cloud.google.com/bigquery/docs/data-manipulation-language).
/// Of the two that run, one at a time is let to DuckDB, which would abort the second where BigQuery tries it again by itself.
/// </summary>
internal sealed class MutationQueues(BigQueryActivity activity)
{
    private const int Running = 2;
    private const int Queued = 20;
    private readonly ConcurrentDictionary<TableName, Queue> queues = new();

    /// <summary>Waits for the table's turn and calls <paramref name="started"/> when the mutation counts as running; disposing the answer lets the next one in.</summary>
    /// <exception cref="BigQueryFault">Too many wait already.</exception>
    public async Task<IDisposable> EnterAsync(TableName table, Action started, CancellationToken cancellationToken)
    {
        var queue = queues.GetOrAdd(table, _ => new());
        var outstanding = Interlocked.Increment(ref queue.Outstanding);
        if (outstanding > Running + Queued)
        {
            Interlocked.Decrement(ref queue.Outstanding);
            throw new BigQueryFault(
                400, "resourcesExceeded", $"Resources exceeded during query execution: Too many DML statements outstanding against table {table}, limit is {Queued}.");
        }

        activity.Mutations(Running - queue.Slots.CurrentCount, outstanding);
        var place = new Place(queue);
        try
        {
            await queue.Slots.WaitAsync(cancellationToken);
            place.InSlot = true;
            activity.Mutations(Running - queue.Slots.CurrentCount, Volatile.Read(ref queue.Outstanding));
            started();
            await queue.Turn.WaitAsync(cancellationToken);
            place.HasTurn = true;
            return place;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    private sealed class Queue
    {
        public SemaphoreSlim Slots { get; } = new(Running, Running);

        public SemaphoreSlim Turn { get; } = new(1, 1);

        public int Outstanding;
    }

    private sealed class Place(Queue queue) : IDisposable
    {
        public bool InSlot { get; set; }

        public bool HasTurn { get; set; }

        public void Dispose()
        {
            if (HasTurn)
            {
                queue.Turn.Release();
            }

            if (InSlot)
            {
                queue.Slots.Release();
            }

            Interlocked.Decrement(ref queue.Outstanding);
        }
    }
}
