using HelpdeskSync.Functions.Cutover;

namespace HelpdeskSync.Tests.Cutover;

/// <summary>The comparison against tables that the simulator wrote in Fivetran's conventions.</summary>
public sealed class CompareOldConnectorTests(TwoConnectors connectors) : IClassFixture<TwoConnectors>
{
    private const string Ours = "`local.ours.tickets_history`";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Compare_TheSameHelpdesk_InventsNoDifference()
    {
        await connectors.FreshAsync(Cancelled);
        foreach (var table in TwoConnectors.Tables)
        {
            var compared = await connectors.World.CompareAsync(table, connectors.World.Baseline, TwoConnectors.Since, Cancelled);

            Assert.True(compared.Pass, $"{table}: {string.Join(' ', compared.Blockers)}");
            Assert.True(compared.Active > 0 && compared.Active == compared.BaselineActive, $"{table}: {compared.Active} and {compared.BaselineActive}");
            Assert.Empty(compared.Newer.SampleIds);
            Assert.Equal(table == "tickets" ? [connectors.Busy] : [], compared.Timeline!.Extra.SampleIds);
        }

        // The agent's picture moved, which the connector document calls volatile: no version here, one there.
        Assert.Contains("photo_url", (await connectors.World.CompareAsync("agents", connectors.World.Baseline, TwoConnectors.Since, Cancelled)).NotCompared);
    }

    [Theory]
    [InlineData("missing record", "DELETE FROM {ours} WHERE `id` = '{quiet}'", "1 records are active in the baseline and were never here.", "quiet")]
    [InlineData("extra record", "DELETE FROM {old} WHERE `id` = '{quiet}'", "1 records are active here and were never in the baseline.", "quiet")]
    [InlineData("closed here", "UPDATE {ours} SET `_fivetran_active` = FALSE, `_fivetran_end` = `_fivetran_start` WHERE `id` = '{quiet}'", "1 records are active in the baseline and closed here.", "quiet")]
    [InlineData("deleted there", "UPDATE {old} SET `_fivetran_active` = FALSE, `_fivetran_end` = `_fivetran_synced` WHERE `id` = '{quiet}'", "1 records are active here and closed in the baseline.", "quiet")]
    [InlineData("deleted but active", "UPDATE {ours} SET `_fivetran_active` = TRUE WHERE `id` = '{deleted}'", "1 records are active here and closed in the baseline.", "deleted")]
    [InlineData("active twice there", "UPDATE {old} SET `_fivetran_active` = TRUE WHERE `id` = '{busy}'", "1 records have several active versions in the baseline.", "busy")]
    [InlineData("active twice here", "UPDATE {ours} SET `_fivetran_active` = TRUE WHERE `id` = '{busy}'", "1 records have several active versions here.", "busy")]
    [InlineData("changed text", "UPDATE {old} SET `subject` = CONCAT(`subject`, '.') WHERE `id` = '{quiet}'", "1 records differ in subject.", "quiet")]
    [InlineData("NULL for text", "UPDATE {old} SET `subject` = NULL WHERE `id` = '{quiet}'", "1 records differ in subject.", "quiet")]
    [InlineData("empty for NULL", "UPDATE {ours} SET `subject` = NULL WHERE `id` = '{quiet}'; UPDATE {old} SET `subject` = '' WHERE `id` = '{quiet}'", "1 records differ in subject.", "quiet")]
    [InlineData("changed number", "UPDATE {old} SET `thread_count` = CAST(CAST(`thread_count` AS INT64) + 1 AS STRING) WHERE `id` = '{quiet}'", "1 records differ in thread_count.", "quiet")]
    [InlineData("changed flag", "UPDATE {old} SET `is_spam` = NOT `is_spam` WHERE `id` = '{quiet}'", "1 records differ in is_spam.", "quiet")]
    [InlineData("time a millisecond off", "UPDATE {old} SET `created_time` = TIMESTAMP_ADD(`created_time`, INTERVAL 1 MILLISECOND) WHERE `id` = '{quiet}'", "1 records differ in created_time.", "quiet")]
    [InlineData("changed JSON", "UPDATE {old} SET `shared_departments` = '[{\"id\": \"1\"}]' WHERE `id` = '{quiet}'", "1 records differ in shared_departments.", "quiet")]
    [InlineData("column only there", "ALTER TABLE {old} ADD COLUMN `legacy` STRING", "Columns that only the baseline has: legacy.", "")]
    [InlineData("missing version", "DELETE FROM {ours} WHERE `id` = '{busy}' AND `_fivetran_active`; UPDATE {ours} SET `_fivetran_active` = TRUE WHERE `id` = '{busy}' AND `_fivetran_start` = (SELECT MAX(`_fivetran_start`) FROM {ours} WHERE `id` = '{busy}')", "1 versions of the baseline have none here that begins at the same time.", "busy")]
    [InlineData("shifted beyond the tolerance", "UPDATE {ours} SET `_fivetran_start` = TIMESTAMP_ADD(`_fivetran_start`, INTERVAL 1001 MILLISECOND) WHERE `id` = '{busy}' AND `_fivetran_active`", "1 versions of the baseline have none here that begins at the same time.", "busy")]
    public async Task Compare_ADifferencePlanted_IsFoundByName(string kind, string plant, string blocker, string whose)
    {
        var baseline = await PlantedAsync(plant);

        var compared = await connectors.World.CompareAsync("tickets", baseline, TwoConnectors.Since, Cancelled);

        Assert.Contains(blocker, compared.Blockers);
        Assert.True(kind == "missing version" || compared.Blockers.Count == 1, string.Join(' ', compared.Blockers));
        Assert.False(compared.Pass);
        IdSamples[] found =
        [
            compared.Missing, compared.Closed, compared.Extra, compared.ClosedThere, compared.ActiveTwice, compared.ActiveTwiceThere, compared.Timeline!.Missing,
            .. compared.Columns.Select(column => column.Differing),
        ];
        var ids = found.SelectMany(samples => samples.SampleIds).Distinct().ToList();
        Assert.Equal(whose.Length == 0 ? [] : [IdOf(whose)], ids);
    }

