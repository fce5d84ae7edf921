using System.Globalization;
using Google.Cloud.BigQuery.V2;
using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.LocalCloud.BigQuery.FaultInjection;

namespace HelpdeskSync.Tests.BigQuery;

/// <summary>Fields that come, change and clash: nothing is lost, nothing fails, and <c>_sync_schema_changes</c> tells what happened.</summary>
public sealed class SchemaDriftTests : IAsyncLifetime
{
    private WarehouseFixture _warehouse = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _warehouse = await WarehouseFixture.StartAsync(Token);

    public ValueTask DisposeAsync() => _warehouse.DisposeAsync();

    [Theory]
    [InlineData("1", "1.5", "NUMERIC", "1;1.5", "")]
    [InlineData("1.5", "2", "NUMERIC", "1.5;2", "")]
    [InlineData("1", "\"abc\"", "INT64", "1;", ";abc")]
    [InlineData("1", "\"7\"", "INT64", "1;7", "")]
    [InlineData("\"abc\"", "12", "STRING", "abc;12", "")]
    [InlineData("\"abc\"", "true", "STRING", "abc;true", "")]
    [InlineData("true", "\"yes\"", "BOOL", "True;", ";yes")]
    [InlineData("1", "9223372036854775808", "NUMERIC", "1;9223372036854775808", "")]
    [InlineData("1", "123456789012345678901234567890123456789", "INT64", "1;", ";123456789012345678901234567890123456789")]
    [InlineData("[]", "[{\"a\":1},{\"a\":2}]", "STRING", "[];[{\"a\":1},{\"a\":2}]", "")]
    [InlineData("{}", "\"x\"", "STRING", "{};x", "")]
    [InlineData("null", "5", "STRING", ";5", "")]
    public async Task WriteAsync_TypeChanges_EveryValueIsInItsColumnOrBesideIt(string first, string second, string type, string values, string aside)
    {
        await WriteAsync(Records.Seen("x", $$"""{"v":{{first}}}"""));
        await WriteAsync(Records.Seen("x", $$"""{"v":{{second}}}""", 10));

        var columns = await ColumnsAsync();
        Assert.Equal(type, columns["v"]);
        Assert.Equal(values, await TextsAsync("v"));
        Assert.Equal(aside.Length > 0, columns.ContainsKey("v__string"));
        Assert.Equal(aside, aside.Length > 0 ? await TextsAsync("v__string") : "");
    }

    [Fact]
    public async Task WriteAsync_NumberBeyondNumeric_GoesBesideWithAllItsDigits()
    {
        await WriteAsync(Records.Seen("x", """{"v":1.5}"""));
        await WriteAsync(Records.Seen("x", """{"v":1e300}""", 10));

        Assert.Equal("NUMERIC", (await ColumnsAsync())["v"]);
        Assert.Equal("1.5;", await TextsAsync("v"));
        Assert.Equal(";1E+300", await TextsAsync("v__float64"));
    }

    [Fact]
    public async Task WriteAsync_NamesOfEveryKind_AreWrittenSideBySide()
    {
        var longName = new string('n', 310);
        await WriteAsync(Records.Seen(
            "x",
            $$"""
            {"Status":"A","status":"B","a":{"b_c":"C"},"a_b":{"c":"D"},"prijs-€":"E","{{longName}}":"F","_TABLE_x":"G","_sync_gone":"H","_row_hash":"I","latest_start":"J",
             "v":1,"v__string":"K","1st":"L","":"M"}
            """));
        await WriteAsync(Records.Seen("x", """{"v":"N","v__string":"O"}""", 10));

        var rows = await _warehouse.QueryAsync("SELECT * FROM `test.things_history` ORDER BY `_fivetran_start`", Token);
        Assert.Equal(2, rows.Count);
        var fields = rows.SelectMany(row => row.Schema.Fields!.Select(field => row[field.Name!] as string)).ToHashSet();
        Assert.All("ABCDEFGHIJKLMNO", letter => Assert.Contains(letter.ToString(), fields));
    }

