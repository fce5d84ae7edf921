using HelpdeskSync.Functions.Cutover;
using HelpdeskSync.Functions.Incremental;
using HelpdeskSync.Functions.Reconciliation;
using HelpdeskSync.Functions.Tables;
using HelpdeskSync.Functions.Webhooks;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Functions.Operations.Status;

/// <summary>Reads from Durable what runs and what ran.</summary>
public sealed class Orchestrations(TimeProvider time)
{
    private const int MostRuns = 25;
    private const int MostRecords = 25;
    private const int MostScanned = 500;

    private static readonly string[] s_prefixes = ["full-", "incremental-", "compare-", "verify-", "adopt-"];
    private static readonly TimeSpan s_runsBack = TimeSpan.FromDays(7);
    private static readonly TimeSpan s_recordsBack = TimeSpan.FromMinutes(15);

    /// <summary>Runs under way and orchestrations of late. Runs are found by their ids' beginnings, which Azure Storage looks up without a scan.</summary>
    public async Task<(IReadOnlyList<RunningStatus> Running, IReadOnlyList<OrchestrationStatus> Recent, IReadOnlyList<CheckStatus> Checks)> ReadAsync(
        DurableTaskClient client, CancellationToken cancellationToken)
    {
        var runs = new List<OrchestrationMetadata>();
        foreach (var prefix in s_prefixes)
        {
            var query = new OrchestrationQuery(CreatedFrom: time.GetUtcNow() - s_runsBack, InstanceIdPrefix: prefix, FetchInputsAndOutputs: true);
            await foreach (var instance in client.GetAllInstancesAsync(query).WithCancellation(cancellationToken))
            {
                runs.Add(instance);
            }
        }

        var parts = runs.Where(run => run.InstanceId.Contains(':', StringComparison.Ordinal)).ToDictionary(part => part.InstanceId);
        var whole = runs.Where(run => KindOf(run) is "full" or "incremental" or "compare" or "verify" or "adopt").OrderByDescending(run => run.CreatedAt).ToList();
        var running = whole.Where(run => !run.IsCompleted && KindOf(run) is ("full" or "incremental")).Select(run => RunProgressView.Of(run, KindOf(run), parts)).ToList();
        var recent = whole.Take(MostRuns).Concat(await RecordsAsync(client, cancellationToken)).OrderByDescending(run => run.CreatedAt).Select(Status).ToList();
        return (running, recent, [.. CheckView.Kinds.Select(kind => whole.Find(run => KindOf(run) == kind) is { } last ? CheckView.Of(kind, last) : null).OfType<CheckStatus>()]);
    }

    /// <summary>One orchestration; null when there is none of that id.</summary>
    public async Task<OrchestrationStatus?> FindAsync(DurableTaskClient client, string id, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(id, true, cancellationToken) is { } instance ? Status(instance) : null;

    private async Task<IEnumerable<OrchestrationMetadata>> RecordsAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        var records = new List<OrchestrationMetadata>();
        var scanned = 0;
        await foreach (var instance in client.GetAllInstancesAsync(new OrchestrationQuery(CreatedFrom: time.GetUtcNow() - s_recordsBack)).WithCancellation(cancellationToken))
        {
            if (KindOf(instance) == "record")
            {
                records.Add(instance);
            }

            if (++scanned == MostScanned)
            {
                break;
            }
        }

        return records.OrderByDescending(record => record.CreatedAt).Take(MostRecords);
    }

    private OrchestrationStatus Status(OrchestrationMetadata instance) => new(
        instance.InstanceId, instance.Name, KindOf(instance), instance.RuntimeStatus.ToString(),
        KindOf(instance) is "full" or "incremental" && instance is { RuntimeStatus: OrchestrationRuntimeStatus.Completed, SerializedOutput: not null }
            ? instance.ReadOutputAs<RunOutcome>()?.End.ToString() : CheckView.Of(KindOf(instance), instance).Outcome,
        instance.CreatedAt, instance.LastUpdatedAt, ((instance.IsCompleted ? instance.LastUpdatedAt : time.GetUtcNow()) - instance.CreatedAt).TotalSeconds);

    private static string KindOf(OrchestrationMetadata instance) => instance.Name switch
    {
        nameof(ReconciliationOrchestrator) => "full",
        nameof(IncrementalOrchestrator) => "incremental",
        nameof(CompareOrchestrator) => "compare",
        nameof(VerifyOrchestrator) => "verify",
        nameof(AdoptOrchestrator) => "adopt",
        nameof(EntitySyncOrchestrator) => "record",
        _ => "other",
    };
}
