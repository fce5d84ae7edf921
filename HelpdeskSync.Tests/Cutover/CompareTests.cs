using HelpdeskSync.Functions.Cutover;
using HelpdeskSync.Functions.Records;
using HelpdeskSync.Functions.Tables;

namespace HelpdeskSync.Tests.Cutover;

public sealed class CompareTests
{
    private const string Old = "`local.old.tickets_history`";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Compare_EqualTables_Passes()
    {
        await using var world = await CopiedAsync();

        var compared = await CompareAsync(world);

        Assert.Empty(compared.Blockers);
        Assert.True(compared.Pass);
        Assert.Equal((3, 3), (compared.BaselineActive, compared.Active));
        Assert.Equal((0L, 0L), (compared.Timeline!.Missing.Found, compared.Timeline.Extra.Found));
    }

    [Fact]
    public async Task Compare_SameValuesWrittenOtherwise_InventsNoDifference()
    {
        await using var world = await CopiedAsync();
        await world.ExecuteAsync(
            $"""
            CREATE OR REPLACE TABLE {Old} AS
            SELECT `id`, `subject`, CAST(`count` AS FLOAT64) AS `count`, TIMESTAMP(`due`) AS `due`, REPLACE(`tags`, ',', ' , ') AS `tags`,
              CAST(`late` AS STRING) AS `LATE`, `_fivetran_active`, `_fivetran_start`, `_fivetran_end`, `_fivetran_synced`
            FROM `local.ours.tickets_history`
            """,
            Cancelled);

        var compared = await CompareAsync(world);

        Assert.Empty(compared.Blockers);
        Assert.Empty(compared.Columns);
    }

    [Fact]
    public async Task Compare_PlantedDifferences_FindsEveryOneAndNoOther()
    {
        await using var world = await CopiedAsync();
        await world.ExecuteAsync($"UPDATE {Old} SET `subject` = 'other' WHERE `id` = '1' AND `_fivetran_active`", Cancelled);
        await world.ExecuteAsync($"UPDATE {Old} SET `count` = 8, `subject` = NULL WHERE `id` = '3'", Cancelled);
        await world.ExecuteAsync($"UPDATE {Old} SET `id` = '99' WHERE `id` = '4'", Cancelled);
        await world.ExecuteAsync($"ALTER TABLE {Old} ADD COLUMN IF NOT EXISTS `legacy` STRING", Cancelled);

        var compared = await CompareAsync(world);

        Assert.False(compared.Pass);
        Assert.Equal(["99"], compared.Missing.SampleIds);
        Assert.Equal(["4"], compared.Extra.SampleIds);
        Assert.Equal(["legacy"], compared.OnlyInBaseline);
        Assert.Equal(2, compared.DifferingRecords);
        Assert.Equal(["subject", "count"], compared.Columns.Select(column => column.Column));
        Assert.Equal(["1", "3"], compared.Columns[0].Differing.SampleIds.Order());
        Assert.Equal(["3"], compared.Columns[1].Differing.SampleIds);
    }

    [Fact]
    public async Task Compare_RecordsChangedAfterTheBaselinesLastSync_AreLeftOut()
    {
        await using var world = await CopiedAsync();
        await world.WriteAsync(CutoverFixture.Tickets, 30, Cancelled, ("1", Ticket("1", "newer")), ("3", null), ("7", Ticket("7", "new")));

        var compared = await CompareAsync(world);

        Assert.Empty(compared.Blockers);
        Assert.Equal(["1", "3", "7"], compared.Newer.SampleIds);
    }

    [Fact]
    public async Task Compare_VersionsThatBeganAtOtherTimes_AreFoundBeyondTheTolerance()
    {
        await using var world = await CopiedAsync();
        await world.ExecuteAsync($"UPDATE {Old} SET `_fivetran_start` = TIMESTAMP_ADD(`_fivetran_start`, INTERVAL 900 MILLISECOND) WHERE `id` = '3'", Cancelled);
        Assert.Empty((await CompareAsync(world)).Blockers);
        await world.ExecuteAsync($"UPDATE {Old} SET `_fivetran_start` = TIMESTAMP_ADD(`_fivetran_start`, INTERVAL 200 MILLISECOND) WHERE `id` = '3'", Cancelled);

        var compared = await CompareAsync(world);

        Assert.Equal(["3"], compared.Timeline!.Missing.SampleIds);
        Assert.Equal(["3"], compared.Timeline.Extra.SampleIds);
        Assert.False(compared.Pass);
    }

