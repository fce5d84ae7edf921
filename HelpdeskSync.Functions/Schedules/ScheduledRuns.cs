using System.Globalization;
using System.Text;
using Cronos;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Storage;
using HelpdeskSync.Functions.Tables;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Schedules;

/// <summary>Starts scheduled runs, each occurrence once, and catches up with the latest one that was missed.</summary>
/// <remarks>
/// A shared document per schedule keeps up to when occurrences were looked after; an occurrence from before the first tick was never promised. The lease
/// keeps instances apart, and the run's id, which holds the occurrence and is never used again, covers what a lease cannot: an instance that stood still
/// for longer than the lease, or died between starting the run and noting it.
/// </remarks>
public sealed partial class ScheduledRuns(
    RunStarter starter, Connector connector, ISharedBlobs blobs, IOptions<ScheduleOptions> options, TimeProvider time, ILogger<ScheduledRuns> logger)
{
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(60);

    /// <summary>Starts every schedule's latest due occurrence that was not started yet.</summary>
    /// <exception cref="AggregateException">A schedule could not be looked after; the others were. The next tick catches up.</exception>
    public async Task StartDueAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        var failures = new List<Exception>();
        foreach (var (mode, cron) in new[] { (SyncMode.Incremental, options.Value.Incremental), (SyncMode.Full, options.Value.Full) })
        {
            try
            {
                await StartDueAsync(client, mode, cron, cancellationToken);
            }
            catch (LeaseLostException lost)
            {
                // This instance stood still; another one has taken over, or the next tick does.
                Log.LeaseLost(logger, lost.Message);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failures.Add(failure);
            }
        }

        if (failures.Count > 0)
        {
            throw new AggregateException("Scheduled runs could not be started; the next tick catches up.", failures);
        }
    }

    private async Task StartDueAsync(DurableTaskClient client, SyncMode mode, string cron, CancellationToken cancellationToken)
    {
        if (cron.Length == 0)
        {
            return;
        }

        var name = mode == SyncMode.Full ? "full" : "incremental";
        await using var lease = await blobs.TryAcquireAsync($"schedules/{name}", s_lease, cancellationToken);
        if (lease is null)
        {
            return; // another instance is at it
        }

        var now = time.GetUtcNow();
        var since = Read(name, await blobs.ReadAsync($"schedules/{name}", cancellationToken)) ?? now;
        var schedule = new Schedule(CronExpression.Parse(cron), TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone));
        if (schedule.Due(since, now) is { } occurrence)
        {
            await StartAsync(client, mode, $"{name}-{occurrence.ToString("yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture)}", cancellationToken);
        }

        // Never back: what was looked after once stays so, whatever this instance's clock says.
        var until = now > since ? now : since;
        await lease.WriteAsync(Encoding.UTF8.GetBytes(until.ToString("O", CultureInfo.InvariantCulture)), cancellationToken);
    }

    private async Task StartAsync(DurableTaskClient client, SyncMode mode, string run, CancellationToken cancellationToken)
    {
        // Looked at first, because hosts differ in whether they heed RunStarter's wish that a finished run be kept.
        if (await client.GetInstanceAsync(run, cancellationToken) is not null)
        {
            return;
        }

        await starter.StartAsync(client, mode, run, new RunRequest([.. connector.Entities.Select(entity => entity.Table)]), cancellationToken);
        Log.Started(logger, run);
    }

    private DateTimeOffset? Read(string name, ReadOnlyMemory<byte>? noted)
    {
        if (noted is not { } document)
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(document.Span);
        if (DateTimeOffset.TryParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var since))
        {
            return since;
        }

        Log.Unreadable(logger, name);
        return null;
    }

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Information, "Scheduled run {Run} started")]
        public static partial void Started(ILogger logger, string run);

        [LoggerMessage(3002, LogLevel.Information, "A tick was overtaken: {Reason}")]
        public static partial void LeaseLost(ILogger logger, string reason);

        [LoggerMessage(3003, LogLevel.Warning, "The shared document schedules/{Schedule} cannot be read and is written anew; occurrences that were missed before now are not caught up")]
        public static partial void Unreadable(ILogger logger, string schedule);
    }
}