    [Theory]
    [InlineData("numbers as FLOAT64", "ALTER TABLE {old} RENAME COLUMN `thread_count` TO `was`; ALTER TABLE {old} ADD COLUMN `thread_count` FLOAT64; UPDATE {old} SET `thread_count` = CAST(`was` AS FLOAT64) WHERE TRUE; ALTER TABLE {old} DROP COLUMN `was`")]
    [InlineData("flags as text", "ALTER TABLE {old} RENAME COLUMN `is_spam` TO `was`; ALTER TABLE {old} ADD COLUMN `is_spam` STRING; UPDATE {old} SET `is_spam` = CAST(`was` AS STRING) WHERE TRUE; ALTER TABLE {old} DROP COLUMN `was`")]
    [InlineData("times with an offset", "ALTER TABLE {old} RENAME COLUMN `created_time` TO `was`; ALTER TABLE {old} ADD COLUMN `created_time` STRING; UPDATE {old} SET `created_time` = FORMAT_TIMESTAMP('%Y-%m-%d %H:%M:%E3S+02:00', TIMESTAMP_ADD(`was`, INTERVAL 2 HOUR)) WHERE TRUE; ALTER TABLE {old} DROP COLUMN `was`")]
    [InlineData("column names in capitals", "ALTER TABLE {old} RENAME COLUMN `subject` TO `SUBJECT`")]
    [InlineData("column only here", "ALTER TABLE {old} DROP COLUMN `subject`")]
    [InlineData("starts within the tolerance", "UPDATE {ours} SET `_fivetran_start` = TIMESTAMP_ADD(`_fivetran_start`, INTERVAL 999 MILLISECOND) WHERE `id` = '{busy}' AND `_fivetran_active`")]
    [InlineData("extra version here", "DELETE FROM {old} WHERE `id` = '{busy}' AND NOT `_fivetran_active`")]
    public async Task Compare_TheSameWrittenOtherwise_IsNoDifference(string kind, string plant)
    {
        var baseline = await PlantedAsync(plant);

        var compared = await connectors.World.CompareAsync("tickets", baseline, TwoConnectors.Since, Cancelled);

        Assert.True(compared.Pass, $"{kind}: {string.Join(' ', compared.Blockers)}");
    }

    private async Task<Baseline> PlantedAsync(string plant)
    {
        var baseline = await connectors.FreshAsync(Cancelled);
        foreach (var statement in plant.Split("; "))
        {
            await connectors.World.ExecuteAsync(
                statement.Replace("{old}", $"`local.{baseline.Dataset}.tickets_history`", StringComparison.Ordinal).Replace("{ours}", Ours, StringComparison.Ordinal)
                    .Replace("{quiet}", connectors.Quiet, StringComparison.Ordinal).Replace("{busy}", connectors.Busy, StringComparison.Ordinal)
                    .Replace("{deleted}", connectors.Deleted, StringComparison.Ordinal),
                Cancelled);
        }

        return baseline;
    }

    private string IdOf(string whose) => whose switch { "quiet" => connectors.Quiet, "busy" => connectors.Busy, _ => connectors.Deleted };
}
