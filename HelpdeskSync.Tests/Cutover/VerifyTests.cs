using HelpdeskSync.Functions.Cutover;

namespace HelpdeskSync.Tests.Cutover;

public sealed class VerifyTests
{
    private const string Table = "`local.ours.tickets_history`";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Verify_HistoryThatTheAppWrote_Passes()
    {
        await using var world = await LivingAsync();

        var verified = await VerifyAsync(world, "tickets");

        Assert.True(verified.Pass);
        Assert.Empty(verified.Broken);
        Assert.Equal(4, verified.Versions);
    }

    [Theory]
    [InlineData($"UPDATE {Table} SET `_fivetran_active` = TRUE, `_fivetran_end` = NULL WHERE `id` = '1'", VerifyRules.OneActive)]
    [InlineData($"UPDATE {Table} SET `_fivetran_active` = TRUE, `_fivetran_end` = NULL WHERE `id` = '1' AND `subject` = 'a'", VerifyRules.ActiveIsLast)]
    [InlineData($"UPDATE {Table} SET `_fivetran_end` = TIMESTAMP_ADD(`_fivetran_end`, INTERVAL 1 MILLISECOND) WHERE `id` = '1' AND `subject` = 'a'", VerifyRules.NoOverlap)]
    [InlineData($"UPDATE {Table} SET `_fivetran_end` = TIMESTAMP_SUB(`_fivetran_start`, INTERVAL 1 MILLISECOND) WHERE `id` = '2'", VerifyRules.EndsAfterStart)]
    [InlineData($"UPDATE {Table} SET `_row_hash` = NULL WHERE `id` = '3'", VerifyRules.HashPresent)]
    [InlineData($"UPDATE {Table} SET `_fivetran_end` = `_fivetran_start` WHERE `id` = '3'", VerifyRules.OpenEnd)]
    [InlineData($"UPDATE {Table} SET `_fivetran_start` = NULL WHERE `id` = '3'", VerifyRules.KeyPresent)]
    public async Task Verify_PlantedFault_IsFoundWithItsKey(string fault, string rule)
    {
        await using var world = await LivingAsync();
        await world.ExecuteAsync(fault, Cancelled);

        var verified = await VerifyAsync(world, "tickets");

        Assert.False(verified.Pass);
        var broken = Assert.Single(verified.Broken, found => found.Rule == rule);
        Assert.True(broken.Found > 0);
        Assert.Contains(broken.SampleIds[0], fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_GapBetweenVersions_IsANoticeAndFailsNothing()
    {
        await using var world = await LivingAsync();
        await world.ExecuteAsync($"UPDATE {Table} SET `_fivetran_end` = TIMESTAMP_SUB(`_fivetran_end`, INTERVAL 5 SECOND) WHERE `id` = '1' AND `subject` = 'a'", Cancelled);

        var verified = await VerifyAsync(world, "tickets");

        Assert.True(verified.Pass);
        Assert.Equal((VerifyRules.NoGap, 1L, true), (verified.Broken[0].Rule, verified.Broken[0].Found, verified.Broken[0].IsNotice));
    }

    [Fact]
    public async Task Verify_ChildOfAClosedParent_IsFound()
    {
        await using var world = await LivingAsync();
        await world.WriteAsync(CutoverFixture.Threads, 1, Cancelled, ("t1", new { id = "t1", summary = "x" }));
        Assert.True((await VerifyAsync(world, "threads")).Pass);
        await world.WriteAsync(CutoverFixture.Tickets, 9, Cancelled, ("1", null));

        var verified = await VerifyAsync(world, "threads");

        Assert.Equal((VerifyRules.ParentLives, "t1"), (verified.Broken[0].Rule, verified.Broken[0].SampleIds[0]));
    }

    // Ticket 1 has two versions, 2 is closed, 3 lives.
    private static async Task<CutoverFixture> LivingAsync()
    {
        var world = await CutoverFixture.StartAsync(Cancelled);
        await world.WriteAsync(
            CutoverFixture.Tickets, 0, Cancelled, ("1", new { id = "1", subject = "a" }), ("2", new { id = "2", subject = "b" }), ("3", new { id = "3", subject = "c" }));
        await world.WriteAsync(CutoverFixture.Tickets, 1, Cancelled, ("1", new { id = "1", subject = "A" }), ("2", null));
        return world;
    }

    private static Task<VerifiedTable> VerifyAsync(CutoverFixture world, string table) =>
        world.Activity<VerifyTableActivity>().RunAsync(new(table), Cancelled);
}
