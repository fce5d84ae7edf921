using HelpdeskSync.LocalCloud.DurableTask.Storage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.LocalCloud.DurableTask;

internal sealed partial class LocalDurableTaskClient
{
    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        if (string.IsNullOrEmpty(instanceId))
        {
            throw new ArgumentNullException(nameof(instanceId));
        }

        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(engine.Read(reader => reader.Instance(instanceId)) is { } row
            ? InstanceFilters.Metadata(row, getInputsAndOutputs, converter)
            : null);
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        var query = filter ?? new OrchestrationQuery();
        var wanted = InstanceFilters.Of(query.InstanceIdPrefix, query.CreatedFrom, query.CreatedTo, query.Statuses);
        return Pageable.Create((token, sizeHint, cancellation) =>
        {
            cancellation.ThrowIfCancellationRequested();
            var size = sizeHint ?? query.PageSize;
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(query.PageSize));
            var after = ContinuationTokens.Read(token ?? query.ContinuationToken);
            var rows = engine.Read(reader => reader.Page(wanted, after, size));
            return Task.FromResult(new Page<OrchestrationMetadata>(
                [.. rows.Select(row => InstanceFilters.Metadata(row, query.FetchInputsAndOutputs, converter))],
                rows.Count < size ? null : ContinuationTokens.After(rows[^1].Id)));
        });
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => WaitAsync(
            nameof(WaitForInstanceStartAsync), instanceId, row => row.Status != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => WaitAsync(
            nameof(WaitForInstanceCompletionAsync), instanceId, row => row.Status.IsFinished(), getInputsAndOutputs, cancellation);

    private async Task<OrchestrationMetadata> WaitAsync(
        string operation, string instanceId, Func<InstanceRow, bool> isIt, bool getInputsAndOutputs, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var watch = engine.Watch;
        watch.Enter(instanceId);
        try
        {
            while (true)
            {
                // The signal first: a change between the look and the wait is not missed.
                cancellation.ThrowIfCancellationRequested();
                var change = watch.NextChange(instanceId);
                if (engine.Read(reader => reader.Instance(instanceId)) is { } row && isIt(row))
                {
                    return InstanceFilters.Metadata(row, getInputsAndOutputs, converter);
                }

                await change.WaitAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException($"The {operation} operation was canceled.", cancellation);
        }
        finally
        {
            watch.Leave(instanceId);
        }
    }
}
