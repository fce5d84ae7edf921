using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Server.Storage;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Jobs;

/// <summary>Puts NDJSON rows into tables: all of them, or none.</summary>
internal sealed class Loader(DuckDatabase database, Catalog catalog, Tables tables, BigQueryActivity activity)
{
    /// <summary>Carries out a load job's configuration with the data that was uploaded.</summary>
    public JobResult Load(JsonObject load, Stream data)
    {
        if ((string?)load["sourceFormat"] is not "NEWLINE_DELIMITED_JSON" and var format)
        {
            throw BigQueryFault.Unsupported($"loads of {format ?? "CSV"}; send NEWLINE_DELIMITED_JSON");
        }

        var destination = load["destinationTable"]!.AsObject();
        var name = new TableName((string)destination["projectId"]!, (string)destination["datasetId"]!, (string)destination["tableId"]!);
        var table = Destination(name, load);
        var write = (string?)load["writeDisposition"] ?? "WRITE_APPEND";
        if (write == "WRITE_EMPTY" && tables.Rows(name) > 0)
        {
            throw BigQueryFault.Duplicate($"Already Exists: Table {name}");
        }

        var rows = Insert(table, Rows(data), (bool?)load["ignoreUnknownValues"] ?? false, write == "WRITE_TRUNCATE");
        activity.Statement("LOAD", name.ToString(), 0, rows);
        return new("LOAD") { OutputRows = rows };
    }

    /// <summary>Inserts rows given as JSON objects, in one transaction.</summary>
    public long Insert(TableInfo table, IEnumerable<JsonObject> rows, bool ignoreUnknown, bool truncate)
    {
        using var session = database.Rent();
        session.Begin();
        if (truncate)
        {
            session.Execute($"DELETE FROM {table.Name.Quoted}");
        }

        var count = 0L;
        using (var appender = session.Connection.CreateAppender(null, table.Name.InDataset.Schema, table.Name.Table))
        {
            foreach (var row in rows)
            {
                count++;
                Append(appender.CreateRow(), table, row, ignoreUnknown, count);
            }
        }

        session.Commit();
        return count;
    }

    private TableInfo Destination(TableName name, JsonObject load)
    {
        if (catalog.FindTable(name) is { } table)
        {
            return table;
        }

        var columns = Schemas.Read(load["schema"]?["fields"]?.AsArray());
        return columns.Count > 0 && (string?)load["createDisposition"] != "CREATE_NEVER"
            ? tables.Create(new TableInfo(name, columns, catalog.Now, catalog.Now))
            : throw BigQueryFault.NotFound($"Not found: Table {name}; a load that makes it needs a schema");
    }

    private static IEnumerable<JsonObject> Rows(Stream data)
    {
        using var reader = new StreamReader(data);
        var number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return Parse(line, number);
            }
        }
    }

    private static JsonObject Parse(string line, int number)
    {
        try
        {
            return JsonNode.Parse(line) as JsonObject ?? throw BigQueryFault.Invalid($"Error while reading data: row {number} is not a JSON object");
        }
        catch (JsonException)
        {
            throw BigQueryFault.Invalid($"Error while reading data, error message: JSON parsing error in row {number}");
        }
    }

    private static void Append(DuckDB.NET.Data.IDuckDBAppenderRow target, TableInfo table, JsonObject row, bool ignoreUnknown, long number)
    {
        var values = new Dictionary<string, JsonNode?>(row, StringComparer.OrdinalIgnoreCase);
        foreach (var column in table.Columns)
        {
            values.Remove(column.Name, out var value);
            if (value is null)
            {
                if (column.Required)
                {
                    throw BigQueryFault.Invalid($"Error while reading data: row {number} lacks the required field {column.Name}");
                }

                target.AppendNullValue();
            }
            else
            {
                AppendValue(target, column, value, number);
            }
        }

        if (values.Count > 0 && !ignoreUnknown)
        {
            throw BigQueryFault.Invalid($"Error while reading data, error message: JSON parsing error in row {number}: No such field: {values.Keys.First()}.");
        }

        target.EndRow();
    }

    private static void AppendValue(DuckDB.NET.Data.IDuckDBAppenderRow target, SqlColumn column, JsonNode value, long number)
    {
        var text = value is JsonValue scalar && scalar.GetValueKind() == JsonValueKind.String ? scalar.GetValue<string>() : value.ToJsonString();
        try
        {
            _ = column.Type.Name switch
            {
                "STRING" or "JSON" => target.AppendValue(text),
                "INT64" => target.AppendValue((long?)long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)),
                "FLOAT64" => target.AppendValue((double?)double.Parse(text, CultureInfo.InvariantCulture)),
                "BOOL" => target.AppendValue((bool?)bool.Parse(text)),
                "NUMERIC" => target.AppendValue((decimal?)decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)),
                "TIMESTAMP" => target.AppendValue((DateTime?)DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).UtcDateTime),
                _ => throw BigQueryFault.Unsupported($"loads into columns of type {column.Type.Sql}"),
            };
        }
        catch (FormatException)
        {
            throw BigQueryFault.Invalid($"Error while reading data: row {number}: field {column.Name} cannot be read as {column.Type.Sql}");
        }
    }
}
