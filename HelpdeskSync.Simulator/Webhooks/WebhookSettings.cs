using System.Text.Json.Serialization;

namespace HelpdeskSync.Simulator.Webhooks;

/// <summary>Where and how badly webhooks are delivered; the body of PUT /_simulator/webhooks.</summary>
internal sealed record WebhookSettings
{
    /// <summary>Null: nothing is delivered.</summary>
    public Uri? Url { get; init; }

    public WebhookFormat Format { get; init; }

    /// <summary>Key of the plain format's HMAC-SHA256; without it the plain format is sent unsigned.</summary>
    public string? Secret { get; init; }

    /// <summary>Share of events that are never sent, 0 to 1.</summary>
    public double Drop { get; init; }

    /// <summary>Share of events that are sent twice, 0 to 1.</summary>
    public double Duplicate { get; init; }

    /// <summary>Events are delayed by up to this much, each on its own, so that they overtake one another.</summary>
    public int ReorderMs { get; init; }

    /// <summary>Further attempts after a failed one; Zoho publishes none.</summary>
    public int Retries { get; init; }

    /// <summary>Events of one table that may be on their way at once; more than 1 keeps the order within a record only. Default 1.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>Zoho format: whether updates carry the former values of changed fields.</summary>
    public bool IncludePrevState { get; init; } = true;
}

/// <summary>The shape of a delivery.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WebhookFormat>))]
internal enum WebhookFormat
{
    /// <summary>{"eventType","entity":{"type","id","parentId"?}} signed in X-Webhook-Signature.</summary>
    [JsonStringEnumMemberName("plain")]
    Plain,

    /// <summary>An array as in the samples webhook.*.json, with a JWT in X-ZDesk-JWT.</summary>
    [JsonStringEnumMemberName("zoho")]
    Zoho,
}
