using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HelpdeskSync.Simulator;
using HelpdeskSync.Tests.EndToEnd;

namespace HelpdeskSync.Tests.Cutover;

/// <summary>A cut-over from an old connector in Fivetran's conventions, on the whole app, as the README walks through it.</summary>
[Collection("End to end")]
public sealed class AdoptEndToEndTests
{
    private static readonly SimulatorOptions s_small = new() { Tickets = 60, Contacts = 20, Agents = 4, Departments = 3, Seed = 11 };

    // Every record of these has a modified time: their versions begin where the old connector's do. Of others the app knows no beginning but its own look.
    private static readonly string[] s_dated = ["tickets", "contacts"];

    [Fact(Timeout = 480_000)]
    public async Task Adopt_OldConnectorInFivetransConventions_IsTakenOverWithoutPhantoms()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var world = await World.StartAsync(s_small, cancellation);
        await LiveUnderTheOldConnectorAsync(world, cancellation);

        var proposed = await AdoptAsync(world, "", cancellation);
        AssertProposed(proposed);
        var nothing = await Assert.ThrowsAsync<Google.GoogleApiException>(() => CountAsync(world, "`local.helpdesk_sync.tickets_history`", cancellation));
        Assert.Contains("Dataset local:helpdesk_sync was not found", nothing.Message, StringComparison.Ordinal);
        await RestartAsync(world, proposed, cancellation);

        // The settings decide nothing about which versions there are: what was foretold is what comes.
        var imported = await AdoptTwiceAtOnceAsync(world, cancellation);
        Assert.Equal(PerTable(proposed, table => table.GetProperty("WouldImport").GetProperty("Import").GetInt64()), Imported(imported));
        Assert.True(Imported(imported)["tickets"] >= 12, imported.ToString());
        Assert.DoesNotContain("were imported under", imported.ToString(), StringComparison.Ordinal);

        await world.RunAsync("mode=full", cancellation);
        foreach (var table in s_dated)
        {
            Assert.Equal(0, await DifferentVersionsAsync(world, table, cancellation));
        }

