using HelpdeskSync.Domain.History;
using HelpdeskSync.Functions.BigQuery;

namespace HelpdeskSync.Tests.BigQuery;

/// <summary>A history table as it stands, and what must hold for every one.</summary>
internal sealed record StoredHistory(IReadOnlyDictionary<string, IReadOnlyList<HistoryVersion>> Records, int Rows)
{
    /// <summary>Reads a whole table of the test's dataset; each row's subject must be the one that its hash was made of.</summary>
    public static async Task<StoredHistory> ReadAsync(
        WarehouseFixture warehouse, string table, string subjectColumn, HistoryConventions conventions, IReadOnlyDictionary<string, string> subjects,
        CancellationToken cancellationToken)
    {
        var rows = await warehouse.QueryAsync(
            $"SELECT `id`, `{subjectColumn}` AS `subject`, `_fivetran_active`, `_fivetran_start`, `_fivetran_end`, `_fivetran_synced`, `_row_hash` "
                + $"FROM `local.test.{table}` ORDER BY `_fivetran_start`",
            cancellationToken);
        var versions = new List<HistoryVersion>();
        foreach (var row in rows)
        {
            Assert.Equal(subjects[row.Text("_row_hash")], row.Text("subject"));
            versions.Add(new HistoryVersion
            {
                Id = row.Text("id"),
                Active = row.Flag("_fivetran_active"),
                Start = At(row.Time("_fivetran_start")),
                End = EndOf(row.Flag("_fivetran_active"), row["_fivetran_end"] as DateTime?, conventions),
                Synced = At(row.Time("_fivetran_synced")),
                Hash = row.Text("_row_hash"),
            });
        }

        return new(versions.GroupBy(version => version.Id).ToDictionary(group => group.Key, IReadOnlyList<HistoryVersion> (group) => [.. group]), versions.Count);
    }

    /// <summary>At most one active version, no overlap, a hash each; and no gap but after a deletion that was seen.</summary>
    public void AssertSound(HistoryConventions conventions, ILookup<string, DateTimeOffset> deletions)
    {
        foreach (var (id, versions) in Records)
        {
            Assert.Empty(Timeline.Faults(versions, conventions));
            foreach (var (older, newer) in versions.Zip(versions.Skip(1)))
            {
                Assert.True(
                    older.End == conventions.EndBefore(newer.Start) || older.End == older.Start || deletions[id].Contains(older.End!.Value),
                    $"{id} has a gap between {older} and {newer}, and no deletion was seen then.");
            }
        }
    }

    private static DateTimeOffset? EndOf(bool active, DateTime? end, HistoryConventions conventions)
    {
        if (!active)
        {
            return At(end!.Value);
        }

        Assert.Equal(conventions.OpenEnd == OpenEnd.Maximum ? HistoryConventions.MaximumEnd.UtcDateTime : default(DateTime?), end);
        return null;
    }

    private static DateTimeOffset At(DateTime utc) => new(utc, TimeSpan.Zero);
}
