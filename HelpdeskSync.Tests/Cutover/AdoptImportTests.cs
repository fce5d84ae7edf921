using System.Globalization;
using HelpdeskSync.Functions.Cutover;

namespace HelpdeskSync.Tests.Cutover;

public sealed class AdoptImportTests
{
    private const string Ours = "`local.ours.tickets_history`";
    private const string Old = "`local.old.tickets_history`";

    private static readonly (string, string)[] s_fivetran =
    [
        ("History:OpenEnd", "Maximum"), ("History:SupersededEnd", "NextStartMinusOneMillisecond"), ("History:VersionStart", "SourceModified"), ("History:Naming", "SnakeCase"),
        ("History:Columns:tickets:photoURL:Name", "photourl"),
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Import_RecordsThatAreHere_BeginWhereTheOldHistoryDoes(bool adopted)
    {
        await using var world = await SyncedAsync(adopted);

        var first = (await AdoptWorld.AdoptAsync(world, "tickets", apply: true)).Import!;
        var second = (await AdoptWorld.AdoptAsync(world, "tickets", apply: true)).Import!;

        // Source-dated, the active version of records 1 and 2 is here under the same start; of 3 it is not here yet; 4 is gone. Observed, ours begins later.
        Assert.Equal(adopted ? 25 : 27, first.Imported);
        Assert.Equal(1, first.Skipped[AdoptImportSql.Meaning(AdoptImportSql.LeftActive)]);
        Assert.Equal(0, second.Imported);
        Assert.Empty(second.AddedColumns);
        Assert.Empty(first.NotCast);
        await AssertSoundAsync(world);
        var versions = await world.QueryAsync(
            $"SELECT COUNT(*) AS `n`, COUNTIF(`_fivetran_active`) AS `active`, MIN(`_fivetran_start`) AS `first`, MIN(`_fivetran_synced`) AS `synced` FROM {Ours} WHERE `id` = '1'", Cancelled);
        Assert.Equal((adopted ? 7L : 8L, 1L), ((long)versions[0]["n"]!, (long)versions[0]["active"]!));
        Assert.Equal(AdoptWorld.StartOf(0).UtcDateTime, (DateTime)versions[0]["first"]!);
        Assert.Equal(AdoptWorld.StartOf(0).AddMinutes(5).UtcDateTime, (DateTime)versions[0]["synced"]!);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Import_ThenTheAppWrites_HistoryStaysSound(bool adopted)
    {
        await using var world = await SyncedAsync(adopted);
        await AdoptWorld.AdoptAsync(world, "tickets", apply: true);
        var imported = await ImportedAsync(world);

        await world.WriteAsync(CutoverFixture.Tickets, 10, Cancelled, ("1", AdoptWorld.Ticket("1", 30)), ("2", null), ("3", AdoptWorld.Ticket("3", AdoptWorld.Versions - 1)));
        await world.WriteAsync(CutoverFixture.Tickets, 11, Cancelled, ("4", AdoptWorld.Ticket("4", 40)));

        Assert.Equal(imported, await ImportedAsync(world));
        await AssertSoundAsync(world);
        var again = (await AdoptWorld.AdoptAsync(world, "tickets", apply: true)).Import!;
        Assert.Equal(adopted ? 0 : 1, again.Imported);
        Assert.Equal(0, (await AdoptWorld.AdoptAsync(world, "tickets", apply: true)).Import!.Imported);
        await AssertSoundAsync(world);
        Assert.Equal(3, await AdoptWorld.CountAsync(world, $"{Ours} WHERE `_fivetran_active`"));
    }

    [Fact]
    public async Task Import_ColumnsUnderOtherNamesAndTypes_AreMappedAndCast()
    {
        await using var world = await SyncedAsync(adopted: false);
        await world.ExecuteAsync($"ALTER TABLE {Old} ADD COLUMN IF NOT EXISTS `legacy_score` NUMERIC", Cancelled);
        await world.ExecuteAsync($"UPDATE {Old} SET `legacy_score` = 1.5, `rating` = IF(`id` = '1', 7.5, 7.0), `is_late` = IF(`id` = '2', 'perhaps', 'true') WHERE TRUE", Cancelled);

        var import = (await AdoptWorld.AdoptAsync(world, "tickets", apply: true)).Import!;

        Assert.Equal(["isLate__string", "legacy_score", "rating__string"], import.AddedColumns.Order(StringComparer.Ordinal));
        Assert.Equal((7L, 7L), (import.NotCast["rating"], import.NotCast["is_late"]));
        var row = Assert.Single(await world.QueryAsync($"SELECT * FROM {Ours} WHERE `id` = '1' AND `viewCount` = 2", Cancelled));
        Assert.Equal((null, "7.5", true, "p", "x"), (row["rating"], row["rating__string"], row["isLate"], row["photoURL"], row["cf_cf_order"]));
        Assert.Equal("1.5", Convert.ToString(row["legacy_score"], CultureInfo.InvariantCulture));
        Assert.Matches("^adopted1:[0-9a-f]{64}$", (string)row["_row_hash"]!);
        await AssertSoundAsync(world);
    }

    [Fact]
    public async Task Import_VersionsThatAreNoVersions_AreLeftOutAndCounted()
    {
        await using var world = await SyncedAsync(adopted: true);
        await world.ExecuteAsync($"UPDATE {Old} SET `_fivetran_end` = NULL WHERE `id` = '4' AND `view_count` = 6", Cancelled);
        await world.ExecuteAsync($"UPDATE {Old} SET `_fivetran_end` = TIMESTAMP_SUB(`_fivetran_start`, INTERVAL 1 HOUR) WHERE `id` = '4' AND `view_count` = 2", Cancelled);
        await world.ExecuteAsync($"UPDATE {Old} SET `id` = NULL WHERE `id` = '4' AND `view_count` = 0", Cancelled);
        await world.ExecuteAsync($"INSERT INTO {Old} SELECT * FROM {Old} WHERE `id` = '4' AND `view_count` = 5", Cancelled);

        var import = (await AdoptWorld.AdoptAsync(world, "tickets", apply: true)).Import!;

        Assert.Equal(22, import.Imported);
        Assert.All(["endless", "backwards", "keyless", "twice"], verdict => Assert.Equal(1, import.Skipped[AdoptImportSql.Meaning(verdict)]));
        await AssertSoundAsync(world);
    }

    // Records 1 and 2 are here as the old connector last saw them; 3 and 4 are not.
    private static async Task<CutoverFixture> SyncedAsync(bool adopted)
    {
        var world = await CutoverFixture.StartAsync(Cancelled, adopted ? s_fivetran : []);
        await AdoptWorld.MakeFivetranAsync(world, CutoverFixture.Tickets);
        await world.WriteAsync(
            CutoverFixture.Tickets, 0, Cancelled, ("1", AdoptWorld.Ticket("1", AdoptWorld.Versions - 1)), ("2", AdoptWorld.Ticket("2", AdoptWorld.Versions - 1)));
        return world;
    }

    private static async Task AssertSoundAsync(CutoverFixture world)
    {
        var verified = await world.Activity<VerifyTableActivity>().RunAsync(new("tickets"), Cancelled);
        Assert.True(verified.Pass, string.Join(' ', verified.Broken.Select(rule => $"{rule.Rule}: {rule.Found}")));
    }

    private static async Task<List<string>> ImportedAsync(CutoverFixture world) =>
    [
        .. (await world.QueryAsync($"SELECT TO_JSON_STRING(T) AS `row` FROM {Ours} AS T WHERE `_row_hash` LIKE '{AdoptImportSql.HashPrefix}%' ORDER BY `id`, `_fivetran_start`", Cancelled))
            .Select(row => (string)row["row"]!),
    ];
}
