using System.Globalization;
using System.Text.Json;
using DurableTask.Core.Exceptions;
using HelpdeskSync.Domain.Helpdesk;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Webhooks;

/// <summary>Starts the orchestration that an event asks for, or finds the one that will fetch its record anyway.</summary>
public sealed class EntitySyncStarter(IOptions<WebhookOptions> options, TimeProvider time)
{
    private const int Attempts = 20;

    // A fetch that lies nearer than this might begin before the helpdesk has our answer.
    private static readonly TimeSpan s_answerTime = TimeSpan.FromMilliseconds(150);

    /// <summary>Returns the instance whose fetch of the record lies ahead, once its start is durable.</summary>
    /// <exception cref="InvalidOperationException">No instance could be started or joined; nothing is accepted.</exception>
    public async Task<string> StartAsync(DurableTaskClient client, Entity entity, RecordKey key, ChangeHint hint, CancellationToken cancellationToken)
    {
        var acceptedAt = time.GetUtcNow();
        var window = NextWindow();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var fetchAt = EndOf(window) + options.Value.ClockSkew;
            var instanceId = InstanceId(entity, key, hint, window);
            try
            {
                var input = new EntitySyncRequest(entity.Table, key, hint, fetchAt, options.Value.SecondLook, acceptedAt);
                return await client.ScheduleNewOrchestrationInstanceAsync(
                    nameof(EntitySyncOrchestrator), input, new StartOrchestrationOptions(instanceId), cancellationToken);
            }
            catch (OrchestrationAlreadyExistsException)
            {
                var standing = await client.GetInstanceAsync(instanceId, true, cancellationToken);
                if (standing is { IsCompleted: false } && !IsFetching(standing))
                {
                    return instanceId;
                }

                window = Math.Max(window + 1, NextWindow());
            }
        }

        throw new InvalidOperationException($"No window was free for {entity.Name} '{key.Id}' in {Attempts} attempts.");
    }

    /// <summary>The id of the instance that serves a record's events of one window. Deletes have their own, so that their hint is not lost.</summary>
    internal static string InstanceId(Entity entity, RecordKey key, ChangeHint hint, long window) =>
        string.Create(CultureInfo.InvariantCulture, $"{entity.Name}-{Encoded(key.Id)}@{window}{(hint == ChangeHint.Deleted ? ".delete" : "")}");

    // The host forbids / \ # ? and control characters in ids; '%' stands for the escape and so is escaped itself.
    private static string Encoded(string id) => string.Concat(id.Select(character =>
        char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' ? character.ToString() : $"%{(int)character:X4}"));

    private static bool IsFetching(OrchestrationMetadata instance) =>
        instance.SerializedCustomStatus is { } status && JsonSerializer.Deserialize<JsonElement>(status) is { ValueKind: JsonValueKind.String } text
        && text.GetString() == EntitySyncOrchestrator.Fetching;

    private long NextWindow() => (time.GetUtcNow() + s_answerTime - options.Value.ClockSkew).ToUnixTimeMilliseconds() / Length;

    private DateTimeOffset EndOf(long window) => DateTimeOffset.FromUnixTimeMilliseconds((window + 1) * Length);

    private long Length => (long)options.Value.Window.TotalMilliseconds;
}