    [Theory]
    [InlineData("DATE", "\"2026-11-18\"", "2026-11-18")]
    [InlineData("TIMESTAMP", "\"2026-11-18T08:14:52.000Z\"", "2026-11-18 08:14:52")]
    [InlineData("TIMESTAMP", "\"2026-11-18T08:14:52Z\"", "2026-11-18 08:14:52")]
    [InlineData("TIMESTAMP", "\"2026-11-18T10:14:52+02:00\"", "2026-11-18 08:14:52")]
    [InlineData("TIMESTAMP", "1763453692000", "2025-11-18 08:14:52")]
    [InlineData("DATETIME", "\"2026-11-18T08:14:52\"", "2026-11-18 08:14:52")]
    [InlineData("JSON", "{}", "{}")]
    [InlineData("JSON", "\"text\"", "\"text\"")]
    [InlineData("BIGNUMERIC", "12345678901234567890.5", "12345678901234567890.5")]
    public async Task WriteAsync_AdoptedColumn_TakesWhatFitsAndNothingElse(string type, string json, string expected)
    {
        await _warehouse.ExecuteAsync("CREATE SCHEMA IF NOT EXISTS `test`", Token);
        await _warehouse.ExecuteAsync(
            $"CREATE TABLE `test.things_history` (`id` STRING, `v` {type}, `_fivetran_active` BOOL, `_fivetran_start` TIMESTAMP, `_fivetran_end` TIMESTAMP, `_fivetran_synced` TIMESTAMP)",
            Token);

        await WriteAsync(Records.Seen("x", $$"""{"v":{{json}}}"""));
        await WriteAsync(Records.Seen("x", """{"v":[0.12345678901234567890]}""", 10));

        var row = (await _warehouse.QueryAsync("SELECT CAST(TO_JSON_STRING(`v`) AS STRING) AS `json`, CAST(`_row_hash` AS STRING) AS `hash` FROM `test.things_history` WHERE `v` IS NOT NULL", Token))[0];
        Assert.StartsWith("v1:", row.Text("hash"), StringComparison.Ordinal);
        Assert.StartsWith(Digits(expected), Digits(row.Text("json")), StringComparison.Ordinal);
        Assert.Equal(";[0.12345678901234567890]", await TextsAsync("v__string"));
    }

    [Fact]
    public async Task WriteAsync_ConnectorsRowsWithoutHash_GetOneNewVersionAndNoMore()
    {
        await WriteAsync(Records.Seen("x", """{"v":"a"}"""));
        await _warehouse.ExecuteAsync("UPDATE `test.things_history` SET `_row_hash` = NULL WHERE TRUE", Token);

        var first = await WriteAsync(Records.Seen("x", """{"v":"a"}""", 10), Records.Gone("never was", 10));
        var second = await WriteAsync(Records.Seen("x", """{"v":"a"}""", 20));

        Assert.Equal((1, 0), (first.Inserted, second.Inserted));
    }

