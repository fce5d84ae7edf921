using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace HelpdeskSync.LocalCloud.Laptop;

/// <summary>Lets the simulated helpdesk live: its webhooks come to the app, its records change, and the effect is reported.</summary>
internal sealed class HelpdeskLife(
    HttpClient http, LaptopPlan plan, Uri simulator, BigQueryRows rows, TimeProvider clock, TextWriter output)
{
    private static readonly TimeSpan Report = TimeSpan.FromSeconds(10);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var webhook = new Uri(plan.Api, "webhook");
        using (var answer = await http.GetAsync(webhook, cancellationToken))
        {
            if (!answer.IsSuccessStatusCode)
            {
                await output.WriteLineAsync($"Webhooks: GET {webhook} answered {(int)answer.StatusCode}; the app will hear of changes at its next run only.");
            }
        }

        await SendAsync(HttpMethod.Put, "webhooks", new { url = webhook, format = "plain", secret = plan.WebhookSecret }, cancellationToken);
        await SendAsync(HttpMethod.Post, "changes", new { perSecond = plan.ChangesPerSecond }, cancellationToken);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"Changes: the helpdesk makes {plan.ChangesPerSecond} a second (LocalCloud:Changes:PerSecond)."));
        for (var shown = string.Empty; ;)
        {
            await Task.Delay(Report, clock, cancellationToken);
            var line = await LineAsync(cancellationToken);
            if (line != shown)
            {
                await output.WriteLineAsync(line);
                shown = line;
            }
        }
    }

    private async Task<string> LineAsync(CancellationToken cancellationToken)
    {
        var stream = await http.GetFromJsonAsync<StreamState>(Control("changes"), Json, cancellationToken);
        var requests = await http.GetFromJsonAsync<RequestCounts>(Control("requests"), Json, cancellationToken);
        var webhooks = requests!.Webhooks;
        var counted = BigQueryRows.Text(await rows.CountAsync(cancellationToken));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"  changes {stream!.Applied:N0} | webhooks {webhooks.Accepted:N0} accepted, {webhooks.Failed:N0} failed | {counted}");
    }

    private async Task SendAsync(HttpMethod method, string what, object body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, Control(what)) { Content = JsonContent.Create(body) };
        using var answer = await http.SendAsync(request, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{method} {request.RequestUri} answered {(int)answer.StatusCode}.", null, answer.StatusCode);
        }
    }

    private Uri Control(string what) => new(simulator, "/_simulator/" + what);

    private sealed record StreamState(long Applied);

    private sealed record RequestCounts(WebhookState Webhooks);

    private sealed record WebhookState(long Accepted, long Failed);
}
