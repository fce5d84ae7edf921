using System.Globalization;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Functions.Cutover;

namespace HelpdeskSync.Tests.Cutover;

/// <summary>Old tables as Fivetran makes them, and as the app makes them by default, in a <see cref="CutoverFixture"/>.</summary>
internal static class AdoptWorld
{
    /// <summary>Versions of each of the four records: the last one is active, save that of record 4, which was deleted.</summary>
    public const int Versions = 7;

    public static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>When the old connector's version began; version 0 a day before the app's first look.</summary>
    public static DateTimeOffset StartOf(int version) => CutoverFixture.Start.AddHours(version - 24);

    public static object Ticket(string id, int version) => new
    {
        id, subject = version < 3 ? "a" : "b", viewCount = version, rating = 7, isLate = true, photoURL = "p",
        modifiedTime = HelpdeskTime.Write(StartOf(version)), cf = new { cf_order = "x" },
    };

    /// <summary>Maximum, a millisecond before, source-dated, snake_case, FLOAT64 and STRING where the helpdesk has integers and booleans.</summary>
    public static async Task MakeFivetranAsync(CutoverFixture world, Entity entity)
    {
        var rows =
            from id in Enumerable.Range(1, 4)
            from version in Enumerable.Range(0, Versions)
            let active = version == Versions - 1 && id != 4
            let end = active ? "9999-12-31 23:59:59.999" : Time(StartOf(version + 1).AddMilliseconds(-1))
            select $"""
                ('{id}', '{(version < 3 ? "a" : "b")}', {version}, 7.0, 'true', 'p', '{HelpdeskTime.Write(StartOf(version))}', 'x',
                 {active}, TIMESTAMP '{Time(StartOf(version))}', TIMESTAMP '{end}', TIMESTAMP '{Time(StartOf(version).AddMinutes(5))}')
                """;
        await world.ExecuteAsync(
            $"""
            CREATE OR REPLACE TABLE `local.old.{entity.HistoryTable}` (
              `id` STRING, `subject` STRING, `view_count` INT64, `rating` FLOAT64, `is_late` STRING, `photourl` STRING, `modified_time` STRING, `cf_cf_order` STRING,
              `_fivetran_active` BOOL, `_fivetran_start` TIMESTAMP, `_fivetran_end` TIMESTAMP, `_fivetran_synced` TIMESTAMP)
            CLUSTER BY `_fivetran_start`
            """,
            Cancelled);
        await world.ExecuteAsync($"INSERT INTO `local.old.{entity.HistoryTable}` VALUES {string.Join(",\n", rows)}", Cancelled);
        world.Desk.Put(entity, "1", Ticket("1", Versions - 1));
        world.Desk.Put(entity, "2", Ticket("2", Versions - 1));
    }

    /// <summary>A table that the app itself wrote under its default settings: NULL, next start, observed, names as they are.</summary>
    public static async Task MakeOwnKindAsync(CutoverFixture world, Entity entity)
    {
        for (var version = 0; version < Versions; version++)
        {
            await world.WriteAsync(entity, version, Cancelled, ("1", Ticket("1", version)), ("2", Ticket("2", version)));
        }

        await world.CopyToBaselineAsync(entity, Cancelled);
        world.Desk.Put(entity, "1", Ticket("1", Versions - 1));
    }

    public static Task<AdoptedTable> AdoptAsync(CutoverFixture world, string table, bool apply = false) =>
        world.Activity<AdoptTableActivity>().RunAsync(new(table, world.Baseline, apply), Cancelled);

    public static async Task<long> CountAsync(CutoverFixture world, string from) => (long)(await world.QueryAsync($"SELECT COUNT(*) AS `n` FROM {from}", Cancelled))[0]["n"]!;

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
