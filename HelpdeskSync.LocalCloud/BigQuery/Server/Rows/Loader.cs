using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;
using HelpdeskSync.LocalCloud.BigQuery.Server.Storage;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Rows;

/// <summary>Load jobs of newline-delimited JSON: all rows, or none.</summary>
internal sealed class Loader(RowStore store, Catalog catalog, Tables tables, BigQueryActivity activity)
{
    private static readonly string[] Refused =
        ["schemaUpdateOptions", "sourceUris", "timePartitioning", "rangePartitioning", "projectionFields", "decimalTargetTypes", "hivePartitioningOptions", "destinationEncryptionConfiguration"];

    /// <summary>Refuses at once what could never work.</summary>
    public static void Check(JsonObject load)
    {
        if ((string?)load["sourceFormat"] is not "NEWLINE_DELIMITED_JSON" and var format)
        {
            throw BigQueryFault.Unsupported($"loads of {format ?? "CSV"}; send NEWLINE_DELIMITED_JSON");
        }

        if (Refused.FirstOrDefault(option => load[option] is JsonArray { Count: > 0 } or JsonObject) is { } refused)
        {
            throw BigQueryFault.Unsupported($"loads with {refused}");
        }

        _ = load["destinationTable"] as JsonObject ?? throw BigQueryFault.Required("configuration.load.destinationTable");
    }

    /// <summary>Carries out a load job's configuration with the data that was uploaded.</summary>
    public JobResult Load(JsonObject load, Stream data)
    {
        var destination = load["destinationTable"]!;
        var name = new TableName((string)destination["projectId"]!, (string)destination["datasetId"]!, (string)destination["tableId"]!);
        var write = (string?)load["writeDisposition"] ?? "WRITE_APPEND";
        if (write == "WRITE_EMPTY" && catalog.FindTable(name) is not null && tables.Rows(name) > 0)
        {
            throw BigQueryFault.Duplicate($"Already Exists: Table {name}");
        }

        var table = Destination(name, load);
        var bytes = data.Length;
        var allowed = load["maxBadRecords"] is { } bad ? int.Parse(bad.ToString(), System.Globalization.CultureInfo.InvariantCulture) : 0;
        var lines = new Lines(table, (bool?)load["ignoreUnknownValues"] ?? false, allowed);
        var rows = store.Append(table, lines.Read(data), write == "WRITE_TRUNCATE");
        activity.Statement("LOAD", name.ToString(), 0, rows);
        return new("LOAD") { OutputRows = rows, InputBytes = bytes, BadRecords = lines.Wrong.Count, Warnings = lines.Wrong };
    }

    private TableInfo Destination(TableName name, JsonObject load)
    {
        var columns = Schemas.Read(load["schema"]?["fields"]?.AsArray());
        if (catalog.FindTable(name) is { } table)
        {
            return columns.Count == 0 || Schemas.Fits(table, columns)
                ? table
                : throw BigQueryFault.Invalid($"Provided Schema does not match Table {name}. {Schemas.Difference(table, columns)}");
        }

        if (columns.Count == 0 && (bool?)load["autodetect"] is true)
        {
            throw BigQueryFault.Unsupported("loads with autodetect; give a schema");
        }

        var clustering = (load["clustering"]?["fields"]?.AsArray() ?? []).Select(column => (string)column!);
        return (string?)load["createDisposition"] == "CREATE_NEVER" ? throw BigQueryFault.NotFound($"Not found: Table {name}")
            : columns.Count > 0 ? tables.Create(new TableInfo(name, columns, catalog.Now, catalog.Now) { Clustering = [.. clustering] })
            : throw BigQueryFault.Invalid("No schema specified on job or table.");
    }

    /// <summary>Reads lines and counts those that do not fit, until there are too many.</summary>
    private sealed class Lines(TableInfo table, bool ignoreUnknown, int allowed)
    {
        private readonly RowReader reader = new(table, ignoreUnknown);

        public List<BigQueryFault> Wrong { get; } = [];

        public IEnumerable<object?[]> Read(Stream data)
        {
            using var text = new StreamReader(data, Encoding.UTF8);
            var (position, rows) = (0L, 0L);
            while (text.ReadLine() is { } line)
            {
                if (!string.IsNullOrWhiteSpace(line) && Values(line, position, ++rows) is { } values)
                {
                    yield return values;
                }

                position += Encoding.UTF8.GetByteCount(line) + 1;
            }
        }

        private object?[]? Values(string line, long position, long rows)
        {
            try
            {
                using var parsed = JsonDocument.Parse(line);
                return reader.Read(parsed.RootElement);
            }
            catch (Exception wrong) when (wrong is JsonException or RowFault)
            {
                var what = wrong is RowFault ? char.ToUpperInvariant(wrong.Message[0]) + wrong.Message[1..] : "Parser terminated before end of string";
                Wrong.Add(BigQueryFault.Invalid($"Error while reading data, error message: JSON parsing error in row starting at position {position}: {what}"));
                return Wrong.Count <= allowed ? null : throw new BigQueryFault(
                    400,
                    "invalid",
                    $"Error while reading data, error message: JSON table encountered too many errors, giving up. Rows: {rows}; errors: {Wrong.Count}. Please look into the errors[] collection for more details.")
                {
                    Details = Wrong,
                };
            }
        }
    }
}
