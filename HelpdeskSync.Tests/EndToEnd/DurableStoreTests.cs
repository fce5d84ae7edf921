using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Simulator;

namespace HelpdeskSync.Tests.EndToEnd;

/// <summary>The app whose durable store cannot take more, or belongs to another process.</summary>
[Collection("End to end")]
public sealed class DurableStoreTests
{
    private const string Instances = "runtime/webhooks/durabletask/instances";
    private static readonly SimulatorOptions s_tiny = new() { Tickets = 60, Contacts = 10, Agents = 4, Departments = 3, Seed = 4 };

    [Fact(Timeout = 240_000)]
    public async Task Webhook_StoreIsFull_Answers503UntilThereIsSpace_AndNothingAcceptedIsLost()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(s_tiny, cancellation, "--LocalCloud:Durable:LargestDatabase=1000000");
        var tickets = await IdsAsync(world, "tickets", cancellation);
        await FillAsync(world, cancellation);

        var accepted = new List<string>();
        string? refused = null;
        foreach (var ticket in tickets)
        {
            using var answer = await world.WebhookAsync(Updated(ticket), cancellation);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                Assert.Equal("""{"error":"The events could not be stored durably. Send them again."}""", await answer.Content.ReadAsStringAsync(cancellation));
                refused = ticket;
                break;
            }

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            accepted.Add(ticket);
        }

        Assert.True(refused is not null, $"{accepted.Count} webhooks fitted into a full store.\n{world.App.LastLines(20)}");
        var known = await InstanceIdsAsync(world, cancellation);
        Assert.All(accepted, ticket => Assert.Contains(known, id => id.Contains(ticket, StringComparison.Ordinal)));
        Assert.DoesNotContain(known, id => id.Contains(refused, StringComparison.Ordinal));
        Assert.Contains("could not be written", world.App.Output, StringComparison.Ordinal);

        await MakeSpaceAsync(world, cancellation);
        using var again = await world.WebhookAsync(Updated(refused), cancellation);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        string[] all = [.. accepted, refused];
        await world.UntilAsync(async client => await ActiveAsync(client, all) == all.Length, $"the arrival of {all.Length} tickets", cancellation);
    }

    [Fact(Timeout = 120_000)]
    public async Task Start_SecondProcessOnTheSameData_IsRefusedAndTheFirstGoesOn()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(s_tiny, cancellation);
        await using var second = world.SecondApp();

        var exitCode = await second.RunAsync(cancellation);

        var said = Assert.Single(second.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.Contains("Durable Task database", StringComparison.Ordinal));
        Assert.Equal(1, exitCode);
        Assert.Contains("is in use by another engine", said, StringComparison.Ordinal);
        Assert.EndsWith("Stop the other process, or give this one a database path of its own.", said.TrimEnd(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
        var ticket = (await IdsAsync(world, "tickets", cancellation))[0];
        using var answer = await world.WebhookAsync(Updated(ticket), cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await world.UntilAsync(async client => await ActiveAsync(client, [ticket]) == 1, "the ticket's arrival", cancellation);
    }

    /// <summary>Instances that end at once and are kept with their large input; the first have ended when the last no longer fits.</summary>
    private static async Task FillAsync(World world, CancellationToken cancellationToken)
    {
        var number = 0;
        foreach (var size in new[] { 100_000, 10_000, 1_000, 100 })
        {
            while (await StartAsync(world, $"filler-{number:D4}", size, cancellationToken))
            {
                if (size == 100_000)
                {
                    using var ended = await world.Http.GetAsync(new Uri($"{Instances}/filler-{number:D4}", UriKind.Relative), cancellationToken);
                    Assert.True(ended.IsSuccessStatusCode);
                }

                Assert.True(++number < 2_000, "The store does not fill.");
            }
        }
    }

    private static async Task<bool> StartAsync(World world, string id, int size, CancellationToken cancellationToken)
    {
        using var input = new StringContent($"\"{new string('x', size)}\"", Encoding.UTF8, "application/json");
        using var answer = await world.Http.PostAsync(
            new Uri($"runtime/webhooks/durabletask/orchestrators/EntitySyncOrchestrator/{id}", UriKind.Relative), input, cancellationToken);
        return answer.StatusCode == HttpStatusCode.Accepted;
    }

    private static async Task MakeSpaceAsync(World world, CancellationToken cancellationToken)
    {
        var gone = 0;
        foreach (var id in (await InstanceIdsAsync(world, cancellationToken)).Where(id => id.StartsWith("filler-", StringComparison.Ordinal)))
        {
            using var answer = await world.Http.DeleteAsync(new Uri($"{Instances}/{id}", UriKind.Relative), cancellationToken);
            gone += (await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("instancesDeleted").GetInt32();
        }

        Assert.True(gone > 0, "Nothing could be purged.");
    }

    private static async Task<List<string>> InstanceIdsAsync(World world, CancellationToken cancellationToken) =>
    [
        .. (await world.Http.GetFromJsonAsync<JsonElement[]>($"{Instances}?top=5000&showInput=false", cancellationToken))!
            .Select(instance => instance.GetProperty("instanceId").GetString()!),
    ];

    private static async Task<List<string>> IdsAsync(World world, string table, CancellationToken cancellationToken) =>
    [
        .. (await world.Simulator.GetStringAsync(new Uri($"_simulator/records/{table}", UriKind.Relative), cancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!),
    ];

    private static string Updated(string ticket) =>
        JsonSerializer.Serialize(new { eventType = "ticket.updated", entity = new { type = "ticket", id = ticket } });

    private static async Task<int> ActiveAsync(BigQueryClient client, IReadOnlyCollection<string> tickets)
    {
        var sql = $"SELECT COUNT(DISTINCT id) AS n FROM `local.helpdesk_sync.tickets_history` WHERE `_fivetran_active` AND id IN ({string.Join(", ", tickets.Select(id => $"'{id}'"))})";
        try
        {
            var rows = await client.ExecuteQueryAsync(sql, []);
            await foreach (var row in rows.GetRowsAsync())
            {
                return Convert.ToInt32(row["n"], CultureInfo.InvariantCulture);
            }
        }
        catch (Google.GoogleApiException notYet) when (notYet.HttpStatusCode == HttpStatusCode.NotFound)
        {
            // The first write makes the table.
        }

        return 0;
    }
}
