using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Functions.Schedules;

/// <summary>Ticks every five minutes in UTC and starts what is due. Flex Consumption knows no time zones, so schedules are ours.</summary>
public sealed class ScheduleTickTrigger(ScheduledRuns runs)
{
    /// <summary>Starts the due runs; however many ticks or instances see an occurrence, it starts once.</summary>
    [Function(nameof(ScheduleTickTrigger))]
    public Task RunAsync([TimerTrigger("0 */5 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        runs.StartDueAsync(client, cancellationToken);
}