    [Fact]
    public async Task WriteAsync_IdIsNoString_FailsWithWhatToDo()
    {
        await _warehouse.ExecuteAsync("CREATE SCHEMA IF NOT EXISTS `test`", Token);
        await _warehouse.ExecuteAsync("CREATE TABLE `test.things_history` (`id` INT64)", Token);

        var failure = await Assert.ThrowsAsync<WarehouseException>(() => WriteAsync(Records.Seen("x", """{"v":1}""")));

        Assert.Contains("'id' of table 'things_history' must be STRING", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WriteAsync_TwoProcessesMeetANewFieldAtOnce_BothWriteAndItIsNotedOnce()
    {
        await using var other = await _warehouse.OtherAsync(Token);
        await WriteAsync(Records.Seen("x", """{"old":1}"""));
        await other.Writer.WriteAsync(Records.Things, [Records.Seen("y", """{"old":1}""")], Token);
        _warehouse.Server.Faults.Set(1, new FaultRule(FaultKind.Latency) { SqlContains = "ADD COLUMN", Latency = TimeSpan.FromMilliseconds(200) });

        await Task.WhenAll(
            WriteAsync(Records.Seen("x", """{"old":1.5,"new":1}""", 10)),
            other.Writer.WriteAsync(Records.Things, [Records.Seen("y", """{"old":2.5,"new":"text"}""", 10)], Token));

        var rows = await _warehouse.QueryAsync("SELECT * FROM `test.things_history` WHERE `_fivetran_active`", Token);
        var values = rows.SelectMany(row => row.Schema.Fields!.Where(field => field.Name!.StartsWith("new", StringComparison.Ordinal)).Select(field => row[field.Name!]?.ToString()));
        Assert.Equal(["1", "text"], values.OfType<string>().Order());
        Assert.All(await ChangesAsync(), change => Assert.Equal(1, change.Value));
        Assert.Contains("old INT64>NUMERIC", (await ChangesAsync()).Keys);
    }

    [Fact]
    public async Task WriteAsync_ColumnWasDroppedBySomebody_IsMadeAnew()
    {
        await WriteAsync(Records.Seen("x", """{"v":1}"""));
        await _warehouse.ExecuteAsync("ALTER TABLE `test.things_history` DROP COLUMN `v`", Token);

        await WriteAsync(Records.Seen("x", """{"v":2}""", 10));

        Assert.Equal(";2", await TextsAsync("v"));
    }

    [Fact]
    public async Task WriteAsync_NamesAndTypesAreGiven_AreUsed()
    {
        await using var app = await _warehouse.OtherAsync(
            Token, ("History:Columns:things:cf.order:Name", "order_number"), ("History:Columns:things:cf.order:Type", "Int64"),
            ("History:Columns:things:created:Type", "Timestamp"));

        await app.Writer.WriteAsync(Records.Things, [Records.Seen("x", """{"cf":{"order":"55"},"created":"2026-11-18T08:14:52Z"}""")], Token);

        var columns = await ColumnsAsync();
        Assert.Equal(("INT64", "TIMESTAMP"), (columns["order_number"], columns["created"]));
        Assert.Equal("55", await TextsAsync("order_number"));
    }

    private Task<WriteCounts> WriteAsync(params HelpdeskSync.Functions.Records.StagedRecord[] records) => _warehouse.Writer.WriteAsync(Records.Things, records, Token);

    private async Task<Dictionary<string, string>> ColumnsAsync() =>
        (await _warehouse.QueryAsync("SELECT `column_name`, `data_type` FROM `test.INFORMATION_SCHEMA.COLUMNS` WHERE `table_name` = 'things_history'", Token))
            .ToDictionary(row => row.Text("column_name"), row => row.Text("data_type"));

    private async Task<Dictionary<string, int>> ChangesAsync() =>
        (await _warehouse.QueryAsync("SELECT `column_name`, `type_before`, `type_after` FROM `test._sync_schema_changes`", Token))
            .GroupBy(row => $"{row["column_name"]} {row["type_before"]}>{row["type_after"]}").ToDictionary(group => group.Key, group => group.Count());

    private async Task<string> TextsAsync(string column) => string.Join(';', (await _warehouse.QueryAsync(
        $"SELECT `{column}` AS `v` FROM `test.things_history` ORDER BY `_fivetran_start`", Token)).Select(row => Convert.ToString(Plain(row["v"]), CultureInfo.InvariantCulture)));

    private static object? Plain(object? value) => value is BigQueryNumeric number ? number.ToString() : value;

    private static string Digits(string text) => new([.. text.Where(char.IsAsciiLetterOrDigit).Where(letter => letter is not ('T' or 'Z'))]);
}
