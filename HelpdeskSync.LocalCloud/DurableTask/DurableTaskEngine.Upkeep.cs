using HelpdeskSync.LocalCloud.DurableTask.Runtime;
using Microsoft.Extensions.Logging;

namespace HelpdeskSync.LocalCloud.DurableTask;

public sealed partial class DurableTaskEngine
{
    private static readonly TimeSpan LongestUpkeepInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortestUpkeepInterval = TimeSpan.FromSeconds(1);

    /// <summary>Gives free pages of the file back to the system, in bites, once a quarter of the file and at least 2 MB are free.</summary>
    internal Task GiveBackSpaceAsync() => GiveBackSpaceAsync(Running);

    private static async Task GiveBackSpaceAsync(EngineRun current)
    {
        const int PagesWorthIt = 512;
        const int Bite = 512;
        while (await current.Store.WriteAsync(tables =>
        {
            var free = tables.Space.FreePages;
            if (free < PagesWorthIt || free < tables.Space.Pages / 4)
            {
                return false;
            }

            tables.Space.GiveBack(Bite);
            return true;
        }))
        {
        }
    }

    /// <summary>Purges what ended long ago, at the start and then from time to time.</summary>
    private async Task PurgeOldAsync(EngineRun current)
    {
        var quarter = options.KeepFinished / 4;
        var interval = quarter > LongestUpkeepInterval ? LongestUpkeepInterval : quarter < ShortestUpkeepInterval ? ShortestUpkeepInterval : quarter;
        while (!current.IsStopping)
        {
            try
            {
                if (await PurgeEndedBeforeAsync(current, (time.GetUtcNow() - options.KeepFinished).UtcTicks) is > 0 and var purged)
                {
                    logger.LogInformation("{Count} orchestrations that ended more than {Age} ago were purged.", purged, options.KeepFinished);
                    await GiveBackSpaceAsync(current);
                }
            }
            catch (Exception) when (current.IsStopping)
            {
                return;
            }
            catch (Exception problem)
            {
                logger.LogError(problem, "Old orchestrations in '{Path}' could not be purged; it is tried again in {Interval}.", options.DatabasePath, interval);
            }

            await current.SleepAsync(interval);
        }
    }

    private static async Task<int> PurgeEndedBeforeAsync(EngineRun current, long cutoff)
    {
        const int AtOnce = 200;
        var purged = 0;
        while (!current.IsStopping)
        {
            var bite = await current.Store.WriteAsync(
                tables =>
                {
                    var effects = new CommitEffects();
                    var old = tables.Instances.EndedBefore(cutoff, AtOnce);
                    old.ForEach(id => InstanceCommands.Purge(tables, id, recursive: false, effects));
                    return (old.Count, Effects: effects);
                },
                change => current.Publish(change.Effects));
            purged += bite.Count;
            if (bite.Count < AtOnce)
            {
                break;
            }
        }

        return purged;
    }
}
