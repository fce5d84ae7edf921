using System.Text.Json.Nodes;
using HelpdeskSync.Simulator.Truth;

namespace HelpdeskSync.Simulator.Webhooks;

/// <summary>A subscription made through POST /api/v1/webhooks, with the reply Zoho would repeat.</summary>
internal sealed record Subscription(long Id, JsonObject Document, WebhookTarget Target);

/// <summary>Passes announced changes to the driven target and to the subscriptions. Thread-safe; never blocks the change.</summary>
internal sealed class WebhookHub(WebhookParts parts) : IAsyncDisposable
{
    /// <summary>The id in the tokens of the target that PUT /_simulator/webhooks sets.</summary>
    public static readonly long DrivenId = Records.RecordIds.Webhook(1);

    private readonly Lock gate = new();
    private readonly Dictionary<long, Subscription> subscriptions = [];
    private WebhookTarget? driven;
    private long events;
    private long lastId = DrivenId;

    public WebhookParts Parts => parts;

    public WebhookSettings Driven => driven?.Settings ?? new();

    public void Publish(ChangeOutcome outcome)
    {
        if (WebhookEvents.ZohoName(outcome) is null)
        {
            return;
        }

        lock (gate)
        {
            var item = new PendingEvent(++events, outcome);
            driven?.Post(item);
            foreach (var subscription in subscriptions.Values)
            {
                subscription.Target.Post(item);
            }
        }
    }

    /// <summary>Replaces the driven target; what was on its way to the former one is given up.</summary>
    public async Task Drive(WebhookSettings settings)
    {
        var next = settings.Url is null ? null : new WebhookTarget(DrivenId, settings, null, parts);
        WebhookTarget? former;
        lock (gate)
        {
            (former, driven) = (driven, next);
        }

        if (former is not null)
        {
            await former.DisposeAsync();
        }
    }

    public Subscription Subscribe(Uri url, string[] eventNames, bool includePrevState, Func<long, JsonObject> document)
    {
        lock (gate)
        {
            var id = ++lastId;
            var settings = new WebhookSettings { Url = url, Format = WebhookFormat.Zoho, IncludePrevState = includePrevState };
            var subscription = new Subscription(id, document(id), new(id, settings, eventNames, parts));
            subscriptions.Add(id, subscription);
            return subscription;
        }
    }

    public async Task<bool> Unsubscribe(long id)
    {
        Subscription? removed;
        lock (gate)
        {
            subscriptions.Remove(id, out removed);
        }

        if (removed is null)
        {
            return false;
        }

        await removed.Target.DisposeAsync();
        return true;
    }

    /// <summary>Subscriptions that have not been ended by a 410.</summary>
    public IReadOnlyList<Subscription> Subscriptions()
    {
        lock (gate)
        {
            return [.. subscriptions.Values.Where(subscription => !subscription.Target.IsGone)];
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Drive(new());
        foreach (var subscription in Subscriptions())
        {
            await Unsubscribe(subscription.Id);
        }
    }
}
