using System.Globalization;
using System.Text.Json.Nodes;

namespace HelpdeskSync.Simulator.OldConnector;

/// <summary>One history table of the old connector. Its batches are idempotent, as Fivetran's are: what begins at or after an incoming start is replaced.</summary>
/// <remarks>Source: github.com/fivetran/fivetran_partner_sdk, how-to-handle-history-mode-batch-files.md.</remarks>
internal sealed class OldTable
{
    /// <summary>Columns by name with their types, in the order in which they were met.</summary>
    private readonly OrderedDictionary<string, string> columns = [];
    private readonly Dictionary<string, List<OldVersion>> records = new(StringComparer.Ordinal);

    /// <summary>A record as it is now: a version where it changed since the last sync.</summary>
    public void Write(string id, JsonObject record, long start, long synced)
    {
        var versions = records.TryGetValue(id, out var known) ? known : records[id] = [];
        if (versions is [.., { Active: true } last] && JsonNode.DeepEquals(last.Record, record))
        {
            return;
        }

        versions.RemoveAll(version => version.Start >= start);
        if (versions is [.., { Active: true } superseded])
        {
            versions[^1] = superseded with { Active = false, End = start - 1 };
        }

        versions.Add(new(record, true, start, null, synced));
        foreach (var (column, value) in OldField.Columns(record))
        {
            columns[column] = OldField.TypeWith(columns.GetValueOrDefault(column, OldField.Unknown), value);
        }
    }

    /// <summary>Closes what is not in the helpdesk any more. No row is added, and the row's sync time stays.</summary>
    public void CloseAllBut(IReadOnlySet<string> living, long deleted)
    {
        foreach (var (_, versions) in records.Where(record => !living.Contains(record.Key)))
        {
            if (versions is [.., { Active: true } last])
            {
                versions[^1] = last with { Active = false, End = Math.Max(deleted, last.Start) };
            }
        }
    }

    /// <summary>The columns as BigQuery's API writes a schema.</summary>
    public JsonArray Schema() =>
    [
        .. Known.Concat([new("_fivetran_active", "BOOL"), new("_fivetran_start", "TIMESTAMP"), new("_fivetran_end", "TIMESTAMP"), new("_fivetran_synced", "TIMESTAMP")])
            .Select(column => new JsonObject { ["name"] = column.Key, ["type"] = column.Value, ["mode"] = "NULLABLE" }),
    ];

    /// <summary>All versions, each as one row of JSON that BigQuery loads.</summary>
    public IEnumerable<JsonObject> Rows()
    {
        foreach (var version in records.Values.SelectMany(versions => versions))
        {
            var values = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
            foreach (var (column, value) in OldField.Columns(version.Record))
            {
                values[column] = value;
            }

            var row = new JsonObject(Known.Select(column => KeyValuePair.Create(column.Key, OldField.Stored(values.GetValueOrDefault(column.Key), column.Value))));
            row["_fivetran_active"] = version.Active;
            row["_fivetran_start"] = Time(version.Start);
            row["_fivetran_end"] = version.End is { } end ? Time(end) : "9999-12-31 23:59:59.999 UTC";
            row["_fivetran_synced"] = Time(version.Synced);
            yield return row;
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Known => columns.Where(column => column.Value != OldField.Unknown);

    private static string Time(long milliseconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).ToString("yyyy-MM-dd HH:mm:ss.fff 'UTC'", CultureInfo.InvariantCulture);

    private sealed record OldVersion(JsonObject Record, bool Active, long Start, long? End, long Synced);
}
