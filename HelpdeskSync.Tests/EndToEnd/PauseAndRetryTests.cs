using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Functions.Tables;
using HelpdeskSync.Simulator;

namespace HelpdeskSync.Tests.EndToEnd;

/// <summary>Whole runs that have to wait, or to try again: through orchestrations, activities, helpdesk and warehouse.</summary>
[Collection("End to end")]
public sealed class PauseAndRetryTests
{
    private const int Reserve = 1000;

    private static readonly SimulatorOptions s_small = new() { Tickets = 120, Contacts = 20, Agents = 3, Departments = 2, Seed = 9 };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task Full_CreditsRunOut_PausesServesEventsAndGoesOnWhenTheyReturn()
    {
        await using var world = await World.StartAsync(s_small, TestContext.Current.CancellationToken, $"--Helpdesk:CreditReserve={Reserve}", "--Helpdesk:CreditRecheck=00:00:02");
        await FaultsAsync(world, new { creditsLeft = Reserve + 60 });
        var status = await world.StartRunAsync("mode=full", Cancelled);
        await UntilAsync(world, requests => requests.GetProperty("creditsRemaining").GetInt64() <= Reserve);

        // Each look for new credits costs one call; what is left of the reserve is there for events.
        var ticket = (await TicketsAsync(world))[0];
        using var accepted = await world.WebhookAsync(JsonSerializer.Serialize(new { eventType = "ticket.updated", entity = new { type = "ticket", id = ticket } }), Cancelled);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
        await world.UntilAsync(client => StandsAsync(client, ticket), "the event's row", Cancelled);
        using var paused = await world.Http.GetAsync(status, Cancelled);
        Assert.True(paused.StatusCode == HttpStatusCode.Accepted, await paused.Content.ReadAsStringAsync(Cancelled));
        var spent = (await RequestsAsync(world)).GetProperty("creditsRemaining").GetInt64();
        Assert.True(spent > Reserve - 60, $"The pausing run took the reserve: {spent} credits are left.");

        await FaultsAsync(world, new { creditsLeft = 100_000 });
        var ended = await world.EndOfAsync(status, Cancelled);

        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended + world.App.LastLines(40));
        Assert.Equal((int)RunEnd.Complete, ended.GetProperty("output").GetProperty("End").GetInt32());
        await FullSyncTests.AssertTrueAsync(world, Cancelled);
    }

    [Fact(Timeout = 180_000)]
    public async Task Full_RecordFailsAtFirst_IsTriedAgainAtTheEndOfTheRun()
    {
        await using var world = await World.StartAsync(s_small, TestContext.Current.CancellationToken, "--Helpdesk:MaxRetries=0");
        var ticket = (await TicketsAsync(world))[0];
        await FaultsAsync(world, new { failIds = new[] { ticket }, failFirst = 1 });

        var ended = await world.RunAsync("mode=full", Cancelled);

        Assert.Equal(1, (await RequestsAsync(world)).GetProperty("endpoints").GetProperty("GET /tickets/{ticketId}").GetProperty("500").GetInt32());
        Assert.All(ended.GetProperty("output").GetProperty("Tables").EnumerateArray(), table => Assert.Equal(0, table.GetProperty("Copied").GetProperty("Failed").GetInt64()));
        Assert.Empty(await FailuresAsync(world));
        await FullSyncTests.AssertTrueAsync(world, Cancelled);
    }

    [Fact(Timeout = 180_000)]
    public async Task Full_RecordKeepsFailing_HoldsUpNoOtherAndIsTriedFirstByTheNextRun()
    {
        await using var world = await World.StartAsync(s_small, TestContext.Current.CancellationToken, "--Helpdesk:MaxRetries=0");
        var contact = (await IdsAsync(world, "contacts"))[0];
        await FaultsAsync(world, new { failIds = new[] { contact } });

        var ended = await world.RunAsync("mode=full", Cancelled);

        Assert.Equal((int)RunEnd.Complete, ended.GetProperty("output").GetProperty("End").GetInt32());
        Assert.Equal([(contact, 2L)], await FailuresAsync(world));
        Assert.Equal($"contacts {contact}: lives and is not active", Assert.Single(await world.Truth().DifferencesAsync(Cancelled)));
        await FaultsAsync(world, new { });
        await world.RunAsync("mode=incremental", Cancelled);
        Assert.Empty(await FailuresAsync(world));
        await FullSyncTests.AssertTrueAsync(world, Cancelled);
    }

    private static async Task<List<(string Id, long Attempts)>> FailuresAsync(World world)
    {
        using var client = world.BigQuery();
        var rows = await client.ExecuteQueryAsync("SELECT `id`, `attempts` FROM `local.helpdesk_sync._sync_failures` ORDER BY `id`", [], cancellationToken: Cancelled);
        var failures = new List<(string, long)>();
        await foreach (var row in rows.GetRowsAsync().WithCancellation(Cancelled))
        {
            failures.Add(((string)row["id"]!, (long)row["attempts"]!));
        }

        return failures;
    }

    private static async Task<bool> StandsAsync(BigQueryClient client, string ticket)
    {
        try
        {
            var rows = await client.ExecuteQueryAsync("SELECT `id` FROM `local.helpdesk_sync.tickets_history` WHERE `id` = @id", [new("id", BigQueryDbType.String, ticket)]);
            return await rows.GetRowsAsync().AnyAsync();
        }
        catch (Google.GoogleApiException missing) when (missing.HttpStatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private static async Task UntilAsync(World world, Predicate<JsonElement> isSo)
    {
        for (var deadline = Environment.TickCount64 + 60_000; !isSo(await RequestsAsync(world)); await Task.Delay(100, Cancelled))
        {
            Assert.True(Environment.TickCount64 < deadline, world.App.LastLines(40));
        }
    }

    private static Task<JsonElement> RequestsAsync(World world) => world.Simulator.GetFromJsonAsync<JsonElement>("_simulator/requests", Cancelled);

    private static async Task FaultsAsync(World world, object faults)
    {
        using var answer = await world.Simulator.PutAsJsonAsync("_simulator/faults", faults, Cancelled);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancelled));
    }

    private static Task<List<string>> TicketsAsync(World world) => IdsAsync(world, "tickets");

    private static async Task<List<string>> IdsAsync(World world, string table)
    {
        var records = await world.Simulator.GetStringAsync(new Uri($"_simulator/records/{table}", UriKind.Relative), Cancelled);
        return [.. records.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!)];
    }
}
