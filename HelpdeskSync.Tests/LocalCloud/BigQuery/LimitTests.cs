using System.Globalization;
using System.Text.Json.Nodes;

namespace HelpdeskSync.Tests.LocalCloud.BigQuery;

/// <summary>What BigQuery refuses, the local one refuses with the same code, reason and place.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private LocalServer _local = null!;

    public async ValueTask InitializeAsync()
    {
        _local = await LocalServer.StartAsync();
        await _local.QueryAsync("CREATE TABLE t (id STRING, n INT64)");
    }

    public ValueTask DisposeAsync() => _local.DisposeAsync();

    [Fact]
    public async Task Dml_RowsStreamedWithinHalfAnHour_IsRefusedUntilTheyAreOlder()
    {
        await _local.QueryAsync("INSERT t (id) VALUES ('old')");
        await _local.OkAsync(HttpMethod.Post, "projects/local/datasets/d/tables/t/insertAll", """{"rows":[{"insertId":"1","json":{"id":"a"}},{"insertId":"1","json":{"id":"a"}}]}""");

        foreach (var sql in new[]
        {
            "UPDATE t SET n = 1 WHERE id = 'a'", "DELETE FROM t WHERE id = 'a'", "TRUNCATE TABLE t",
            "MERGE t USING (SELECT 'a' AS id) AS s ON s.id = t.id WHEN MATCHED THEN UPDATE SET n = 1",
        })
        {
            var refused = await _local.QueryRefusedAsync(sql);
            Assert.Equal((400, "invalidQuery", "query"), (refused.Code, refused.Reason, refused.Location));
            Assert.Contains("over table local:d.t would affect rows in the streaming buffer, which is not supported", refused.Message, StringComparison.Ordinal);
        }

        await _local.QueryAsync("INSERT t (id) VALUES ('b')");
        var table = await _local.OkAsync(HttpMethod.Get, "projects/local/datasets/d/tables/t");
        Assert.Equal("1", (string?)table["streamingBuffer"]!["estimatedRows"]);
        _local.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("1", (string?)(await _local.QueryAsync("DELETE FROM t WHERE id = 'a'"))["numDmlAffectedRows"]);
    }

    [Fact]
    public async Task Dml_ManyAtOnce_TwoRunTwentyWaitAndTheOthersAreRefused()
    {
        await _local.QueryAsync("INSERT t (id, n) SELECT CAST(x AS STRING), x FROM UNNEST(GENERATE_ARRAY(1, 1000)) AS x");
        const string Slow = "UPDATE d.t SET n = (SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 4000)) AS a, UNNEST(GENERATE_ARRAY(1, 40000)) AS b WHERE MOD(a * b, 7) = 1) WHERE TRUE";
        await Task.WhenAll(Enumerable.Range(0, 22).Select(id => _local.OkAsync(HttpMethod.Post, "projects/local/jobs", LocalServer.JobBody($"u{id}", Slow))));

        var refused = Refusal.Of(await _local.JobAsync("late", "UPDATE d.t SET n = 0 WHERE TRUE"));
        var waiting = await _local.OkAsync(HttpMethod.Get, "projects/local/jobs?stateFilter=pending");
        var other = await _local.JobAsync("insert-elsewhere", "CREATE TABLE d.other (id STRING)");
        foreach (var id in Enumerable.Range(0, 22).Reverse())
        {
            await _local.OkAsync(HttpMethod.Post, $"projects/local/jobs/u{id}/cancel");
        }

        Assert.Equal("resourcesExceeded", refused.Reason);
        Assert.Contains("Too many DML statements outstanding against table local:d.t, limit is 20.", refused.Message, StringComparison.Ordinal);
        Assert.Equal(20, waiting["jobs"]!.AsArray().Count);
        Assert.Null(other["status"]!["errorResult"]);
        Assert.Equal("stopped", Refusal.Of(await _local.FinishedAsync("u0")).Reason);
        Assert.Equal((2, 22), (_local.Server.Activity.MostRunningMutations, _local.Server.Activity.MostOutstandingMutations));
        Assert.Null((await _local.JobAsync("after", "UPDATE d.t SET n = 0 WHERE TRUE"))["status"]!["errorResult"]);
    }

    [Fact]
    public async Task Requests_TooLarge_AreRefused()
    {
        var sql = await _local.QueryRefusedAsync("SELECT '" + new string('x', 1024 * 1024) + "'");
        var body = await _local.QueryRefusedAsync("SELECT @p", $$$"""[{"name":"p","parameterType":{"type":"STRING"},"parameterValue":{"value":"{{{new string('x', 10 * 1024 * 1024)}}}"}}]""");
        var parameters = string.Join(',', Enumerable.Range(0, 10_001).Select(n => $$$"""{"name":"p{{{n}}}","parameterType":{"type":"INT64"},"parameterValue":{"value":"1"}}"""));
        var many = await _local.QueryRefusedAsync("SELECT @p0", $"[{parameters}]");

        Assert.Equal((400, "invalid"), (sql.Code, sql.Reason));
        Assert.Contains("query is too large", sql.Message, StringComparison.Ordinal);
        Assert.Equal((413, "requestTooLarge"), (body.Code, body.Reason));
        Assert.Equal((400, "invalid"), (many.Code, many.Reason));
        Assert.Contains("10001", many.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UPDATE t SET n = 1", "invalidQuery", "query", "UPDATE must have a WHERE clause")]
    [InlineData("DELETE t", "invalidQuery", "query", "DELETE must have a WHERE clause")]
    [InlineData("SELECT x FROM t", "invalidQuery", "query", "Unrecognized name: x at [1:8]")]
    [InlineData("CREATE TABLE u (a INT64, A STRING)", "invalidQuery", "query", "Duplicate column name")]
    [InlineData("MERGE t USING (SELECT 'a' AS id UNION ALL SELECT 'a') AS s ON TRUE WHEN MATCHED THEN DELETE", "invalidQuery", "query", "must match at most one source row")]
    public async Task Query_Wrong_AnswersReasonPlaceAndMessage(string sql, string reason, string location, string message)
    {
        await _local.QueryAsync("INSERT t (id) VALUES ('a')");

        var refused = await _local.QueryRefusedAsync(sql);

        Assert.Equal((400, reason, location), (refused.Code, refused.Reason, refused.Location));
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Query_UnqualifiedTableWithoutDefaultDataset_IsRefused()
    {
        var refused = await _local.RefusedAsync(HttpMethod.Post, "projects/local/queries", """{"query":"SELECT 1 FROM t","useLegacySql":false}""");

        Assert.Equal((400, "invalid", "Table \"t\" must be qualified with a dataset (e.g. dataset.table)."), (refused.Code, refused.Reason, refused.Message));
    }

    [Fact]
    public async Task Query_MoreBytesThanAllowed_IsRefusedAndChangesNothing()
    {
        var body = JsonNode.Parse(LocalServer.QueryBody("UPDATE t SET n = 1 WHERE TRUE"))!.AsObject();
        body["maximumBytesBilled"] = "1000000";

        var refused = await _local.RefusedAsync(HttpMethod.Post, "projects/local/queries", body.ToJsonString());

        Assert.Equal((400, "bytesBilledLimitExceeded", "Query exceeded limit for bytes billed: 1000000. 10485760 or higher required."), (refused.Code, refused.Reason, refused.Message));
    }

    [Fact]
    public async Task Tables_PatchedSixTimesInTenSeconds_TheSixthIsRefusedUntilLater()
    {
        for (var update = 0; update < 5; update++)
        {
            await PatchAsync(update);
        }

        var refused = await _local.RefusedAsync(HttpMethod.Patch, "projects/local/datasets/d/tables/t", """{"description":"6"}""");

        Assert.Equal((403, "rateLimitExceeded"), (refused.Code, refused.Reason));
        _local.Clock.Advance(TimeSpan.FromSeconds(10));
        await PatchAsync(6);
    }

    [Fact]
    public async Task Tables_ColumnsDifferingByCaseAndLostColumns_AreRefused()
    {
        var twice = await _local.RefusedAsync(
            HttpMethod.Post, "projects/local/datasets/d/tables", """{"tableReference":{"tableId":"u"},"schema":{"fields":[{"name":"a","type":"STRING"},{"name":"A","type":"STRING"}]}}""");
        var lost = await _local.RefusedAsync(HttpMethod.Patch, "projects/local/datasets/d/tables/t", """{"schema":{"fields":[{"name":"id","type":"STRING"}]}}""");
        var there = await _local.RefusedAsync(HttpMethod.Post, "projects/local/datasets/d/tables", """{"tableReference":{"tableId":"t"},"schema":{"fields":[{"name":"a","type":"STRING"}]}}""");

        Assert.Equal((400, "invalid"), (twice.Code, twice.Reason));
        Assert.Equal((400, "invalid", "Provided Schema does not match Table local:d.t. Field n is missing in new schema"), (lost.Code, lost.Reason, lost.Message));
        Assert.Equal((409, "duplicate", "Already Exists: Table local:d.t"), (there.Code, there.Reason, there.Message));
    }

    [Fact]
    public async Task InsertAll_UnknownField_RefusesTheRowAndStopsTheOthers()
    {
        const string Path = "projects/local/datasets/d/tables/t/insertAll";
        var answer = await _local.OkAsync(HttpMethod.Post, Path, """{"rows":[{"json":{"id":"a"}},{"json":{"id":"b","nope":1}}]}""");

        var errors = answer["insertErrors"]!.AsArray();
        Assert.Equal("stopped", (string?)errors[0]!["errors"]![0]!["reason"]);
        Assert.Equal(("invalid", "nope", "no such field: nope."), Parts(errors[1]!["errors"]![0]!));
        Assert.Equal("0", await _local.ScalarAsync("SELECT COUNT(*) FROM t"));
        await _local.OkAsync(HttpMethod.Post, Path, """{"skipInvalidRows":true,"rows":[{"json":{"id":"a"}},{"json":{"id":"b","nope":1}}]}""");
        Assert.Equal("1", await _local.ScalarAsync("SELECT COUNT(*) FROM t"));
    }

    [Fact]
    public async Task Tables_ExpirationPassed_AreGone()
    {
        await _local.QueryAsync("CREATE TABLE stage (id STRING) OPTIONS (expiration_timestamp = TIMESTAMP_ADD(CURRENT_TIMESTAMP(), INTERVAL 1 DAY))");
        _local.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal("0", await _local.ScalarAsync("SELECT COUNT(*) FROM stage"));

        _local.Clock.Advance(TimeSpan.FromHours(2));

        Assert.Equal((404, "notFound"), ((await _local.QueryRefusedAsync("SELECT COUNT(*) FROM stage")) is var gone ? (gone.Code, gone.Reason) : default));
        await _local.QueryAsync("CREATE TABLE stage (other INT64)");
    }

    [Fact]
    public async Task JobsQuery_SameRequestId_RunsOnce()
    {
        var body = JsonNode.Parse(LocalServer.QueryBody("INSERT t (id) VALUES ('a')"))!.AsObject();
        body["requestId"] = "same";

        await _local.OkAsync(HttpMethod.Post, "projects/local/queries", body.ToJsonString());
        await _local.OkAsync(HttpMethod.Post, "projects/local/queries", body.ToJsonString());

        Assert.Equal("1", await _local.ScalarAsync("SELECT COUNT(*) FROM t"));
    }

    [Fact]
    public async Task Bytes_ColumnsTablesAndMinimum_AreBilledAsDocumented()
    {
        await _local.QueryAsync("INSERT t (id, n) SELECT REPEAT('x', 98), x FROM UNNEST(GENERATE_ARRAY(1, 1000)) AS x");

        var one = await JobBytesAsync("one", "SELECT n FROM d.t");
        var both = await JobBytesAsync("both", "SELECT * FROM d.t");
        var joined = await JobBytesAsync("joined", "SELECT COUNT(*) FROM d.t AS a JOIN (SELECT 1 AS n) AS b ON a.n = b.n");
        var none = await JobBytesAsync("none", "INSERT d.t (id) VALUES ('y')");

        Assert.Equal((8_000, 10_485_760), one);
        Assert.Equal((108_000, 10_485_760), both);
        Assert.Equal((8_000, 10_485_760), joined);
        Assert.Equal((0, 0), none);
    }

    [Fact]
    public async Task Bytes_ConstantFilterOnTheClusteringColumn_LeavesOutBlocks()
    {
        await _local.QueryAsync("CREATE TABLE c CLUSTER BY id AS SELECT CAST(x AS STRING) AS id, REPEAT('y', 998) AS body FROM UNNEST(GENERATE_ARRAY(1, 60000)) AS x");

        var whole = await JobBytesAsync("whole", "SELECT body FROM d.c WHERE id > '5'");
        var one = await JobBytesAsync("one", "SELECT body FROM d.c WHERE id = '5'");
        var either = await JobBytesAsync("either", "SELECT body FROM d.c WHERE id = '5' OR body = 'x'");

        Assert.True(whole.Processed > 60_000_000, $"{whole.Processed} bytes");
        Assert.Equal(32 * 1024 * 1024, one.Processed);
        Assert.Equal(whole.Processed, either.Processed);
    }

    private Task<JsonObject> PatchAsync(int update) =>
        _local.OkAsync(HttpMethod.Patch, "projects/local/datasets/d/tables/t", $$"""{"description":"{{update}}"}""");

    private async Task<(long Processed, long Billed)> JobBytesAsync(string id, string sql)
    {
        var query = (await _local.JobAsync(id, sql))["statistics"]!["query"]!;
        return (long.Parse((string)query["totalBytesProcessed"]!, CultureInfo.InvariantCulture), long.Parse((string)query["totalBytesBilled"]!, CultureInfo.InvariantCulture));
    }

    private static (string?, string?, string?) Parts(JsonNode error) => ((string?)error["reason"], (string?)error["location"], (string?)error["message"]);
}
