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
/// <remarks>What was started last is kept in a shared document per schedule: an occurrence from before the first tick was never promised.</remarks>
public sealed partial class ScheduledRuns(
    RunStarter starter, Connector connector, ISharedBlobs blobs, IOptions<ScheduleOptions> options, TimeProvider time, ILogger<ScheduledRuns> logger)
{
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(60);

    /// <summary>Starts every schedule's latest due occurrence that was not started yet.</summary>
    public async Task StartDueAsync(DurableTaskClient client, CancellationToken cancellationToken)
    {
        await StartDueAsync(client, SyncMode.Incremental, options.Value.Incremental, cancellationToken);
        await StartDueAsync(client, SyncMode.Full, options.Value.Full, cancellationToken);
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
        var since = await blobs.ReadAsync($"schedules/{name}", cancellationToken) is { } known ? Read(known) : now;
        var schedule = new Schedule(CronExpression.Parse(cron), TimeZoneInfo.FindSystemTimeZoneById(options.Value.TimeZone));
        if (schedule.Due(since, now) is { } occurrence)
        {
            // The id holds the occurrence: started again before it is noted below, it is found under way.
            var run = $"{name}-{occurrence.ToString("yyyyMMdd'T'HHmm'Z'", CultureInfo.InvariantCulture)}";
            await starter.StartAsync(client, mode, run, new RunRequest([.. connector.Entities.Select(entity => entity.Table)]), cancellationToken);
            Log.Started(logger, run);
        }

        await lease.WriteAsync(Encoding.UTF8.GetBytes(now.ToString("O", CultureInfo.InvariantCulture)), cancellationToken);
    }

    private static DateTimeOffset Read(ReadOnlyMemory<byte> noted) =>
        DateTimeOffset.Parse(Encoding.UTF8.GetString(noted.Span), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Information, "Scheduled run {Run} started")]
        public static partial void Started(ILogger logger, string run);
    }
}
