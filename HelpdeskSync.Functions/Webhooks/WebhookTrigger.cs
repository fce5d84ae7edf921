using System.Text.Json.Nodes;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Webhooks;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Secrets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Webhooks;

/// <summary>Takes the helpdesk's webhooks: verifies, parses, starts, answers. Nothing is fetched here.</summary>
public sealed partial class WebhookTrigger(
    Connector connector, ISecrets secrets, EntitySyncStarter starter, IOptions<WebhookOptions> options, IOptions<SecretsOptions> names, ILogger<WebhookTrigger> logger)
{
    private const string SignatureHeader = "X-Webhook-Signature";

    /// <summary>GET answers 200 (the helpdesk's validation call). POST answers 200 when every event's fetch is durably ahead.</summary>
    [Function(nameof(WebhookTrigger))]
    public async Task<IActionResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "webhook")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (HttpMethods.IsGet(request.Method))
        {
            return new OkObjectResult(new { status = "ready" });
        }

        var body = await BoundedBody.ReadAsync(request, options.Value.LargestBody, cancellationToken);
        if (body is null)
        {
            return Problem(StatusCodes.Status413PayloadTooLarge, $"The body is longer than {options.Value.LargestBody} bytes. Send fewer events at once.");
        }

        string secret;
        try
        {
            secret = await secrets.GetAsync(names.Value.WebhookSecretName, cancellationToken);
        }
        catch (Exception failure) when (failure is SourceUnavailableException or SourceRefusedException)
        {
            Log.NotVerified(logger, failure);
            return Problem(StatusCodes.Status503ServiceUnavailable, "The signature cannot be verified now. Send the events again.");
        }

        if (!WebhookSignature.Matches(body, System.Text.Encoding.UTF8.GetBytes(secret), request.Headers[SignatureHeader]))
        {
            return Problem(StatusCodes.Status401Unauthorized, $"Header {SignatureHeader} is absent or is not the HMAC-SHA256 of the body under the shared secret.");
        }

        var parsed = WebhookParser.Parse(body, connector);
        return parsed.Fault is null
            ? await AcceptAsync(client, parsed, cancellationToken)
            : Problem(StatusCodes.Status400BadRequest, $"Nothing was accepted. {parsed.Fault}");
    }

    private async Task<IActionResult> AcceptAsync(DurableTaskClient client, WebhookParse parsed, CancellationToken cancellationToken)
    {
        var events = parsed.Events.GroupBy(change => (change.Entity, change.Key.Id, change.Hint))
            .Select(group => group.FirstOrDefault(change => change.Key.ParentId is not null) ?? group.First());
        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken };
            await Parallel.ForEachAsync(events, parallel, async (change, token) =>
                await starter.StartAsync(client, connector.FindEntity(change.Entity)!, change.Key, change.Hint, token));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            Log.NotStarted(logger, failure);
            return Problem(StatusCodes.Status503ServiceUnavailable, "The events could not be stored durably. Send them again.");
        }

        Log.Accepted(logger, parsed.Events.Count, parsed.Ignored.Count);
        return new OkObjectResult(new
        {
            accepted = parsed.Events.Select(change => new { eventType = change.EventType, entity = change.Entity, id = change.Key.Id }),
            ignored = parsed.Ignored.Select(event_ => new { eventType = event_.EventType, reason = event_.Reason }),
        });
    }

    private static ObjectResult Problem(int status, string detail) => new(new JsonObject { ["error"] = detail }) { StatusCode = status };

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Information, "Webhook: {Accepted} events accepted, {Ignored} ignored")]
        public static partial void Accepted(ILogger logger, int accepted, int ignored);

        [LoggerMessage(1003, LogLevel.Error, "Webhook: the shared secret cannot be had, answered 503")]
        public static partial void NotVerified(ILogger logger, Exception exception);

        [LoggerMessage(1002, LogLevel.Error, "Webhook: events could not be started, answered 503")]
        public static partial void NotStarted(ILogger logger, Exception exception);
    }
}
