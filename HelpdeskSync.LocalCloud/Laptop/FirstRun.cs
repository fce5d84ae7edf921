using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using HelpdeskSync.LocalCloud.FunctionsHost.HttpTriggers;

namespace HelpdeskSync.LocalCloud.Laptop;

/// <summary>Fills an empty dataset: asks the app for a full synchronisation through its public endpoint and reports until it ends.</summary>
internal sealed class FirstRun(HttpClient http, LaptopPlan plan, BigQueryRows rows, TimeProvider clock, TextWriter output)
{
    private const string TicketTable = "tickets_history";
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var before = await rows.CountAsync(cancellationToken);
        if (before.FirstOrDefault(pair => pair.Key == TicketTable).Value > 0)
        {
            await output.WriteLineAsync($"The dataset is filled already ({BigQueryRows.Text(before)}); no first run.");
            return;
        }

        var started = clock.GetTimestamp();
        if (await StartAsync(cancellationToken) is { } status)
        {
            await WatchAsync(status, started, cancellationToken);
        }
    }

    private async Task<Uri?> StartAsync(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(plan.Api, "sync?mode=full"));
        request.Headers.Add(FunctionKeys.Header, plan.Key);
        using var answer = await http.SendAsync(request, cancellationToken);
        var body = await answer.Content.ReadAsStringAsync(cancellationToken);
        var status = answer.IsSuccessStatusCode ? StatusAddressIn(body) : null;
        await output.WriteLineAsync(status is not null
            ? "First run: the dataset is empty; a full synchronisation has begun."
            : $"First run: POST {request.RequestUri} answered {(int)answer.StatusCode}"
                + $"{(answer.IsSuccessStatusCode ? " without a statusQueryGetUri" : string.Empty)}, so the dataset stays empty. Everything else goes on.");
        return status;
    }

    private async Task WatchAsync(Uri status, long started, CancellationToken cancellationToken)
    {
        var (shown, shownAt) = (string.Empty, started);
        while (true)
        {
            await Task.Delay(Poll, clock, cancellationToken);
            using var answer = await http.GetAsync(status, cancellationToken);
            if ((int)answer.StatusCode is < 200 or > 299)
            {
                await output.WriteLineAsync($"First run: its status answered {(int)answer.StatusCode}; no more is known of it.");
                return;
            }

            var instance = await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            var counted = BigQueryRows.Text(await rows.CountAsync(cancellationToken));
            var state = instance.GetProperty("runtimeStatus").GetString();
            var seconds = clock.GetElapsedTime(started).TotalSeconds.ToString("N0", CultureInfo.InvariantCulture);
            if (answer.StatusCode == System.Net.HttpStatusCode.OK)
            {
                await output.WriteLineAsync($"First run: {state} after {seconds} s; {counted}.{Failure(state, instance)}");
                return;
            }

            var line = string.Join("; ", new[] { $"{state}", StatusText.Of(instance, "customStatus"), counted }.Where(part => part.Length > 0));
            if (line != shown || clock.GetElapsedTime(shownAt) > Silence)
            {
                await output.WriteLineAsync($"  {seconds,4} s  {line}");
                (shown, shownAt) = (line, clock.GetTimestamp());
            }
        }
    }

    private static string Failure(string? state, JsonElement instance) => state == "Completed" ? string.Empty : " " + StatusText.Of(instance, "output");

    private static Uri? StatusAddressIn(string body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind != JsonValueKind.Object ? null : document.RootElement.EnumerateObject()
                .Where(member => string.Equals(member.Name, "statusQueryGetUri", StringComparison.OrdinalIgnoreCase) && member.Value.ValueKind == JsonValueKind.String)
                .Select(member => Uri.TryCreate(member.Value.GetString(), UriKind.Absolute, out var address) ? address : null)
                .FirstOrDefault();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