        await AssertNothingMoreAsync(world, cancellation);
        await AssertBeginsWhereTheOldOneDoesAsync(world, cancellation);
        await AssertSoundAsync(world, cancellation);
    }

    private static async Task LiveUnderTheOldConnectorAsync(World world, CancellationToken cancellationToken)
    {
        await OldConnectorTables.SyncAsync(world.Simulator, "modified", cancellationToken);
        var text = await world.Simulator.GetStringAsync(new Uri("_simulator/records/tickets", UriKind.Relative), cancellationToken);
        var ids = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!).Take(13).ToList();
        foreach (var id in ids)
        {
            using var changed = await world.Simulator.PutAsync(new Uri($"_simulator/records/tickets/{id}", UriKind.Relative), null, cancellationToken);
            changed.EnsureSuccessStatusCode();
        }

        await OldConnectorTables.SyncAsync(world.Simulator, "modified", cancellationToken);
        using var deleted = await world.Simulator.DeleteAsync(new Uri($"_simulator/records/tickets/{ids[0]}", UriKind.Relative), cancellationToken);
        deleted.EnsureSuccessStatusCode();
        await OldConnectorTables.SyncAsync(world.Simulator, "modified", cancellationToken);
        using var client = world.BigQuery();
        await OldConnectorTables.LoadAsync(world.Simulator, client, Truth.Tables, cancellationToken);
    }

    private static void AssertProposed(JsonElement report)
    {
        var settings = report.GetProperty("Proposal").GetProperty("Settings");
        Assert.Equal("Maximum", settings.GetProperty("History__OpenEnd").GetString());
        Assert.Equal("NextStartMinusOneMillisecond", settings.GetProperty("History__SupersededEnd").GetString());
        Assert.Equal("SourceModified", settings.GetProperty("History__VersionStart").GetString());
        Assert.Equal("SnakeCase", settings.GetProperty("History__Naming").GetString());
        Assert.Equal("Timestamp", settings.GetProperty("History__Columns__tickets__createdTime__Type").GetString());
        Assert.Equal("commenter_id", settings.GetProperty("History__Columns__comments__commenterId__Name").GetString());
        Assert.All(report.GetProperty("Proposal").GetProperty("Decisions").EnumerateArray(), decision => Assert.True(decision.GetProperty("For").GetInt64() > 10, decision.ToString()));
        Assert.All(report.GetProperty("Tables").EnumerateArray(), table =>
        {
            Assert.True(table.GetProperty("Conventions").GetProperty("Versions").GetInt64() > 0, table.ToString());
            Assert.StartsWith("A plain table, neither partitioned nor clustered.", table.GetProperty("Layout").GetString(), StringComparison.Ordinal);
        });
    }

    private static async Task RestartAsync(World world, JsonElement report, CancellationToken cancellationToken)
    {
        foreach (var setting in report.GetProperty("Proposal").GetProperty("Settings").EnumerateObject())
        {
            world.App.Settings.Add(setting.Name, setting.Value.GetString()!);
        }

        await world.App.KillAsync(cancellationToken);
        await world.App.StartAsync(cancellationToken);
    }

    private static async Task<JsonElement> AdoptTwiceAtOnceAsync(World world, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(PostAsync(world, "&apply=true", cancellationToken), PostAsync(world, "&apply=true", cancellationToken));
        Assert.Equal([HttpStatusCode.Accepted, HttpStatusCode.Conflict], answers.Select(answer => answer.Status).Order());
        var (started, refused) = (answers.Single(answer => answer.Status == HttpStatusCode.Accepted).Body, answers.Single(answer => answer.Status == HttpStatusCode.Conflict).Body);
        Assert.Equal(started.GetProperty("id").GetString(), refused.GetProperty("running").GetProperty("id").GetString());
        return await OutputAsync(world, started, cancellationToken);
    }

    // Full runs write no versions; an import brings the old beginnings of records whose modified time nobody knows, once.
    private static async Task AssertNothingMoreAsync(World world, CancellationToken cancellationToken)
    {
        var late = Imported(await AdoptAsync(world, "&apply=true", cancellationToken));
        Assert.All(s_dated, table => Assert.Equal(0, late[table]));
        Assert.True(late["agents"] > 0 && late["threads"] > 0);
        Assert.All(Imported(await AdoptAsync(world, "&apply=true", cancellationToken)).Values, count => Assert.Equal(0, count));
        var again = await world.RunAsync("mode=full", cancellationToken);
        Assert.Equal(0, again.GetProperty("output").GetProperty("Tables").EnumerateArray().Sum(table => table.GetProperty("Copied").GetProperty("Written").GetProperty("Inserted").GetInt64()));
    }

    private static async Task AssertBeginsWhereTheOldOneDoesAsync(World world, CancellationToken cancellationToken)
    {
        foreach (var table in Truth.Tables)
        {
            Assert.Equal(0, await CountAsync(
                world,
                $"""
                (SELECT `id`, MIN(`_fivetran_start`) AS `start` FROM `local.old.{table}_history` GROUP BY `id`) AS B
                LEFT JOIN (SELECT `id`, MIN(`_fivetran_start`) AS `start` FROM `local.helpdesk_sync.{table}_history` GROUP BY `id`) AS O ON O.`id` = B.`id`
                WHERE O.`start` IS NULL OR O.`start` <> B.`start`
                """,
                cancellationToken));
        }
    }

    private static async Task AssertSoundAsync(World world, CancellationToken cancellationToken)
    {
        var (_, started) = await PostAsync(world, new Uri("api/verify", UriKind.Relative), cancellationToken);
        Assert.True((await OutputAsync(world, started, cancellationToken)).GetProperty("Pass").GetBoolean());
        (_, started) = await PostAsync(world, new Uri("api/compare?baseline=local.old", UriKind.Relative), cancellationToken);
        var compared = await OutputAsync(world, started, cancellationToken);
        Assert.True(compared.GetProperty("Tables").EnumerateArray().Where(table => s_dated.Contains(table.GetProperty("Table").GetString())).All(table => table.GetProperty("Pass").GetBoolean()), compared.ToString());
    }

    // Versions, by id, start, end and mark, that one side has and the other has not.
    private static Task<long> DifferentVersionsAsync(World world, string table, CancellationToken cancellationToken) => CountAsync(
        world,
        $"""
        (SELECT `id`, `_fivetran_start` AS `start`, `_fivetran_end` AS `end`, `_fivetran_active` AS `active` FROM `local.old.{table}_history`) AS B
        FULL OUTER JOIN (SELECT `id`, `_fivetran_start` AS `start`, `_fivetran_end` AS `end`, `_fivetran_active` AS `active` FROM `local.helpdesk_sync.{table}_history`) AS O
        ON O.`id` = B.`id` AND O.`start` = B.`start` AND O.`end` = B.`end` AND O.`active` = B.`active`
        WHERE O.`id` IS NULL OR B.`id` IS NULL
        """,
        cancellationToken);

    private static async Task<JsonElement> AdoptAsync(World world, string more, CancellationToken cancellationToken) =>
        await OutputAsync(world, (await PostAsync(world, more, cancellationToken)).Body, cancellationToken);

    private static Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(World world, string more, CancellationToken cancellationToken) =>
        PostAsync(world, new Uri($"api/adopt?baseline=local.old{more}", UriKind.Relative), cancellationToken);

    private static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(World world, Uri path, CancellationToken cancellationToken)
    {
        using var answer = await world.Http.PostAsync(path, null, cancellationToken);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken));
    }

    private static async Task<JsonElement> OutputAsync(World world, JsonElement started, CancellationToken cancellationToken)
    {
        var ended = await world.EndOfAsync(new Uri(started.GetProperty("statusQueryGetUri").GetString()!), cancellationToken);
        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended + world.App.Output);
        return ended.GetProperty("output");
    }

    private static Dictionary<string, long> Imported(JsonElement report) => PerTable(report, table => table.GetProperty("Import").GetProperty("Imported").GetInt64());

    private static Dictionary<string, long> PerTable(JsonElement report, Func<JsonElement, long> figure) =>
        report.GetProperty("Tables").EnumerateArray().ToDictionary(table => table.GetProperty("Table").GetString()!, figure);

    private static async Task<long> CountAsync(World world, string from, CancellationToken cancellationToken)
    {
        using var client = world.BigQuery();
        var rows = await client.ExecuteQueryAsync($"SELECT COUNT(*) AS `n` FROM {from}", [], cancellationToken: cancellationToken);
        await foreach (var row in rows.GetRowsAsync().WithCancellation(cancellationToken))
        {
            return (long)row["n"]!;
        }

        throw new InvalidOperationException("A count has one row.");
    }
}
