using System.Threading.Channels;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Records;

namespace HelpdeskSync.Functions.BigQuery;

/// <summary>Group commit for one table.</summary>
internal sealed class TableWriter
{
    private const int LargestGroup = 5000;

    private readonly Channel<Request> _requests = Channel.CreateUnbounded<Request>(new() { SingleReader = true });
    private readonly Entity _entity;
    private readonly HistoryStatements _statements;

    public TableWriter(Entity entity, HistoryStatements statements, CancellationToken stopping)
    {
        _entity = entity;
        _statements = statements;
        _ = RunAsync(stopping);
    }

    /// <summary>Hands records to the writer and waits until they are written.</summary>
    public async Task<WriteCounts> WriteAsync(IReadOnlyList<StagedRecord> records, CancellationToken cancellationToken)
    {
        var request = new Request(records);
        if (!_requests.Writer.TryWrite(request))
        {
            throw new OperationCanceledException("The app is stopping; the batch stays staged and is written after the restart.");
        }

        return await request.Done.Task.WaitAsync(cancellationToken);
    }

    private async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (await _requests.Reader.WaitToReadAsync(stopping))
            {
                await CommitAsync(TakeGroup(), stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            _requests.Writer.Complete();
            while (_requests.Reader.TryRead(out var left))
            {
                left.Done.TrySetCanceled(stopping);
            }
        }
    }

    private List<Request> TakeGroup()
    {
        var group = new List<Request>();
        for (var rows = 0; rows < LargestGroup && _requests.Reader.TryRead(out var next); rows += next.Records.Count)
        {
            group.Add(next);
        }

        return group;
    }

    private async Task CommitAsync(List<Request> group, CancellationToken stopping)
    {
        try
        {
            await WriteAsync(group, stopping);
        }
        catch (Exception exception) when (group.Count > 1 && exception is not OperationCanceledException)
        {
            // One request's rows may be at fault: each answers for its own.
            foreach (var request in group)
            {
                await CommitAsync([request], stopping);
            }
        }
        catch (Exception exception)
        {
            group.ForEach(request => request.Done.TrySetException(exception));
        }
    }

    private async Task WriteAsync(List<Request> group, CancellationToken stopping)
    {
        var outcomes = await _statements.WriteAsync(_entity, [.. group.SelectMany(request => request.Records)], stopping);
        var offset = 0;
        foreach (var request in group)
        {
            request.Done.TrySetResult(outcomes.Count(offset, request.Records.Count));
            offset += request.Records.Count;
        }
    }

    private sealed record Request(IReadOnlyList<StagedRecord> Records)
    {
        public TaskCompletionSource<WriteCounts> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
