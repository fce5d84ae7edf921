using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Tests.BigQuery;

/// <summary>The app's own tables in a dataset where an older version of the app has been at work.</summary>
public sealed class OwnTablesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ensure_TablesOfAnOlderShape_GetTheColumnsTheyLackAndKeepTheirRows()
    {
        await using var warehouse = await WarehouseFixture.StartAsync(Token);
        await OlderAsync(warehouse);

        await warehouse.Service<OwnTables>().EnsureAsync(Token);

        foreach (var table in OwnTable.All)
        {
            var schema = await warehouse.Service<Warehouse>().FindSchemaAsync($"_sync_{table.Name}", Token);
            var columns = schema!.Fields!.ToDictionary(field => field.Name!, ColumnTypes.FromRest, StringComparer.OrdinalIgnoreCase);
            Assert.All(table.Keys.Concat(table.Others), column => Assert.Equal(column.Type, columns.GetValueOrDefault(column.Name)));
        }

        var kept = Assert.Single(await warehouse.QueryAsync("SELECT `run`, `MODE`, `statements`, `outcome` FROM `test._sync_runs`", Token));
        Assert.Equal(("old-1", "full", null, null), (kept["run"], kept["MODE"], kept["statements"], kept["outcome"]));
    }

    [Fact]
    public async Task Ensure_TableLacksColumns_AddsThemInOneStatementAndNeverAgain()
    {
        await using var warehouse = await WarehouseFixture.StartAsync(Token);
        await OlderAsync(warehouse);
        warehouse.Server.Activity.Reset();

        await warehouse.Service<OwnTables>().EnsureAsync(Token);
        var first = Statements(warehouse);
        await using var restarted = await warehouse.OtherAsync(Token);
        await restarted.Service<OwnTables>().EnsureAsync(Token);

        Assert.Equal(["ALTER_TABLE local:test._sync_failures 1", "ALTER_TABLE local:test._sync_runs 1"], first.Where(one => one.StartsWith("ALTER", StringComparison.Ordinal)));
        Assert.Equal(first, Statements(warehouse));
    }

    [Fact]
    public async Task Ensure_TwoProcessesAtOnce_BothSucceed()
    {
        await using var warehouse = await WarehouseFixture.StartAsync(Token);
        await OlderAsync(warehouse);
        await using var other = await warehouse.OtherAsync(Token);

        await Task.WhenAll(warehouse.Service<OwnTables>().EnsureAsync(Token), other.Service<OwnTables>().EnsureAsync(Token));

        Assert.Empty(await warehouse.QueryAsync("SELECT `first_failed_at` FROM `test._sync_failures`", Token));
    }

    private static IEnumerable<string> Statements(WarehouseFixture warehouse) =>
        [.. warehouse.Server.Activity.Statements.Select(one => $"{one.Type} {one.Table} {one.Count}")];

    private static async Task OlderAsync(WarehouseFixture warehouse)
    {
        await warehouse.ExecuteAsync("CREATE SCHEMA IF NOT EXISTS `local.test`", Token);
        await warehouse.ExecuteAsync("CREATE TABLE `test._sync_runs` (`run` STRING NOT NULL, `table_name` STRING NOT NULL, `MODE` STRING, `listed` INT64)", Token);
        await warehouse.ExecuteAsync("INSERT INTO `test._sync_runs` (`run`, `table_name`, `MODE`) VALUES ('old-1', 'tickets', 'full')", Token);
        await warehouse.ExecuteAsync("CREATE TABLE `test._sync_failures` (`table_name` STRING NOT NULL, `id` STRING NOT NULL)", Token);
    }
}
