using System.Net.Http.Json;
using System.Text.Json;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.Functions.GoogleAccess;
using HelpdeskSync.Functions.Storage;
using HelpdeskSync.Functions.Tables;
using HelpdeskSync.LocalCloud.BigQuery;
using HelpdeskSync.Simulator;
using HelpdeskSync.Tests.EndToEnd;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskSync.Tests.Tables;

/// <summary>What a run costs: <c>_sync_runs</c> against what BigQuery was asked, and the bound on one statement.</summary>
[Collection("End to end")]
public sealed class RunCostTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory(Timeout = 240_000)]
    [InlineData("mode=full")]
    [InlineData("mode=incremental")]
    [InlineData("mode=full&deep=true")]
    public async Task SyncRuns_AfterARun_CountEveryStatementThatBigQueryBilled(string query)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var simulator = new SimulatorOptions { Tickets = 30, Contacts = 8, Agents = 3, Departments = 2, Seed = 5 };
        await using var world = await World.StartAsync(simulator, cancellation, "--Operations:MeasureEvery=01:00:00", "--BigQuery:LargestParameterBatch=10");
        await FailAsync(world);
        world.WarehouseActivity.Reset();

        await world.RunAsync(query, cancellation);

        var asked = world.WarehouseActivity.Statements.Where(IsOfTheRun).ToList();
        var (statements, bytes) = await NotedAsync(world);
        Assert.Equal((asked.Sum(one => one.Count), asked.Sum(one => one.BytesBilled)), (statements, bytes));
        Assert.Contains(asked, one => one.Type == "SELECT");
        Assert.Contains(asked, one => one.Type == "MERGE" && one.Table.EndsWith("._sync_failures", StringComparison.Ordinal));
        Assert.Contains(asked, one => one.Type == "ALTER_TABLE" && one.Table.EndsWith("_history", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Diff_BillsMoreThanTheBudget_IsRefusedAndSaysWhich()
    {
        await using var server = await BigQueryServer.StartAsync(new BigQueryServerOptions { Port = 0 }, Token);
        await using var services = Services(server, budget: 15L * 1024 * 1024);
        var connector = Model.Connector(5, 99);

        var refused = await Assert.ThrowsAsync<WarehouseException>(() => services.GetRequiredService<DiffListingActivity>().RunAsync(
            new("run", connector.Entities[0].Table, true, false, null), Token));

        Assert.Equal("bytesBilledLimitExceeded", refused.Reason);
        Assert.Contains("diff_", refused.Message, StringComparison.Ordinal);
    }

    // Not a run's: the app's own tables are made once, and the two statements that end a table's work stand after the row that they would be counted in.
    private static bool IsOfTheRun(StatementCount one) =>
        one.Type != "LOAD" && (!one.Table.Contains("._sync_", StringComparison.Ordinal)
            || one.Table.Contains("._sync_stage_", StringComparison.Ordinal)
            || one.Table.EndsWith("._sync_failures", StringComparison.Ordinal)
            || (one.Type == "MERGE" && one.Table.EndsWith("._sync_schema_changes", StringComparison.Ordinal)))
        && !(one.Type == "CREATE_TABLE" && one.Table.EndsWith("._sync_failures", StringComparison.Ordinal));

    // A record that cannot be fetched is put down and tried again at the end: that costs statements, too.
    private static async Task FailAsync(World world)
    {
        var records = await world.Simulator.GetStringAsync("_simulator/records/contacts", Token);
        var id = JsonSerializer.Deserialize<JsonElement>(records[..records.IndexOf('\n', StringComparison.Ordinal)]).GetProperty("id").GetString();
        using var set = await world.Simulator.PutAsJsonAsync("_simulator/faults", new { failIds = new[] { id } }, Token);
        set.EnsureSuccessStatusCode();
    }

    private static async Task<(long Statements, long Bytes)> NotedAsync(World world)
    {
        using var client = world.BigQuery();
        var rows = await client.ExecuteQueryAsync("SELECT SUM(`statements`) AS `statements`, SUM(`bytes_billed`) AS `bytes` FROM `local.helpdesk_sync._sync_runs`", [], cancellationToken: Token);
        await foreach (var row in rows.GetRowsAsync().WithCancellation(Token))
        {
            return ((long)row["statements"]!, (long)row["bytes"]!);
        }

        throw new InvalidOperationException("No row.");
    }

    private static ServiceProvider Services(BigQueryServer server, long budget)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["BigQuery:ProjectId"] = "local", ["BigQuery:Dataset"] = "test", ["BigQuery:BaseAddress"] = new Uri(server.Address, "bigquery/v2/").ToString(),
            ["BigQuery:MaximumBytesBilled"] = $"{budget}", ["Google:AccessToken"] = "local",
        }).Build());
        services.AddLogging().AddSingleton(TimeProvider.System).AddGoogle().AddBigQuery().AddTables();
        return services.AddSingleton(Model.Connector(5, 99)).AddSingleton<IStagedBatches>(new MemoryBatches()).AddSingleton<DiffListingActivity>().BuildServiceProvider();
    }
}
