using System.Net;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using HelpdeskSync.Simulator.Records;
using HelpdeskSync.Simulator.Truth;

namespace HelpdeskSync.Simulator.Webhooks;

/// <summary>One event on its way, numbered in the order of the changes.</summary>
internal sealed record PendingEvent(long Number, ChangeOutcome Outcome);

/// <summary>Delivers events to one address, in order within a table, as Zoho does within a module.</summary>
internal sealed class WebhookTarget : IAsyncDisposable
{
    private const int Capacity = 100_000;
    private const int MostDelayed = 256;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim delayed = new(MostDelayed);
    private readonly Channel<PendingEvent>[] lanes;
    private readonly Task[] workers;
    private readonly WebhookParts parts;

    public WebhookTarget(long id, WebhookSettings settings, string[]? subscribed, WebhookParts parts)
    {
        (Id, Settings, Subscribed, this.parts) = (id, settings, subscribed, parts);
        lanes = [.. Enumerable.Range(0, Tables.All.Length * Math.Max(1, settings.Parallel)).Select(_ =>
            Channel.CreateBounded<PendingEvent>(new BoundedChannelOptions(Capacity) { SingleReader = true }))];
        workers = [.. lanes.Select(lane => Task.Run(() => Work(lane.Reader)))];
    }

    public long Id { get; }

    public WebhookSettings Settings { get; }

    /// <summary>Zoho names of the events that are sent; null for all.</summary>
    public string[]? Subscribed { get; }

    /// <summary>Whether the receiver answered 410, which ends a subscription.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Takes the event; when the lane is full, the event is given up and counted as failed.</summary>
    public void Post(PendingEvent item)
    {
        if (IsGone || Settings.Url is null || (Subscribed is not null && !Subscribed.Contains(WebhookEvents.ZohoName(item.Outcome))))
        {
            return;
        }

        var change = item.Outcome.Change;
        var lane = ((int)change.Table * Math.Max(1, Settings.Parallel)) + (int)(change.Ordinal % Math.Max(1, Settings.Parallel));
        parts.Counts.Begin();
        if (!lanes[lane].Writer.TryWrite(item))
        {
            parts.Counts.AddFailed();
            parts.Counts.End();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(workers);
        foreach (var lane in lanes)
        {
            while (lane.Reader.TryRead(out _))
            {
                parts.Counts.End();
            }
        }
    }

    private async Task Work(ChannelReader<PendingEvent> lane)
    {
        try
        {
            await foreach (var item in lane.ReadAllAsync(stopping.Token))
            {
                await Handle(item);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Disposed: what is still queued is counted off by DisposeAsync.
        }
    }

    private async Task Handle(PendingEvent item)
    {
        var dice = new Dice(Dice.Mix(parts.Seed, Dice.Mix((ulong)Salt.Webhook, (ulong)item.Number)));
        if (dice.Fraction() < Settings.Drop)
        {
            parts.Counts.AddDropped();
            parts.Counts.End();
            return;
        }

        var copies = dice.Fraction() < Settings.Duplicate ? 2 : 1;
        if (copies == 2)
        {
            parts.Counts.AddDuplicated();
            parts.Counts.Begin();
        }

        for (var copy = 0; copy < copies; copy++)
        {
            if (Settings.ReorderMs <= 0)
            {
                await Deliver(item, TimeSpan.Zero);
                continue;
            }

            await delayed.WaitAsync(stopping.Token);
            _ = DeliverLater(item, TimeSpan.FromMilliseconds(dice.Below(Settings.ReorderMs)));
        }
    }

    private async Task DeliverLater(PendingEvent item, TimeSpan delay)
    {
        await Deliver(item, delay);
        delayed.Release();
    }

    private async Task Deliver(PendingEvent item, TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, stopping.Token);
            var body = Settings.Format == WebhookFormat.Plain
                ? JsonSerializer.SerializeToUtf8Bytes(WebhookBody.Plain(item.Outcome))
                : Encoding.UTF8.GetBytes(parts.Body.Zoho(item.Outcome, Settings.IncludePrevState).ToJsonString());
            for (var attempt = 0; !await TrySend(body); attempt++)
            {
                if (attempt >= Settings.Retries || IsGone)
                {
                    parts.Counts.AddFailed();
                    return;
                }

                await Task.Delay(RetryPause * (1 << Math.Min(attempt, 6)), stopping.Token);
            }

            parts.Counts.AddAccepted();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            parts.Counts.AddFailed();
        }
        finally
        {
            parts.Counts.End();
        }
    }

    private async Task<bool> TrySend(byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Settings.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        if (Settings.Format == WebhookFormat.Zoho)
        {
            request.Headers.Add("X-ZDesk-JWT", parts.Signer.Jwt(Id));
        }
        else if (Settings.Secret is { } secret)
        {
            request.Headers.Add("X-Webhook-Signature", WebhookSigner.Hmac(secret, body));
        }

        parts.Counts.AddSent();
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        timeout.CancelAfter(AnswerTimeout);
        try
        {
            using var answer = await parts.Http.SendAsync(request, timeout.Token);
            IsGone |= answer.StatusCode == HttpStatusCode.Gone;
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException || (error is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return false;
        }
    }
}

/// <summary>What all targets share.</summary>
internal sealed record WebhookParts(ulong Seed, HttpClient Http, WebhookBody Body, WebhookSigner Signer, WebhookCounts Counts);
