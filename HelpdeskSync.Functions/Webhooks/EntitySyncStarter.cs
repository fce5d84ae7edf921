using System.Text.Json;
using DurableTask.Core.Exceptions;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Telemetry;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Webhooks;

/// <summary>Starts the orchestration that an event asks for, or finds the one that will fetch its record anyway.</summary>
public sealed partial class EntitySyncStarter(Connector connector, IOptions<WebhookOptions> options, TimeProvider time)
{
    private const int Attempts = 20;

    // What starting and answering usually takes: a window that ends sooner is not chosen.
    private static readonly TimeSpan s_answerTime = TimeSpan.FromMilliseconds(150);

    /// <summary>Returns the instance whose fetch of the record lies ahead, once its start is durable.</summary>
    /// <exception cref="InvalidOperationException">No instance could be started or joined; nothing is accepted.</exception>
    public async Task<string> StartAsync(DurableTaskClient client, Entity entity, RecordKey key, ChangeHint hint, CancellationToken cancellationToken) =>
        (await StartAsync(client, entity, key, hint, s_answerTime, cancellationToken)).InstanceId;

    private async Task<Started> StartAsync(
        DurableTaskClient client, Entity entity, RecordKey key, ChangeHint hint, TimeSpan lead, CancellationToken cancellationToken)
    {
        var acceptedAt = time.GetUtcNow();
        var window = NextWindow(lead);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var fetchAt = EndOf(window) + options.Value.ClockSkew;
            var instanceId = EntitySyncId.Of(entity, key, hint, window);
            try
            {
                var input = new EntitySyncRequest(entity.Table, key, hint, fetchAt, options.Value.SecondLook, acceptedAt, Instruments.TraceParent);
                await client.ScheduleNewOrchestrationInstanceAsync(
                    nameof(EntitySyncOrchestrator), input, new StartOrchestrationOptions(instanceId), cancellationToken);
                return new(instanceId, EndOf(window));
            }
            catch (OrchestrationAlreadyExistsException)
            {
                var standing = await client.GetInstanceAsync(instanceId, true, cancellationToken);
                if (standing is { IsCompleted: false } && !IsFetching(standing))
                {
                    return new(instanceId, EndOf(window));
                }

                window = Math.Max(window + 1, NextWindow(lead));
            }
        }

        throw new InvalidOperationException($"No window was free for {entity.Name} '{key.Id}' in {Attempts} attempts.");
    }

    private static bool IsFetching(OrchestrationMetadata instance) =>
        instance.SerializedCustomStatus is { } status && JsonSerializer.Deserialize<JsonElement>(status) is { ValueKind: JsonValueKind.String } text
        && text.GetString() == EntitySyncOrchestrator.Fetching;

    private long NextWindow(TimeSpan lead) => (time.GetUtcNow() + lead).ToUnixTimeMilliseconds() / Length;

    private DateTimeOffset EndOf(long window) => DateTimeOffset.FromUnixTimeMilliseconds((window + 1) * Length);

    private long Length => (long)options.Value.Window.TotalMilliseconds;

    /// <param name="InstanceId">Who fetches.</param>
    /// <param name="NotBefore">By no clock within the margin does the fetch begin before this.</param>
    private sealed record Started(string InstanceId, DateTimeOffset NotBefore);
}
