using System.Net;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Simulator;
using HelpdeskSync.Tests.EndToEnd;
using HelpdeskSync.Tests.HouseRules;

namespace HelpdeskSync.Tests.Connectors;

/// <summary>The whole app over a CRM, with no line of C# for it: only <c>crm.json</c> and addresses.</summary>
[Collection("End to end")]
public sealed class SecondConnectorTests
{
    private static readonly DateTimeOffset s_made = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact(Timeout = 180_000)]
    public async Task App_OverACrm_KeepsItsTablesByFullRunIncrementalRunAndWebhook()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var crm = await CrmServer.StartAsync(cancellation);
        for (var number = 0; number < 60; number++)
        {
            crm.SaveNote($"p{number}", $"n{number}", $"Note {number}");
            // Ten each millisecond: windows are cut where the search shows no more than 27 rows.
            crm.SavePerson($"p{number}", $"Person {number}", s_made.AddMilliseconds(number / 10), s_made.AddMilliseconds(number / 10));
            crm.SaveDeal(number, number * 1.5m);
        }

        await using var world = await World.StartAsync(
            new SimulatorOptions { Tickets = 0 },
            cancellation,
            $"--Helpdesk:Connector={Repository.PathOf("HelpdeskSync.Tests/Connectors/crm.json")}",
            $"--Helpdesk:ApiBaseAddress={crm.Address}crm/v3",
            $"--Helpdesk:TokenAddress={crm.Address}token");
        await world.RunAsync("mode=full", cancellation);
        await AssertAsync(world, "SELECT COUNT(*) FROM helpdesk_sync.contacts_history WHERE _fivetran_active", 60);
        await AssertAsync(world, "SELECT COUNT(*) FROM helpdesk_sync.deals_history WHERE _fivetran_active AND CAST(worth AS FLOAT64) = 1.5 * CAST(id AS INT64)", 60);
        await AssertAsync(world, "SELECT COUNT(*) FROM helpdesk_sync.notes_history WHERE _fivetran_active AND personRef = REPLACE(id, 'n', 'p')", 60);

        crm.SavePerson("p7", "Seven", s_made, DateTimeOffset.UtcNow.AddSeconds(-5));
        crm.SavePerson("p60", "Sixty", DateTimeOffset.UtcNow.AddSeconds(-5), DateTimeOffset.UtcNow.AddSeconds(-5));
        await world.RunAsync("mode=incremental", cancellation);
        await AssertAsync(world, "SELECT COUNT(*) FROM helpdesk_sync.contacts_history WHERE id = 'p7' AND name = 'Seven' AND _fivetran_active", 1);
        await AssertAsync(world, "SELECT COUNT(*) FROM helpdesk_sync.contacts_history WHERE _fivetran_active", 61);

        crm.ErasePerson("p9");
        using var taken = await world.WebhookAsync("""{ "event": { "kind": "person.erased", "subject": { "ref": "p9" } } }""", cancellation);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        await world.UntilAsync(
            async client => await CountAsync(client, "SELECT COUNT(*) FROM helpdesk_sync.contacts_history WHERE id = 'p9' AND _fivetran_active") == 0,
            "Closing the erased person",
            cancellation);
    }

    private static async Task AssertAsync(World world, string sql, long expected)
    {
        using var client = world.BigQuery();
        Assert.True(expected == await CountAsync(client, sql), $"{sql}\n{world.App.Output}");
    }

    private static async Task<long> CountAsync(BigQueryClient client, string sql)
    {
        var rows = await client.ExecuteQueryAsync(sql.Replace("COUNT(*)", "COUNT(*) AS v", StringComparison.Ordinal), []);
        await foreach (var row in rows.GetRowsAsync())
        {
            return (long)row["v"]!;
        }

        throw new InvalidOperationException("COUNT(*) has one row.");
    }
}
