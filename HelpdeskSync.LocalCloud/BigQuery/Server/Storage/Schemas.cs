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
