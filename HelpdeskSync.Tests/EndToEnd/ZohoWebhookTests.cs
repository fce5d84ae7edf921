using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HelpdeskSync.Simulator;
using HelpdeskSync.Simulator.Webhooks;

namespace HelpdeskSync.Tests.EndToEnd;

/// <summary>Zoho's own webhooks, from its subscription to the row: its event format, its signed token, its keys that change.</summary>
[Collection("End to end")]
public sealed class ZohoWebhookTests
{
    private static readonly SimulatorOptions s_small = new() { Tickets = 150, Contacts = 40, Agents = 4, Departments = 3, Seed = 5 };

    // The simulator numbers its subscriptions from the one that its controls drive.
    private static readonly long s_webhook = WebhookHub.DrivenId + 1;

    // What a new thread or comment changes of its ticket, of which Zoho tells nothing.
    private static readonly string[] s_untold =
        [.. new[] { "commentCount", "threadCount", "modifiedTime", "customerResponseTime" }.Select(column => $": column {column} differs")];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 240_000)]
    public async Task Subscription_KeyRollsInTheMidst_EveryEventArrives()
    {
        await using var world = await World.StartAsync(s_small, TestContext.Current.CancellationToken, $"--Webhooks:WebhookIds=1, {s_webhook}", "--Logging:LogLevel:HelpdeskSync=Information");
        await world.RunAsync("mode=full", Cancelled);
        var began = Environment.TickCount64;
        await SubscribeAsync(world);
        await StreamAsync(world, seconds: 4);

        // What nobody could make the app do more often: ask for keys. A key that was rolled before that is asked for again at the next event.
        await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, 12_000 - (Environment.TickCount64 - began))), Cancelled);
        using (var rolled = await world.Simulator.PostAsync(new Uri("_simulator/webhooks/keys?keepFormer=false", UriKind.Relative), null, Cancelled))
        {
            rolled.EnsureSuccessStatusCode();
        }

        await StreamAsync(world, seconds: 4);

        var counts = (await world.Simulator.GetFromJsonAsync<JsonElement>("_simulator/requests", Cancelled)).GetProperty("webhooks");
        Assert.True(counts.GetProperty("accepted").GetInt64() > 20 && counts.GetProperty("failed").GetInt64() == 0, counts + world.App.LastLines(30));
        // No run in between: the events alone brought everything that they tell of. The rest is for runs, a full one where no modified time moved.
        await UntilTrueAsync(world);
        await world.RunAsync("mode=full", Cancelled);
        await FullSyncTests.AssertTrueAsync(world, Cancelled);
    }

    [Fact(Timeout = 240_000)]
    public async Task Delivery_FiveHundredEventsAtOnce_AreAcceptedInTimeAndArrive()
    {
        await using var world = await World.StartAsync(s_small, TestContext.Current.CancellationToken, $"--Webhooks:WebhookIds={s_webhook}");
        await world.RunAsync("mode=full", Cancelled);
        var events = new List<object>();
        foreach (var (table, module) in new[] { ("tickets", "Ticket"), ("contacts", "Contact") })
        {
            foreach (var id in await IdsAsync(world, table))
            {
                using var change = await world.Simulator.PutAsJsonAsync($"_simulator/records/{table}/{id}", new { description = $"changed {id}" }, Cancelled);
                change.EnsureSuccessStatusCode();
                events.Add(new { payload = new { id, description = $"changed {id}" }, eventTime = "1795600000000", eventType = $"{module}_Update", orgId = "701234567", prevState = new { description = "" } });
            }
        }

        var body = JsonSerializer.Serialize(Enumerable.Range(0, 500).Select(number => events[number % events.Count]));
        using var unsigned = await DeliverAsync(world, body, null);
        Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
        using var foreign = await DeliverAsync(world, body, world.ZohoToken(s_webhook + 1));
        Assert.Equal(HttpStatusCode.Unauthorized, foreign.StatusCode);
        var began = Environment.TickCount64;
        using var accepted = await DeliverAsync(world, body, world.ZohoToken(s_webhook));

        Assert.True(accepted.StatusCode == HttpStatusCode.OK, await accepted.Content.ReadAsStringAsync(Cancelled));
        Assert.True(Environment.TickCount64 - began < 5000, "Zoho counts an answer after five seconds as failed.");
        await UntilTrueAsync(world);
        using var validation = await DeliverAsync(world, "[]", null);
        Assert.Equal(HttpStatusCode.OK, validation.StatusCode);
    }

    /// <summary>As an administrator does it: Zoho asks the address first, by GET, and refuses one that does not answer.</summary>
    private static async Task SubscribeAsync(World world)
    {
        using var token = await world.Simulator.PostAsync(
            new Uri("oauth/v2/token", UriKind.Relative),
            new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "refresh_token", ["client_id"] = s_small.ClientId, ["client_secret"] = s_small.ClientSecret, ["refresh_token"] = s_small.RefreshToken,
            }),
            Cancelled);
        var access = (await token.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("access_token").GetString()!;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/v1/webhooks", UriKind.Relative))
        {
            Content = JsonContent.Create(new
            {
                name = "HelpdeskSync",
                url = new Uri(world.App.Address, "api/webhook").ToString(),
                subscriptions = WebhookEvents.Known.ToDictionary(name => name, name => name.EndsWith("_Update", StringComparison.Ordinal) ? new { includePrevState = true } : null),
            }),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Zoho-oauthtoken", access);
        request.Headers.Add("orgId", s_small.OrganizationId);
        using var answer = await world.Simulator.SendAsync(request, Cancelled);
        var body = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.True(answer.IsSuccessStatusCode, body);
        Assert.Equal($"{s_webhook}", JsonDocument.Parse(body).RootElement.GetProperty("id").GetString());
    }

    private static async Task StreamAsync(World world, int seconds)
    {
        // Without deletions: Zoho tells of a ticket's, and of none of its children's.
        using var changes = await world.Simulator.PostAsJsonAsync(
            "_simulator/changes", new { perSecond = 6, seconds, mix = new { create = 2, update = 6, comment = 3, thread = 3, delete = 0, restore = 0 } }, Cancelled);
        changes.EnsureSuccessStatusCode();
        await Task.Delay(TimeSpan.FromSeconds(seconds), Cancelled);
        while ((await world.Simulator.GetFromJsonAsync<JsonElement>("_simulator/changes", Cancelled)).GetProperty("running").GetBoolean())
        {
            await Task.Delay(100, Cancelled);
        }

        await world.DeliveredAsync(Cancelled);
    }

    private static async Task UntilTrueAsync(World world)
    {
        IReadOnlyList<string> differences = [];
        for (var deadline = Environment.TickCount64 + 60_000; Environment.TickCount64 < deadline; await Task.Delay(500, Cancelled))
        {
            differences = [.. (await world.Truth().DifferencesAsync(Cancelled)).Where(difference => !IsUntold(difference))];
            if (differences.Count == 0)
            {
                return;
            }
        }

        Assert.Fail($"{differences.Count} differences:\n{string.Join('\n', differences.Take(20))}\n{world.App.LastLines(40)}");
    }

    // Nor does it tell that a comment or thread was deleted.
    private static bool IsUntold(string difference) => difference.StartsWith("tickets ", StringComparison.Ordinal)
        ? s_untold.Any(difference.EndsWith)
        : (difference.StartsWith("comments ", StringComparison.Ordinal) || difference.StartsWith("threads ", StringComparison.Ordinal)) && difference.EndsWith("is active and does not live", StringComparison.Ordinal);

    private static async Task<HttpResponseMessage> DeliverAsync(World world, string body, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("api/webhook", UriKind.Relative)) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (token is not null)
        {
            request.Headers.Add("X-ZDesk-JWT", token);
        }

        return await world.Http.SendAsync(request, Cancelled);
    }

    private static async Task<List<string>> IdsAsync(World world, string table)
    {
        var records = await world.Simulator.GetStringAsync(new Uri($"_simulator/records/{table}", UriKind.Relative), Cancelled);
        return [.. records.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!)];
    }
}
