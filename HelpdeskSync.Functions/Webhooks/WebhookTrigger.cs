using System.Diagnostics;
using System.Text.Json.Nodes;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Webhooks;
using HelpdeskSync.Functions.Helpdesk;
using HelpdeskSync.Functions.Telemetry;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;

namespace HelpdeskSync.Functions.Webhooks;

/// <summary>Takes the helpdesk's webhooks: verifies, parses, starts, answers. Nothing is fetched here.</summary>
public sealed partial class WebhookTrigger(
    Connector connector, WebhookVerifier verifier, EntitySyncStarter starter, Instruments instruments, IOptions<WebhookOptions> options, TimeProvider time,
    ILogger<WebhookTrigger> logger)
{
    /// <summary>GET answers 200 (the helpdesk's validation call). POST answers 200 when every event's fetch is durably ahead.</summary>
    /// <remarks>
    /// An unsigned POST that holds nothing answers 200 too and does nothing: where the GET fails, Zoho validates a new webhook by such a POST (Zoho Desk's
    /// webhook documentation, November 2026), before there can be anything to sign with.
    /// </remarks>
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

        using var span = instruments.StartTrace("POST /api/webhook", ActivityKind.Server);
        var answer = await AnswerAsync(request, client, cancellationToken);
        span?.SetTag("http.request.method", "POST").SetTag("http.route", "/api/webhook").SetTag("http.response.status_code", answer.Result.StatusCode)
            .SetTag("helpdesksync.events", answer.Accepted);
        instruments.WebhookEvents("accepted", answer.Accepted);
        instruments.WebhookEvents("ignored", answer.Ignored);
        instruments.WebhookEvents("refused", answer.Refused);
        return answer.Result;
    }

    private async Task<Answer> AnswerAsync(HttpRequest request, DurableTaskClient client, CancellationToken cancellationToken)
    {
        byte[]? body;
        try
        {
            body = await BoundedBody.ReadAsync(request, options.Value.LargestBody, cancellationToken);
        }
        catch (BadHttpRequestException malformed)
        {
            return Problem(malformed.StatusCode, "The request's body could not be read: it breaks off or is not well-formed HTTP.");
        }

        if (body is null)
        {
            return Problem(StatusCodes.Status413PayloadTooLarge, $"The body is longer than {options.Value.LargestBody} bytes. Send fewer events at once.");
        }

        if (WebhookVerifier.IsUnsigned(request.Headers) && WebhookParser.IsEmpty(body))
        {
            return Accepted([], []);
        }

        try
        {
            if (await verifier.RefusalAsync(body, request.Headers, cancellationToken) is { } refusal)
            {
                return Problem(StatusCodes.Status401Unauthorized, refusal);
            }
        }
        catch (Exception failure) when (failure is SourceUnavailableException or SourceRefusedException)
        {
            Log.NotVerified(logger, failure);
            return Problem(StatusCodes.Status503ServiceUnavailable, "The delivery cannot be verified now. Send the events again.");
        }

        var parsed = WebhookParser.Parse(body, connector);
        return parsed.Fault is null
            ? await AcceptAsync(client, parsed, cancellationToken)
            : Problem(StatusCodes.Status400BadRequest, $"Nothing was accepted. {parsed.Fault}");
    }

    private async Task<Answer> AcceptAsync(DurableTaskClient client, WebhookParse parsed, CancellationToken cancellationToken)
    {
        // The helpdesk stops listening after five seconds; a start that hangs must be told as a failure before.
        using var late = new CancellationTokenSource(options.Value.StartTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            await starter.StartAllAsync(client, parsed.Events, either.Token).WaitAsync(either.Token);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotStarted(logger, failure);
            return Problem(StatusCodes.Status503ServiceUnavailable, "The events could not be stored durably. Send them again.", parsed.Events.Count);
        }

        Log.Accepted(logger, parsed.Events.Count, parsed.Ignored.Count);
        return Accepted(parsed.Events, parsed.Ignored);
    }

    private static Answer Accepted(IReadOnlyList<WebhookEvent> events, IReadOnlyList<IgnoredEvent> ignored)
    {
        var result = new OkObjectResult(new
        {
            accepted = events.Select(change => new { eventType = change.EventType, entity = change.Entity, id = change.Key.Id }),
            ignored = ignored.Select(event_ => new { eventType = event_.EventType, reason = event_.Reason }),
        });
        return new(result, events.Count, ignored.Count, 0);
    }

    private static Answer Problem(int status, string detail, int refused = 1) =>
        new(new ObjectResult(new JsonObject { ["error"] = detail }) { StatusCode = status }, 0, 0, refused);

    /// <summary>An answer, and the events it counts; a delivery whose events are not known counts as one.</summary>
    private sealed record Answer(ObjectResult Result, int Accepted, int Ignored, int Refused);

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Debug, "Webhook: {Accepted} events accepted, {Ignored} ignored")]
        public static partial void Accepted(ILogger logger, int accepted, int ignored);

        [LoggerMessage(1003, LogLevel.Error, "Webhook: the delivery cannot be verified, answered 503")]
        public static partial void NotVerified(ILogger logger, Exception exception);

        [LoggerMessage(1002, LogLevel.Error, "Webhook: events could not be started, answered 503")]
        public static partial void NotStarted(ILogger logger, Exception exception);
    }
}