    [Fact]
    public async Task Compare_EverythingChangedAfterTheBaselinesLastSync_FailsBecauseNothingWasCompared()
    {
        await using var world = await CopiedAsync();
        await world.WriteAsync(CutoverFixture.Tickets, 30, Cancelled, ("1", Ticket("1", "x")), ("3", Ticket("3", "x")), ("4", Ticket("4", "x")));

        var compared = await CompareAsync(world);

        Assert.Equal("All 3 records began here after the old connector's last sync (2026-06-01 00:10:00Z), so nothing was compared. Let it sync once more.", Assert.Single(compared.Blockers));
    }

    [Fact]
    public async Task Compare_NoSuchBaseline_FailsAndSaysSo()
    {
        await using var world = await CopiedAsync();

        var compared = await world.CompareAsync("contacts", world.Baseline, null, Cancelled);

        Assert.Equal(["local.old.contacts_history does not exist."], compared.Blockers);
    }

    [Fact]
    public async Task Compare_Twice_NotesOneRowInComparisons()
    {
        await using var world = await CopiedAsync();
        await CompareAsync(world);
        await CompareAsync(world);

        var row = Assert.Single(await world.QueryAsync("SELECT * FROM `local.ours._sync_comparisons`", Cancelled));

        Assert.True((bool)row["pass"]!);
        Assert.Equal("local.old", row["baseline"]);
    }

    [Fact]
    public async Task Compare_SinceIsNotGiven_ComparesStartsFromTheEndOfTheFirstFullRun()
    {
        await using var world = await CopiedAsync();
        await world.ExecuteAsync($"UPDATE {Old} SET `_fivetran_start` = TIMESTAMP_SUB(`_fivetran_start`, INTERVAL 5 SECOND) WHERE `id` IN ('1', '3')", Cancelled);
        var fullRun = new FinishTableRequest(
            "full-1", SyncMode.Full, CutoverFixture.Start, null, null, new("tickets", 4, 4, 0, 0, 0, CopyRecordsOutcome.None, null), 0, null);
        await world.Activity<RunLog>().NoteAsync(fullRun, RunLog.StateOf(fullRun), CutoverFixture.Start.AddMinutes(5), Cancelled);

        var compared = await CompareAsync(world, since: null);

        Assert.Equal(CutoverFixture.Start.AddMinutes(5).UtcDateTime, compared.Timeline!.Since);
        Assert.Equal(["1"], compared.Timeline.Missing.SampleIds);
    }

    private static async Task<CutoverFixture> CopiedAsync()
    {
        var world = await CutoverFixture.StartAsync(Cancelled);
        await world.WriteAsync(CutoverFixture.Tickets, 0, Cancelled, ("1", Ticket("1", "a")), ("2", Ticket("2", "b")), ("3", Ticket("3", "c")), ("4", Ticket("4", "d")));
        await world.WriteAsync(CutoverFixture.Tickets, 10, Cancelled, ("1", Ticket("1", "A")), ("2", null));
        await world.CopyToBaselineAsync(CutoverFixture.Tickets, Cancelled);
        return world;
    }

    private static object Ticket(string id, string subject) =>
        new { id, subject, count = 7, due = "2026-01-02T03:04:05.000Z", tags = new[] { "x", "y" }, late = true };

    private static Task<TableComparison> CompareAsync(CutoverFixture world) => CompareAsync(world, CutoverFixture.Start);

    private static Task<TableComparison> CompareAsync(CutoverFixture world, DateTimeOffset? since) => world.CompareAsync("tickets", world.Baseline, since, Cancelled);
}
