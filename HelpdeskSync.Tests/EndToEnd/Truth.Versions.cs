using System.Globalization;
using System.Text.Json;
using HelpdeskSync.Domain.Helpdesk;
using HelpdeskSync.Domain.Records;

namespace HelpdeskSync.Tests.EndToEnd;

internal sealed partial class Truth
{
    /// <summary>Records of which one version stands twice in a row, or a newer state before an older one.</summary>
    public async Task<IReadOnlyList<string>> RepeatedVersionsAsync(CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var table in Tables)
        {
            var versions = await VersionsAsync(table, cancellationToken);
            foreach (var record in versions.GroupBy(version => version.Id))
            {
                var ordered = record.OrderBy(version => version.Start).ToList();
                faults.AddRange(ordered.Zip(ordered.Skip(1)).Where(pair => pair.First.Hash == pair.Second.Hash && pair.First.End == pair.Second.Start)
                    .Select(pair => $"{table} {record.Key}: the version of {pair.First.Start:O} stands again at {pair.Second.Start:O}"));
                faults.AddRange(ordered.Zip(ordered.Skip(1)).Where(pair => pair.First.Modified > pair.Second.Modified)
                    .Select(pair => $"{table} {record.Key}: the state of {pair.First.Modified:O} stands before that of {pair.Second.Modified:O}"));
            }
        }

        return faults;
    }

    /// <summary>The hashes of every content that the helpdesk has shown, by record; the simulator must keep its answers.</summary>
    public async Task<Dictionary<string, HashSet<string>>> ServedAsync(Entity entity, CancellationToken cancellationToken)
    {
        var served = new Dictionary<string, HashSet<string>>();
        var stream = await simulator.GetStreamAsync(new Uri($"_simulator/answers/{entity.Table}", UriKind.Relative), cancellationToken);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            using var answer = JsonDocument.Parse(line);
            var id = answer.RootElement.GetProperty("id").GetString()!;
            served.TryAdd(id, []);
            served[id].Add(RecordHash.Of(answer.RootElement.GetProperty("record"), entity.VolatileFields));
        }

        return served;
    }

    /// <summary>The versions of a table.</summary>
    public async Task<List<StoredVersion>> VersionsAsync(string table, CancellationToken cancellationToken)
    {
        var versions = new List<StoredVersion>();
        var results = await bigQuery.ExecuteQueryAsync($"SELECT * FROM `local.helpdesk_sync.{table}_history`", [], cancellationToken: cancellationToken);
        await foreach (var row in results.GetRowsAsync().WithCancellation(cancellationToken))
        {
            var modified = results.Schema!.Fields!.Any(field => field.Name == "modifiedTime") ? Time(row["modifiedTime"]) : null;
            versions.Add(new((string)row["id"]!, (string)row["_row_hash"]!, Time(row["_fivetran_start"])!.Value, Time(row["_fivetran_end"]), Time(row["_fivetran_synced"])!.Value, modified));
        }

        return versions;
    }

    private static DateTime? Time(object? value) => value switch
    {
        null => null,
        DateTime time => time,
        _ => DateTime.Parse(value.ToString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
    };
}
