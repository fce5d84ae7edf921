using HelpdeskSync.Functions.BigQuery;
using HelpdeskSync.LocalCloud.BigQuery.FaultInjection;

namespace HelpdeskSync.Tests.BigQuery;

public sealed class GroupCommitTests : IAsyncLifetime
{
    private WarehouseFixture _warehouse = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _warehouse = await WarehouseFixture.StartAsync(Token);
        await _warehouse.Writer.WriteAsync(Records.Things, [Records.Seen("first", """{"subject":"a"}""")], Token);
        _warehouse.Server.Activity.Reset();
    }

    public ValueTask DisposeAsync() => _warehouse.DisposeAsync();

    [Fact]
    public async Task WriteAsync_ManyWaiters_ShareStatementsWhoseCostAddsUp()
    {
        var counts = await AllAsync(Enumerable.Range(0, 50).Select(number => Write(number)));

        Assert.Equal(50, counts.Sum(count => count.Inserted));
        var merges = _warehouse.Server.Activity.Statements.Single(statement => statement.Type == "MERGE");
        Assert.InRange(merges.Count, 1, 5);
        Assert.Equal(merges.Count, counts.Sum(count => count.Statements));
        Assert.Equal(_warehouse.Server.Activity.BytesBilled, counts.Sum(count => count.BytesBilled));
        Assert.True(counts.Sum(count => count.BytesBilled) >= merges.Count * 10L * 1024 * 1024);
    }

    [Fact]
    public async Task WriteAsync_OneWaitersRowsAreRefused_TheOthersAreWritten()
    {
        // The local BIGNUMERIC holds fewer digits than BigQuery's: a value that the app believes to fit and the statement refuses.
        await _warehouse.ExecuteAsync("ALTER TABLE `test.things_history` ADD COLUMN `big` BIGNUMERIC", Token);
        await using var app = await _warehouse.OtherAsync(Token);
        var good = Enumerable.Range(0, 9).Select(number => app.Writer.WriteAsync(Records.Things, [Records.Seen($"r{number}", """{"subject":"a"}""")], Token)).ToList();
        var bad = app.Writer.WriteAsync(Records.Things, [Records.Seen("bad", """{"big":1e37}""")], Token);

        Assert.Equal(9, (await AllAsync(good)).Sum(count => count.Inserted));
        await Assert.ThrowsAsync<WarehouseException>(() => bad);
    }

    [Fact]
    public async Task WriteAsync_OneWaiterGivesUp_TheOthersAreWritten()
    {
        _warehouse.Server.Faults.Set(1, new FaultRule(FaultKind.Latency) { SqlContains = "MERGE", Times = 1, Latency = TimeSpan.FromMilliseconds(300) });
        using var impatient = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var first = Write(0);
        var others = Enumerable.Range(1, 5).Select(number => Write(number)).ToList();
        var given = _warehouse.Writer.WriteAsync(Records.Things, [Records.Seen("given up", """{"subject":"a"}""")], impatient.Token);
        await impatient.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        Assert.Equal(6, (await AllAsync([first, .. others])).Sum(count => count.Inserted));
    }

    [Fact]
    public async Task WriteAsync_MoreRowsThanAGroupTakes_AreCut()
    {
        await using var app = await _warehouse.OtherAsync(Token, ("BigQuery:LargestGroupRows", "10"));

        var counts = await app.Writer.WriteAsync(Records.Things, Records.Many(35), Token);

        Assert.Equal(35, counts.Inserted);
        Assert.Equal(4, _warehouse.Server.Activity.Statements.Single(statement => statement.Type == "MERGE").Count);
    }

    [Fact]
    public async Task WriteAsync_ManyEvents_StatementsKeepTheirDistance()
    {
        var begun = _warehouse.Clock.GetUtcNow();
        for (var number = 0; number < 20; number++)
        {
            await Write(number);
        }

        Assert.True(_warehouse.Clock.GetUtcNow() - begun >= TimeSpan.FromSeconds(19), $"20 statements took {_warehouse.Clock.GetUtcNow() - begun}.");
    }

    [Fact]
    public async Task WriteAsync_SameObservationAgain_IsUnchanged()
    {
        var record = Records.Seen("twice", """{"subject":"a"}""");

        var counts = await _warehouse.Writer.WriteAsync(Records.Things, [record, record], Token);
        var again = await _warehouse.Writer.WriteAsync(Records.Things, [record], Token);

        Assert.Equal((1, 1), (counts.Inserted, counts.Unchanged));
        Assert.Equal((0, 1), (again.Inserted, again.Unchanged));
    }

    [Fact]
    public async Task WriteAsync_RecordIsGone_ClosesItAndLeavesWhenItWasSynced()
    {
        await _warehouse.Writer.WriteAsync(Records.Things, [Records.Seen("x", """{"subject":"a"}""", 10)], Token);

        var closed = await _warehouse.Writer.WriteAsync(Records.Things, [Records.Gone("x", 50)], Token);
        var again = await _warehouse.Writer.WriteAsync(Records.Things, [Records.Gone("x", 50)], Token);

        Assert.Equal((1, 0), (closed.Closed, again.Closed));
        var row = Assert.Single(await _warehouse.QueryAsync("SELECT * FROM `test.things_history` WHERE `id` = 'x'", Token));
        Assert.Equal(
            (false, Records.Noon.AddMilliseconds(10).UtcDateTime, Records.Noon.AddMilliseconds(50).UtcDateTime),
            (row.Flag("_fivetran_active"), row.Time("_fivetran_synced"), row.Time("_fivetran_end")));
    }

    [Fact]
    public async Task StopAsync_StatementRunsAndOthersWait_EndsTheOneAndTellsTheOthers()
    {
        _warehouse.Server.Faults.Set(1, new FaultRule(FaultKind.Latency) { SqlContains = "MERGE", Times = 1, Latency = TimeSpan.FromMilliseconds(500) });
        var running = Write(0);
        await UntilAsync(() => _warehouse.Server.Faults.Shown.GetValueOrDefault(FaultKind.Latency) == 1);
        var waiting = Enumerable.Range(1, 3).Select(number => Write(number)).ToList();

        await _warehouse.StopAsync();

        Assert.Equal(1, (await running).Inserted);
        foreach (var waiter in waiting)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiter);
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Write(9));
    }

    private Task<WriteCounts> Write(int number) => _warehouse.Writer.WriteAsync(Records.Things, [Records.Seen($"r{number}", """{"subject":"a"}""")], Token);

    private static async Task<WriteCounts[]> AllAsync(IEnumerable<Task<WriteCounts>> waiters) => await Task.WhenAll(waiters);

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
        {
            await Task.Delay(10, Token);
        }
    }
}
