using HelpdeskSync.Domain.Webhooks;
using Microsoft.DurableTask.Client;

namespace HelpdeskSync.Functions.Webhooks;

/// <summary>Starts for all events of one delivery.</summary>
public sealed partial class EntitySyncStarter
{
    // Enough to keep the durable store's writes in groups, few enough to leave it to other deliveries too.
    private const int AtOnce = 128;
    private const int Rounds = 4;

    // Sending the answer takes no longer than this.
    private static readonly TimeSpan s_sendTime = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_startTime = TimeSpan.FromMilliseconds(2);

    /// <summary>Returns once every event's record will be fetched, by a fetch that begins after this has returned.</summary>
    /// <remarks>Where starting took so long that a fetch may have begun already, the record is started for once more, further ahead.</remarks>
    /// <exception cref="InvalidOperationException">That could not be reached; nothing is accepted.</exception>
    public async Task StartAllAsync(DurableTaskClient client, IReadOnlyCollection<WebhookEvent> events, CancellationToken cancellationToken)
    {
        var due = Distinct(events);
        var lead = s_answerTime + (s_startTime * due.Count);
        for (var round = 0; round < Rounds; round++)
        {
            var began = time.GetTimestamp();
            var started = await StartEachAsync(client, due, lead, cancellationToken);
            var limit = time.GetUtcNow() + s_sendTime;
            due = [.. due.Where((_, index) => started[index].NotBefore < limit)];
            if (due.Count == 0)
            {
                return;
            }

            lead = (time.GetElapsedTime(began) * 2) + s_answerTime;
        }

        throw new InvalidOperationException($"Starting took so long {Rounds} times that fetches began before the answer; the durable store is too slow.");
    }

    private static IReadOnlyList<WebhookEvent> Distinct(IReadOnlyCollection<WebhookEvent> events) =>
    [
        .. events.GroupBy(change => (change.Entity, change.Key.Id, change.Hint))
            .Select(group => group.FirstOrDefault(change => change.Key.ParentId is not null) ?? group.First()),
    ];

    private async Task<IReadOnlyList<Started>> StartEachAsync(
        DurableTaskClient client, IReadOnlyList<WebhookEvent> events, TimeSpan lead, CancellationToken cancellationToken)
    {
        using var turns = new SemaphoreSlim(AtOnce);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        return await Task.WhenAll(events.Select(async change =>
        {
            await turns.WaitAsync(stop.Token);
            try
            {
                return await StartAsync(client, connector.FindEntity(change.Entity)!, change.Key, change.Hint, lead, stop.Token);
            }
            catch
            {
                // Nothing of the delivery will be accepted: the others need not be tried.
                await stop.CancelAsync();
                throw;
            }
            finally
            {
                turns.Release();
            }
        }));
    }
}
