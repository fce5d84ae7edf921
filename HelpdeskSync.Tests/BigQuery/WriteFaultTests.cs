using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.LocalCloud.BigQuery.FaultInjection;

namespace HelpdeskSync.Tests.BigQuery;

/// <summary>Each failure of BigQuery, provoked: what it costs, and that every observation is written just once all the same.</summary>
public sealed class WriteFaultTests : IAsyncLifetime
{
    private const int Parameter = 200;
    private const int Staged = 2;
    private WarehouseFixture _warehouse = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _warehouse = await WarehouseFixture.StartAsync(Token);
        await _warehouse.Writer.WriteAsync(Records.Things, [Records.Seen("first", """{"subject":"a"}""")], Token);
    }

    public ValueTask DisposeAsync() => _warehouse.DisposeAsync();

    public static TheoryData<FaultKind, string?, int> Faults
    {
        get
        {
            var data = new TheoryData<FaultKind, string?, int>();
            foreach (var rows in new[] { Staged, Parameter })
            {
                FaultKind[] kinds =
                [
                    FaultKind.JobBackendError, FaultKind.JobInternalError, FaultKind.JobRateLimitExceeded, FaultKind.CouldNotSerialize,
                    FaultKind.AbortedConcurrentUpdate,
                ];
                foreach (var kind in kinds)
                {
                    data.Add(kind, null, rows);
                }

                FaultKind[] requests =
                [
                    FaultKind.ConnectionReset, FaultKind.LostResponse, FaultKind.BackendError, FaultKind.InternalError, FaultKind.RateLimitExceeded,
                    FaultKind.QuotaExceeded,
                ];
                foreach (var kind in requests)
                {
                    data.Add(kind, "jobs.insert", rows);
                }

                data.Add(FaultKind.ConnectionReset, "jobs.get", rows);
                data.Add(FaultKind.BackendError, "jobs.get", rows);
                data.Add(FaultKind.RateLimitExceeded, "jobs.get", rows);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task WriteAsync_TwoFaultsOfAKind_WritesEverythingOnce(FaultKind kind, string? on, int largestParameterBatch)
    {
        await using var app = await _warehouse.OtherAsync(Token, ("BigQuery:LargestParameterBatch", $"{largestParameterBatch}"));
        _warehouse.Server.Faults.Set(1, new FaultRule(kind) { On = on, Times = 2 });

        var counts = await app.Writer.WriteAsync(Records.Things, Records.Many(5), Token);

        Assert.Equal(2, _warehouse.Server.Faults.Shown[kind]);
        Assert.Equal(5, counts.Inserted);
        await AssertStandsAsync(6);
        await AssertNoStageIsLeftAsync();
    }

    [Theory]
    [InlineData(0.25, 7)]
    [InlineData(0.25, 8)]
    public async Task WriteAsync_FaultsOfAllKindsAtRandom_WritesEverythingOnce(double rate, int seed)
    {
        await using var app = await _warehouse.OtherAsync(Token, ("BigQuery:LargestParameterBatch", "3"), ("BigQuery:Attempts", "20"));
        _warehouse.Server.Faults.Set(
            seed,
            [
                .. new[] { FaultKind.LostResponse, FaultKind.ConnectionReset, FaultKind.BackendError }.Select(kind => new FaultRule(kind) { Rate = rate / 3, On = "jobs.insert" }),
                .. new[] { FaultKind.JobBackendError, FaultKind.CouldNotSerialize, FaultKind.AbortedConcurrentUpdate }.Select(kind => new FaultRule(kind) { Rate = rate / 3 }),
            ]);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(feeder => app.Writer.WriteAsync(
            Records.Things, [.. Enumerable.Range(0, 1 + feeder).Select(at => Records.Seen($"f{feeder}-{at}", """{"subject":"a"}"""))], Token)));

        _warehouse.Server.Faults.Clear();
        await AssertStandsAsync(1 + 36);
    }

    [Fact]
    public async Task WriteAsync_QuotaIsMet_WaitsMinutesNotSeconds()
    {
        var begun = _warehouse.Clock.GetUtcNow();
        _warehouse.Server.Faults.Set(1, new FaultRule(FaultKind.QuotaExceeded) { On = "jobs.insert", Times = 2 });

        await _warehouse.Writer.WriteAsync(Records.Things, Records.Many(1), Token);

        Assert.True(_warehouse.Clock.GetUtcNow() - begun > TimeSpan.FromMinutes(1), $"It waited {_warehouse.Clock.GetUtcNow() - begun}.");
    }

    [Fact]
    public async Task WriteAsync_QuotaStaysUsedUp_FailsWithWhatToDo()
    {
        _warehouse.Server.Faults.Set(1, new FaultRule(FaultKind.QuotaExceeded) { On = "jobs.insert" });

        var failure = await Assert.ThrowsAsync<WarehouseException>(() => _warehouse.Writer.WriteAsync(Records.Things, Records.Many(1), Token));

        Assert.Contains("quotas", failure.Message, StringComparison.Ordinal);
        Assert.Equal(4, _warehouse.Server.Faults.Shown[FaultKind.QuotaExceeded]);
    }

    [Fact]
    public async Task WriteAsync_LostResponse_FindsItsJobAndRunsNoOther()
    {
        _warehouse.Server.Activity.Reset();
        _warehouse.Server.Faults.Set(1, new FaultRule(FaultKind.LostResponse) { On = "jobs.insert", SqlContains = "MERGE", Times = 1 });

        var counts = await _warehouse.Writer.WriteAsync(Records.Things, Records.Many(3), Token);

        Assert.Equal(3, counts.Inserted);
        Assert.Equal(1, _warehouse.Server.Activity.Statements.Single(statement => statement.Type == "MERGE").Count);
    }

    [Fact]
    public async Task WriteAsync_BigQueryStaysDown_FailsWithWhatToDoAndALaterTryWrites()
    {
        _warehouse.Server.Faults.Set(1, new FaultRule(FaultKind.ConnectionReset));
        var failure = await Assert.ThrowsAsync<WarehouseException>(() => _warehouse.Writer.WriteAsync(Records.Things, Records.Many(2), Token));
        Assert.Contains("BigQuery:BaseAddress", failure.Message, StringComparison.Ordinal);

        _warehouse.Server.Faults.Clear();
        await _warehouse.Writer.WriteAsync(Records.Things, Records.Many(2), Token);

        await AssertStandsAsync(3);
    }

    [Fact]
    public async Task WriteAsync_StageCannotBeDropped_IsWrittenAndTheStageExpires()
    {
        await using var app = await _warehouse.OtherAsync(Token, ("BigQuery:LargestParameterBatch", "1"));
        _warehouse.Server.Faults.Set(1, new FaultRule(FaultKind.QuotaExceeded) { SqlContains = "DROP TABLE" });

        await app.Writer.WriteAsync(Records.Things, Records.Many(3), Token);

        await AssertStandsAsync(4);
        using var client = _warehouse.Client();
        var stage = Assert.Single(await StagesAsync());
        var table = await client.GetTableAsync("test", stage, cancellationToken: Token);
        var expires = DateTimeOffset.FromUnixTimeMilliseconds(table.Resource.ExpirationTime!.Value);
        Assert.InRange(expires - TimeProvider.System.GetUtcNow(), TimeSpan.FromHours(22), TimeSpan.FromHours(25));
        _warehouse.Server.Faults.Clear();
        await app.Writer.WriteAsync(Records.Things, Records.Many(3, observed: 5), Token);
    }

    [Fact]
    public async Task WriteAsync_StatementOverItsBudget_FailsWithWhatToDo()
    {
        // A statement on two tables, history and stage, bills 10 MB for each at least.
        await using var app = await _warehouse.OtherAsync(
            Token, ("BigQuery:MaximumBytesBilled", $"{15 * 1024 * 1024}"), ("BigQuery:LargestParameterBatch", "1"));

        var failure = await Assert.ThrowsAsync<WarehouseException>(() => app.Writer.WriteAsync(Records.Things, Records.Many(2), Token));

        Assert.Contains("BigQuery:MaximumBytesBilled", failure.Message, StringComparison.Ordinal);
    }

    private async Task AssertStandsAsync(long records)
    {
        var row = Assert.Single(await _warehouse.QueryAsync(
            "SELECT COUNT(*) AS `versions`, COUNT(DISTINCT `id`) AS `records`, COUNTIF(`_fivetran_active`) AS `active` FROM `test.things_history`", Token));
        Assert.Equal((records, records, records), (row.Number("versions"), row.Number("records"), row.Number("active")));
    }

    private async Task AssertNoStageIsLeftAsync() => Assert.Empty(await StagesAsync());

    private async Task<List<string>> StagesAsync() =>
        [.. (await _warehouse.QueryAsync("SELECT `table_name` FROM `test.INFORMATION_SCHEMA.TABLES` WHERE STARTS_WITH(`table_name`, '_sync_stage_')", Token))
            .Select(row => row.Text("table_name"))];
}
