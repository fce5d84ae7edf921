using Google.Apis.Bigquery.v2.Data;

namespace HelpdeskSync.Functions.Cutover;

/// <summary>Says how an old table is partitioned and clustered, and what changes for who reads ours instead.</summary>
internal static class AdoptLayout
{
    /// <summary>The layout in words.</summary>
    public static string Of(Table table)
    {
        var parts = new List<string>();
        if (table.TimePartitioning is { } time)
        {
            parts.Add($"partitioned by {time.Field ?? "the time of loading"} ({time.Type})");
        }

        if (table.Clustering?.Fields is { Count: > 0 } clustering)
        {
            parts.Add($"clustered by {string.Join(", ", clustering)}");
        }

        var meaning = "Ours is clustered by id and not partitioned: what looks for ids reads little of it, what filters by time reads its columns whole.";
        if (parts.Count == 0)
        {
            return $"A plain table, neither partitioned nor clustered. {meaning}";
        }

        return $"The old table is {string.Join(" and ", parts)}. {meaning}"
            + (table.TimePartitioning is null ? "" : " Queries that relied on its partitions cost more; a dbt model partitioned by DATE(_fivetran_start) on top of ours gives that back.");
    }
}
