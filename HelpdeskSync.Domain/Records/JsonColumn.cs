using System.Text;
using System.Text.Json;

namespace HelpdeskSync.Domain.Records;

/// <summary>Brings values into the JSON columns of adopted tables.</summary>
public static class JsonColumn
{
    /// <summary>Whether BigQuery's JSON gives the value back: it refuses numbers that are neither INT64, UINT64 nor a double.</summary>
    public static bool Holds(FlatField field)
    {
        if (field.Kind is JsonValueKind.String)
        {
            return true;
        }

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(field.Text ?? "null"));
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.Number
                && !reader.TryGetUInt64(out _) && !reader.TryGetInt64(out _) && !NumberColumn.Holds(ColumnType.Float64, Encoding.UTF8.GetString(reader.ValueSpan)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The value as JSON text: a string in its quotes, everything else as it is.</summary>
    public static string Write(FlatField field) => field.Kind is JsonValueKind.String ? JsonSerializer.Serialize(field.Text) : field.Text ?? "null";
}
