using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Simulator;

namespace HelpdeskSync.Tests.EndToEnd;

[Collection("End to end")]
public sealed class WebhookTests
{
    private static readonly SimulatorOptions s_tiny = new() { Tickets = 30, Contacts = 10, Agents = 4, Departments = 3, Seed = 3 };

    [Fact(Timeout = 120_000)]
    public async Task Post_WrongOrMissingSignature_Answers401AndStartsNothing()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(s_tiny, cancellation);
        using var wrong = await world.WebhookAsync("""{"eventType":"ticket.updated","entity":{"type":"ticket","id":"1"}}""", cancellation, new string('0', 64));
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var missing = await world.Http.PostAsync(new Uri("api/webhook", UriKind.Relative), new StringContent("""[{"eventType":"ticket.updated","entity":{"type":"ticket","id":"1"}}]"""), cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, missing.StatusCode);
        var instances = await world.Http.GetFromJsonAsync<JsonElement>("runtime/webhooks/durabletask/instances?code=local", cancellation);
        Assert.Equal(0, instances.GetArrayLength());
    }

    [Fact(Timeout = 120_000)]
    public async Task Post_MalformedOrTooLong_NamesWhatIsWrong()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(s_tiny, cancellation);
        using var malformed = await world.WebhookAsync("""[{"eventType":"ticket.updated","entity":{"type":"ticket"}}]""", cancellation);
        Assert.Equal(HttpStatusCode.BadRequest, malformed.StatusCode);
        Assert.Contains("entity.id", await malformed.Content.ReadAsStringAsync(cancellation), StringComparison.Ordinal);
        using var tooLong = await world.WebhookAsync(new string(' ', 1024 * 1024 + 1), cancellation);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLong.StatusCode);
        using var empty = await world.WebhookAsync("[]", cancellation);
        Assert.Equal(HttpStatusCode.OK, empty.StatusCode);
    }

    [Fact(Timeout = 120_000)]
    public async Task Post_EventsOfOneRecord_WriteItsVersionsAndCloseIt()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(s_tiny, cancellation);
        var ticket = await FirstIdAsync(world, "tickets", cancellation);
        var body = JsonSerializer.Serialize(new { eventType = "ticket.updated", entity = new { type = "ticket", id = ticket } });
        for (var delivery = 0; delivery < 5; delivery++)
        {
            using var answer = await world.WebhookAsync(body, cancellation);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await world.UntilAsync(client => IsAsync(client, ticket, active: 1, versions: 1), "the first version", cancellation);
        using var change = await world.Simulator.PutAsJsonAsync($"_simulator/records/tickets/{ticket}", new { subject = "changed" }, cancellation);
        change.EnsureSuccessStatusCode();
        using var updated = await world.WebhookAsync(body, cancellation);
        await world.UntilAsync(client => IsAsync(client, ticket, active: 1, versions: 2), "the second version", cancellation);
        using var deletion = await world.Simulator.DeleteAsync(new Uri($"_simulator/records/tickets/{ticket}", UriKind.Relative), cancellation);
        deletion.EnsureSuccessStatusCode();
        using var deleted = await world.WebhookAsync(body, cancellation);
        await world.UntilAsync(client => IsAsync(client, ticket, active: 0, versions: 2), "the closing", cancellation);
    }

    [Fact(Timeout = 180_000)]
    public async Task Stream_OfSimulatedChanges_ArrivesByWebhook()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(s_tiny, cancellation);
        await world.RunAsync("mode=full", cancellation);
        using var hook = await world.Simulator.PutAsJsonAsync(
            "_simulator/webhooks", new { url = new Uri(world.App.Address, "api/webhook"), format = "plain", secret = World.WebhookSecret }, cancellation);
        hook.EnsureSuccessStatusCode();
        using var changes = await world.Simulator.PostAsJsonAsync(
            "_simulator/changes", new { perSecond = 5, seconds = 4, mix = new { create = 2, update = 6, comment = 3, thread = 3 } }, cancellation);
        changes.EnsureSuccessStatusCode();
        await world.UntilAsync(async client => await VersionsAsync(client) > s_tiny.Tickets, "the changes' arrival", cancellation);
        await Task.Delay(TimeSpan.FromSeconds(5), cancellation);
        await world.RunAsync("mode=incremental", cancellation);

        // An edited comment moves neither its ticket's count nor its modified time: without its webhook only a deep run sees it.
        await world.RunAsync("mode=full&deep=true", cancellation);
        await FullSyncTests.AssertTrueAsync(world, cancellation);
    }

    private static async Task<string> FirstIdAsync(World world, string table, CancellationToken cancellationToken)
    {
        var records = await world.Simulator.GetStringAsync(new Uri($"_simulator/records/{table}", UriKind.Relative), cancellationToken);
        return JsonDocument.Parse(records[..records.IndexOf('\n', StringComparison.Ordinal)]).RootElement.GetProperty("id").GetString()!;
    }

    private static async Task<long> VersionsAsync(BigQueryClient client)
    {
        var rows = await client.ExecuteQueryAsync("SELECT COUNT(*) AS v FROM `local.helpdesk_sync.tickets_history`", []);
        await foreach (var row in rows.GetRowsAsync())
        {
            return (long)row["v"]!;
        }

        return 0;
    }

    private static async Task<bool> IsAsync(BigQueryClient client, string ticket, long active, long versions)
    {
        try
        {
            var rows = await client.ExecuteQueryAsync(
                "SELECT COUNTIF(`_fivetran_active`) AS a, COUNT(*) AS v FROM `local.helpdesk_sync.tickets_history` WHERE `id` = @id",
                [new("id", BigQueryDbType.String, ticket)]);
            await foreach (var row in rows.GetRowsAsync())
            {
                return (long)row["a"]! == active && (long)row["v"]! == versions;
            }
        }
        catch (Google.GoogleApiException missing) when (missing.HttpStatusCode == HttpStatusCode.NotFound)
        {
            // not made yet
        }

        return false;
    }
}
