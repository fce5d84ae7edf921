using System.Net.Http.Json;
using System.Text.Json;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Simulator;
using HelpdeskSync.Tests.EndToEnd;

namespace HelpdeskSync.Tests.Tables;

/// <summary>More tickets changed in one millisecond than a search shows, in the whole app.</summary>
[Collection("End to end")]
public sealed class WindowFullTests
{
    private const int Tickets = 1150;

    [Fact(Timeout = 240_000)]
    public async Task Incremental_MillisecondThatIsFull_StopsTheWatermarkAndSaysSoUntilAFullRunHasReadThem()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(new SimulatorOptions { Tickets = Tickets, Contacts = 5, Agents = 2, Departments = 2 }, cancellation);
        var ids = (await world.Simulator.GetStringAsync("_simulator/records/tickets", cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("id").GetString());
        foreach (var id in ids)
        {
            using var moved = await world.Simulator.PutAsJsonAsync($"_simulator/records/tickets/{id}", new { modifiedTime = "2026-02-03T04:05:06.789Z" }, cancellation);
            moved.EnsureSuccessStatusCode();
        }

        var ended = await world.RunAsync("mode=incremental&tables=tickets", cancellation);

        Assert.Contains($"\"End\":{(int)Functions.Tables.RunEnd.NeedsAttention}", ended.GetProperty("output").ToString());
        Assert.Equal("needs_attention", await OneAsync(world, "SELECT outcome AS v FROM helpdesk_sync._sync_runs WHERE table_name = 'tickets'"));
        Assert.Contains("2026-02-03T04:05:06.789Z", await OneAsync(world, "SELECT detail AS v FROM helpdesk_sync._sync_runs WHERE table_name = 'tickets'"));
        Assert.Equal("none", await OneAsync(world, "SELECT IFNULL(MAX(value), 'none') AS v FROM helpdesk_sync._sync_state WHERE name = 'watermark/tickets'"));

        await world.RunAsync("mode=full&tables=tickets", cancellation);

        Assert.Equal($"{Tickets}", await OneAsync(world, "SELECT CAST(COUNT(*) AS STRING) AS v FROM helpdesk_sync.tickets_history WHERE _fivetran_active"));
        Assert.NotEqual("none", await OneAsync(world, "SELECT IFNULL(MAX(value), 'none') AS v FROM helpdesk_sync._sync_state WHERE name = 'watermark/tickets'"));
    }

    private static async Task<string> OneAsync(World world, string sql)
    {
        using BigQueryClient client = world.BigQuery();
        var rows = await client.ExecuteQueryAsync(sql, []);
        await foreach (var row in rows.GetRowsAsync())
        {
            return (string)row["v"]!;
        }

        Assert.Fail($"{sql} found nothing.\n{world.App.Output}");
        return "";
    }
}
