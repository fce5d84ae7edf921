using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HelpdeskSync.Simulator.Api;
using HelpdeskSync.Simulator.Records;
using Microsoft.AspNetCore.Http;

namespace HelpdeskSync.Simulator.Webhooks;

/// <summary>GET, POST and DELETE /webhooks. Subscriptions last as long as the process.</summary>
internal static class WebhookEndpoints
{
    private const int MaxUrlLength = 500;

    public static IEnumerable<ApiEndpoint> All(WebhookHub hub, SimulatorOptions options) =>
    [
        new("/webhooks", call => List(hub, call)),
        new("/webhooks/{webhookId}", call => Detail(hub, call)),
        new("/webhooks", call => Create(hub, options, call)) { Method = "POST" },
        new("/webhooks/{webhookId}", call => Delete(hub, call)) { Method = "DELETE" },
    ];

    private static int List(WebhookHub hub, ApiCall call)
    {
        var subscriptions = hub.Subscriptions();
        if (subscriptions.Count == 0)
        {
            return StatusCodes.Status204NoContent;
        }

        new JsonObject { ["data"] = new JsonArray([.. subscriptions.Select(subscription => subscription.Document.DeepClone())]) }.WriteTo(call.Json);
        return StatusCodes.Status200OK;
    }

    private static int Detail(WebhookHub hub, ApiCall call)
    {
        Find(hub, call).Document.WriteTo(call.Json);
        return StatusCodes.Status200OK;
    }

    private static async ValueTask<int> Delete(WebhookHub hub, ApiCall call)
    {
        await hub.Unsubscribe(Find(hub, call).Id);
        return StatusCodes.Status200OK;
    }

    private static async ValueTask<int> Create(WebhookHub hub, SimulatorOptions options, ApiCall call)
    {
        var body = await call.BodyAsync();
        if (!Uri.TryCreate(body["url"]?.ToString(), UriKind.Absolute, out var url) || url.OriginalString.Length > MaxUrlLength)
        {
            throw ApiRefusalException.Invalid("url", "An absolute address of at most 500 characters is expected.");
        }

        var events = body["subscriptions"] as JsonObject ?? throw ApiRefusalException.Missing("subscriptions");
        CheckEvents(events);
        if (!await Answers(hub, HttpMethod.Get, url) && !await Answers(hub, HttpMethod.Post, url))
        {
            throw new ApiRefusalException(422, "UNPROCESSABLE_ENTITY", "The address answered neither GET nor POST with 200.");
        }

        var includePrevState = events.Any(entry => (bool?)entry.Value?["includePrevState"] == true);
        var subscription = hub.Subscribe(
            url, [.. events.Select(entry => entry.Key)], includePrevState, id => Document(id, body, options));
        subscription.Document.WriteTo(call.Json);
        return StatusCodes.Status200OK;
    }

    private static void CheckEvents(JsonObject events)
    {
        foreach (var (name, filter) in events)
        {
            if (!WebhookEvents.Known.Contains(name))
            {
                throw ApiRefusalException.Invalid("subscriptions/" + name, $"One of {string.Join(", ", WebhookEvents.Known)} is expected.");
            }

            if (filter is JsonObject fields && fields.Any(field => field.Key != "includePrevState"))
            {
                throw ApiRefusalException.Invalid("subscriptions/" + name, "The simulator knows no filter but includePrevState; pass null.");
            }
        }
    }

    private static JsonObject Document(long id, JsonObject body, SimulatorOptions options)
    {
        var now = JsonFields.TimeText(options.Time.GetUtcNow().ToUnixTimeMilliseconds());
        return new()
        {
            ["id"] = id.ToString(CultureInfo.InvariantCulture),
            ["type"] = "CUSTOMER_WEBHOOK",
            ["name"] = body["name"]?.DeepClone(),
            ["description"] = body["description"]?.DeepClone(),
            ["url"] = body["url"]!.DeepClone(),
            ["isEnabled"] = true,
            ["ignoreSourceId"] = null,
            ["includeEventsFrom"] = body["includeEventsFrom"]?.DeepClone() ?? new JsonArray(),
            ["subscriptions"] = body["subscriptions"]!.DeepClone(),
            ["createdBy"] = RecordIds.Of(Table.Agents, 0).ToString(CultureInfo.InvariantCulture),
            ["createdTime"] = now,
            ["modifiedTime"] = now,
        };
    }

    private static Subscription Find(WebhookHub hub, ApiCall call) =>
        hub.Subscriptions().FirstOrDefault(subscription =>
            subscription.Id.ToString(CultureInfo.InvariantCulture) == call.Route("webhookId")) ?? throw ApiRefusalException.NotFound();

    private static async Task<bool> Answers(WebhookHub hub, HttpMethod method, Uri url)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        using var request = new HttpRequestMessage(method, url);
        if (method == HttpMethod.Post)
        {
            request.Content = new StringContent("[]", Encoding.UTF8, "application/json");
        }

        try
        {
            using var answer = await hub.Parts.Http.SendAsync(request, timeout.Token);
            return (int)answer.StatusCode == StatusCodes.Status200OK;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
