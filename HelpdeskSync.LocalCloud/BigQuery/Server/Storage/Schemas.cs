using System.Text.Json.Nodes;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Storage;

/// <summary>Columns as the REST API writes them: <c>{"name","type","mode","fields","description"}</c>.</summary>
internal static class Schemas
{
    public static JsonArray Write(IEnumerable<SqlColumn> columns) => new([.. columns.Select(JsonNode? (column) => Write(column))]);

    public static List<SqlColumn> Read(JsonArray? fields)
    {
        var columns = (fields ?? []).Select(field => Read(field!.AsObject())).ToList();
        if (columns.GroupBy(column => column.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw BigQueryFault.Invalid($"Duplicate field name: {string.Join(" and ", twice.Select(column => column.Name))}; names that differ by case only are the same");
        }

        return columns;
    }

    public static void CheckName(string name)
    {
        var legal = name.Length is > 0 and <= 300 && !char.IsAsciiDigit(name[0]) && name.All(c => c == '_' || char.IsLetterOrDigit(c));
        var reserved = ReservedPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        if (!legal || reserved)
        {
            throw BigQueryFault.Invalid($"Invalid field name \"{name}\". Fields must contain only letters, numbers, and underscores, start with a letter or underscore, and be at most 300 characters long.");
        }
    }

    /// <summary>What has to be done to a table so that it gets these columns; only what BigQuery allows.</summary>
    /// <exception cref="BigQueryFault">A column is missing or of another type.</exception>
    public static List<SqlAlteration> Changes(TableInfo table, IReadOnlyList<SqlColumn> wanted)
    {
        if (Difference(table, wanted) is { } difference)
        {
            throw BigQueryFault.Invalid($"Provided Schema does not match Table {table.Name}. {difference}");
        }

        var changes = new List<SqlAlteration>();
        foreach (var column in wanted)
        {
            var there = table.Column(column.Name);
            if (there is null)
            {
                changes.Add(column.Required
                    ? throw BigQueryFault.Invalid($"Provided Schema does not match Table {table.Name}. Cannot add required fields to an existing schema. (field: {column.Name})")
                    : new SqlAddColumn(column, IfNotExists: false));
            }
            else if (there.Required && !column.Required)
            {
                changes.Add(new SqlDropNotNull(there.Name));
            }
            else if (!there.Required && column.Required)
            {
                throw BigQueryFault.Invalid($"Provided Schema does not match Table {table.Name}. Field {there.Name} has changed mode from NULLABLE to REQUIRED");
            }
        }

        return changes;
    }

    /// <summary>Whether a load with these columns may go into the table as it is.</summary>
    public static bool Fits(TableInfo table, IReadOnlyList<SqlColumn> given) =>
        given.All(column => table.Column(column.Name) is { } there && there.Type.Sql == column.Type.Sql);

    /// <summary>What hinders a table from getting these columns, in BigQuery's words; null when nothing does.</summary>
    public static string? Difference(TableInfo table, IReadOnlyList<SqlColumn> wanted)
    {
        foreach (var there in table.Columns)
        {
            var column = wanted.FirstOrDefault(candidate => candidate.Name.Equals(there.Name, StringComparison.OrdinalIgnoreCase));
            if (column is null)
            {
                return $"Field {there.Name} is missing in new schema";
            }

            if (column.Type.Sql != there.Type.Sql)
            {
                return $"Field {there.Name} has changed type from {there.Type.Rest} to {column.Type.Rest}";
            }
        }

        return null;
    }

    private static readonly string[] ReservedPrefixes = ["_TABLE_", "_FILE_", "_PARTITION", "_ROW_TIMESTAMP", "__ROOT__", "_COLIDENTIFIER"];

    private static JsonObject Write(SqlColumn column)
    {
        var json = new JsonObject { ["name"] = column.Name, ["type"] = column.Type.Rest, ["mode"] = column.Type.IsArray ? "REPEATED" : column.Required ? "REQUIRED" : "NULLABLE" };
        if ((column.Type.Element ?? column.Type).Fields is { } fields)
        {
            json["fields"] = Write(fields);
        }

        if (column.Description is { } description)
        {
            json["description"] = description;
        }

        return json;
    }

    private static SqlColumn Read(JsonObject field)
    {
        var name = (string?)field["name"] ?? throw BigQueryFault.Invalid("A field of the schema has no name");
        CheckName(name);
        var written = (string?)field["type"] ?? throw BigQueryFault.Invalid($"Field {name} has no type");
        var type = written.ToUpperInvariant() is "RECORD" or "STRUCT" ? SqlType.StructOf(Read(field["fields"]?.AsArray()))
            : SqlType.IsKnown(written) ? SqlType.Scalar(written)
            : throw BigQueryFault.Invalid($"Invalid value for type: {written} is not a valid value");
        var mode = ((string?)field["mode"])?.ToUpperInvariant();
        return new(name, mode == "REPEATED" ? SqlType.ArrayOf(type) : type, mode == "REQUIRED", (string?)field["description"]);
    }
}
