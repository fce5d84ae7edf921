using HelpdeskSync.Functions.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Functions.Schedules;

/// <summary>Ticks every five minutes in UTC and starts what is due. Flex Consumption knows no time zones, so schedules are ours.</summary>
public sealed class ScheduleTickTrigger(ScheduledRuns runs, WarmInstances warm, WaitingDeletes waiting)
{
    /// <summary>Starts the due runs and the care for warm instances, and reports the deletions that wait; however many ticks or instances see an occurrence, it starts once.</summary>
    [Function(nameof(ScheduleTickTrigger))]
    public async Task RunAsync(
        [TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        // All begin before any is waited for: a fault of the one keeps nobody from the others.
        await Task.WhenAll(
            runs.StartDueAsync(client, cancellationToken), warm.StartAsync(client, cancellationToken), waiting.ReportAsync(client, cancellationToken));
    }
}
