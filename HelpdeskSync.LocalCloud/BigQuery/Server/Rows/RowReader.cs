using System.Globalization;
using System.Text.Json;
using HelpdeskSync.LocalCloud.BigQuery.Server.Storage;
using HelpdeskSync.LocalCloud.BigQuery.Sql;

namespace HelpdeskSync.LocalCloud.BigQuery.Server.Rows;

/// <summary>Reads rows written as JSON objects into the values of a table's columns, as loads and streamed inserts do.</summary>
internal sealed class RowReader
{
    private readonly Dictionary<string, int> positions;
    private readonly IReadOnlyList<SqlColumn> columns;
    private readonly bool ignoreUnknown;

    public RowReader(TableInfo table, bool ignoreUnknown)
    {
        columns = table.Columns;
        this.ignoreUnknown = ignoreUnknown;
        positions = columns.Select((column, at) => (column.Name, at)).ToDictionary(column => column.Name, column => column.at, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The values in the order of the columns; arrays and structs stay JSON texts.</summary>
    /// <exception cref="RowFault">The row does not fit.</exception>
    public object?[] Read(JsonElement row)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            throw new RowFault("", "a row must be a JSON object");
        }

        var values = new object?[columns.Count];
        foreach (var member in row.EnumerateObject())
        {
            if (positions.TryGetValue(member.Name, out var at))
            {
                values[at] = Value(columns[at].Name, columns[at].Type, member.Value);
            }
            else if (!ignoreUnknown)
            {
                throw new RowFault(member.Name, $"no such field: {member.Name}.");
            }
        }

        for (var at = 0; at < values.Length; at++)
        {
            values[at] ??= columns[at].Type.IsArray ? "[]" : null;
            if (values[at] is null && columns[at].Required)
            {
                throw new RowFault(columns[at].Name, $"Missing required field: {columns[at].Name}.");
            }
        }

        return values;
    }

    private object? Value(string field, SqlType type, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null when type.Name != "JSON" => null,
        _ when type.Name == "JSON" => value.ValueKind == JsonValueKind.String ? Json(field, value.GetString()!) : value.GetRawText(),
        _ when type.Element is { } element => Array(field, element, value),
        _ when type.Fields is { } fields => Struct(field, fields, value),
        JsonValueKind.Array => throw new RowFault(field, $"Array specified for non-repeated field: {field}."),
        JsonValueKind.Object => throw new RowFault(field, $"JSON object specified for non-record field: {field}"),
        JsonValueKind.String => Scalar(field, type, value.GetString()!, quoted: true),
        JsonValueKind.True => Scalar(field, type, "true", quoted: false),
        JsonValueKind.False => Scalar(field, type, "false", quoted: false),
        _ => Scalar(field, type, value.GetRawText(), quoted: false),
    };

    private string Array(string field, SqlType element, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            throw new RowFault(field, $"Repeated field must be imported as a JSON array. Field: {field}.");
        }

        foreach (var item in value.EnumerateArray())
        {
            _ = item.ValueKind == JsonValueKind.Null ? throw new RowFault(field, $"Only optional fields can be set to NULL. Field: {field}; Value: NULL") : Value(field, element, item);
        }

        return value.GetRawText();
    }

    private string Struct(string field, IReadOnlyList<SqlColumn> fields, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw new RowFault(field, $"This field: {field} is not a record.");
        }

        foreach (var member in value.EnumerateObject())
        {
            var known = fields.FirstOrDefault(candidate => candidate.Name.Equals(member.Name, StringComparison.OrdinalIgnoreCase));
            if (known is not null)
            {
                Value($"{field}.{known.Name}", known.Type, member.Value);
            }
            else if (!ignoreUnknown)
            {
                throw new RowFault($"{field}.{member.Name}", $"no such field: {field}.{member.Name}.");
            }
        }

        return value.GetRawText();
    }

    private static object Scalar(string field, SqlType type, string text, bool quoted) =>
        Scalars.Read(type, text, quoted) ?? throw new RowFault(field, $"Could not convert value to {type.Rest.ToLowerInvariant()}. Field: {field}; Value: {text}");

    private static string Json(string field, string text)
    {
        try
        {
            using var parsed = JsonDocument.Parse(text);
            return text;
        }
        catch (JsonException)
        {
            throw new RowFault(field, string.Create(CultureInfo.InvariantCulture, $"Could not convert value to json. Field: {field}; it has {text.Length} characters"));
        }
    }
}
