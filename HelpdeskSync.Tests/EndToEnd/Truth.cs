using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Cloud.BigQuery.V2;

namespace HelpdeskSync.Tests.EndToEnd;

/// <summary>Holds the history tables against what the simulator says is true. Flattens by itself, so that a fault in the app's flattening shows.</summary>
internal sealed partial class Truth(HttpClient simulator, BigQueryClient bigQuery)
{
    public static IReadOnlyList<string> Tables { get; } = ["tickets", "contacts", "threads", "comments", "agents", "departments"];

    /// <summary>Every difference, in words; empty when each living record has exactly one active version that equals it and nothing else is active.</summary>
    public async Task<IReadOnlyList<string>> DifferencesAsync(CancellationToken cancellationToken)
    {
        var differences = new List<string>();
        foreach (var table in Tables)
        {
            var expected = await RecordsAsync(table, cancellationToken);
            var actual = await ActiveAsync(table, cancellationToken);
            differences.AddRange(actual.GroupBy(row => row.Id).Where(group => group.Count() > 1).Select(group => $"{table} {group.Key}: {group.Count()} active versions"));
            var byId = actual.ToLookup(row => row.Id);
            differences.AddRange(expected.Keys.Where(id => !byId.Contains(id)).Select(id => $"{table} {id}: lives and is not active"));
            differences.AddRange(actual.Where(row => !expected.ContainsKey(row.Id)).Select(row => $"{table} {row.Id}: is active and does not live"));
            differences.AddRange(actual.Where(row => expected.ContainsKey(row.Id)).SelectMany(row => Compare(table, row, expected[row.Id])));
        }

        return differences;
    }

    /// <summary>Faults of the history itself: more than one active version, overlaps, missing hashes.</summary>
    public async Task<IReadOnlyList<string>> HistoryFaultsAsync(CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var table in Tables)
        {
            var rows = await bigQuery.ExecuteQueryAsync(
                $"""
                SELECT `id` FROM (
                  SELECT `id`, `_fivetran_active` AS a, `_fivetran_end` AS e, `_row_hash` AS h,
                    LEAD(`_fivetran_start`) OVER (PARTITION BY `id` ORDER BY `_fivetran_start`) AS next_start
                  FROM `local.helpdesk_sync.{table}_history`)
                WHERE h IS NULL OR (a AND next_start IS NOT NULL) OR (NOT a AND e IS NULL) OR e > next_start
                """,
                [],
                cancellationToken: cancellationToken);
            await foreach (var row in rows.GetRowsAsync().WithCancellation(cancellationToken))
            {
                faults.Add($"{table} {row["id"]}: its versions overlap or lack an end or a hash");
            }
        }

        return faults;
    }

    private async Task<Dictionary<string, Dictionary<string, string?>>> RecordsAsync(string table, CancellationToken cancellationToken)
    {
        var records = new Dictionary<string, Dictionary<string, string?>>();
        var text = await simulator.GetStringAsync(new Uri($"_simulator/records/{table}", UriKind.Relative), cancellationToken);
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var fields = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            Flatten("", JsonNode.Parse(line)!, fields);
            records.Add(fields["id"]!, fields);
        }

        return records;
    }

    private static void Flatten(string name, JsonNode? node, Dictionary<string, string?> fields)
    {
        if (node is JsonObject { Count: > 0 } nested)
        {
            foreach (var (key, value) in nested)
            {
                var part = string.Concat(key.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'));
                Flatten(name.Length == 0 ? part : $"{name}_{part}", value, fields);
            }

            return;
        }

        fields[name] = node switch
        {
            null => null,
            JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
            JsonValue value when value.GetValueKind() is JsonValueKind.True or JsonValueKind.False => value.GetValue<bool>() ? "true" : "false",
            _ => Compact(node),
        };
    }

    private static IEnumerable<string> Compare(string table, ActiveRow row, Dictionary<string, string?> expected)
    {
        foreach (var (name, value) in expected)
        {
            if (!row.Fields.TryGetValue(name, out var stored) || !Same(value, stored))
            {
                yield return $"{table} {row.Id}: column {name} differs";
            }
        }

        foreach (var (name, value) in row.Fields.Where(field => field.Value is not null && !expected.ContainsKey(field.Key) && field.Key != "ticketId"))
        {
            yield return $"{table} {row.Id}: column {name} holds a value that the record does not have";
        }
    }

    private static bool Same(string? expected, string? stored) =>
        expected == stored || (expected is not null && stored is not null && expected.Length > 0 && expected[0] is '[' or '{' && Compact(JsonNode.Parse(stored!)!) == expected);

    private static string Compact(JsonNode node) => node.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    private async Task<List<ActiveRow>> ActiveAsync(string table, CancellationToken cancellationToken)
    {
        var active = new List<ActiveRow>();
        var results = await bigQuery.ExecuteQueryAsync(
            $"SELECT * FROM `local.helpdesk_sync.{table}_history` WHERE `_fivetran_active`", [], cancellationToken: cancellationToken);
        await foreach (var row in results.GetRowsAsync().WithCancellation(cancellationToken))
        {
            var fields = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            foreach (var field in row.Schema.Fields!.Where(field => !field.Name!.StartsWith("_fivetran_", StringComparison.Ordinal) && field.Name != "_row_hash"))
            {
                fields[field.Name!] = row[field.Name!] switch
                {
                    null => null,
                    bool value => value ? "true" : "false",
                    IFormattable value => value.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
                    var value => value.ToString(),
                };
            }

            active.Add(new((string)row["id"]!, fields));
        }

        return active;
    }

    private sealed record ActiveRow(string Id, Dictionary<string, string?> Fields);
}
