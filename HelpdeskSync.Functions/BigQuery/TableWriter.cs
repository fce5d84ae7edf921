using System.Diagnostics;
using System.Threading.Channels;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Telemetry;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>Group commit for one table: whatever arrives while a statement runs goes into the next one, and statements keep their distance.</summary>
internal sealed class TableWriter
{
    private const string Stopping = "The app is stopping; the batch stays staged and is written after the restart.";

    private readonly Channel<Request> _requests = Channel.CreateUnbounded<Request>(new() { SingleReader = true });
    private readonly Entity _entity;
    private readonly HistoryStatements _statements;
    private readonly Instruments _instruments;
    private readonly BigQueryOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationToken _stopping;
    private readonly CancellationToken _abandon;
    private DateTimeOffset _nextGroup;

    /// <summary>Begins to wait for requests.</summary>
    /// <param name="entity">Whose table it writes.</param>
    /// <param name="statements">Runs the statements.</param>
    /// <param name="instruments">Traces them.</param>
    /// <param name="options">Limits of a group, and the distance between statements.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stopping">Lets the statement under way end, and begins no other: those who wait for one are told.</param>
    /// <param name="abandon">Gives up even the statement that runs.</param>
    public TableWriter(
        Entity entity, HistoryStatements statements, Instruments instruments, BigQueryOptions options, TimeProvider time, CancellationToken stopping,
        CancellationToken abandon)
    {
        (_entity, _statements, _instruments, _options, _time, _stopping, _abandon) = (entity, statements, instruments, options, time, stopping, abandon);
        Completion = RunAsync();
    }

    /// <summary>Ends when the writer has stopped: the statement under way is over, and every waiter has its answer.</summary>
    public Task Completion { get; }

    /// <summary>Hands rows to the writer and waits until they are written.</summary>
    /// <exception cref="OperationCanceledException">The app is stopping, or the caller gave up. Rows that a statement holds already are still written.</exception>
    public async Task<WriteCounts> WriteAsync(IReadOnlyList<HistoryRow> rows, CancellationToken cancellationToken)
    {
        var request = new Request(rows, rows.Sum(row => (long)row.Size), Activity.Current?.Context ?? default, cancellationToken);
        if (!_requests.Writer.TryWrite(request))
        {
            throw new OperationCanceledException(Stopping);
        }

        return await request.Done.Task.WaitAsync(cancellationToken);
    }

    private async Task RunAsync()
    {
        // Whoever happens to write first is not the parent of all that follows.
        Activity.Current = null;
        await using var closing = _stopping.Register(() => _requests.Writer.TryComplete());
        while (await _requests.Reader.WaitToReadAsync(CancellationToken.None))
        {
            await KeepDistanceAsync();
            if (_stopping.IsCancellationRequested)
            {
                RefuseAll();
            }
            else if (TakeGroup() is { Count: > 0 } group)
            {
                var begun = _time.GetUtcNow();
                var statements = await CommitAsync(group);
                _nextGroup = begun + (_options.StatementInterval * Math.Max(1, statements));
            }
        }
    }

    private async Task KeepDistanceAsync()
    {
        var wait = _nextGroup - _time.GetUtcNow();
        if (wait > TimeSpan.Zero)
        {
            await Task.Delay(wait, _time, _stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private List<Request> TakeGroup()
    {
        var group = new List<Request>();
        var (rows, bytes) = (0, 0L);
        while (_requests.Reader.TryPeek(out var next)
            && (group.Count == 0 || (rows + next.Rows.Count <= _options.LargestGroupRows && bytes + next.Bytes <= _options.LargestGroupBytes)))
        {
            _requests.Reader.TryRead(out _);
            if (next.GivenUp.IsCancellationRequested)
            {
                next.Done.TrySetCanceled(next.GivenUp);
                continue;
            }

            group.Add(next);
            rows += next.Rows.Count;
            bytes += next.Bytes;
        }

        return group;
    }

    private void RefuseAll()
    {
        while (_requests.Reader.TryRead(out var left))
        {
            left.Done.TrySetException(new OperationCanceledException(Stopping));
        }
    }

    /// <summary>Writes a group, gives each request its answer, and returns how many statements that took.</summary>
    private async Task<long> CommitAsync(List<Request> group)
    {
        try
        {
            return await WriteAsync(group);
        }
        catch (Exception exception) when (group.Count > 1 && exception is not OperationCanceledException && MayBeOfOneRequest(exception))
        {
            // One request's rows may be at fault: halves find it, and the others are written.
            var half = group.Count / 2;
            return await CommitAsync(group[..half]) + await CommitAsync(group[half..]);
        }
        catch (Exception exception)
        {
            group.ForEach(request => request.Done.TrySetException(exception));
            return 1;
        }
    }

    private static bool MayBeOfOneRequest(Exception exception) => exception is not WarehouseException warehouse || warehouse.MayBeOfTheRows;

    private async Task<long> WriteAsync(List<Request> group)
    {
        var outcomes = await MergeAsync([.. group.SelectMany(request => request.Rows)], group.Select(request => request.Trace));
        var offset = 0;
        foreach (var request in group)
        {
            request.Done.TrySetResult(outcomes.Count(offset, request.Rows.Count));
            offset += request.Rows.Count;
        }

        return outcomes.Spending.Statements;
    }

    private async Task<WriteOutcomes> MergeAsync(List<HistoryRow> rows, IEnumerable<ActivityContext> waiters)
    {
        using var span = _instruments.StartMerge(_entity.HistoryTable, rows.Count, waiters);
        try
        {
            return await _statements.WriteAsync(_entity, rows, _abandon);
        }
        catch (Exception failure)
        {
            Instruments.Failed(span, failure);
            throw;
        }
    }

    private sealed record Request(IReadOnlyList<HistoryRow> Rows, long Bytes, ActivityContext Trace, CancellationToken GivenUp)
    {
        public TaskCompletionSource<WriteCounts> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
