using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

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

    /// <summary>Versions that the helpdesk never had.</summary>
    public async Task<IReadOnlyList<string>> UnknownVersionsAsync(CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var table in new[] { "tickets", "contacts" })
        {
            var records = (await VersionsAsync(table, cancellationToken)).GroupBy(version => version.Id).Where(record => record.Count() > 1);
            foreach (var record in records)
            {
                var known = (await simulator.GetFromJsonAsync<JsonElement>($"_simulator/versions/{table}/{record.Key}", cancellationToken))
                    .GetProperty("versions").EnumerateArray()
                    .Select(version => (DateTime?)DateTime.Parse(version.GetProperty("modifiedTime").GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal))
                    .ToHashSet();
                faults.AddRange(record.Where(version => !known.Contains(version.Modified))
                    .Select(version => $"{table} {record.Key}: the helpdesk never had a version of {version.Modified:O}"));
            }
        }

        return faults;
    }

    private async Task<List<StoredVersion>> VersionsAsync(string table, CancellationToken cancellationToken)
    {
        var versions = new List<StoredVersion>();
        var results = await bigQuery.ExecuteQueryAsync($"SELECT * FROM `local.helpdesk_sync.{table}_history`", [], cancellationToken: cancellationToken);
        await foreach (var row in results.GetRowsAsync().WithCancellation(cancellationToken))
        {
            var modified = results.Schema!.Fields!.Any(field => field.Name == "modifiedTime") ? Time(row["modifiedTime"]) : null;
            versions.Add(new((string)row["id"]!, (string)row["_row_hash"]!, Time(row["_fivetran_start"])!.Value, Time(row["_fivetran_end"]), modified));
        }

        return versions;
    }

    private static DateTime? Time(object? value) => value switch
    {
        null => null,
        DateTime time => time,
        _ => DateTime.Parse(value.ToString()!, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
    };

    private sealed record StoredVersion(string Id, string Hash, DateTime Start, DateTime? End, DateTime? Modified);
}
