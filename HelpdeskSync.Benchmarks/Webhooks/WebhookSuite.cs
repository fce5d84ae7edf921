using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;

namespace HelpdeskSync.Benchmarks.Webhooks;

/// <summary>How fast the app answers webhooks while it also does what they ask for: fetch, stage, merge.</summary>
/// <remarks>The app with its local cloud is a process of its own; sender and app share the machine's cores.</remarks>
internal sealed class WebhookSuite : IBenchmarkSuite
{
    private const int PerSecond = 200;
    private const int Seconds = 20;
    private const int Arrays = 20;
    private const int EventsOfArray = 500;

    // What the local cloud seeds.
    private static readonly byte[] Secret = "local-webhook-secret"u8.ToArray();

    public string Name => "webhook";

    public string Summary => "answer times at 200 deliveries a second and of arrays of 500, durable start included";

    public async IAsyncEnumerable<Measurement> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var app = await AppUnderLoad.StartAsync(cancellationToken);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = app.Address };
        await WarmUpAsync(http, app.Tickets, cancellationToken);

        var singles = await SinglesAsync(http, app.Tickets, cancellationToken);
        foreach (var measurement in Describe("single", singles))
        {
            yield return measurement;
        }

        foreach (var measurement in Describe("array500", await ArraysAsync(http, app.Tickets, cancellationToken)))
        {
            yield return measurement;
        }
    }

    private static async Task WarmUpAsync(HttpClient http, IReadOnlyList<string> tickets, CancellationToken cancellationToken)
    {
        for (var number = 0; number < 200; number++)
        {
            await SendAsync(http, Single(tickets[number % tickets.Count]), cancellationToken);
        }
    }

    /// <summary>Sends at fixed times, whether or not earlier answers have come: a slow answer does not slow the sender.</summary>
    private static async Task<IReadOnlyList<Answer>> SinglesAsync(HttpClient http, IReadOnlyList<string> tickets, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var sent = new List<Task<Answer>>();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (sent.Count < PerSecond * Seconds)
        {
            await pace.WaitForNextTickAsync(cancellationToken);
            while (sent.Count < Math.Min(PerSecond * Seconds, Stopwatch.GetElapsedTime(began).TotalSeconds * PerSecond))
            {
                // A few records change often, most seldom, as in a helpdesk.
                var ticket = sent.Count % 3 == 0 ? tickets[sent.Count % 20] : tickets[sent.Count * 7919 % tickets.Count];
                sent.Add(SendAsync(http, Single(ticket), cancellationToken));
            }
        }

        return await Task.WhenAll(sent);
    }

    private static async Task<IReadOnlyList<Answer>> ArraysAsync(HttpClient http, IReadOnlyList<string> tickets, CancellationToken cancellationToken)
    {
        var answers = new List<Answer>();
        for (var array = 0; array < Arrays; array++)
        {
            var events = Enumerable.Range(array * EventsOfArray, EventsOfArray).Select(number => Single(tickets[number % tickets.Count]));
            answers.Add(await SendAsync(http, $"[{string.Join(',', events)}]", cancellationToken));
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }

        return answers;
    }

    private static string Single(string ticket) => $$$"""{"eventType":"Ticket_Update","payload":{"id":"{{{ticket}}}"},"orgId":"701234567"}""";

    private static async Task<Answer> SendAsync(HttpClient http, string body, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/webhook", UriKind.Relative)) { Content = new ByteArrayContent(bytes) };
        request.Headers.Add("X-Webhook-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(Secret, bytes)));
        var began = Stopwatch.GetTimestamp();
        using var answer = await http.SendAsync(request, cancellationToken);
        await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        return new(Stopwatch.GetElapsedTime(began).TotalMilliseconds, answer.StatusCode);
    }

    private static IEnumerable<Measurement> Describe(string kind, IReadOnlyList<Answer> answers)
    {
        var times = answers.Select(answer => answer.Milliseconds).Order().ToArray();
        yield return new($"webhook.{kind}.p50", times[times.Length / 2], "ms");
        yield return new($"webhook.{kind}.p99", times[(int)(times.Length * 0.99)], "ms");
        yield return new($"webhook.{kind}.longest", times[^1], "ms");
        yield return new($"webhook.{kind}.refused", answers.Count(answer => answer.Status != HttpStatusCode.OK), "deliveries");
    }

    private sealed record Answer(double Milliseconds, HttpStatusCode Status);
}
