using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.Operations.Status;
using HelpdeskSync.Functions.Secrets;
using HelpdeskSync.Functions.Storage;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Operations.Health;

/// <summary>Whether the app is up.</summary>
/// <param name="Status"><c>up</c> or <c>down</c>.</param>
/// <param name="Down">The dependencies that do not answer: <c>helpdesk</c>, <c>bigQuery</c>, <c>secrets</c>, <c>storage</c>, <c>durable</c>.</param>
public sealed record HealthAnswer(string Status, IReadOnlyList<string> Down);

/// <summary>Asks each dependency the cheapest question it answers, all at once, within a time limit, and gives the answer again for a while.</summary>
/// <remarks>
/// None of them costs BigQuery bytes or API credits. The helpdesk is asked for its token only: the shared one while it lives, and a new one no more often than the
/// token provider allows, however often anybody probes.
/// </remarks>
public sealed partial class HealthChecks(
    IHelpdeskToken token, Warehouse warehouse, ISecrets secrets, ISharedBlobs blobs, IOptions<SecretsOptions> names, IOptions<OperationsOptions> options,
    TimeProvider time, ILogger<HealthChecks> logger)
{
    private readonly CachedAnswer<HealthAnswer> _answer = new(options.Value.HealthFor, options.Value.HealthTimeout * 2, time);

    /// <summary>The health, at most <see cref="OperationsOptions.HealthFor"/> old.</summary>
    public Task<HealthAnswer> GetAsync(DurableTaskClient client, CancellationToken cancellationToken) =>
        _answer.GetAsync(stop => AskAsync(client, stop), cancellationToken);

    private async Task<HealthAnswer> AskAsync(DurableTaskClient client, CancellationToken stop)
    {
        var asked = await Task.WhenAll(
            AskAsync("helpdesk", token.CheckAsync, stop),
            AskAsync("bigQuery", limit => warehouse.FindSchemaAsync("_sync_state", limit), stop),
            AskAsync("secrets", limit => secrets.GetAsync(names.Value.WebhookSecretName, limit), stop),
            AskAsync("storage", limit => blobs.ReadAsync("health", limit), stop),
            AskAsync("durable", limit => client.GetInstanceAsync("health", false, limit), stop));
        var down = asked.OfType<string>().ToList();
        return new(down.Count == 0 ? "up" : "down", down);
    }

    /// <summary>The dependency's name when it does not answer, else null. Why stands in the log: the answer is for anybody.</summary>
    private async Task<string?> AskAsync(string dependency, Func<CancellationToken, Task> ask, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(options.Value.HealthTimeout);
        try
        {
            await ask(limit.Token).WaitAsync(limit.Token);
            return null;
        }
        catch (Exception failure)
        {
            LogDown(logger, failure, dependency);
            return dependency;
        }
    }

    [LoggerMessage(4003, LogLevel.Warning, "Health: {Dependency} does not answer")]
    private static partial void LogDown(ILogger logger, Exception exception, string dependency);
}
