using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Schedules;

/// <summary>Starts, at a tick, the comparison of the warm instances wished for with those that are set.</summary>
public sealed class WarmInstances(IOptions<WarmOptions> options)
{
    /// <summary>The one instance: of two ticks the later finds the earlier still at work, and leaves it to it.</summary>
    public const string InstanceId = "warm-instances";

    /// <summary>Starts it; does nothing where no site is configured.</summary>
    public async Task StartAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (options.Value.SiteResourceId.Length == 0)
        {
            return;
        }

        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(WarmInstancesOrchestrator), null, new StartOrchestrationOptions(InstanceId), cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // The tick before is still at it, and reads the clock when it gets through.
        }
    }
}
